import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Bot, type Turn } from '../bot/bot.js';
import { FastRandom } from '../chance/fast-random.js';
import type { BotAnswer } from '../holdem/action.js';
import { type GameState, parseHistory } from '../holdem/game-state.js';
import type { RoundResult } from '../protocol/frames.js';
import { checkOrCall, checkOrFold, raiseOrCommit } from './answers.js';
import { createSampler } from './equity.js';
import { exactEquity } from './exact-equity.js';
import { createHabits } from './habits.js';
import { bestHoldings, readCards } from './holdings.js';
import { loopTurn } from './loop-turn.js';
import type { Foe } from './spot.js';
import { lookUp, type OpponentView, type ReadTable, viewTable } from './table-view.js';
import { think } from './think.js';

/** Options of `EquityBot`. */
export interface EquityBotOptions {
  /** Default: random. */
  seed?: string;
  /** Simulated deals for one decision. Default: 1500. */
  maxSamples?: number;
  /** Computing time of one decision, in milliseconds. Default: 200, many times what the deals need. */
  maxComputeMs?: number;
  /** Milliseconds that do not jump. Default: the process's own time. */
  now?: () => number;
  /** Epoch milliseconds of the wall clock, which `turn.deadline` is on. Default: `now` where that is given, else `Date.now`. */
  wallNow?: () => number;
  /** Resolves when this bot may compute again. Default: its next turn among all bots of this process. */
  pause?: () => Promise<void>;
}

const defaults = {
  maxSamples: 1_500,
  maxComputeMs: 200,
  pieceMs: 2,
  /** The share of the turn's rest that it uses; the other part is for sending the answer. */
  shareOfTurn: 0.4,
} as const;

const style = {
  /** It bets from this point between an even share of the pot (0) and all of it (1). */
  betFrom: 0.16,
  /** The same for a raise, by the raises before it. */
  raiseFrom: [0.16, 0.42, 0.6, 0.72],
  /** Bets, as shares of the pot: at `betFrom`, and with a hand that cannot lose. */
  smallBet: 0.5,
  bigBet: 1,
  /** A call needs this much more than its price. */
  margin: 0.02,
  /** The part of the stack from which a raise is an all-in. */
  commitment: 0.45,
  /** The smallest share of hands that an opponent is assumed to play. */
  leastShare: 0.03,
} as const;

/**
 * Simulates many ends of the hand, but before the flop and on the river against one opponent, where it counts all. What each opponent
 * may hold depends on its actions in this hand and in earlier ones. Compares the share of the pot that it would win with what that costs.
 *
 * The same seed plays the same match as long as `maxSamples` ends its thinking. If the time does (`maxComputeMs`, or
 * two fifths of the turn's rest), its answer also depends on the speed of the machine. It computes in pieces of 2 ms
 * and yields this thread between them.
 */
export class EquityBot extends Bot {
  private readonly options: Required<EquityBotOptions>;
  private habits = createHabits();

  constructor({
    seed = randomUUID(),
    maxSamples = defaults.maxSamples,
    maxComputeMs = defaults.maxComputeMs,
    now,
    wallNow = now ?? Date.now,
    pause = loopTurn,
  }: EquityBotOptions = {}) {
    super();
    this.options = { seed, maxSamples, maxComputeMs, now: now ?? (() => performance.now()), wallNow, pause };
  }

  override onMatchStart(): void {
    this.habits = createHabits();
  }

  override onRoundResult({ result }: RoundResult): void {
    this.habits.observe(parseHistory(result['action_history']));
  }

  override async decide(state: GameState, { deadline, signal }: Turn): Promise<BotAnswer> {
    const cards = readCards(state);
    const view = viewTable(state);
    if (cards === null || view.opponents.length === 0) return checkOrFold(state);
    const { seed, now, wallNow } = this.options;
    const foes = view.opponents.map((opponent) => this.foe(opponent, view));
    // A stream for each decision: a decision that was cut short does not change later ones.
    signal.throwIfAborted();
    const exact = exactEquity({ ...cards, foes });
    if (exact !== null) return answerFor(exact, state, view);
    const random = new FastRandom(`${seed}:${state.handNumber}:${state.actionHistory.length}`);
    const sampler = createSampler({ ...cards, foes }, random);
    const until = now() + (deadline - wallNow()) * defaults.shareOfTurn;
    await think(sampler, { ...this.options, pieceMs: defaults.pieceMs, until, signal });
    return answerFor(sampler.equity, state, view);
  }

  /** The hands that this opponent may hold, by its habits. */
  private foe({ seat, raisesPreflop, entered, bets }: OpponentView, { opponents }: ReadTable): Foe {
    const raising = this.habits.raising(seat);
    const share = raisesPreflop > 0 ? raising / raisesPreflop : entered ? this.habits.entering(seat) : 1;
    const aggression = this.habits.aggression(seat);
    return {
      holdings: bestHoldings(Math.max(style.leastShare, share)),
      picks: bets,
      // The bets of an opponent that always bets say nothing.
      pickiness: Math.max(0, 1 - aggression) / Math.max(1, opponents.length - 1),
    };
  }
}

function answerFor(equity: number, state: GameState, view: ReadTable): BotAnswer {
  const { pot, toCall } = state;
  const even = 1 / (view.opponents.length + 1);
  const lead = (equity - even) / (1 - even);
  const price = toCall / (pot + toCall);
  const from = toCall > 0 ? lookUp(style.raiseFrom, view.raises) : style.betFrom;
  if (lead >= from) {
    const size = style.smallBet + (style.bigBet - style.smallBet) * ((lead - from) / (1 - from));
    const total = view.bet + toCall + size * (pot + toCall);
    return raiseOrCommit(state, view, style.commitment, total);
  }
  return equity >= price + style.margin ? checkOrCall(state) : checkOrFold(state);
}
