import type { GroupParticipant, ParticipantChange } from "../contract/group.js";
import {
  addParticipants,
  demoteParticipants,
  getInviteCode,
  getInviteLink,
  type InviteCode,
  type InviteLink,
  listParticipants,
  promoteParticipants,
  removeParticipants,
  revokeInviteCode,
  revokeInviteLink,
} from "../contract/group-members.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { PagePromise } from "../http/page.js";
import type { RequestOptions } from "../http/request-options.js";
import type { ParticipantsParams } from "./group-params.js";
import type { SessionParams } from "./params.js";
import { withIds } from "./with-ids.js";

/** Who is in a group, and how others get in. Part of {@link Groups}. */
export abstract class GroupMembers {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * The code with which anyone can join.
   *
   * Source: `GET /{session}/groups/{groupId}/invite-code`, `/docs/groups/get-invite-code`.
   *
   * @example
   * ```ts
   * const { inviteCode } = await wasend.groups.getInviteCode(group.jid);
   * ```
   */
  getInviteCode(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<InviteCode> {
    return this.#caller.call(getInviteCode, withIds(params, { groupId }), options);
  }

  /**
   * Makes the invite code invalid and gives the new one.
   *
   * Source: `POST /{session}/groups/{groupId}/invite-code/revoke`, `/docs/groups/revoke-invite-code`.
   *
   * @example
   * ```ts
   * const { inviteCode } = await wasend.groups.revokeInviteCode(group.jid);
   * ```
   */
  revokeInviteCode(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<InviteCode> {
    return this.#caller.call(revokeInviteCode, withIds(params, { groupId }), options);
  }

  /**
   * The link with which anyone can join.
   *
   * Source: `GET /{session}/groups/{groupId}/invite-link`, `/docs/groups/get-invite-link` (reference only).
   *
   * @example
   * ```ts
   * const { inviteLink } = await wasend.groups.getInviteLink(group.jid);
   * ```
   */
  getInviteLink(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<InviteLink> {
    return this.#caller.call(getInviteLink, withIds(params, { groupId }), options);
  }

  /**
   * Makes the invite link invalid and gives the new one.
   *
   * Source: `POST /{session}/groups/{groupId}/invite-link/revoke`, `/docs/groups/revoke-invite-link` (reference only).
   *
   * @example
   * ```ts
   * const { inviteLink } = await wasend.groups.revokeInviteLink(group.jid);
   * ```
   */
  revokeInviteLink(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): ApiPromise<InviteLink> {
    return this.#caller.call(revokeInviteLink, withIds(params, { groupId }), options);
  }

  /**
   * The members of the group.
   *
   * Source: `GET /{session}/groups/{groupId}/participants`, `/docs/groups/get-participants`.
   *
   * @example
   * ```ts
   * for await (const { phoneNumber, isAdmin } of wasend.groups.listParticipants(group.jid)) {
   *   console.log(phoneNumber, isAdmin);
   * }
   * ```
   */
  listParticipants(
    groupId: string,
    params: SessionParams = {},
    options?: RequestOptions,
  ): PagePromise<GroupParticipant> {
    return this.#caller.list(listParticipants, withIds(params, { groupId }), options);
  }

  /**
   * Adds members to the group. What became of each is told where the server says it.
   *
   * Source: `POST /{session}/groups/{groupId}/participants/add`, `/docs/groups/add-participants`.
   *
   * @example
   * ```ts
   * const { failed } = await wasend.groups.addParticipants(group.jid, { participants: ["+14155550123"] });
   * ```
   */
  addParticipants(
    groupId: string,
    params: ParticipantsParams,
    options?: RequestOptions,
  ): ApiPromise<ParticipantChange> {
    return this.#caller.call(addParticipants, withIds(params, { groupId }), options);
  }

  /**
   * Removes members from the group. What became of each is told where the server says it.
   *
   * Source: `POST /{session}/groups/{groupId}/participants/remove`; `/docs/groups/remove-participants` spells the path differently.
   *
   * @example
   * ```ts
   * const { failed } = await wasend.groups.removeParticipants(group.jid, { participants: ["+14155550123"] });
   * ```
   */
  removeParticipants(
    groupId: string,
    params: ParticipantsParams,
    options?: RequestOptions,
  ): ApiPromise<ParticipantChange> {
    return this.#caller.call(removeParticipants, withIds(params, { groupId }), options);
  }

  /**
   * Makes members admins. What became of each is told where the server says it.
   *
   * Source: `POST /{session}/groups/{groupId}/admin/promote`; `/docs/groups/promote-participants` spells the path differently.
   *
   * @example
   * ```ts
   * const { failed } = await wasend.groups.promoteParticipants(group.jid, { participants: ["+14155550123"] });
   * ```
   */
  promoteParticipants(
    groupId: string,
    params: ParticipantsParams,
    options?: RequestOptions,
  ): ApiPromise<ParticipantChange> {
    return this.#caller.call(promoteParticipants, withIds(params, { groupId }), options);
  }

  /**
   * Makes admins plain members. What became of each is told where the server says it.
   *
   * Source: `POST /{session}/groups/{groupId}/admin/demote`; `/docs/groups/demote-participants` spells the path differently.
   *
   * @example
   * ```ts
   * const { failed } = await wasend.groups.demoteParticipants(group.jid, { participants: ["+14155550123"] });
   * ```
   */
  demoteParticipants(
    groupId: string,
    params: ParticipantsParams,
    options?: RequestOptions,
  ): ApiPromise<ParticipantChange> {
    return this.#caller.call(demoteParticipants, withIds(params, { groupId }), options);
  }
}
