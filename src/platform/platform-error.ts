/** The errors of requests to the platform. Messages are printable, short, and without a credential. */
import { ChipzenError } from '../protocol/errors.js';

/** What is known of a refusal. */
export interface Refusal {
  /** What was asked for, without its query: `GET /api/matches`. */
  request: string;
  /** The HTTP status. */
  status: number;
  /** The platform's stable code, for instance `EXT_BOT_OFFLINE`; null when it gave none. */
  errorCode: string | null;
  /** Names the request to whoever runs the platform. */
  requestId: string | null;
  /** How long to wait before the next attempt, in ms, if the platform said so. */
  retryAfterMs: number | null;
  /** With `RATE_001`: `warned`, `throttled`, `throttled_hard` or `blocked`. */
  penaltyLevel: string | null;
  /** With `RATE_001`: refusals within the last 15 minutes. */
  violations: number | null;
}

/** The platform answered, and refused. Branch on `errorCode`, or on `status` where it is null. */
export class PlatformRefusedError extends ChipzenError implements Refusal {
  readonly request: string;
  readonly status: number;
  readonly errorCode: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly penaltyLevel: string | null;
  readonly violations: number | null;

  constructor(message: string, refusal: Refusal) {
    super('platform_refused', message);
    this.request = refusal.request;
    this.status = refusal.status;
    this.errorCode = refusal.errorCode;
    this.requestId = refusal.requestId;
    this.retryAfterMs = refusal.retryAfterMs;
    this.penaltyLevel = refusal.penaltyLevel;
    this.violations = refusal.violations;
  }
}

/** There was no whole answer: no connection, a connection that was lost, or the time was over. */
export class PlatformUnreachableError extends ChipzenError {
  readonly request: string;

  constructor(message: string, request: string) {
    super('platform_unreachable', message);
    this.request = request;
  }
}

/** There was an answer that cannot be used: a redirect, too large, not JSON, or without what it must have. */
export class PlatformAnswerError extends ChipzenError {
  readonly request: string;
  /** The HTTP status. */
  readonly status: number;
  readonly requestId: string | null;

  constructor(message: string, where: { request: string; status: number; requestId: string | null }) {
    super('platform_answer', message);
    this.request = where.request;
    this.status = where.status;
    this.requestId = where.requestId;
  }
}
