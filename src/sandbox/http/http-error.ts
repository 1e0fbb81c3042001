/** Errors of HTTP requests: every code has one status (docs/protocol.md 7). */

const statuses = {
  REQUEST_BAD_JSON: 400,
  EXTAPI_HOUSE_BOT_NOT_FOUND: 400,
  EXTAPI_CHALLENGE_TARGET_NOT_FOUND: 400,
  EXTAPI_CHALLENGE_NOT_FOUND: 400,
  EXTAPI_INVALID_TOKEN: 401,
  EXTAPI_MATCHMAKING_INELIGIBLE: 403,
  SANDBOX_LOCAL_ONLY: 403,
  SANDBOX_WRONG_HOST: 403,
  REQUEST_NOT_FOUND: 404,
  RECORD_NOT_FOUND: 404,
  SANDBOX_RECORD_FORGOTTEN: 404,
  SANDBOX_BOT_NOT_FOUND: 404,
  SANDBOX_TOKEN_NOT_FOUND: 404,
  REQUEST_METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  EXT_BOT_OFFLINE: 409,
  EXTAPI_CHALLENGE_OPPONENT_OFFLINE: 409,
  EXTAPI_CHALLENGE_NOT_PENDING: 409,
  SANDBOX_LIMIT_REACHED: 409,
  REQUEST_TOO_LARGE: 413,
  REQUEST_BAD_CONTENT_TYPE: 415,
  REQUEST_BAD_FIELD: 422,
  TOKEN_AT_CONCURRENT_MATCH_CAP: 429,
  FREE_TIER_LIMIT_EXCEEDED: 429,
  CHALLENGE_QUOTA_EXCEEDED: 429,
  EXTAPI_CHALLENGE_OUTSTANDING_LIMIT: 429,
  SANDBOX_QUEUE_FULL: 429,
  RATE_001: 429,
  INTERNAL_001: 500,
  EXTAPI_DISPATCH_FAILED: 502,
  SANDBOX_CLOSED: 503,
  SANDBOX_STATE_UNWRITABLE: 503,
} as const;

export type HttpErrorCode = keyof typeof statuses;

/** An error that is sent as the answer. Its message never repeats a credential of the client. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  readonly status: number;
  /** Additional headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Additional fields of its body. */
  readonly fields: object;

  constructor(
    code: HttpErrorCode,
    message: string,
    headers: Record<string, string> = {},
    fields: object = {},
  ) {
    super(message);
    this.name = 'HttpError';
    this.code = code;
    this.status = statuses[code];
    this.headers = headers;
    this.fields = fields;
  }
}

/** @param retryAfterSeconds when to try again, whole and at least 1. */
export function tooMany(
  code: HttpErrorCode,
  message: string,
  retryAfterSeconds: number,
  fields: object = {},
): HttpError {
  return new HttpError(code, message, { 'retry-after': String(retryAfterSeconds) }, fields);
}

/** The one answer for every bad credential, so that nobody learns what is wrong with it. */
export function invalidToken(): HttpError {
  return new HttpError(
    'EXTAPI_INVALID_TOKEN',
    'Send a valid token of this bot as Authorization: Bearer ...',
    { 'www-authenticate': 'Bearer' },
  );
}

/** The platform cannot write its state file. Its path is nobody else's business. */
export function stateUnwritable(): HttpError {
  return new HttpError(
    'SANDBOX_STATE_UNWRITABLE',
    'The platform cannot write its state file, so this was not done. Try again when there is room on its disk.',
  );
}
