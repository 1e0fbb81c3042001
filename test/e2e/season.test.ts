/** A session that keeps its fixtures, on the local platform: real sockets and HTTP, on one virtual clock. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import { seasonPathOf } from '../../src/season/season-file.js';
import type { SessionStatus } from '../../src/status/session-status.js';
import { judgeStatus } from '../../src/status/status-verdict.js';
import { startAgent } from '../kit/agent.js';
import { createTestClock, type TestClock } from '../kit/clock.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform, type TestPlatform } from '../kit/platform.js';

const minuteMs = 60_000;
const at = (time: string) => Date.parse(`2026-01-06T${time}Z`);

const bot = () => ({ decide: () => Action.check() });

/** Lets the clock run until then, and the sockets come to rest at each step. */
async function passTo(clock: TestClock, time: number, stepMs = 5_000): Promise<void> {
  while (clock.now() < time) {
    clock.advance(Math.min(stepMs, time - clock.now()));
    await clock.rest();
  }
}

async function openSeason(...marks: string[]) {
  const clock = createTestClock(at('18:00:00'));
  const platform: TestPlatform = await openPlatform({ clock, maxHands: 3, pingIntervalMs: 15_000 });
  const account = platform.sandbox.addBot({ name: 'ours' });
  platform.sandbox.schedule({
    fixtures: marks.map((mark, round) => ({
      starts_at: `2026-01-06T${mark}Z`,
      bot_name: 'ours',
      opponent_bot_name: 'calling-station',
      stage: 'round_robin',
      round: round + 1,
    })),
  });
  const home = makeFolder();
  /** The wall clock of the agent's machine, which may sleep. */
  let offset = 0;
  /** Resolves when the list was read for the first time, which takes time of this machine. */
  const start = async (options: AgentOptions = {}, playing: Parameters<typeof startAgent>[0] = bot) => {
    const started = startAgent(
      playing,
      account,
      { season: true, ...options },
      { clock, now: clock.now, wallNow: () => clock.now() + offset, env: { HOME: home, USERPROFILE: home } },
    );
    await started.events.next('fixture.listed');
    return started;
  };
  return {
    clock,
    platform,
    account,
    home,
    start,
    isOnline: () =>
      platform.events.findLast(({ type }) => type === 'lobby.online' || type === 'lobby.offline')?.type ===
      'lobby.online',
    setWall(ms: number) {
      offset = ms;
    },
  };
}

/** What was told of fixtures and of the lobby. */
const wordsOf = (events: readonly TimedAgentEvent[]) =>
  events.flatMap((event) => {
    if (event.type === 'fixture.alarm') return [`alarm ${event.why}`];
    if (event.type === 'lobby.left') return [`left: ${event.message}`];
    return /^(?:fixture|clock)\.|^lobby\.(?:listening|lost)/.test(event.type) ? [event.type] : [];
  });

it('is in the lobby from twelve minutes before each fixture until its match is over', async () => {
  const season = await openSeason('18:40:00', '20:10:00');
  const { clock, platform } = season;
  const status = join(season.home, 'status.json');
  const { agent, events } = await season.start({ status });
  await passTo(clock, at('18:27:55'));
  expect(season.isOnline()).toBe(false);
  await passTo(clock, at('18:28:05'));
  expect(season.isOnline()).toBe(true);
  const read = () => JSON.parse(readFileSync(status, 'utf8')) as SessionStatus;
  expect(read().nextFixture).toEqual({ startsAt: at('18:40:00'), opponent: 'calling-station' });
  await passTo(clock, at('18:45:00'));
  expect(platform.events.filter(({ type }) => type === 'fixture.played')).toHaveLength(1);
  expect(season.isOnline()).toBe(false);
  await passTo(clock, at('19:57:55'));
  expect(season.isOnline()).toBe(false);
  expect(judgeStatus({ status: read() }, clock.now(), minuteMs)).toMatchObject({ code: 0 });
  await passTo(clock, at('20:15:00'));
  expect(platform.events.filter(({ type }) => type === 'fixture.played')).toHaveLength(2);
  expect(wordsOf(events.all)).toEqual([
    'left: the fixtures are asked for',
    'fixture.listed',
    'left: the next fixture is at 2026-01-06 18:40 UTC',
    'fixture.near',
    'lobby.listening',
    'fixture.due',
    'fixture.matched',
    'fixture.served',
    'left: the next fixture is at 2026-01-06 20:10 UTC',
    'fixture.near',
    'lobby.listening',
    'fixture.due',
    'fixture.matched',
    'fixture.served',
    'left: no fixture is known',
  ]);
  expect(read().nextFixture).toBeNull();
  const stopped = agent.stop();
  await clock.passUntil(stopped, 'the end');
});

it('a run that begins after another was killed goes on with its fixture, which the list no longer has', async () => {
  const season = await openSeason('18:40:00');
  const { clock, home, account } = season;
  const first = await season.start();
  await passTo(clock, at('18:39:00'));
  const path = seasonPathOf(account.lobbyUrl, { HOME: home, USERPROFILE: home });
  const kept = readFileSync(path, 'utf8');
  expect(kept).not.toContain(account.token);
  await clock.passUntil(first.agent.stop(), 'the first run');
  // What a kill leaves is what was written last before it.
  writeFileSync(path, kept);
  await passTo(clock, at('18:40:30'));
  const second = await season.start();
  await passTo(clock, at('18:44:00'));
  expect(wordsOf(second.events.all)).toContain('fixture.served');
  await clock.passUntil(second.agent.stop(), 'the second run');
  const third = await season.start();
  await passTo(clock, at('18:50:00'));
  expect(wordsOf(third.events.all).filter((word) => word.startsWith('fixture.n'))).toEqual([]);
  expect(season.isOnline()).toBe(false);
  await clock.passUntil(third.agent.stop(), 'the third run');
});

