import { describe, expect, it } from 'vitest';
import { killPlatform, type PlatformAccount, platformFindings } from './platform-lives.js';

describe('a platform that is killed in mid-match and started again', () => {
  it('goes on with its matches, and everybody comes to the same results', async () => {
    const account = await killPlatform({ seed: 'platform 1', matches: 3, kills: 3 });
    expect(platformFindings(account)).toEqual([]);
    expect(account.results).toHaveLength(3);
    expect(account.kills).toBe(3);
  }, 60_000);
});

describe('the account of its lives', () => {
  const account = (more: Partial<PlatformAccount>): PlatformAccount => ({
    results: [],
    ended: [],
    hands: [],
    revived: [],
    substituted: 0,
    kills: 0,
    asked: [],
    ...more,
  });

  it.each<[string, Partial<PlatformAccount>, string[]]>([
    ['hands one after the other', { hands: ['hand 1 of m', 'hand 2 of m', 'hand 1 of n'] }, []],
    [
      'a match that began anew',
      { hands: ['hand 1 of m', 'hand 2 of m', 'hand 1 of m'] },
      ['The platform played hand 1 of m twice.'],
    ],
    ['a match that was over', { revived: ['m'] }, ['m was in play again after its end.']],
    ['turns that were lost', { substituted: 1 }, ['The platform played 1 turns.']],
    ['a decision asked twice', { asked: ['r', 'r'] }, ['The bot was asked for a decision twice.']],
  ])('judges %s', (_what, more, found) => {
    expect(platformFindings(account(more))).toEqual(found);
  });
});
