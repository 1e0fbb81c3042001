/** `scout` and `profile` against the local platform. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { Action } from '../../../src/holdem/action.js';
import { openProfiles } from '../../../src/profiles/live-profiles.js';
import { createStoreHub } from '../../../src/store/store-hub.js';
import { startAgent } from '../../kit/agent.js';
import { createTestClock } from '../../kit/clock.js';
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

  it('reports the same as JSON', async () => {
    const { scout, place } = await playedPlatform(2);
    const { code, out } = await scout('random', 'tight-aggressive', '--json');
    const report = JSON.parse(out.join(''));
    expect([code, report.stopped, report.refusedHands]).toEqual([0, null, 0]);
    expect(report.bots).toMatchObject([
      { name: 'random', fresh: 2, profile: { matches: 2 } },
      { name: 'tight-aggressive', fresh: 0, profile: { matches: 2 } },
    ]);
    const profile = JSON.parse((await cli('profile', 'random', '--json', ...place)).out.join(''));
    expect(profile.shares).toEqual(report.bots[0].profile.shares);
  });

  it('ends with 1 for a name that nobody has, and names the one that was meant', async () => {
    const { scout, place } = await playedPlatform(1);
    expect(await scout('randm')).toMatchObject({
      code: 1,
      out: ['No match of a bot named randm is in the list. Did you mean random?'],
    });
    expect(await cli('profile', 'random', ...place)).toMatchObject({
      code: 1,
      err: ['chipzen-agent profile: nothing of random is among the scouted matches: scout it first.'],
    });
  });

  it('says of a bot without newer hands how many there are, and when the last one was', async () => {
    const { scout, place } = await playedPlatform(1);
    await scout('random');
    const { code, err } = await cli('profile', 'random', ...place, '--since', '2099-01-01');
    expect(code).toBe(1);
    expect(err).toEqual([
      expect.stringMatching(
        /nothing of random is since then\. All that is known: \d+ hands, the last one on \d{4}-\d\d-\d\d\.$/,
      ),
    ]);
  });

  it('stops at Ctrl-C with what is there', async () => {
    const { place, folder } = await playedPlatform(2);
    const io = fakeIo();
    const work = runCli(['scout', 'random', ...place, '--pace', '600'], io);
    // The second request waits for its turn.
    while (io.listeners() === 0) await new Promise((resolve) => setImmediate(resolve));
    io.signal('SIGINT');
    expect(await work).toBe(1);
    expect(io.err().join(' ')).toContain('Stopped; what was read is kept.');
    expect(readdirSync(folder())).toEqual([]);
  });

  it('says that a platform cannot be reached, with its own exit code', async () => {
    const io = fakeIo();
    const args = ['scout', 'x', '--api', 'http://127.0.0.1:1', '--cache', makeFolder(), '--pace', '0'];
    const clock = createTestClock();
    const { scoutBots } = await import('../../../src/cli/commands/scout-command.js');
    const flags = { maxMatches: 1, pace: 0, cacheSize: 1, api: args[3] ?? '', cache: args[5] ?? '' };
    await import('undici');
    const code = await clock.passUntil(scoutBots(['x'], flags, terminalOf(io), clock), 'a scout');
    expect(code).toBe(4);
    expect(io.err().at(-1)).toContain('The platform cannot be reached.');
  });

  it.each([
    [['scout'], 'Name a bot'],
    [['scout', 'x', '--since', '2026-02-31'], 'Give a date like'],
    [['scout', 'x', '--since', 'yesterday'], 'Give a date like'],
    [['scout', 'x', '--pace', '-1'], 'Give a number of seconds'],
    [['scout', 'x', '--cache', '/dev/null/x'], 'cannot be used'],
    [['scout', 'x', '--api', 'http://example.com'], 'http:// is for this machine only'],
  ])('%j is refused', async (args, words) => {
    const rest = args.includes('--cache') ? [] : ['--cache', makeFolder()];
    const { code, err } = await cli(...args, ...rest);
    expect([code, err.join(' ')]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe('profile', () => {
  it('counts recordings, and writes into a store what a bot finds there', async () => {
    const folder = makeFolder();
    const { sandbox } = await openPlatform({ maxHands: 8 });
    const { botId, lobbyUrl, token } = sandbox.addBot();
    const caller = { decide: () => Action.call() };
    const { done, events } = startAgent(caller, { lobbyUrl, token }, { record: folder, maxMatches: 1 });
    await events.next('lobby.listening');
    await sandbox.dispatch(botId, { opponent: 'random' });
    await done;
    const store = join(makeFolder(), 'store.jsonl');
    const { code, out, err } = await cli('profile', 'random', folder, '--store', store);
    expect([code, err]).toEqual([0, [`${store}: wrote 1 match of random.`]]);
    expect(out[0]).toMatch(/^random: \d+ hands in 1 match/);
    // Once more changes nothing.
    expect((await cli('profile', 'random', folder, '--store', store)).err).toEqual([
      `${store}: wrote 0 matches of random.`,
    ]);
    const hub = createStoreHub({ path: store });
    await hub.open();
    const hands = openProfiles({}, { store: hub.store }).profile('random').hands;
    await hub.close();
    expect(out[0]).toContain(`random: ${hands} hands`);
  });
});
