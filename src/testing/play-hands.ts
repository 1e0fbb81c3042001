/** Bots that play each other in this process, as fast as they decide. */
import { fileURLToPath } from 'node:url';
import { Bot, type BotHooks, type BotLike, type BotSource, type Turn } from '../bot/bot.js';
import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { legalAnswer } from '../holdem/legal-answer.js';
import { houseBotNames } from '../house/house-bot-names.js';
import { houseBots } from '../house/house-bots.js';
import { assertBotSource } from '../io/hosting/create-bot.js';
import { loadBot } from '../io/hosting/load-bot.js';
import { makeBot } from '../io/hosting/try-bot.js';
import { BadBotError, OptionError } from '../protocol/errors.js';
import type { MatchEnd } from '../protocol/frames.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { messageOf } from '../protocol/message-of.js';
import { createSandbox } from '../sandbox/sandbox.js';
import type { SandboxEvent } from '../sandbox/terms/sandbox-events.js';
import { systemClock } from '../time/clock.js';

const defaults = { hands: 100, seed: 'playHands', clockMs: 2_000 } as const;
const limits = { minBots: 2, maxBots: 6 } as const;

const hookNames = [
  'onMatchStart',
  'onRoundStart',
  'onTurnResult',
  'onPhaseChange',
  'onRoundResult',
  'onMatchEnd',
  'onDecisionLatency',
] as const;

/** A bot's class, instance or factory; the URL of its file, such as `new URL('./bot.js', import.meta.url)`; or the name of a house bot. */
export type PlayingBot = BotSource | URL | string;

/** Amounts are chips. */
export interface PlayHandsOptions {
  /** The most hands; fewer are played when one seat has all chips. Default: 100. */
  hands?: number;
  /** Deals the same cards again, and house bots play the same. Default: one that is always the same. */
  seed?: string;
  /** Of each seat. Default: 10000. */
  startingStack?: number;
  /** Default: 50; with `bigBlind` half of it. */
  smallBlind?: number;
  /** Default: 100. */
  bigBlind?: number;
  /** Of every seat. Default: 0. */
  ante?: number;
  /** The time for a decision, in milliseconds; who takes longer is answered for. Default: 2000. */
  clockMs?: number;
}

const playOptionNames: Readonly<Record<keyof PlayHandsOptions, true>> = {
  hands: true,
  seed: true,
  startingStack: true,
  smallBlind: true,
  bigBlind: true,
  ante: true,
  clockMs: true,
};

/** Something that costs a bot chips on the platform. */
export interface BotMistake {
  seat: number;
  hand: number;
  /** `decide`, or the hook that threw. */
  hook: string;
  /** In a sentence: what it threw, what was not legal, or that it was late. */
  why: string;
  /** The state that `decide` was given. */
  state?: GameState;
  /** What was thrown. */
  error?: unknown;
}

/** How the hands went. */
export interface PlayedHands {
  /** How many were played. */
  hands: number;
  /** What each seat won or lost, in chips, by seat. */
  netChips: number[];
  /** Decisions of each seat, by seat. */
  decisions: number[];
  /** The longest decision of each seat in milliseconds, by seat. */
  slowestMs: number[];
  /** In the order in which they were made; empty when all bots played well. */
  mistakes: BotMistake[];
}

/**
 * Plays a match on the local platform, with all hooks, as fast as the bots decide.
 *
 * @param bots two to six, by seat.
 * @throws {OptionError} for an unknown house bot and for options that make no game.
 * @throws {BadBotError} for what is no bot, or cannot be made.
 */
export async function playHands(
  bots: readonly PlayingBot[],
  options: PlayHandsOptions = {},
): Promise<PlayedHands> {
  if (!Array.isArray(bots) || bots.length < limits.minBots || bots.length > limits.maxBots) {
    throw new OptionError('bots', 'A match has two to six bots: playHands([MyBot, "calling-station"]).');
  }
  refuseUnknown(options, playOptionNames, 'playHands');
  const { hands = defaults.hands, seed = defaults.seed, clockMs = defaults.clockMs, ...game } = options;
  const players = await Promise.all(bots.map((bot, seat) => makePlayer(bot, `${seed}:${seat}`)));
  const book = createPlayBook(players.length, clockMs);
  const platform = await createSandbox({
    ...game,
    port: 0,
    speed: 0,
    seed,
    maxHands: hands,
    decisionTimeoutMs: clockMs,
    // Blinds that rise would make most hands all-ins.
    blindSchedule: [],
    onEvent: (event) => book.onEvent(event),
  });
  try {
    const seated = players.map((bot, seat) => ({ name: nameOf(seat), make: () => book.observe(bot, seat) }));
    const { matchId } = await platform.play({ players: seated });
    return book.close(await platform.result(matchId));
  } finally {
    await platform.close();
  }
}

