/** Who can be seated. */
import type { BotLike } from '../poker/bot.js';
import { OptionError } from '../protocol/errors.js';
import type { BotRecord } from './bot-record.js';
import { houseBots } from './house-bots.js';

/** The name of a house bot, a bot that then runs inside the sandbox, or the id of another remote bot. */
export type Opponent = string | BotLike | { botId: string };

export type Player = { kind: 'remote'; bot: BotRecord } | { kind: 'house'; name: string; bot: BotLike };

/** Looks a remote bot up by its id. */
type FindBot = (botId: string) => BotRecord | undefined;

/** Name of a bot that was given as an object. */
const guestName = 'guest';

/** @throws {OptionError} */
export function remotePlayer(botId: string, findBot: FindBot): Player {
  const bot = findBot(botId);
  if (bot === undefined) throw new OptionError('botId', 'There is no such bot; add it with addBot.');
  return { kind: 'remote', bot };
}

/**
 * @param seed what a house bot draws its chances from.
 * @throws {OptionError}
 */
export function opponentPlayer(opponent: Opponent, seed: string, findBot: FindBot): Player {
  if (typeof opponent === 'string') {
    const make = Object.hasOwn(houseBots, opponent) ? houseBots[opponent] : undefined;
    if (make !== undefined) return { kind: 'house', name: opponent, bot: make(seed) };
    const names = Object.keys(houseBots).join(', ');
    throw new OptionError('opponent', `There is no such house bot; there are ${names}.`);
  }
  if (typeof opponent === 'object' && opponent !== null) {
    if ('decide' in opponent && typeof opponent.decide === 'function') {
      return { kind: 'house', name: guestName, bot: opponent };
    }
    if ('botId' in opponent) return remotePlayer(opponent.botId, findBot);
  }
  throw new OptionError(
    'opponent',
    'The opponent must be the name of a house bot, a bot with decide, or { botId }.',
  );
}
