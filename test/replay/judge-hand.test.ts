import { describe, expect, it } from 'vitest';
import { judgeHand } from '../../src/replay/judge-hand.js';
import type { SeatRun, SentAnswer } from '../../src/replay/play-seat.js';
import type { PlayedAnswer, ReplayHand } from '../../src/replay/replay-match.js';

const played = (action: string, isOwn = true): PlayedAnswer => ({ action, amount: null, isOwn });

/** A hand in which this was done, turn by turn. */
const handOfTurns = (...turns: (PlayedAnswer | null)[]): ReplayHand => ({
  handNumber: 1,
  net: null,
  pot: null,
  bigBlind: null,
  steps: turns.map((did, index) => ({
    type: 'ask',
    frame: { request_id: `t${index}`, state: {} },
    played: did,
  })),
});

/** @param line what is answered, turn by turn; `!` stands for an answer in place of the bot's. */
const runOf = (line: string): SeatRun => ({
  answers: new Map(
    line
      .split(' ')
      .map((action, index): [string, SentAnswer] => [
        `t${index}`,
        { action: action.replace('!', ''), amount: null, isOwn: !action.endsWith('!'), latencyMs: 1 },
      ]),
  ),
  findings: [],
  handsPlayed: 1,
});

const judged = (hand: ReplayHand, ...lines: string[]) =>
  judgeHand(hand, lines.map(runOf)).map(
    ({ verdict, isHypothetical, runs, share }) =>
      `${verdict} ${share.times}/${runs}${isHypothetical ? ' hypothetical' : ''}`,
  );

describe('what several plays of a hand say', () => {
  const hand = handOfTurns(played('call'), played('check'), played('fold'));

  it.each([
    [
      ['call check fold', 'call check fold'],
      ['same 2/2', 'same 2/2', 'same 2/2'],
    ],
    [
      ['call raise fold', 'call raise fold'],
      ['same 2/2', 'changed 0/2', 'same 2/2 hypothetical'],
    ],
    // The second play alone comes to the later turns as they were played.
    [
      ['raise raise call', 'call check call'],
      ['mixes 1/2', 'same 1/1', 'changed 0/1'],
    ],
    [
      // What was sent in its place is what was played, so that the hand goes on as it did.
      ['call! check fold', 'call check fold'],
      ['same 1/1', 'same 2/2', 'same 2/2'],
    ],
    [
      ['fold! check fold', 'fold! check fold'],
      ['failed 0/0', 'same 2/2 hypothetical', 'same 2/2 hypothetical'],
    ],
  ])('%j: %j', (lines, expected) => {
    expect(judged(hand, ...lines)).toEqual(expected);
  });

  it.each([
    ['late', 1, 0],
    ['hook_slow', 1, 0],
    ['blocked', 2, 1],
    ['threw', 1, 1],
  ] as const)('takes %s in %i of two plays for %i faults', (code, times, count) => {
    const finding = {
      code,
      weight: 'costs',
      message: 'm',
      hook: 'decide',
      requestId: 't0',
      handIndex: 0,
    } as const;
    const runs = [0, 1].map((run) => ({
      ...runOf('call check fold'),
      findings: run < times ? [finding] : [],
    }));
    expect(judgeHand(hand, runs)[0]?.faults.map((fault) => fault.times)).toEqual(count === 0 ? [] : [times]);
  });

  it('goes on after a turn that was not the choice of the bot', () => {
    const substituted = handOfTurns(played('call'), played('fold', false), null, played('check'));
    expect(judged(substituted, 'call raise call check')).toEqual([
      'same 1/1',
      'not_compared 0/1',
      'not_compared 0/1',
      'same 1/1',
    ]);
  });
});
