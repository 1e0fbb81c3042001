/** The exit codes: one for each way in which a command can end. */
import { isPassingTrouble } from '../../files/passing-trouble.js';
import { ChipzenError, type ErrorCode } from '../../protocol/errors.js';
import type { EndReason } from '../../protocol/events.js';

export const exitCodes = {
  done: 0,
  /** Everything without a code of its own. */
  failed: 1,
  /** Wrong arguments, options, environment variables or `chipzen.toml`. */
  usage: 2,
  authentication: 3,
  unreachable: 4,
  evicted: 5,
  bot: 6,
} as const;

const codeOfError: Readonly<Record<ErrorCode, number>> = {
  missing_token: exitCodes.usage,
  missing_url: exitCodes.usage,
  bad_config: exitCodes.usage,
  bad_option: exitCodes.usage,
  insecure_url: exitCodes.usage,
  // A wrong bot id or host: trying again later does not help.
  lobby_not_found: exitCodes.usage,
  authentication_failed: exitCodes.authentication,
  token_revoked: exitCodes.authentication,
  lobby_unreachable: exitCodes.unreachable,
  match_unreachable: exitCodes.unreachable,
  nats_unavailable: exitCodes.unreachable,
  platform_unreachable: exitCodes.unreachable,
  bad_bot: exitCodes.bot,
  bot_decision: exitCodes.bot,
  untrusted_gateway: exitCodes.failed,
  platform_refused: exitCodes.failed,
  platform_answer: exitCodes.failed,
  state_unwritable: exitCodes.failed,
  store_refused: exitCodes.failed,
  // The other session may be gone in a while: trying again later helps.
  handover_refused: exitCodes.failed,
  internal: exitCodes.failed,
};

export function exitCodeOf(code: ErrorCode): number {
  return codeOfError[code];
}

export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof ChipzenError)) return exitCodes.failed;
  // Nothing is wrong with the option: service managers end for good at the code for usage.
  if (error.code === 'bad_option' && isPassingTrouble(error.cause)) return exitCodes.failed;
  return exitCodeOf(error.code);
}

/**
 * The code of a session that ended without an error.
 *
 * @param botFailed the bot failed at every turn that it was asked.
 */
export function exitCodeOfEnd(reason: EndReason | null, botFailed = false): number {
  if (reason === 'evicted') return exitCodes.evicted;
  if (botFailed) return exitCodes.bot;
  // The lobby was lost for good after it had been reached: not an error, but not done either.
  return reason === 'failed' ? exitCodes.unreachable : exitCodes.done;
}
