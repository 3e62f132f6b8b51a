import type { GroupSettings } from "../contract/group.js";
import {
  type GroupSwitch,
  getGroupSettings,
  getInfoAdminOnly,
  getMessagesAdminOnly,
  setGroupSettings,
  setInfoAdminOnly,
  setMessagesAdminOnly,
} from "../contract/group-settings.js";
import {
  deleteGroupPicture,
  getGroupDescription,
  getGroupPicture,
  getGroupSubject,
  setGroupDescription,
  setGroupName,
  setGroupPicture,
  setGroupSubject,
} from "../contract/groups.js";
import type { Picture } from "../contract/picture.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { RequestOptions } from "../http/request-options.js";
import { GroupMembers } from "./group-members.js";
import type { GroupPictureParams, GroupSettingsParams } from "./group-params.js";
import type { RefreshParams, SessionParams } from "./params.js";
import { withIds } from "./with-ids.js";

/** What a group is called, looks like and allows. Part of {@link Groups}. */
export abstract class GroupProperties extends GroupMembers {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    super(caller);
    this.#caller = caller;
  }

  /**
   * The group's picture.
   *
   * Source: `GET /{session}/groups/{groupId}/picture`, `/docs/groups/get-picture`.
   *
   * @example
   * ```ts
   * const { url } = await wasend.groups.getPicture(group.jid);
   * ```
   */
  getPicture(groupId: string, params: RefreshParams = {}, options?: RequestOptions): ApiPromise<Picture> {
    return this.#caller.call(getGroupPicture, withIds(params, { groupId }), options);
  }

  /**
   * Gives the group a picture.
   *
   * Source: `PUT /{session}/groups/{groupId}/picture`, `/docs/groups/set-picture`.
   *
   * @example
   * ```ts
   * await wasend.groups.setPicture(group.jid, { url: "https://example.com/logo.jpg" });
   * ```
   */
  setPicture(groupId: string, params: GroupPictureParams, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(setGroupPicture, withIds(params, { groupId }), options);
  }

  /**
   * Takes the group's picture away.
   *
   * Source: `DELETE /{session}/groups/{groupId}/picture`, `/docs/groups/delete-picture`.
   *
   * @example
   * ```ts
   * await wasend.groups.deletePicture(group.jid);
   * ```
   */
  deletePicture(groupId: string, params: SessionParams = {}, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(deleteGroupPicture, withIds(params, { groupId }), options);
  }

  /**
   * The group's description, empty when it has none.
   *
   * Source: `GET /{session}/groups/{groupId}/description`, `/docs/groups/get-description` (reference only).
   *
   * @example
   * ```ts
   * const { description } = await wasend.groups.getDescription(group.jid);
   * ```
   */
  getDescription(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<{ description: string }> {
    return this.#caller.call(getGroupDescription, withIds(params, { groupId }), options);
  }

  /**
   * Describes the group; the empty text takes the description away.
   *
   * Source: `PUT /{session}/groups/{groupId}/description` (vendor's client only).
   *
   * @example
   * ```ts
   * await wasend.groups.setDescription(group.jid, { description: "All about the launch" });
   * ```
   */
  setDescription(
    groupId: string,
    params: SessionParams & { description: string },
    options?: RequestOptions,
  ): ApiPromise<void> {
    return this.#caller.call(setGroupDescription, withIds(params, { groupId }), options);
  }

  /**
   * The group's subject, which is the name that members see.
   *
   * Source: `GET /{session}/groups/{groupId}/subject`, `/docs/groups/get-subject` (reference only).
   *
   * @example
   * ```ts
   * const { subject } = await wasend.groups.getSubject(group.jid);
   * ```
   */
  getSubject(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<{ subject: string }> {
    return this.#caller.call(getGroupSubject, withIds(params, { groupId }), options);
  }

  /**
   * Renames the group, with at most 25 characters.
   *
   * Source: `PUT /{session}/groups/{groupId}/subject`, `/docs/groups/set-subject`.
   *
   * @example
   * ```ts
   * await wasend.groups.setSubject(group.jid, { subject: "Launch 2.0" });
   * ```
   */
  setSubject(
    groupId: string,
    params: SessionParams & { subject: string },
    options?: RequestOptions,
  ): ApiPromise<void> {
    return this.#caller.call(setGroupSubject, withIds(params, { groupId }), options);
  }

  /**
   * Renames the group, with at most 25 characters. `setSubject` does the same and is attested twice.
   *
   * Source: `PUT /{session}/groups/{groupId}/name`, `/docs/groups/set-name` (reference only).
   *
   * @example
   * ```ts
   * await wasend.groups.setName(group.jid, { name: "Launch 2.0" });
   * ```
   */
  setName(
    groupId: string,
    params: SessionParams & { name: string },
    options?: RequestOptions,
  ): ApiPromise<void> {
    return this.#caller.call(setGroupName, withIds(params, { groupId }), options);
  }

  /**
   * What only admins may do in the group.
   *
   * Source: `GET /{session}/groups/{groupId}/settings`, `/docs/groups/get-settings` (reference only).
   *
   * @example
   * ```ts
   * const { messagesAdminOnly } = await wasend.groups.getSettings(group.jid);
   * ```
   */
  getSettings(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<GroupSettings> {
    return this.#caller.call(getGroupSettings, withIds(params, { groupId }), options);
  }

  /**
   * Sets both switches at once.
   *
   * Source: `PUT /{session}/groups/{groupId}/settings`, `/docs/groups/set-settings` (reference only).
   *
   * @example
   * ```ts
   * await wasend.groups.setSettings(group.jid, { infoAdminOnly: true, messagesAdminOnly: false });
   * ```
   */
  setSettings(groupId: string, params: GroupSettingsParams, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(setGroupSettings, withIds(params, { groupId }), options);
  }

  /**
   * Whether only admins may edit the group's info.
   *
   * Source: `GET …/settings/security/info-admin-only`, `/docs/groups/get-info-admin-only`.
   *
   * @example
   * ```ts
   * const { enabled } = await wasend.groups.getInfoAdminOnly(group.jid);
   * ```
   */
  getInfoAdminOnly(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<GroupSwitch> {
    return this.#caller.call(getInfoAdminOnly, withIds(params, { groupId }), options);
  }

  /**
   * Lets only admins edit the group's info, or everyone.
   *
   * Source: `PUT …/settings/security/info-admin-only`, `/docs/groups/set-info-admin-only`.
   *
   * @example
   * ```ts
   * await wasend.groups.setInfoAdminOnly(group.jid, { enabled: true });
   * ```
   */
  setInfoAdminOnly(
    groupId: string,
    params: SessionParams & { enabled: boolean },
    options?: RequestOptions,
  ): ApiPromise<void> {
    return this.#caller.call(setInfoAdminOnly, withIds(params, { groupId }), options);
  }

  /**
   * Whether only admins may write in the group.
   *
   * Source: `GET …/settings/security/messages-admin-only` (vendor's client only).
   *
   * @example
   * ```ts
   * const { enabled } = await wasend.groups.getMessagesAdminOnly(group.jid);
   * ```
   */
  getMessagesAdminOnly(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<GroupSwitch> {
    return this.#caller.call(getMessagesAdminOnly, withIds(params, { groupId }), options);
  }

  /**
   * Lets only admins write in the group, or everyone.
   *
   * Source: `PUT …/settings/security/messages-admin-only`, `/docs/groups/set-messages-admin-only`.
   *
   * @example
   * ```ts
   * await wasend.groups.setMessagesAdminOnly(group.jid, { enabled: true });
   * ```
   */
  setMessagesAdminOnly(
    groupId: string,
    params: SessionParams & { enabled: boolean },
    options?: RequestOptions,
  ): ApiPromise<void> {
    return this.#caller.call(setMessagesAdminOnly, withIds(params, { groupId }), options);
  }
}
