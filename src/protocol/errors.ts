/**
 * The errors that users see. Each has a stable `code` to branch on, and a message that says what happened and what to
 * do, and never contains a secret. `results` holds the matches that were played before the session ended.
 */
import type { MatchResult } from './results.js';

/** Every `code` that a `ChipzenError` can have. */
export const errorCodes = [
  'missing_token',
  'missing_url',
  'bad_config',
  'bad_option',
  'bad_bot',
  'authentication_failed',
  'token_revoked',
  'lobby_not_found',
  'lobby_unreachable',
  'match_unreachable',
  'untrusted_gateway',
  'insecure_url',
  'bot_decision',
  'nats_unavailable',
  'platform_refused',
  'platform_unreachable',
  'platform_answer',
  'state_unwritable',
  'store_refused',
  'handover_refused',
  'internal',
] as const;

/** One of `errorCodes`. */
export type ErrorCode = (typeof errorCodes)[number];

/** Base of every error this package throws on purpose. */
export class ChipzenError extends Error {
  readonly code: ErrorCode;
  /** Results of the session so far; empty when it never began. */
  results: readonly MatchResult[] = [];

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** No token in options, environment or `chipzen.toml`. */
export class MissingTokenError extends ChipzenError {
  constructor(message: string) {
    super('missing_token', message);
  }
}

/** Neither a lobby URL nor a bot id to make one from. */
export class MissingUrlError extends ChipzenError {
  constructor(message: string) {
    super('missing_url', message);
  }
}

/** A `chipzen.toml`, environment variable or credential that cannot be used; the message names it. */
export class ConfigError extends ChipzenError {
  /** The file that was read, if the fault is in a file. */
  readonly path: string | undefined;
  /** The field or variable at fault, for instance `external_api.token`. */
  readonly field: string | undefined;

  constructor(message: string, where: { path?: string; field?: string } = {}, options?: ErrorOptions) {
    super('bad_config', message, options);
    this.path = where.path;
    this.field = where.field;
  }
}

/** An option of the wrong type or out of range. */
export class OptionError extends ChipzenError {
  readonly option: string;

  /** @param options `cause` is the system's error, where one is behind it. */
  constructor(option: string, message: string, options?: ErrorOptions) {
    super('bad_option', message, options);
    this.option = option;
  }
}

/** A bot without `decide`, or a bot file that cannot be loaded. */
export class BadBotError extends ChipzenError {
  constructor(message: string, options?: ErrorOptions) {
    super('bad_bot', message, options);
  }
}

/** The platform refused the token, or the token belongs to another bot. */
export class AuthenticationError extends ChipzenError {
  constructor(message: string) {
    super('authentication_failed', message);
  }
}

/** The token was valid once and has been revoked. */
export class TokenRevokedError extends ChipzenError {
  constructor(message: string) {
    super('token_revoked', message);
  }
}

/** There is no lobby at this URL: a wrong bot id or a wrong host. */
export class LobbyNotFoundError extends ChipzenError {
  constructor(message: string) {
    super('lobby_not_found', message);
  }
}

/** The lobby could not be reached within the retry policy. */
export class LobbyUnreachableError extends ChipzenError {
  constructor(message: string) {
    super('lobby_unreachable', message);
  }
}

/** `runBot` never got to the table of its match: nobody there, or the gateway refused this bot. */
export class MatchUnreachableError extends ChipzenError {
  constructor(message: string) {
    super('match_unreachable', message);
  }
}

/** A gateway URL that is not of the lobby's origin: the token must not follow it. */
export class UntrustedGatewayError extends ChipzenError {
  constructor(message: string) {
    super('untrusted_gateway', message);
  }
}

/** Plain `ws://` to a host that is not this machine. */
export class InsecureUrlError extends ChipzenError {
  constructor(message: string) {
    super('insecure_url', message);
  }
}

/** The bot threw while `safeMode` was off; its own error is the `cause`. */
export class BotDecisionError extends ChipzenError {
  constructor(message: string, options: ErrorOptions) {
    super('bot_decision', message, options);
  }
}

/** The NATS server that leads to the workers could not be reached at the start, or does not do what is asked of it. */
export class NatsUnavailableError extends ChipzenError {
  constructor(message: string) {
    super('nats_unavailable', message);
  }
}

/** The local platform cannot write its state file: what it was asked for was not done. */
export class StateWriteError extends ChipzenError {
  constructor(message: string, options?: ErrorOptions) {
    super('state_unwritable', message, options);
  }
}

/** A running session of the same bot could not be asked for its lobby: it goes on as it did. */
export class HandoverError extends ChipzenError {
  constructor(message: string, options?: ErrorOptions) {
    super('handover_refused', message, options);
  }
}

/** A defect of this package, reported instead of hidden. */
export class InternalError extends ChipzenError {
  constructor(message: string, options?: ErrorOptions) {
    super('internal', message, options);
  }
}

/** Why a session ended early, as plain data that machines keep and the inspector may show. */
export interface Fault {
  code: Extract<
    ErrorCode,
    | 'authentication_failed'
    | 'token_revoked'
    | 'lobby_not_found'
    | 'lobby_unreachable'
    | 'bot_decision'
    | 'bad_bot'
    | 'internal'
  >;
  message: string;
  /** The bot's own error, for `bot_decision` and `bad_bot`. */
  cause?: unknown;
}

/** The typed error of a fault. */
export function errorOfFault(fault: Fault): ChipzenError {
  const { code, message, cause } = fault;
  switch (code) {
    case 'authentication_failed':
      return new AuthenticationError(message);
    case 'token_revoked':
      return new TokenRevokedError(message);
    case 'lobby_not_found':
      return new LobbyNotFoundError(message);
    case 'lobby_unreachable':
      return new LobbyUnreachableError(message);
    case 'bot_decision':
      return new BotDecisionError(message, { cause });
    case 'bad_bot':
      return new BadBotError(message, { cause });
    case 'internal':
      return new InternalError(message, { cause });
  }
}

/** Why a store did not take something. */
export type StoreRefusal = 'bad_key' | 'no_json' | 'not_a_number' | 'too_large' | 'full';

/** The store of a bot did not take a key or a value; it is what it was. Branch on `why`. */
export class StoreError extends ChipzenError {
  readonly why: StoreRefusal;

  constructor(why: StoreRefusal, message: string) {
    super('store_refused', message);
    this.why = why;
  }
}
