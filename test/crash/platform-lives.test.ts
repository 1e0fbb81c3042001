import { describe, expect, it } from 'vitest';
import { killPlatform, platformFindings } from './platform-lives.js';

describe('a platform that is killed in mid-match and started again', () => {
  it('goes on with its matches, and everybody comes to the same results', async () => {
    const account = await killPlatform({ seed: 'platform 1', matches: 3, kills: 3 });
    expect(platformFindings(account)).toEqual([]);
    expect(account.results).toHaveLength(3);
    expect(account.kills).toBe(3);
  }, 60_000);
});
