import { describe, expect, it } from 'vitest';
import { type Account, describeLoss, type Verdict, verdictOn } from './account.js';
import { matchCuts, matchMeetings } from './kinds.js';
import type { PlannedOutage } from './plan.js';
import { sumOf, tables } from './table.js';

const [cut] = matchCuts;
const meetingOf = (name: string) => matchMeetings.find((meeting) => meeting.name === name);

function outageWith(name: string): PlannedOutage {
  const meeting = meetingOf(name);
  if (cut === undefined || meeting === undefined) throw new Error(`There is no ${name}.`);
  return {
    number: 1,
    match: { cut, meeting },
    lobby: null,
    point: 'play',
    afterMs: 0,
    ms: 20_000,
    matches: 1,
  };
}

const completed = { outcome: 'completed', abandonReason: null, detail: null, endedAt: 9_000 } as const;
const gaveUp = {
  outcome: 'abandoned',
  abandonReason: 'reconnects_exhausted',
  detail: 'Five.',
  endedAt: 9_000,
} as const;
const playedOut = { type: 'match_end', reason: 'complete', terminal_status: 'completed' } as const;
const forfeited = { ...playedOut, forfeit_seat: 0, forfeit_reason: 'grace_expired' };

const kept: Account = {
  outage: outageWith('HTTP 503'),
  matchId: 'm',
  end: playedOut,
  result: completed,
  losses: [],
  substituted: 2,
  backAfterMs: 400,
  overAt: 8_000,
  leftMs: 10_000,
  stalledMs: 100,
};
const lost: Account = {
  ...kept,
  end: forfeited,
  result: gaveUp,
  losses: ['0.0 s: 1006', '0.3 s: HTTP 503'],
  backAfterMs: null,
};

describe('the account of a match and its outage', () => {
  it.each<[string, Account, Verdict]>([
    ['both say it was played out', kept, 'kept'],
    ['the agent gave up and the platform forfeited the seat', lost, 'lost'],
    ['the agent gave up, and another life of it played on', { ...kept, result: gaveUp }, 'lost'],
    ['the agent never told of it', { ...kept, result: null }, 'lost'],
    ['it never ended', { ...kept, end: null }, 'lost'],
    ['it was cancelled', { ...kept, end: { ...playedOut, reason: 'cancelled' } }, 'lost'],
    ['its bot never came back to the lobby', { ...lost, end: null, result: null, leftMs: null }, 'lost'],
    ['the way was open a second before the end', { ...lost, leftMs: 1_000 }, 'lost'],
    ['the way was opened too late', { ...lost, leftMs: 600 }, 'late'],
    [
      'the way was open for a second, where a dial hangs for five',
      { ...lost, outage: outageWith('no answer'), leftMs: 1_000 },
      'late',
    ],
    ['the machine was busy while the way was open', { ...lost, leftMs: 1_000, stalledMs: 250 }, 'late'],
    ['the agent had given up before', { ...lost, overAt: 9_001, leftMs: 600 }, 'lost'],
    ['the machine was busy for a moment', { ...lost, leftMs: 1_000, stalledMs: 150 }, 'lost'],
    ['the way was opened too late, and it was kept', { ...kept, leftMs: 1 }, 'kept'],
  ])('when %s', (_when, account, verdict) => {
    expect(verdictOn(account)).toBe(verdict);
  });

  it('says why a match was lost', () => {
    expect(describeLoss(lost)).toBe(
      'outage 1: 20.0 s of gateway (reset, then HTTP 503), 0.0 s into the match: the agent says reconnects_exhausted (Five.), the platform says grace_expired, with 10000 ms of the grace left after the outage, of which the machine took 100 [0.0 s: 1006, 0.3 s: HTTP 503]',
    );
    expect(describeLoss({ ...lost, result: null, end: null, losses: [], leftMs: null })).toBe(
      'outage 1: 20.0 s of gateway (reset, then HTTP 503), 0.0 s into the match: the agent tells nothing of it, it goes on at the platform',
    );
  });

  it('is summed up', () => {
    const second = { ...kept.outage, number: 2 };
    expect(
      sumOf([kept, lost, { ...lost, leftMs: 0 }, { ...kept, outage: second, backAfterMs: 200 }]),
    ).toEqual({
      outages: 2,
      matches: 4,
      lost: 1,
      late: 1,
      substituted: 8,
      back: [200, 400],
    });
  });

  it('stands in tables, build beside build', () => {
    const lines = tables([
      { name: 'this build', accounts: [kept] },
      { name: 'baseline', accounts: [kept, lost] },
    ]);
    const row = lines.find((line) => line.startsWith('HTTP 503'));
    expect(row?.split(/[\s|]+/)).toEqual([
      'HTTP',
      '503',
      '1',
      '1',
      '0',
      '0',
      '2',
      '0.4',
      '0.4',
      '1',
      '2',
      '1',
      '0',
      '4',
      '0.4',
      '0.4',
    ]);
    expect(lines.filter((line) => line === '')).toHaveLength(6);
  });
});
