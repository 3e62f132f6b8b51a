import type { Recipient } from "../contract/recipient.js";
import type { PageParams, SessionParams, SortParams } from "./params.js";

/** A member of a group to be. */
export type GroupMember = Recipient | { id: Recipient; isAdmin?: boolean | undefined };

/** For `groups.create`. */
export interface GroupCreateParams extends SessionParams {
  name: string;
  /** At least one. */
  participants: readonly GroupMember[];
  description?: string | undefined;
  pictureUrl?: string | undefined;
  /** WASend's own labels; WhatsApp has none. They can be set here only. */
  tags?: readonly string[] | undefined;
}

/** For `groups.list`. The two published lists of sort keys differ; both are let through. */
export interface GroupListParams
  extends SessionParams,
    PageParams,
    SortParams<"id" | "subject" | "creation" | "participantsCount" | "name" | "createdAt"> {
  /** Fields to leave out of each group. */
  exclude?: readonly ("participants" | "description" | (string & {}))[] | undefined;
  status?: "active" | "archived" | "deleted" | (string & {}) | undefined;
  /** Only groups with this in their name. */
  search?: string | undefined;
  /** Only groups with these tags. */
  tags?: readonly string[] | undefined;
}

/** For `groups.join` and `groups.joinInfo`. */
export interface JoinParams extends SessionParams {
  /** An invite code, or its whole `https://chat.whatsapp.com/…` link. */
  code: string;
}

/** For `groups.setPicture`. */
export interface GroupPictureParams extends SessionParams {
  /** Where the server can fetch the picture. */
  url: string;
  /** Default: `jpeg`. */
  format?: "jpeg" | "png" | "webp" | undefined;
  /** Default: true. */
  cropToSquare?: boolean | undefined;
}

/** For `groups.setSettings`. */
export interface GroupSettingsParams extends SessionParams {
  /** Only admins may edit the group's info. */
  infoAdminOnly: boolean;
  /** Only admins may write. */
  messagesAdminOnly: boolean;
}

/** For the changes of a group's members. */
export interface ParticipantsParams extends SessionParams {
  /** Phone numbers with `+`, JIDs, or contacts out of an event; at least one. */
  participants: readonly Recipient[];
  /** Whether the group is told. Default: true. */
  notify?: boolean | undefined;
}
