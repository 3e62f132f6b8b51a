import type { Group } from "../contract/group.js";
import {
  countGroups,
  createGroup,
  type GroupCount,
  getGroup,
  getJoinInfo,
  joinGroup,
  leaveGroup,
  listGroups,
} from "../contract/groups.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { PagePromise } from "../http/page.js";
import type { RequestOptions } from "../http/request-options.js";
import type { GroupCreateParams, GroupListParams, JoinParams } from "./group-params.js";
import { GroupProperties } from "./group-properties.js";
import type { SessionParams } from "./params.js";
import { withIds } from "./with-ids.js";

/** WhatsApp groups and their members. A group is named by its JID, which ends in `@g.us`. */
export class Groups extends GroupProperties {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    super(caller);
    this.#caller = caller;
  }

  /**
   * Creates a group. Members are phone numbers, JIDs or `{ id, isAdmin }`.
   *
   * Source: `POST /{session}/groups`, `/docs/groups/create`.
   *
   * @example
   * ```ts
   * const group = await wasend.groups.create({ name: "Launch", participants: ["+14155550123"] });
   * ```
   */
  create(params: GroupCreateParams, options?: RequestOptions): ApiPromise<Group> {
    return this.#caller.call(createGroup, params, options);
  }

  /**
   * The groups that the number is in.
   *
   * Source: `GET /{session}/groups`, `/docs/groups/get-all`.
   *
   * @example
   * ```ts
   * for await (const group of wasend.groups.list({ exclude: ["participants"] })) console.log(group.name);
   * ```
   */
  list(params: GroupListParams = {}, options?: RequestOptions): PagePromise<Group> {
    return this.#caller.list(listGroups, params, options);
  }

  /**
   * How many groups the number is in.
   *
   * Source: `GET /{session}/groups/count`, `/docs/groups/get-count`.
   *
   * @example
   * ```ts
   * const { total } = await wasend.groups.count();
   * ```
   */
  count(params: SessionParams = {}, options?: RequestOptions): ApiPromise<GroupCount> {
    return this.#caller.call(countGroups, params, options);
  }

  /**
   * One group with its members.
   *
   * Source: `GET /{session}/groups/{groupId}`; `/docs/groups/get-info` spells the path differently.
   *
   * @example
   * ```ts
   * const group = await wasend.groups.get("120363025246125486@g.us");
   * ```
   */
  get(groupId: string, params: SessionParams = {}, options?: RequestOptions): ApiPromise<Group> {
    return this.#caller.call(getGroup, withIds(params, { groupId }), options);
  }

  /**
   * What an invite leads to, before joining.
   *
   * Source: `GET /{session}/groups/join-info`, `/docs/groups/join-info`.
   *
   * @example
   * ```ts
   * const { name } = await wasend.groups.joinInfo({ code: "https://chat.whatsapp.com/AbCdEf123" });
   * ```
   */
  joinInfo(params: JoinParams, options?: RequestOptions): ApiPromise<Group> {
    return this.#caller.call(getJoinInfo, params, options);
  }

  /**
   * Joins a group by its invite code or link.
   *
   * Source: `POST /{session}/groups/join`; `/docs/groups/join` names the field differently.
   *
   * @example
   * ```ts
   * const group = await wasend.groups.join({ code: "AbCdEf123" });
   * ```
   */
  join(params: JoinParams, options?: RequestOptions): ApiPromise<Group> {
    return this.#caller.call(joinGroup, params, options);
  }

  /**
   * Leaves a group.
   *
   * Source: `POST /{session}/groups/{groupId}/leave`, `/docs/groups/leave`.
   *
   * @example
   * ```ts
   * await wasend.groups.leave(group.jid);
   * ```
   */
  leave(groupId: string, params: SessionParams = {}, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(leaveGroup, withIds(params, { groupId }), options);
  }
}
