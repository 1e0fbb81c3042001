import { describe, expect, it } from 'vitest';
import { entriesOf, formatOf } from '../../src/ledger/rows-of-match.js';
import {
  exampleDecision,
  exampleHand,
  exampleHeader,
  exampleMatch,
  exampleResult,
  resultAlone,
  startedAt,
} from './example-matches.js';

const rowOf = (...args: Parameters<typeof exampleMatch>) => {
  const { rows } = entriesOf(exampleMatch(...args));
  expect(rows).toHaveLength(1);
  return rows[0];
};

describe('the row of a match', () => {
  it('has hands, chips and show-downs from the hands, and the outcome from the result', () => {
    expect(rowOf()).toEqual({
      matchId: 'm1',
      participantId: 'p1',
      source: 'both',
      startedAt,
      hash: 'aaaaaaaaaaaa',
      label: 'v1',
      git: 'c0ffee1234+',
      isMixed: false,
      bot: 'Mine',
      env: 'local',
      package: '0.2.0',
      opponents: ['Bob'],
      format: 'heads-up 1000 5/10',
      rated: true,
      outcome: 'completed',
      toldBy: null,
      net: 40,
      hands: 2,
      handNet: 40,
      levelHands: 2,
      levelNet: 4,
      levelAdjusted: 4,
      adjustedHands: 0,
      showdowns: 1,
      showdownsWon: 1,
      unfinished: 0,
      leftOut: 0,
      turns: 5,
      answeredFor: 1,
      timeouts: 0,
      corrections: 0,
      rejections: 0,
      errors: 0,
      resumes: 1,
    });
  });

  it('is made from the result alone where the recording is gone: no levels, no show-downs, no word of errors', () => {
    const [row] = entriesOf(resultAlone()).rows;
    expect(row).toMatchObject({
      source: 'result',
      net: 40,
      hands: 2,
      handNet: 40,
      levelHands: 0,
      showdowns: 0,
      turns: 5,
      errors: null,
      format: 'heads-up',
      hash: 'aaaaaaaaaaaa',
    });
  });

  it('is made from the recording alone where the process was killed', () => {
    const row = rowOf({
      result: null,
      results: [],
      decisions: [
        exampleDecision(),
        exampleDecision({ source: 'overdue', failure: 'Error: boom' }),
        exampleDecision({ source: null, isTimedOut: true }),
        exampleDecision({ source: 'rejected', rejections: ['too late', null] }),
        exampleDecision({ correction: { asked: 1, why: 'above the stack' } }),
      ],
      resumes: 3,
    });
    expect(row).toMatchObject({
      source: 'recording',
      outcome: null,
      turns: 5,
      answeredFor: 2,
      timeouts: 1,
      corrections: 1,
      rejections: 2,
      errors: 1,
      resumes: 3,
    });
  });

  it('takes the larger count: a recording may have gaps, and a result knows one process', () => {
    const row = rowOf({ decisions: Array.from({ length: 9 }, () => exampleDecision()), resumes: 0 });
    expect([row?.turns, row?.resumes]).toEqual([9, 1]);
  });

  it('counts each hand in big blinds of its own level', () => {
    const hands = [
      exampleHand({ net: 100, bigBlind: 10 }),
      exampleHand({ handNumber: 2, net: -100, bigBlind: 50 }),
    ];
    expect(rowOf({ hands })).toMatchObject({ handNet: 0, levelNet: 8, levelHands: 2 });
  });

  it('has the same with an all-in at what it was worth', () => {
    const hand = exampleHand({ net: -1000, shown: [0, 1] });
    const cards = [
      ['Ac', 'As'],
      ['Kh', 'Kd'],
    ] as const;
    const allIn = {
      ...hand,
      seats: hand.seats.map((seat, index) => ({ ...seat, cards: [...(cards[index] ?? [])] })),
      history: [
        ...hand.history.slice(0, 2),
        { seat: 0, action: 'raise', amount: 1000, street: 'preflop', isTimeout: false },
        { seat: 1, action: 'call', amount: 990, street: 'preflop', isTimeout: false },
      ] as const,
      board: ['2c', '7d', '9h', 'Kc', '4s'],
    };
    const row = rowOf({ hands: [allIn, exampleHand({ handNumber: 2, stack: 500, net: 10 })] });
    expect(row).toMatchObject({ levelNet: -99, adjustedHands: 1 });
    expect(row?.levelAdjusted).toBeCloseTo(62.511 + 1, 3);
  });

  it("is neither version's where two played the match", () => {
    const headers = [
      exampleHeader(),
      exampleHeader({ played: { hash: 'bbbb', why: null, files: [], git: null, gitWhy: 'no git' } }),
    ];
    expect(rowOf({ headers })?.isMixed).toBe(true);
    expect(rowOf({ headers: [exampleHeader(), exampleHeader({ pid: 2 })] })?.isMixed).toBe(false);
  });

  it('counts no show-down where one seat alone has shown, or where we had folded', () => {
    const shows = (shown: number[], hasFolded = false) =>
      rowOf({ hands: [exampleHand({ shown, hasFolded })] })?.showdowns;
    expect([shows([]), shows([0]), shows([0, 1]), shows([1, 2], true)]).toEqual([0, 0, 1, 0]);
  });

  it('has hands that were cut off, and those whose chips do not add up, in no sum', () => {
    const refused = [
      { position: 3, handNumber: 3, code: 'unsound' as const, why: 'The pot has 10 chips, and 11 were won.' },
    ];
    const match = exampleMatch({
      hands: [exampleHand({ net: 60 }), exampleHand({ handNumber: 2, isFinished: false })],
      refused,
    });
    const { rows, hands, leftOut } = entriesOf(match);
    expect(rows[0]).toMatchObject({ hands: 1, handNet: 60, unfinished: 1, leftOut: 1 });
    expect(hands.map(({ handNumber }) => handNumber)).toEqual([1]);
    expect(leftOut).toEqual([
      { matchId: 'm1', handNumber: 3, code: 'unsound', why: 'The pot has 10 chips, and 11 were won.' },
    ]);
  });
});

