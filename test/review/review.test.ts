import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectedMatch } from '../../src/histories/collection/collected-match.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { historiesOfMatch } from '../../src/histories/played-histories.js';
import type { HandPlace } from '../../src/review/places.js';
import { type ReviewOptions, reviewMatches } from '../../src/review/review.js';
import type { Review } from '../../src/review/review-shape.js';
import { cutOff, splitBoard } from '../histories/example-hands.js';
import { handOf } from '../histories/hands.js';
import { playedMatch, randomTables } from '../histories/random-hands.js';
import { collectedMatch, recordedTurn } from './matches.js';

const review = (matches: readonly CollectedMatch[], options?: ReviewOptions) =>
  reviewMatches(matches, options);
const street = ({ streets }: Review, name: string) => streets.find((one) => one.street === name);
const place = ({ places }: Review, name: HandPlace) => places.find((one) => one.place === name);
const numbered = (hands: readonly HandHistory[]) =>
  hands.map((hand, index): HandHistory => ({ ...hand, handNumber: index + 1 }));

/** The small blind folds, or takes the blind. */
const folded = handOf({ stacks: [100, 100], after: [95, 105], cards: ['2c3d', 'AsAh'] }, [
  'preflop: 0 sb 5, 1 bb 10, 0 fold',
]);
const taken = handOf({ stacks: [100, 100], after: [110, 90] }, [
  'preflop: 0 sb 5, 1 bb 10, 0 raise 20, 1 fold',
]);

describe('a review', () => {
  it('has each chip in exactly one row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomTables, { minLength: 1, maxLength: 4 }), async (tables) => {
        const matches = tables.map((table, index) => {
          const hands = historiesOfMatch(playedMatch(table));
          return collectedMatch(hands, { matchId: `match-${index}`, seat: 1 });
        });
        const told = await review(matches);
        const own = matches.flatMap(({ hands }) =>
          hands.flatMap(({ seats }) => seats.filter(({ seat }) => seat === 1)),
        );
        const net = own.reduce((sum, { stack, stackAfter }) => sum + (stackAfter ?? 0) - (stack ?? 0), 0);
        expect(told.base.hands).toBe(own.length);
        expect(told.chips).toBe(net);
        expect(told.places.reduce((sum, { chips }) => sum + chips, 0)).toBe(net);
        expect(told.places.reduce((sum, { hands }) => sum + hands, 0)).toBe(own.length);
        const bb = told.places.reduce((sum, { bbPer100 }) => sum + (bbPer100.value ?? 0), 0);
        expect(bb).toBeCloseTo(told.bbPer100.value ?? 0, 6);
        // Luck is what is left of an all-in when its equity was had.
        expect(Math.abs(told.allIn.chipsOfLuck)).toBeLessThanOrEqual(3_000);
      }),
      { numRuns: 30 },
    );
  });

  it('has means over all hands, with the errors that matches show', async () => {
    // Per hand -0.5 and +1 big blinds; per match the sums are +1.5 of 3 hands, and -0.5 of 1.
    const told = await review([
      collectedMatch(numbered([folded, taken, taken]), { matchId: 'a' }),
      collectedMatch([folded], { matchId: 'b' }),
    ]);
    const mean = 1 / 4;
    const residuals = (1.5 - 3 * mean) ** 2 + (-0.5 - mean) ** 2;
    expect(told.bbPer100).toMatchObject({
      n: 4,
      value: 100 * mean,
      error: expect.closeTo(100 * (Math.sqrt(2 * residuals) / 4), 9),
      hasStar: false,
    });
    expect(place(told, 'foldedBehind')).toMatchObject({
      hands: 2,
      chips: -10,
      bbPer100: { value: -25 },
      bbPerHand: { value: -0.5, error: 0, n: 2 },
    });
  });

  it('has means of a place with the errors that matches show', async () => {
    const more = handOf({ stacks: [100, 100], after: [140, 60] }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 20, 1 raise 40, 0 raise 100, 1 fold',
    ]);
    // +1 and +1, and +4: a mean of 2, sums of 2 and 4.
    const told = await review([
      collectedMatch(numbered([taken, taken]), { matchId: 'a' }),
      collectedMatch([more], { matchId: 'b' }),
    ]);
    const residuals = (2 - 2 * 2) ** 2 + (4 - 2) ** 2;
    expect(place(told, 'wonUncontested')?.bbPerHand).toMatchObject({
      n: 3,
      value: 2,
      error: expect.closeTo(Math.sqrt(2 * residuals) / 3, 9),
    });
  });

  it('of hands that are of no match has the errors that the hands show, in however many pieces they come', async () => {
    const pieces = [
      collectedMatch([folded, taken], { matchId: null }),
      collectedMatch([taken, folded], { matchId: null, isContinued: true }),
    ];
    const { base, bbPer100 } = await review(pieces);
    // A variance of 0.75 over four hands.
    expect([base.matches, bbPer100.value, bbPer100.error]).toEqual([
      1,
      25,
      expect.closeTo(100 * Math.sqrt(0.75 / 4), 9),
    ]);
  });

  it('of one match has the errors that its hands show', async () => {
    const told = await review([collectedMatch(numbered([folded, taken, taken, folded]))]);
    // Values -0.5, 1, 1, -0.5: a variance of 0.75.
    expect(told.bbPer100).toMatchObject({
      n: 4,
      value: 25,
      error: expect.closeTo(100 * Math.sqrt(0.75 / 4), 9),
    });
    // Of the folds it says what they are of all hands: -0.5, 0, 0, -0.5.
    expect(place(told, 'foldedBehind')?.bbPer100).toMatchObject({
      n: 2,
      value: -25,
      error: expect.closeTo(100 * Math.sqrt(0.25 / 3 / 4), 9),
    });
  });

  it('has a star where 0 is out of reach, and none below 30', async () => {
    const wins = (n: number) =>
      numbered(Array.from({ length: n }, (_, index) => (index % 10 === 0 ? folded : taken)));
    const few = await review([collectedMatch(wins(29))]);
    const many = await review([collectedMatch(wins(30))]);
    expect([few.bbPer100.hasStar, few.figuresLookedAt]).toEqual([false, 0]);
    expect([many.bbPer100.hasStar, many.figuresLookedAt]).toEqual([true, 1]);
    expect(few.bbPer100.interval?.low).toBeGreaterThan(0);
  });
});

