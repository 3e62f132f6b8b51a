/** Where a number stands: made, starting, showing its QR code, ready to send, stopped, or failed. */
export type NumberState = "created" | "starting" | "scan_qr" | "ready" | "stopped" | "failed";
/** What kind of message it is, in the words of the send replies (`ptt` is a voice message). */
export type MessageType = "text" | "image" | "video" | "document" | "ptt";
/** The states a group can be listed by. */
export type GroupStatus = "active" | "archived" | "deleted";

export interface NumberRecord {
  session: string;
  databaseId: string;
  sessionName: string;
  digits: string;
  enableAccountProtection: boolean;
  enableMessageLogging: boolean;
  enableWebhook: boolean;
  webhookUrl?: string;
  createdAt: number;
  updatedAt: number;
  state: NumberState;
  /** Scanned once: from then on it starts without a QR code. */
  paired: boolean;
  /** Put where it is by hand, so it does not move on by itself. */
  held: boolean;
  qr: { data: string; issuedAt: number; seen: boolean };
  /** Address book: digits to the name that person shows. */
  contacts: Map<string, { pushName?: string }>;
  typingTo: Set<string>;
}

/** What a message says. */
export interface Content {
  type: MessageType;
  text?: string;
  caption?: string;
  url?: string;
  data?: string;
  fileName?: string;
  mimeType?: string;
  preview?: Record<string, unknown>;
  /** Seconds of a voice message. */
  duration?: number;
  replyTo?: string;
}

export interface MessageRecord extends Content {
  id: string;
  session: string;
  chatId: string;
  fromMe: boolean;
  /** Digits of who wrote it. */
  author: string;
  /** Digits of the phones it reached. */
  readers: string[];
  /** -1 error, 0 pending, 1 sent, 2 received, 3 read, 4 played. */
  ack: number;
  at: number;
  /** Emoji by the digits of who reacted. */
  reactions: Map<string, string>;
}

export interface Participant {
  digits: string;
  isAdmin: boolean;
  isSuperAdmin: boolean;
  joinedAt: number;
}

/** A switch of a group, with who turned it and when. */
export interface GroupSwitch {
  enabled: boolean;
  changedAt?: string;
  changedBy?: string;
}

export interface GroupRecord {
  jid: string;
  name: string;
  nameSetAt: number;
  nameSetBy: string;
  description: string;
  descriptionSetAt: number;
  owner: string;
  participants: Map<string, Participant>;
  tags: string[];
  status: GroupStatus;
  picture?: { url: string; format: string };
  inviteCode: string;
  inviteCodeAt: number;
  infoAdminOnly: GroupSwitch;
  messagesAdminOnly: GroupSwitch;
  createdAt: number;
}
