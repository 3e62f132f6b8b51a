export {
  WebhookError,
  WebhookPayloadError,
  WebhookSignatureError,
  type WebhookSignatureReason,
} from "./errors/webhook-errors.js";
export type { HashName, MacEncoding } from "./platform/crypto.js";
export type { WebhookAnswer } from "./webhooks/answer.js";
export { WebhookDelivery, type WebhookInput } from "./webhooks/delivery.js";
export type { ChatId, Contact } from "./webhooks/events/contact.js";
export type {
  AckStatus,
  Call,
  EventBase,
  EventFields,
  GroupInfo,
  GroupMember,
  MessageAck,
  NumberState,
  NumberStatus,
  OtherName,
  PollRef,
  PollVote,
  Presence,
  ReachoutTimelock,
  Reaction,
  UnknownEvent,
  WebhookEvent,
  WebhookEventName,
  WebhookEventOf,
} from "./webhooks/events/event-types.js";
export { bareMessageId } from "./webhooks/events/message-id.js";
export type {
  Message,
  MessageKind,
  MessageLocation,
  MessageMedia,
  QuotedMessage,
  SharedContact,
} from "./webhooks/events/message-types.js";
export type { HandlerResult, WebhookHandler } from "./webhooks/handlers.js";
export type { WebhookHeaders } from "./webhooks/headers.js";
export { isUnknownEvent, type ParseOptions, parseWebhook } from "./webhooks/parse.js";
export type { RawBody } from "./webhooks/raw-body.js";
export {
  type WebhookContext,
  WebhookReceiver,
  type WebhookReceiverOptions,
  type WebhookSource,
} from "./webhooks/receiver.js";
export type { WebhookErrorListener, WebhookLogger } from "./webhooks/reporter.js";
export type { HmacOptions } from "./webhooks/schemes/hmac.js";
export { type AutoOptions, schemes } from "./webhooks/schemes/index.js";
export type { WebhookScheme, WebhookSchemeContext } from "./webhooks/schemes/scheme.js";
export type { StandardWebhooksOptions } from "./webhooks/schemes/standard-webhooks.js";
export type { UrlTokenOptions } from "./webhooks/schemes/url-token.js";
export { signWebhook } from "./webhooks/sign.js";
export {
  type ClaimResult,
  type MemoryStoreOptions,
  memoryStore,
  type WebhookStore,
} from "./webhooks/store.js";
export {
  type DeliveryResult,
  type DeliveryStatus,
  DeliveryTracker,
  type DeliveryTrackerOptions,
  type SentMessage,
  type TrackerPoll,
  type WaitOptions,
} from "./webhooks/tracker.js";
export { type VerifyOptions, verifyWebhook } from "./webhooks/verify.js";
