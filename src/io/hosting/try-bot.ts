/** Refuses a bot that cannot be made before it costs a match. */

import type { AnyBot, BotSource } from '../../bot/bot.js';
import { BadBotError } from '../../protocol/errors.js';
import type { Clock } from '../../time/clock.js';
import { within } from '../../time/time-limit.js';
import { createBot } from './create-bot.js';
import { describeFailureAt } from './failure.js';
import { guardLoading } from './session-guard.js';

const defaults = { limitMs: 120_000 } as const;

/**
 * Makes one bot of a class or a factory and discards it; does nothing for an instance.
 *
 * @throws {BadBotError} as `makeBot`.
 */
export async function tryBot(source: BotSource, clock: Clock): Promise<void> {
  if (typeof source === 'function') await makeBot(source, clock);
}

/**
 * @throws {BadBotError} when the class or factory fails, takes longer than 120 s, or returns something without
 * `decide`.
 */
export async function makeBot(source: BotSource, clock: Clock): Promise<AnyBot> {
  try {
    return await guardLoading('The bot', async () =>
      within(defaults.limitMs, clock, Promise.resolve(createBot(source)), tooSlow),
    );
  } catch (error) {
    if (error instanceof BadBotError) throw error;
    throw new BadBotError(`The bot could not be made: ${describeFailureAt(error)}`, { cause: error });
  }
}

function tooSlow(): BadBotError {
  return new BadBotError(
    `The bot could not be made: its factory has not ended after ${defaults.limitMs / 1_000} s.`,
  );
}
