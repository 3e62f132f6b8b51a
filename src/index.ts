export type { Spent } from "./bulk/budget.js";
export type { Bulk } from "./bulk/bulk.js";
export type { Campaign } from "./bulk/campaign.js";
export { carefulPace } from "./bulk/careful-pace.js";
export type { CampaignListener } from "./bulk/events.js";
export { type ForgetFrom, type ForgetReport, type ForgetsPeople, forget } from "./bulk/forget-person.js";
export type { GapRange } from "./bulk/gap.js";
export type {
  AttemptRecord,
  HeaderRecord,
  Journal,
  JournalRecord,
  OpenJournal,
  RecipientSpool,
  ResultRecord,
  RowsRecord,
} from "./bulk/journal.js";
export { memoryContactLists } from "./bulk/lists/memory-contact-lists.js";
export type {
  AddReport,
  ContactFilter,
  ContactListInfo,
  ContactLists,
  FieldValue,
  ImportReport,
  ListContact,
  ListRecipient,
  NewContact,
} from "./bulk/lists/types.js";
export { memoryJournal } from "./bulk/memory-journal.js";
export type {
  CampaignEvents,
  CampaignOptions,
  CampaignPlan,
  CampaignReport,
  PlanWarning,
  RunOptions,
  SkippedRow,
} from "./bulk/options.js";
export type { PaceChoice, PaceOptions } from "./bulk/pace-options.js";
export { memoryPace, type PaceState, type PaceStore } from "./bulk/pace-store.js";
export type { KnownMessage, Reconciled, ReconcileOptions } from "./bulk/reconcile.js";
export type { BulkResources } from "./bulk/sender.js";
export type {
  Confirmation,
  IncomingMessage,
  ListenOptions,
  MessageReceiver,
} from "./bulk/suppressions/listen.js";
export { memorySuppressions } from "./bulk/suppressions/memory-suppressions.js";
export type {
  Suppression,
  SuppressionEvent,
  SuppressionList,
  SuppressOptions,
} from "./bulk/suppressions/types.js";
export { CONSENT_WORDS, type ConsentLanguage, type ConsentWords } from "./bulk/suppressions/words.js";
export {
  type CampaignContent,
  type CampaignMessage,
  type CampaignOutcome,
  type CampaignRecipient,
  type CampaignStatus,
  type Clock,
  type Recipients,
  type RenderedMessage,
  ROW,
  type RowInfo,
  type Suppressions,
} from "./bulk/types.js";
export type { PauseReason } from "./bulk/verdict.js";
export { Wasend } from "./client.js";
export type { Account as AccountInfo } from "./contract/account.js";
export type { ChatMedia, ChatMessage, MessageStatus } from "./contract/chat-message.js";
export type { Chat, ChatOverview, MarkedRead } from "./contract/chats.js";
export type { ContactInfo, Existence } from "./contract/contacts.js";
export type { Group, GroupParticipant, GroupSettings, ParticipantChange } from "./contract/group.js";
export type { InviteCode, InviteLink } from "./contract/group-members.js";
export type { GroupSwitch } from "./contract/group-settings.js";
export type { GroupCount } from "./contract/groups.js";
export type { Sent, StoredMessage } from "./contract/messages.js";
export type { NumberInfo, NumberState, Qr } from "./contract/numbers.js";
export type { QueryValue } from "./contract/operation.js";
export type { Picture } from "./contract/picture.js";
export type { Recipient, RecipientContact } from "./contract/recipient.js";
export {
  AbortedError,
  ApiError,
  type ApiErrorInit,
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConflictError,
  ConnectionError,
  type ConnectionErrorInit,
  type ErrorCode,
  isApiError,
  isWasendError,
  NotFoundError,
  NumberNotReadyError,
  type Outcome,
  PayloadTooLargeError,
  PermissionError,
  RateLimitError,
  type RateLimitInfo,
  ReachoutTimelockError,
  ResponseFormatError,
  ResponseReadError,
  ServerError,
  TimeoutError,
  UnprocessableError,
  ValidationError,
  type ValidationIssue,
  WasendError,
  type WasendErrorInit,
  WebhookError,
  WebhookPayloadError,
  WebhookSignatureError,
  type WebhookSignatureReason,
} from "./errors/index.js";
export type { Listener } from "./events.js";
export { ApiPromise, type WithResponse } from "./http/api-promise.js";
export type { UploadProgress } from "./http/body.js";
export type {
  CallEvent,
  RateLimitedEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  WasendEvents,
} from "./http/events.js";
export type { FetchLike } from "./http/ky-transport.js";
export type { Pace } from "./http/lane.js";
export { Page, PagePromise } from "./http/page.js";
export type { RateLimitOptions } from "./http/rate-limiter.js";
export type { RawRequest } from "./http/raw-request.js";
export type { HeaderOptions, RequestOptions } from "./http/request-options.js";
export type { Logger, LogLevel } from "./logger.js";
export type { SentAs } from "./media/choose.js";
export type {
  DownloadOptions,
  DownloadTarget,
  MediaReference,
  MessageWithMedia,
  Progress,
} from "./media/download-options.js";
export type { MediaLimits } from "./media/limits.js";
export { MediaDownload } from "./media/media-download.js";
export type { MediaInfo, MediaKind } from "./media/media-info.js";
export type { StreamFactory, StreamLike } from "./media/sources.js";
export type { WasendOptions } from "./options.js";
export type { Account } from "./resources/account.js";
export type {
  ChatListParams,
  ChatMessageFilter,
  ChatMessageListParams,
  ChatMessageParams,
  ChatOverviewParams,
  Chats,
  MarkReadParams,
} from "./resources/chats.js";
export type { CheckExistsParams, ContactListParams, Contacts } from "./resources/contacts.js";
export type {
  GroupCreateParams,
  GroupListParams,
  GroupMember,
  GroupPictureParams,
  GroupSettingsParams,
  JoinParams,
  ParticipantsParams,
} from "./resources/group-params.js";
export type { Groups } from "./resources/groups.js";
export type { Media } from "./resources/media.js";
export type { MediaSendParams, MediaSent } from "./resources/media-params.js";
export type {
  AddressParams,
  MarkSeenParams,
  MediaData,
  MediaSource,
  ReactParams,
  ReplyParams,
  SendFileParams,
  SendLinkPreviewParams,
  SendParams,
  SendPictureParams,
  SendTextParams,
  SendVoiceParams,
  TypingParams,
} from "./resources/message-params.js";
export type { Messages } from "./resources/messages.js";
export type { NumberCreateParams, Numbers } from "./resources/numbers.js";
export type { PageParams, RefreshParams, SessionParams, SortParams } from "./resources/params.js";
export type { WaitOptions, WaitParams } from "./resources/wait-until-ready.js";
export { VERSION } from "./version.js";
