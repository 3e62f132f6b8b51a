export {
  ApiError,
  type ApiErrorInit,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  isApiError,
  NotFoundError,
  NumberNotReadyError,
  PayloadTooLargeError,
  PermissionError,
  RateLimitError,
  type RateLimitInfo,
  ReachoutTimelockError,
  ServerError,
  UnprocessableError,
} from "./api-errors.js";
export {
  AbortedError,
  ConnectionError,
  type ConnectionErrorInit,
  ResponseReadError,
  TimeoutError,
} from "./connection-errors.js";
export { ConfigurationError, ValidationError, type ValidationIssue } from "./input-errors.js";
export { ResponseFormatError } from "./response-format-error.js";
export {
  type ErrorCode,
  isWasendError,
  type Outcome,
  WasendError,
  type WasendErrorInit,
} from "./wasend-error.js";
export {
  WebhookError,
  WebhookPayloadError,
  WebhookSignatureError,
  type WebhookSignatureReason,
} from "./webhook-errors.js";