describe('bets by street', () => {
  it('are counted where another seat has raised: a blind is none', async () => {
    const hand = handOf(
      {
        stacks: [1000, 1000],
        after: [770, 1230],
        board: 'Kc7d2s9h3c',
        cards: ['QhJd', 'KsTc'],
        shown: [0, 1],
      },
      [
        'preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 raise 30, 0 call 20',
        'flop: 1 raise 60, 0 call 60',
        'turn: 1 check, 0 check',
        'river: 1 check, 0 raise 60, 1 raise 140, 0 call 80',
      ],
    );
    const told = await review([collectedMatch(numbered([hand, folded, taken]))]);
    expect(told.streets.map(({ faced }) => faced)).toEqual([1, 1, 0, 1]);
    expect(street(told, 'flop')).toMatchObject({
      folded: { n: 1, value: 0 },
      called: { n: 1, value: 1 },
      raised: { n: 1, value: 0 },
      spent: 60,
      lostAfterCall: { n: 1, value: 1 },
      // 970 before the call, 770 after the hand.
      bbPerCall: { n: 1, value: -20 },
    });
    expect(street(told, 'turn')).toMatchObject({ faced: 0, called: { n: 0, value: null, error: null } });
    expect(street(told, 'preflop')).toMatchObject({ spent: 20, bestFolded: { n: 1, value: 0 } });
  });

  it('have shares with an error at none and all of them, and fewer values where matches differ', async () => {
    const bet = handOf({ stacks: [100, 100], after: [90, 110] }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 fold',
    ]);
    const called = handOf({ stacks: [100, 100], after: [70, 130], board: 'Kc7d2s9h3c', shown: [0, 1] }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
      'flop: 1 check, 0 check',
      'turn: 1 check, 0 check',
      'river: 1 check, 0 check',
    ]);
    const folds = await review([collectedMatch(numbered([bet, bet, bet, bet]), { seat: 1 })]);
    // Beta(4.5, 0.5)
    expect(street(folds, 'preflop')?.folded).toMatchObject({
      n: 4,
      value: 1,
      error: expect.closeTo(Math.sqrt((4.5 * 0.5) / 6) / 5, 9),
      interval: { high: 1 },
    });
    // All of one match and none of the other: eight values are worth the two matches.
    const apart = await review([
      collectedMatch(numbered([bet, bet, bet, bet]), { seat: 1, matchId: 'a' }),
      collectedMatch(numbered([called, called, called, called]), { seat: 1, matchId: 'b' }),
    ]);
    expect(street(apart, 'preflop')?.folded).toMatchObject({
      n: 8,
      value: 0.5,
      error: expect.closeTo(Math.sqrt((1.5 * 1.5) / 4) / 3, 9),
    });
  });

  it('of a pre-flop all-in and call are one for the caller, and none after the flop', async () => {
    const told = await review([collectedMatch([splitBoard], { seat: 1 })]);
    expect(told.streets.map(({ faced }) => faced)).toEqual([1, 0, 0, 0]);
    expect(street(told, 'preflop')).toMatchObject({ spent: 380, bbPerCall: { value: 1 } });
  });
});