describe('the rows of a match', () => {
  it('are one for each bot of ours, with its own chips', () => {
    const { lines: _, ...other } = exampleMatch({
      participantId: 'p2',
      seat: 1,
      netChips: -40,
      header: exampleHeader({ participantId: 'p2', label: 'v2' }),
      headers: [exampleHeader({ participantId: 'p2', label: 'v2' })],
      result: exampleResult({ participantId: 'p2', label: 'v2', netChips: -40, seat: 1 }),
    });
    const { rows, hands } = entriesOf(exampleMatch({ others: [other] }));
    expect(rows.map(({ label, net, handNet, opponents }) => ({ label, net, handNet, opponents }))).toEqual([
      { label: 'v1', net: 40, handNet: 40, opponents: ['Bob'] },
      { label: 'v2', net: -40, handNet: -40, opponents: ['us'] },
    ]);
    expect(hands.map(({ seat, net }) => [seat, net])).toEqual([
      [0, 60],
      [0, -20],
      [1, -60],
      [1, 20],
    ]);
  });

  it('are none where only a platform recorded, and no seat is ours', () => {
    const match = exampleMatch({
      by: 'platform',
      seat: null,
      result: null,
      netChips: null,
      participantId: null,
    });
    expect(entriesOf(match).rows).toEqual([]);
  });
});

describe('a format', () => {
  it('has seats, chips and the first level', () => {
    const wide = {
      hands: [],
      players: [
        { seat: 0, name: 'a' },
        { seat: 1, name: 'b' },
        { seat: 5, name: 'c' },
      ],
    };
    expect(formatOf(wide, null)).toBe('3 seats');
    expect(formatOf({ hands: [], players: [] }, null)).toBe('unknown');
    const hand = exampleHand();
    const ante = { ...hand, level: { ...hand.level, ante: 1 } };
    expect(formatOf({ hands: [ante], players: [] }, null)).toBe('heads-up 1000 5/10 ante 1');
  });

  it('has no chips where the recording begins in the middle of a match', () => {
    expect(formatOf({ hands: [exampleHand({ handNumber: 7 })], players: [] }, null)).toBe('heads-up 5/10');
    expect(formatOf({ hands: [exampleHand({ stack: 900 })], players: [] }, null)).toBe('heads-up 5/10');
  });
});