it('a machine that slept through a mark is in its lobby at once, and says so', async () => {
  const season = await openSeason('18:40:00');
  const { clock } = season;
  season.setWall(-20 * minuteMs);
  const { agent, events } = await season.start();
  // By its own clock, which stood still, there are 20 minutes left.
  await passTo(clock, at('18:40:10'));
  expect(season.isOnline()).toBe(false);
  season.setWall(0);
  await passTo(clock, at('18:45:00'));
  expect(wordsOf(events.all).slice(3, 8)).toEqual([
    'clock.jumped',
    'fixture.near',
    'fixture.due',
    'lobby.listening',
    'fixture.matched',
  ]);
  expect(wordsOf(events.all)).toContain('fixture.served');
  await clock.passUntil(agent.stop(), 'the end');
});

it('a machine that slept through the announcement of a fixture, too, plays it', async () => {
  const season = await openSeason();
  const { clock, platform } = season;
  season.setWall(-10 * minuteMs);
  const { agent, events } = await season.start();
  await passTo(clock, at('18:39:50'));
  // While it sleeps: its list is read every five minutes.
  platform.sandbox.schedule({
    fixtures: [{ starts_at: '2026-01-06T18:39:55Z', bot_name: 'ours', opponent_bot_name: 'calling-station' }],
  });
  await passTo(clock, at('18:40:15'), 1_000);
  expect(season.isOnline()).toBe(false);
  season.setWall(0);
  await passTo(clock, at('18:41:30'));
  expect(platform.events.filter(({ type }) => type === 'fixture.played')).toHaveLength(1);
  await passTo(clock, at('18:43:00'));
  expect(season.isOnline()).toBe(false);
  expect(wordsOf(events.all).at(-1)).toBe('left: no fixture has opened unseen');
  await clock.passUntil(agent.stop(), 'the end');
});

it('a dry run takes the same way without a fixture of the platform', async () => {
  const season = await openSeason();
  const { clock } = season;
  const { agent, events } = await season.start({ season: { dryRunAt: at('18:02:00') } });
  await passTo(clock, at('18:01:00'));
  expect(season.isOnline()).toBe(true);
  await passTo(clock, at('18:42:30'));
  expect(season.isOnline()).toBe(false);
  expect(wordsOf(events.all)).toEqual([
    'left: the fixtures are asked for',
    'fixture.near',
    'fixture.listed',
    'lobby.listening',
    'fixture.due',
    'alarm no_match',
    'fixture.missed',
    'left: no fixture is known',
  ]);
  await clock.passUntil(agent.stop(), 'the end');
});

it('a program that enters the lobby itself stays in it when no fixture is near', async () => {
  const season = await openSeason('18:20:00');
  const { clock } = season;
  const { agent } = await season.start();
  agent.enterLobby();
  await passTo(clock, at('18:01:00'));
  expect(season.isOnline()).toBe(true);
  agent.leaveLobby();
  await passTo(clock, at('18:02:00'));
  expect(season.isOnline()).toBe(false);
  await passTo(clock, at('18:09:00'));
  agent.leaveLobby('the program does not want it');
  await passTo(clock, at('18:10:00'));
  expect(season.isOnline()).toBe(true);
  await clock.passUntil(agent.stop(), 'the end');
});

/** Plays from then on that it is let. */
function gatedBot() {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open,
    bot: {
      async decide() {
        await gate;
        return Action.check();
      },
    },
  };
}

it('goes on with a fixture whose match an older session plays to its end', async () => {
  const season = await openSeason('18:40:00');
  const { open, bot: gated } = gatedBot();
  const old = await season.start({ handover: 'listen' }, gated);
  await passTo(season.clock, at('18:40:20'));
  const { matchId } = await old.events.next('fixture.matched');
  const young = await season.start({ handover: 'take' });
  await young.events.next('lobby.listening');
  expect(wordsOf(young.events.all)).toContain('fixture.matched');
  await passTo(season.clock, at('18:40:22'), 1_000);
  open();
  await passTo(season.clock, at('18:40:40'), 1_000);
  expect(await young.events.next('fixture.served')).toMatchObject({ matchId });
  await passTo(season.clock, at('18:47:00'), 30_000);
  const words = [...wordsOf(old.events.all), ...wordsOf(young.events.all)];
  expect(words.filter((word) => word.startsWith('alarm'))).toEqual([]);
  expect(young.events.types()).not.toContain('match.announced');
});

it('is not alarmed about its lobby while a newer session has it', async () => {
  const season = await openSeason('18:40:00');
  const old = await season.start({ handover: 'listen' }, gatedBot().bot);
  await passTo(season.clock, at('18:29:00'), 30_000);
  await season.platform.sandbox.dispatch(season.account.botId);
  await old.events.next('match.started');
  const young = await season.start({ handover: 'take' });
  await young.events.next('lobby.listening');
  await passTo(season.clock, at('18:33:00'), 15_000);
  expect(wordsOf(old.events.all).filter((word) => word.startsWith('alarm'))).toEqual([]);
});