describe('an all-in before the river', () => {
  it('counts where the hero covers, too, from the street on which nobody could bet any more', async () => {
    const hand = handOf(
      {
        stacks: [1000, 400, 500],
        after: [600, 810, 490],
        dealer: 2,
        board: 'Kc7d2sQh3c',
        cards: ['AhKd', 'QsQc', ''],
        shown: [0, 1],
      },
      [
        'preflop: 0 sb 5, 1 bb 10, 2 call 10, 0 call 5, 1 check',
        'flop: 0 check, 1 raise 390, 2 fold, 0 call 390',
      ],
    );
    const told = await review([collectedMatch([hand])]);
    // On the flop kings win 903 of 990 boards against queens: of 810 chips none came.
    const share = 903 / 990;
    expect(told.allIn).toMatchObject({
      hands: 1,
      equity: { n: 1, value: expect.closeTo(share, 9) },
      chipsOfLuck: expect.closeTo(-share * 810, 6),
    });
    expect(place(told, 'allInEarly')).toMatchObject({ hands: 1, chips: -400 });
  });
});

describe('what is left out', () => {
  it('is a hand that does not conserve chips: it is named, and in no sum', async () => {
    const refused = [
      { position: 2, handNumber: 2, code: 'unsound', why: 'The pot has 10 chips, and 11 were won.' },
    ] as const;
    const told = await review([collectedMatch([taken], { refused })]);
    expect(told.base).toMatchObject({
      matches: 1,
      hands: 1,
      left: { refused: { unsound: 1 }, unfinished: 0, noStacks: 0 },
      refusedHands: [{ matchId: 'match-1', handNumber: 2, code: 'unsound' }],
    });
    expect(told.chips).toBe(10);
  });

  it('is a hand that was cut off, and one without stacks', async () => {
    const bare = { ...taken, seats: taken.seats.map((seat) => ({ ...seat, stackAfter: null })) };
    const told = await review([collectedMatch(numbered([cutOff, bare, taken]))]);
    expect(told.base).toMatchObject({ hands: 1, left: { unfinished: 1, noStacks: 1 } });
  });
});

describe('cards that are known and were not shown', () => {
  it('are no show-down: the seat has folded', async () => {
    const hand = handOf(
      {
        stacks: [500, 500, 500],
        after: [490, 440, 570],
        dealer: 2,
        board: 'Kc7d2s9h3c',
        cards: ['2c3d', 'QsQc', 'AhKd'],
        shown: [1, 2],
      },
      [
        'preflop: 0 sb 10, 1 bb 10, 2 raise 60, 0 fold, 1 call 50',
        'flop: 1 check, 2 check',
        'turn: 1 check, 2 check',
        'river: 1 check, 2 check',
      ],
    );
    const told = await review([collectedMatch([hand])]);
    expect(told.places.filter(({ hands }) => hands > 0).map((one) => one.place)).toEqual(['foldedBehind']);
  });
});

describe('turns that somebody else answered', () => {
  it('are told by their cause, with the chips of their hands', async () => {
    const decisions = [
      recordedTurn({ handNumber: 1, position: 2, source: 'overdue' }),
      recordedTurn({ handNumber: 2, position: 2, source: 'proposal' }),
      recordedTurn({ handNumber: 3, position: 2, source: 'bot', isTimedOut: true }),
      // What was answered was not recorded.
      recordedTurn({ handNumber: 3, position: 4, source: null, latencyMs: null }),
    ];
    const late = {
      ...folded,
      history: folded.history.map((entry) => ({ ...entry, isTimeout: entry.action === 'fold' })),
    };
    const told = await review([collectedMatch(numbered([folded, taken, late]), { decisions })]);
    expect(told.answeredFor).toMatchObject({
      turns: 2,
      causes: { overdue: 1, platform: 1 },
      hands: 2,
      chips: -10,
      othersTurns: 0,
    });
    // Without a recording of our bot the hands tell.
    const other = await review([collectedMatch(numbered([late]), { seat: 1 })]);
    expect(other.answeredFor).toMatchObject({ turns: 0, othersTurns: 1 });
    const own = await review([collectedMatch(numbered([late]))]);
    expect(own.answeredFor).toMatchObject({ turns: 1, causes: { platform: 1 }, hands: 1 });
  });
});

