/** `scout` and `profile` against the local platform. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function cli(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(args, io);
  return { code, out: io.out(), err: io.err() };
}

async function playedPlatform(matches: number) {
  const { sandbox } = await openPlatform({ maxHands: 12 });
  for (let count = 0; count < matches; count += 1) {
    const { matchId } = await sandbox.play({ players: ['random', 'tight-aggressive'] });
    await sandbox.result(matchId);
  }
  const cache = makeFolder();
  const place = ['--api', sandbox.url, '--cache', cache];
  const folder = () => join(cache, readdirSync(cache)[0] ?? '', 'matches');
  return {
    sandbox,
    place,
    folder,
    scout: (...args: string[]) => cli('scout', ...args, ...place, '--pace', '0'),
  };
}

describe('scout', () => {
  it('keeps the matches of a bot, a file each, and shows what it does', async () => {
    const { scout, folder, place } = await playedPlatform(3);
    const { code, out, err } = await scout('random');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out[0]).toBe('random: 3 matches are there, 3 of them new');
    expect(out[1]).toMatch(/^random: \d+ hands in 3 matches, \d{4}-/);
    expect(out.join('\n')).toMatch(/VPIP +\d+/);
    expect(readdirSync(folder())).toHaveLength(3);
    const again = await scout('random');
    expect(again.out[0]).toBe('random: 3 matches are there, 0 of them new');
    const profile = await cli('profile', 'random', ...place);
    expect(profile.out).toEqual(out.slice(1).filter((line) => line !== ''));
  });
});
