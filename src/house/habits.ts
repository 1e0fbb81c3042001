/** The habits of the opponents in this match: how often they enter a pot, raise and bet. */
import type { HistoryAction } from '../holdem/game-state.js';

const prior = {
  /** The assumptions before the first hand, which weigh as much as so many hands or actions. */
  hands: 8,
  entered: 0.6,
  raised: 0.3,
  actions: 8,
  aggression: 0.4,
} as const;

interface Seen {
  hands: number;
  entered: number;
  raised: number;
  actions: number;
  aggressive: number;
}

export interface Habits {
  /** @param history of a hand that is over, posts included. */
  observe(history: readonly HistoryAction[]): void;
  /** The share of hands with which this seat puts chips in before the flop. */
  entering(seat: number): number;
  /** The share of hands that it raises before the flop. */
  raising(seat: number): number;
  /** The share of bets and raises among its actions after the flop. */
  aggression(seat: number): number;
}

export function createHabits(): Habits {
  const seen = new Map<number, Seen>();
  const none: Seen = { hands: 0, entered: 0, raised: 0, actions: 0, aggressive: 0 };
  const of = (seat: number) => seen.get(seat) ?? none;

  return {
    observe(history) {
      for (const [seat, { preflop, later }] of actionsBySeat(history)) {
        const known = of(seat);
        const raises = preflop.includes('raise');
        seen.set(seat, {
          hands: known.hands + (preflop.length > 0 ? 1 : 0),
          entered: known.entered + (raises || preflop.includes('call') ? 1 : 0),
          raised: known.raised + (raises ? 1 : 0),
          actions: known.actions + later.length,
          aggressive: known.aggressive + later.filter((action) => action === 'raise').length,
        });
      }
    },
    entering: (seat) => weighed(of(seat).entered, of(seat).hands, prior.entered, prior.hands),
    raising: (seat) => weighed(of(seat).raised, of(seat).hands, prior.raised, prior.hands),
    aggression: (seat) => weighed(of(seat).aggressive, of(seat).actions, prior.aggression, prior.actions),
  };
}

function weighed(times: number, of: number, expected: number, weight: number): number {
  return (times + expected * weight) / (of + weight);
}

/** The actions of each seat, without posts. */
function actionsBySeat(
  history: readonly HistoryAction[],
): Map<number, { preflop: string[]; later: string[] }> {
  const bySeat = new Map<number, { preflop: string[]; later: string[] }>();
  for (const { seat, action, phase } of history) {
    if (action.startsWith('post_')) continue;
    const own = bySeat.get(seat) ?? { preflop: [], later: [] };
    (phase === 'preflop' ? own.preflop : own.later).push(action);
    bySeat.set(seat, own);
  }
  return bySeat;
}