describe('the lists', () => {
  it('name the worst hands with cards and line, the most lost first', async () => {
    const big = handOf(
      {
        stacks: [1000, 1000],
        after: [770, 1230],
        board: 'Kc7d2s9h3c',
        cards: ['QhJd', 'KsTc'],
        shown: [0, 1],
      },
      [
        'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
        'flop: 1 check, 0 check',
        'turn: 1 check, 0 check',
        'river: 1 check, 0 raise 60, 1 raise 200, 0 call 140',
      ],
    );
    const told = await review([collectedMatch(numbered([folded, big, taken]))], { worst: 2 });
    expect(told.worst.map(({ chips, handNumber }) => [chips, handNumber])).toEqual([
      [-230, 2],
      [-5, 1],
    ]);
    expect(told.worst[0]).toEqual({
      matchId: 'match-1',
      handNumber: 2,
      chips: -230,
      bb: -23,
      place: 'paidOff',
      position: 'BTN',
      cards: ['Qh', 'Jd'],
      others: [{ name: 'Bob', position: 'BB', cards: ['Ks', 'Tc'] }],
      board: ['Kc', '7d', '2s', '9h', '3c'],
      line:
        'preflop: we raise to 30, BB calls 20; flop Kc7d2s: BB checks, we check; turn 9h: BB checks, we check; ' +
        'river 3c: BB checks, we bet 60, BB raises to 200, we call 140',
      answeredFor: 0,
    });
  });

  it('name the slowest turns, those that came too late as well', async () => {
    const decisions = [
      recordedTurn({ handNumber: 1, position: 2, latencyMs: 12, answer: { action: 'fold' } }),
      recordedTurn({
        handNumber: 2,
        position: 2,
        latencyMs: 900,
        answer: { action: 'raise', params: { amount: 20 } },
      }),
      recordedTurn({ handNumber: 2, position: 4, latencyMs: 2000, lateMs: 2600 }),
      recordedTurn({ handNumber: 2, position: 6, latencyMs: null }),
    ];
    const told = await review([collectedMatch(numbered([folded, taken]), { decisions })], { worst: 2 });
    expect(told.slowest).toEqual([
      expect.objectContaining({ handNumber: 2, ms: 2600, isLate: true, street: null }),
      {
        matchId: 'match-1',
        handNumber: 2,
        ms: 900,
        isLate: false,
        street: 'preflop',
        cards: null,
        board: [],
        potBefore: 15,
        answer: 'raise to 20',
      },
    ]);
    expect(told.latencyMs).toEqual({
      count: 3,
      p50: 900,
      p95: expect.closeTo(2430),
      p99: expect.closeTo(2566),
      max: 2600,
    });
  });
});

describe('the matches of a review', () => {
  const at = (matchId: string, hands: HandHistory[], given: Partial<CollectedMatch> = {}) =>
    collectedMatch(numbered(hands), { matchId, ...given });

  it('are those with this opponent, and the newest of them', async () => {
    const other = taken.seats.map((seat) => (seat.seat === 1 ? { ...seat, name: 'Rook' } : seat));
    const rook = { ...taken, seats: other };
    const matches = [at('a', [taken]), at('b', [rook]), at('c', [folded]), at('d', [rook, rook])];
    const bases = async (options: ReviewOptions) => {
      const { base, chips } = await review(matches, options);
      return [base.matches, base.hands, chips];
    };
    expect(await bases({ opponent: 'rook' })).toEqual([2, 3, 30]);
    expect(await bases({ opponent: 'Rook', last: 1 })).toEqual([1, 2, 20]);
    expect(await bases({ last: 2 })).toEqual([2, 3, 15]);
    // One's own name is no opponent's.
    expect(await bases({ opponent: 'Ann' })).toEqual([0, 0, 0]);
  });

  it('are those of a label, whoever else of ours was at the table', async () => {
    const view = (label: string, seat: number) => {
      const { hands: _, ...rest } = collectedMatch([]);
      return { ...rest, seat, header: { label } as CollectedMatch['header'] };
    };
    const match = at('a', [taken], { ...view('old', 0), others: [view('new', 1)] });
    expect((await review([match], { label: 'new' })).chips).toBe(-10);
    expect((await review([match], { label: 'old' })).chips).toBe(10);
    expect((await review([match], { label: 'none' })).base).toMatchObject({
      matches: 0,
      matchesWithoutSeat: 1,
    });
  });

  it('without a bot of ours need a name', async () => {
    const match = at('a', [taken], { by: 'file', seat: null });
    expect((await review([match])).base).toMatchObject({
      hands: 0,
      matchesWithoutSeat: 1,
      playersSeen: ['Ann', 'Bob'],
    });
    expect((await review([match], { hero: 'bob' })).chips).toBe(-10);
    expect((await review([match], { hero: '0' })).chips).toBe(10);
  });

  it('that were read before the end of the signal make a review of their own', async () => {
    const end = new AbortController();
    async function* stream() {
      yield at('a', [taken]);
      end.abort(new Error('enough'));
      throw end.signal.reason;
    }
    const { base, chips } = await reviewMatches(stream(), { signal: end.signal });
    expect([base.isWhole, base.matches, chips]).toEqual([false, 1, 10]);
    async function* broken(): AsyncGenerator<CollectedMatch> {
      yield at('a', [taken]);
      throw new Error('a fault');
    }
    await expect(reviewMatches(broken())).rejects.toThrow('a fault');
  });
});
