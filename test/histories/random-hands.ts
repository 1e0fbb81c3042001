/** Hands of the real table, played at random: two to six seats, antes, short stacks, side pots, odd chips. */
import fc from 'fast-check';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { historiesOfMatch } from '../../src/histories/played-histories.js';
import type { HandStarted, TableFact } from '../../src/holdem/facts.js';
import { createTable } from '../../src/holdem/table.js';
import type { Ante, TableTurn } from '../../src/holdem/table-types.js';
import { type PlayedHand, type PlayedMatch, playedHand } from '../../src/records/played-match.js';

export interface RandomTable {
  stacks: readonly number[];
  ante: Ante;
  oddChips: 'lowest-seat' | 'left-of-button';
  dealer: number;
  /** What each turn is answered with. */
  answers: readonly number[];
  seed: string;
}

const stack = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 300 }), fc.constant(500));

const antes: fc.Arbitrary<Ante> = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 4 }),
  fc.constant({ bigBlind: 10 }),
);

export const randomTables: fc.Arbitrary<RandomTable> = fc.record({
  stacks: fc.array(stack, { minLength: 2, maxLength: 6 }),
  ante: antes,
  oddChips: fc.constantFrom('lowest-seat', 'left-of-button'),
  dealer: fc.nat(1),
  answers: fc.array(fc.nat(99), { minLength: 30, maxLength: 60 }),
  seed: fc.string({ minLength: 1, maxLength: 8 }),
});

/** The match of this table, up to four hands long; `onTurn` gets each turn before it is answered. */
export function playedMatch(
  { stacks, answers, ...terms }: RandomTable,
  onTurn: (turn: TableTurn) => void = () => undefined,
): PlayedMatch {
  const table = createTable({ ...terms, stacks, smallBlind: 5, bigBlind: 10, maxHands: 4 });
  const hands: PlayedHand[] = [];
  let step = 0;
  while (!table.over) {
    const facts: TableFact[] = table.startHand();
    while (table.turn !== null) {
      const draw = answers[step % answers.length] ?? 0;
      step += 1;
      onTurn(table.turn);
      facts.push(...table.act(answerOf(table.turn, draw), { isTimeout: draw % 11 === 0, legalize: true }));
    }
    const started = facts.find((fact): fact is HandStarted => fact.type === 'handStarted');
    const ended = facts.find((fact) => fact.type === 'handEnded');
    if (started !== undefined && ended !== undefined) hands.push(playedHand(started, ended, 10));
  }
  return {
    matchId: `match ${terms.seed}`,
    origin: 'challenge',
    rated: true,
    startedAt: Date.UTC(2026, 10, 1, 5, 59, 30),
    outcome: 'completed',
    seats: stacks.map((_, seat) => ({
      name: ['Ann', 'Bob', 'Ann', 'Dot: the "4th"', 'Eve collected 5', 'Fay\u2028Ray'][seat] ?? '',
      botId: null,
      netChips: null,
      handsWon: null,
      place: null,
    })),
    hands,
    isForgotten: false,
  };
}

/** Folds are rare, so that many hands come to a show-down. */
function answerOf({ minRaise, maxRaise }: { minRaise: number; maxRaise: number }, draw: number) {
  if (draw < 12) return { action: 'fold' };
  if (draw < 55) return { action: 'call' };
  if (draw < 70) return { action: 'check' };
  const share = draw > 92 ? 1 : (draw - 70) / 60;
  return { action: 'raise', params: { amount: minRaise + Math.floor((maxRaise - minRaise) * share) } };
}

export const randomHands: fc.Arbitrary<readonly HandHistory[]> = randomTables.map((table) =>
  historiesOfMatch(playedMatch(table)),
);
