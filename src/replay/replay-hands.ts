/** `replayHands`: plays hands that were played to a bot as it is now. */
import { availableParallelism } from 'node:os';
import type { BotSource } from '../bot/bot.js';
import type { HandHistory } from '../histories/hand-history.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { systemClock, type WorldClock } from '../time/clock.js';
import { openReplayBot } from './open-replay-bot.js';
import { replayDefaults } from './replay-defaults.js';
import type { ReplayHand } from './replay-match.js';
import { type ReplayInput, replayMatches } from './replay-matches.js';
import { assertReplayOptions, type ReplayHandsOptions } from './replay-options.js';
import type { ReplayReport } from './replay-report.js';
import { seatMatches } from './seat-matches.js';

/**
 * Plays hands to a bot and compares each decision of its seat with what was played: frames are made of the hands, and go
 * through the match machine and the bot port that play real matches, with all hooks.
 *
 * @param source the file of a bot as `{ module: path }`, which plays isolated; or a class, a factory or an object, which
 * plays in this thread and can hold it for ever.
 * @throws {OptionError} when there is no such file, for options that cannot be, and where nothing says which seat is the
 * bot's; BadBotError for a bot that cannot be made.
 */
export async function replayHands(
  source: BotSource | BotModule,
  hands: Iterable<HandHistory>,
  options: ReplayHandsOptions = {},
): Promise<ReplayReport> {
  assertReplayOptions(options, 'replayHands');
  const { hero, clockMs = replayDefaults.clockMs } = options;
  return replayInputs(source, seatMatches(hands, { hero, clockMs }), options);
}

/** @param clock tests have one of their own. */
export async function replayInputs(
  source: BotSource | BotModule,
  inputs: AsyncIterable<ReplayInput> | Iterable<ReplayInput>,
  options: ReplayHandsOptions,
  clock: WorldClock = systemClock,
): Promise<ReplayReport> {
  const { isolate, workerMemoryMb, env = process.env, onBotOutput = () => undefined } = options;
  const { repeat = replayDefaults.repeat, hands, opponent, signal, onProgress } = options;
  const wallNow = (): number => clock.wallNow?.() ?? clock.now();
  const bot = await openReplayBot(source, { isolate, workerMemoryMb, env, onBotOutput, clock, wallNow });
  try {
    return await replayMatches(against(opponent, inputs), {
      bot: bot.logic,
      clock,
      wallNow,
      repeat,
      jobs: bot.isIsolated ? Math.min(replayDefaults.maxJobs, availableParallelism()) : 1,
      isWanted: wantedOf(hands),
      signal,
      onProgress,
    });
  } finally {
    await bot.close();
  }
}

async function* against(
  opponent: string | undefined,
  inputs: AsyncIterable<ReplayInput> | Iterable<ReplayInput>,
): AsyncGenerator<ReplayInput, void, undefined> {
  const name = opponent?.toLowerCase();
  for await (const input of inputs) {
    const isWanted =
      name === undefined ||
      !('match' in input) ||
      input.match.opponents.some((other) => other.toLowerCase() === name);
    if (isWanted) yield input;
  }
}

function wantedOf(ranges: ReplayHandsOptions['hands']): (hand: ReplayHand) => boolean {
  if (ranges === undefined) return () => true;
  return ({ handNumber }) =>
    handNumber !== null && ranges.some(([first, last]) => handNumber >= first && handNumber <= last);
}
