/** `runBot` as the official SDK has it (docs/migrating.md). */
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import type { RemoteBot } from '../io/hosting/remote/remote-bot.js';
import type { RunBotOptions } from '../io/settings/known-match.js';
import { MatchUnreachableError } from '../protocol/errors.js';
import type { MatchEnd } from '../protocol/frames.js';
import { playKnownMatch } from './play-match.js';

/**
 * Plays the match at this URL and resolves with its `match_end`, or with null when it was given up after it was reached, or
 * cut by `signal`. `playMatch` is the same with more to tell.
 *
 * @param url `ws(s)://HOST/ws/match/{match_id}/{participant_id}`, or `.../bot`.
 * @throws {MatchUnreachableError} when the bot never got to the table; its `results` holds the match.
 * @throws {ChipzenError} what `playMatch` throws.
 */
export async function runBot(
  url: string,
  bot: BotSource | BotModule | RemoteBot,
  options: RunBotOptions = {},
): Promise<MatchEnd | null> {
  const { result, wasConnected } = await playKnownMatch('runBot', { url, bot, options });
  if (wasConnected || result.end !== null || result.abandonReason === 'cut') return result.end;
  const error = new MatchUnreachableError(
    `The match was never reached. ${result.detail ?? 'Look at its URL and credential.'}`,
  );
  error.results = [result];
  throw error;
}
