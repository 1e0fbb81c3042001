import { describe, expect, it } from 'vitest';
import { type Account, findings, liveAndDie } from './agent-lives.js';

describe('an agent that is killed in mid-match and started again', () => {
  it('plays its matches on, and reports each of them once', async () => {
    const account = await liveAndDie({ seed: 'crash 1', matches: 4, kills: 4 });
    expect(findings(account)).toEqual([]);
    expect(account.ended.size).toBe(4);
    expect(account.lives.filter(({ wasKilled }) => wasKilled).length).toBeGreaterThan(1);
  }, 60_000);
});

describe('the account of its lives', () => {
  const end = { type: 'match_end' as const, reason: 'complete', results: [{ seat: 0, net_chips: 5 }] };
  const report = (results = end.results) => ({
    type: 'match.ended',
    result: { matchId: 'm', outcome: 'completed', end: { ...end, results } },
  });
  const account = (lives: Account['lives'], more: Partial<Account> = {}): Account => ({
    lives,
    ended: new Map([['m', { end, life: 0 }]]),
    substituted: 0,
    matches: [],
    ...more,
  });

  it.each<[string, Account, string[]]>([
    ['one report', account([{ reports: [report()], wasKilled: false }]), []],
    ['no report of one who was killed', account([{ reports: [], wasKilled: true }]), []],
    ['no report', account([{ reports: [], wasKilled: false }]), ['m was never reported.']],
    [
      'two reports',
      account([
        { reports: [report()], wasKilled: true },
        { reports: [report()], wasKilled: false },
      ]),
      ['m was reported 2 times.'],
    ],
    [
      'another result',
      account([{ reports: [report([{ seat: 0, net_chips: 6 }])], wasKilled: false }]),
      ["m was reported with another result than the platform's."],
    ],
    [
      'a match of its own making',
      account([{ reports: [report()], wasKilled: false }], { ended: new Map() }),
      ['m was reported and did not end.'],
    ],
    [
      'turns that were lost',
      account([{ reports: [report()], wasKilled: false }], { substituted: 2 }),
      ['The platform played 2 turns.'],
    ],
  ])('judges %s', (_what, one, found) => {
    expect(findings(one)).toEqual(found);
  });
});
