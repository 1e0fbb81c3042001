/** `status` beside an agent on the local platform, with the clock of the test. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type StatusFlags, showStatus } from '../../../src/cli/commands/status-command.js';
import { runCli } from '../../../src/cli/program.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { Action } from '../../../src/holdem/action.js';
import { startAgent } from '../../kit/agent.js';
import { goOnline } from '../../kit/client.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const start = Date.UTC(2026, 0, 6, 18, 30);

async function open() {
  const clock = createTestClock(start);
  const platform = await openPlatform({ clock, speed: 1, maxHands: 3 });
  const { sandbox } = platform;
  const bot = sandbox.addBot({ name: 'alder' });
  const path = join(makeFolder(), 'status.json');
  const { agent, done, events } = startAgent(
    { decide: () => Action.call() },
    bot,
    { status: path },
    { clock, now: clock.now },
  );
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await clock.rest();
      clock.advance(Math.min(1_000, ms - passed));
    }
    await clock.rest();
  };
  const look = async (flags: StatusFlags = {}, at = clock) => {
    const io = fakeIo();
    const code = await showStatus(path, flags, terminalOf(io), at);
    return [code, ...io.out()];
  };
  await clock.passUntil(events.next('lobby.listening'), 'the lobby');
  return { clock, platform, sandbox, bot, path, agent, done, events, pass, look };
}

describe('status', () => {
  it('says that the bot is in its lobby, what it plays and what it won', async () => {
    const { sandbox, bot, events, clock, pass, look, path } = await open();
    await pass(2 * 60_000);
    const idle = await look();
    expect(idle.slice(0, 2)).toEqual([0, 'ok: In the lobby for 2 min.']);
    expect(idle[2]).toMatch(/^lobby online since 2026-01-06 18:30 UTC, 0 reconnects, last frame \d+ s ago$/);
    expect(idle[3]).toBe('0 completed, 0 abandoned, net 0; 0 hands, 0 turns, 0 answered for the bot');
    await sandbox.dispatch(bot.botId, { opponent: 'random' });
    await clock.passUntil(events.next('turn.requested'), 'a turn');
    await pass(1_000);
    expect((await look())[3]).toMatch(/^live: random: hand 1/);
    const { result } = await clock.passUntil(events.next('match.ended'), 'the match');
    await pass(1_000);
    const [code, , , totals, over] = await look();
    expect([code, totals]).toEqual([
      0,
      expect.stringMatching(
        /^1 completed, 0 abandoned, net [+-]?\d+; \d hands, \d+ turns, 0 answered for the bot, p95 /,
      ),
    ]);
    expect(over).toMatch(/^over: random: \w+, [+-]?\d+, 1 s ago$/);
    const json = JSON.parse(String((await look({ json: true }))[1]));
    expect(json).toMatchObject({
      word: 'ok',
      code: 0,
      status: {
        lobby: { phase: 'online', reconnects: 0 },
        totals: { completed: 1, netChips: result.netChips, hands: result.hands, turns: result.turns },
        results: [{ matchId: result.matchId, opponents: ['random'], netChips: result.netChips }],
        live: [],
      },
    });
    expect(readFileSync(path, 'utf8')).not.toContain(bot.token);
  });

  it('ends with 3 while the lobby is away, and with 4 where a fixture is near', async () => {
    const { platform, pass, look, path } = await open();
    await pass(5_000);
    await platform.close();
    await pass(30_000);
    const [code, first, second] = await look();
    expect([code, first]).toEqual([3, expect.stringMatching(/^down: Not in the lobby /)]);
    expect(second).toMatch(
      /^lobby (?:offline|connecting) since 2026-01-06 18:30 UTC, 0 reconnects, last frame /,
    );
    const status = JSON.parse(readFileSync(path, 'utf8'));
    const nextFixture = { startsAt: start + 10 * 60_000, opponent: 'birch' };
    const day = { matches: 3, claims: 0, matchesLimit: 20, lobbyMs: 7_440_000, lobbyLimitMs: 28_800_000 };
    const plan = {
      nextFixture,
      fixtures: [
        { ...nextFixture, standing: 'near' },
        { startsAt: start + 3 * 3_600_000, opponent: null, standing: 'coming' },
      ],
      queue: {
        place: 'resting',
        since: null,
        position: null,
        restWhy: 'fixture',
        restUntil: null,
        trouble: null,
      },
      day: { ...day, lobbySince: status.writtenAt - 60_000, day: '2026-01-06', reservedMs: 0, dials: 1 },
      rating: { rating: 1617.4, deviation: 61 },
    };
    writeFileSync(path, JSON.stringify({ ...status, ...plan }));
    const near = await look();
    expect([near[0], near[1]]).toEqual([
      4,
      expect.stringMatching(/^fixture: A fixture against birch starts in 9 min\. Not in the lobby /),
    ]);
    expect(near.slice(4, -1)).toEqual([
      'next fixture: birch in 9 min, 2026-01-06 18:40 UTC',
      'then: somebody in 2 h 59 min, 2026-01-06 21:30 UTC',
      'queue: resting: a fixture is near',
      'day 2026-01-06 UTC: 3 of 20 matches; 2 h 5 min of 8 h in the lobby',
      'rating: 1617, deviation 61',
    ]);
  });

  it('ends with 5 once the bot has connected elsewhere, however long ago', async () => {
    const { bot, pass, look, done } = await open();
    await goOnline(bot);
    await pass(2_000);
    await done;
    expect((await look()).slice(0, 2)).toEqual([
      5,
      expect.stringMatching(/^evicted: Evicted \d s ago: the same bot has connected elsewhere\.$/),
    ]);
    const [code] = await look({}, createTestClock(start + 86_400_000));
    expect(code).toBe(5);
  });

  it('ends with 1 where nobody writes it any more, and after the end of the session', async () => {
    const { agent, pass, look, done } = await open();
    await pass(1_000);
    const later = createTestClock(start + 90_000);
    expect((await look({}, later)).slice(0, 2)).toEqual([
      1,
      `stale: Written 1 min ago: the session (process ${process.pid}) is gone, or it is stuck.`,
    ]);
    expect((await look({ maxAge: 120_000 }, later))[0]).toBe(0);
    void agent.stop();
    await pass(1_000);
    await done;
    expect((await look())[1]).toMatch(/^over: The session ended \d s ago: told to stop\.$/);
  });

  it('goes on with --watch, a line for each change, and ends with the last verdict', async () => {
    const { platform, clock, pass, path } = await open();
    await pass(1_000);
    const io = fakeIo();
    const work = showStatus(path, { watch: true }, terminalOf(io), clock);
    await pass(20_000);
    expect(io.out()).toEqual(['18:30:01 ok: lobby online; 0 live; 0 over, net 0']);
    await platform.close();
    await pass(10_000);
    io.signal('SIGINT');
    expect(await work).toBe(3);
    expect(io.out()[1]).toMatch(/^18:30:2\d down: Not in the lobby .*; 0 live; 0 over, net 0$/);
    expect(io.listeners()).toBe(0);
  });

  it.each([
    [1, [join(makeFolderName(), 'status.json')], 'absent: There is no file'],
    [2, ['--max-age', 'soon'], 'Give a time like 60s, 2m or 1h, up to a day.'],
    [2, ['--max-age', '0s'], 'Give a time like'],
    [2, [''], 'Give the name of a file.'],
  ])('ends with %d for %j', async (exit, args, words) => {
    const io = fakeIo();
    const code = await runCli(['status', ...args], io);
    expect([code, [...io.out(), ...io.err()].join(' ')]).toEqual([exit, expect.stringContaining(words)]);
  });
});

function makeFolderName(): string {
  return join('/nonexistent', 'chipzen');
}

describe('run --status', () => {
  it('keeps the file to its end', async () => {
    const { sandbox, event } = await openPlatform({ maxHands: 2 });
    const bot = sandbox.addBot();
    const path = join(makeFolder(), 'agent', 'status.json');
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: bot.token });
    const args = ['--isolate', 'none', '--max-matches', '1', '--url', bot.lobbyUrl, '--status', path];
    const session = runCli(['run', 'examples/calling-station.js', ...args], io);
    await event('lobby.online');
    expect(existsSync(path)).toBe(true);
    await sandbox.dispatch(bot.botId, { opponent: 'random' });
    expect(await session).toBe(0);
    const said = fakeIo();
    expect(await runCli(['status', path], said)).toBe(1);
    expect(said.out()[0]).toMatch(/^over: The session ended 0 s ago: no more matches were asked for\.$/);
    expect(said.out().join('\n')).toMatch(/^over: random: /m);
  });

  it('refuses a file with something else in it, before anything is dialed', async () => {
    const path = join(makeFolder(), 'my-bot.ts');
    writeFileSync(path, 'export class MyBot {}');
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: 'x'.repeat(40) });
    const args = ['--isolate', 'none', '--url', 'ws://127.0.0.1:9/x', '--status', path];
    expect(await runCli(['run', 'examples/calling-station.js', ...args], io)).toBe(2);
    expect(io.err().join(' ')).toContain('is not a status file, and would be written over');
    expect(readFileSync(path, 'utf8')).toBe('export class MyBot {}');
  });
});