/** Writes down what happens in one match. */
function createPlayBook(seats: number, clockMs: number) {
  const zeros = (): number[] => Array.from({ length: seats }, () => 0);
  const played: PlayedHands = {
    hands: 0,
    netChips: zeros(),
    decisions: zeros(),
    slowestMs: zeros(),
    mistakes: [],
  };
  /** Requests for which `decide` has thrown: what was played for it is no second mistake. */
  const failed = new Set<string>();

  const note = (seat: number, hook: string, why: string, more: Partial<BotMistake> = {}): void => {
    played.mistakes.push({ seat, hand: played.hands, hook, why, ...more });
  };

  /** Awaits the answer, measures it, and notes what is wrong with it. */
  async function decide(bot: BotLike, seat: number, state: GameState, turn: Turn): Promise<BotAnswer> {
    const given = structuredClone(state);
    const from = performance.now();
    try {
      const answer = await bot.decide(state, turn);
      const { correction } = legalAnswer(answer, given);
      if (correction !== undefined) note(seat, 'decide', correction.why, { state: given });
      return answer;
    } catch (error) {
      failed.add(turn.requestId);
      note(seat, 'decide', `decide threw: ${messageOf(error)}`, { state: given, error });
      throw error;
    } finally {
      played.decisions[seat] = (played.decisions[seat] ?? 0) + 1;
      played.slowestMs[seat] = Math.max(played.slowestMs[seat] ?? 0, performance.now() - from);
    }
  }

  return {
    observe: (bot: BotLike, seat: number): BotLike => ({
      ...hooksOf(bot),
      decide: (state, turn) => decide(bot, seat, state, turn),
    }),
    onEvent(event: SandboxEvent): void {
      if (event.type === 'table.changed' && event.event.type === 'handStarted') played.hands += 1;
      if (event.type === 'turn.substituted' && !failed.has(event.requestId)) {
        note(event.seat, 'decide', `decide had no answer after ${clockMs} ms.`);
      }
      if (event.type === 'bot.failed' && event.hook !== 'decide') {
        const { error, hook, name } = event;
        note(seatNamed(name), hook, `${hook} threw: ${messageOf(error)}`, { error });
      }
    },
    close({ results = [] }: MatchEnd): PlayedHands {
      for (const { seat = 0, net_chips: net = 0 } of results) played.netChips[seat] = net;
      return played;
    },
  };
}

const nameOf = (seat: number): string => `seat ${seat}`;
const seatNamed = (name: string): number => Number(name.slice('seat '.length));

async function makePlayer(bot: PlayingBot, seed: string): Promise<BotLike> {
  if (typeof bot === 'string') {
    const make = Object.hasOwn(houseBots, bot) ? houseBots[bot] : undefined;
    if (make !== undefined) return make(seed);
    throw new OptionError(
      'bots',
      `There is no house bot "${bot}". There are ${houseBotNames.join(', ')}; a file is given as a URL, new URL('./bot.js', import.meta.url).`,
    );
  }
  const source = bot instanceof URL ? await loadBot(fileURLToPath(bot)) : bot;
  assertBotSource(source);
  const made = await makeBot(source, systemClock);
  if (made.decide !== undefined) return made;
  throw new BadBotError('The bot has no decide(state), and this table is poker.');
}

/** The hooks of a bot with whatever arguments they are called. */
function hooksOf(bot: BotLike): BotHooks {
  const hooks: Record<string, unknown> = {};
  for (const name of hookNames) {
    const hook = bot[name] as ((...args: unknown[]) => unknown) | undefined;
    // One that is inherited from the base class does nothing.
    if (typeof hook !== 'function' || (hook as unknown) === Bot.prototype[name]) continue;
    hooks[name] = (...args: unknown[]) => hook.apply(bot, args);
  }
  return hooks;
}
