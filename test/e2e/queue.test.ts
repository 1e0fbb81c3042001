/** Sessions in the queue of the local platform: real sockets, HTTP and day books, on one virtual clock. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { connectToPlatform } from '../../src/agent/connect-to-platform.js';
import type { BotSource } from '../../src/bot/bot.js';
import type { DayBook } from '../../src/budget/day-book.js';
import { dayPathOf } from '../../src/budget/day-file.js';
import { Action } from '../../src/holdem/action.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import { startAgent } from '../kit/agent.js';
import type { Credentials } from '../kit/client.js';
import { createTestClock, type TestClock } from '../kit/clock.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';

const at = (time: string) => Date.parse(time);
const bot = () => ({ decide: () => Action.check() });

/** Lets the clock run until then, and the sockets come to rest at each step. */
async function passTo(clock: TestClock, time: number, stepMs = 1_000): Promise<void> {
  while (clock.now() < time) {
    clock.advance(Math.min(stepMs, time - clock.now()));
    await clock.rest();
  }
}

async function openQueue(start: number, fixtures: string[] = []) {
  const clock = createTestClock(start);
  const platform = await openPlatform({ clock, maxHands: 2, limits: 'platform', pingIntervalMs: 15_000 });
  const accounts = {
    alder: platform.sandbox.addBot({ name: 'alder' }),
    birch: platform.sandbox.addBot({ name: 'birch' }),
    cedar: platform.sandbox.addBot({ name: 'cedar' }),
  };
  platform.sandbox.schedule({
    fixtures: fixtures.map((mark) => ({
      starts_at: mark,
      bot_name: 'alder',
      opponent_bot_name: 'calling-station',
    })),
  });
  const home = makeFolder();
  const env = { HOME: home, USERPROFILE: home };
  return {
    clock,
    platform,
    accounts,
    home,
    /** Resolves when its fixtures were read, which takes time of this machine. */
    async start(
      name: keyof typeof accounts,
      options: AgentOptions = { queue: true },
      plays: BotSource = bot,
    ) {
      const started = startAgent(plays, accounts[name], options, { clock, now: clock.now, env });
      await started.events.next('fixture.listed');
      return started;
    },
    book: (name: keyof typeof accounts) =>
      JSON.parse(readFileSync(dayPathOf(accounts[name].lobbyUrl, env), 'utf8')) as DayBook,
  };
}

const typesOf = (events: readonly TimedAgentEvent[]) =>
  events
    .map(({ type }) => type)
    .filter((type) => /^(?:queue|challenge)\.|^budget\.(?:spent|day)|^match\.(?:announced|ended)/.test(type));

/** Never in the queue, or about to be, while a match is live; and each match is counted once. */
function expectOrder(events: readonly TimedAgentEvent[]): void {
  let live = 0;
  for (const event of events) {
    if (event.type === 'match.announced') live += 1;
    if (event.type === 'match.ended') live -= 1;
    if (event.type === 'queue.joined' || event.type === 'queue.refreshed') expect(live).toBe(0);
    expect(live).toBeLessThanOrEqual(1);
  }
}

it('two bots play the matches of the day, leave the lobby when they are used up, and go on at 00:00 UTC', async () => {
  const queue = await openQueue(at('2026-01-06T23:40:00Z'));
  const { clock, platform } = queue;
  const alder = await queue.start('alder');
  const birch = await queue.start('birch');
  await passTo(clock, at('2026-01-06T23:59:59Z'));
  const played = () => platform.events.filter(({ type }) => type === 'match.ended').length;
  expect(played()).toBe(20);
  expect(queue.book('alder').matches.map(({ kind }) => kind)).toEqual(Array(20).fill('queue'));
  expect(platform.events.filter(({ type }) => type === 'lobby.offline')).toHaveLength(2);
  expect(alder.events.all.findLast(({ type }) => type === 'queue.resting')).toMatchObject({
    why: 'matches',
    until: at('2026-01-07T00:00:00Z'),
  });
  await passTo(clock, at('2026-01-07T00:02:00Z'));
  expect(played()).toBeGreaterThan(20);
  expect(typesOf(birch.events.all).filter((type) => type === 'budget.day')).toHaveLength(1);
  for (const { events } of [alder, birch]) expectOrder(events.all);
  expect(alder.events.types()).not.toContain('queue.refused');
  await clock.passUntil(Promise.all([alder.agent.stop(), birch.agent.stop()]), 'the end');
});

it('a place is renewed before it dies, and left 15 minutes before a fixture until that is served', async () => {
  const queue = await openQueue(at('2026-01-06T18:20:00Z'), ['2026-01-06T18:40:00Z']);
  const { clock } = queue;
  const { agent, events } = await queue.start('alder');
  await passTo(clock, at('2026-01-06T18:24:59Z'));
  const told = typesOf(events.all);
  expect(told[0]).toBe('queue.joined');
  // A renewal comes after twenty seconds at the latest, whatever the draw.
  expect(told.filter((type) => type === 'queue.refreshed').length).toBeGreaterThanOrEqual(14);
  expect(told).not.toContain('queue.lost');
  await passTo(clock, at('2026-01-06T18:25:01Z'));
  expect(events.all.findLast(({ type }) => type.startsWith('queue.'))).toMatchObject({
    type: 'queue.left',
    why: 'fixture',
  });
  await passTo(clock, at('2026-01-06T18:41:00Z'));
  expect(events.types()).toContain('fixture.served');
  expect(queue.book('alder').matches).toMatchObject([{ kind: 'fixture' }]);
  expect(events.all.findLast(({ type }) => type === 'budget.changed')).toMatchObject({
    figures: { matches: 0 },
  });
  await passTo(clock, at('2026-01-06T18:42:00Z'));
  expect(typesOf(events.all).lastIndexOf('queue.joined')).toBeGreaterThan(
    typesOf(events.all).indexOf('queue.left'),
  );
  expectOrder(events.all);
  await clock.passUntil(agent.stop(), 'the end');
  // The place was given up before the lobby was left, so that no match of it can be on its way.
  expect(queue.book('alder').claims).toEqual([]);
  const ending = events.types().filter((type) => type === 'queue.left' || type === 'lobby.draining');
  expect(ending.slice(-2)).toEqual(['queue.left', 'lobby.draining']);
  expect(events.all.findLast(({ type }) => type === 'queue.left')).toMatchObject({ why: 'ending' });
});

it('takes the challenges of those that are named, and declines those of others', async () => {
  const queue = await openQueue(at('2026-01-06T12:00:00Z'));
  const { clock, accounts } = queue;
  const alder = await queue.start('alder', { accept: ['birch'] });
  const others = [
    await queue.start('birch', { accept: 'all' }),
    await queue.start('cedar', { accept: 'all' }),
  ];
  await passTo(clock, at('2026-01-06T12:00:02Z'));
  const challengeFrom = async ({ lobbyUrl, token }: Credentials) => {
    const platform = connectToPlatform({ url: lobbyUrl, token, config: null, clock });
    await clock.passUntil(platform.challenges.create('alder'), 'a challenge');
    platform.close();
  };
  await challengeFrom(accounts.cedar);
  await passTo(clock, at('2026-01-06T12:00:20Z'));
  await challengeFrom(accounts.birch);
  await passTo(clock, at('2026-01-06T12:00:40Z'));
  expect(typesOf(alder.events.all)).toEqual([
    'challenge.received',
    'challenge.declined',
    'challenge.received',
    'challenge.accepted',
    'match.announced',
    'match.ended',
  ]);
  const { matches, declines, claims } = queue.book('alder');
  expect(matches).toMatchObject([{ kind: 'accepted' }]);
  expect(declines).toMatchObject([{ by: 'us', opponent: 'cedar', why: 'not_named' }]);
  expect(claims).toEqual([]);
  const stopped = [alder, ...others].map(({ agent }) => agent.stop());
  await clock.passUntil(Promise.all(stopped), 'the end');
});

it('a run that begins after another ended in the last match of the day takes it up', async () => {
  const queue = await openQueue(at('2026-01-06T12:00:00Z'));
  const { clock } = queue;
  const options = { queue: { matches: 1 } };
  const thinker = () => ({ decide: () => new Promise<Action>(() => undefined) });
  const first = await queue.start('alder', options, thinker);
  const birch = await queue.start('birch', options);
  await passTo(clock, at('2026-01-06T12:00:10Z'));
  expect(first.events.types()).toContain('match.started');
  await clock.passUntil(first.agent.stop({ graceMs: 0 }), 'the first run');
  const second = await queue.start('alder', options);
  await passTo(clock, clock.now() + 15_000);
  expect(second.events.all.find(({ type }) => type === 'match.announced')).toMatchObject({ resume: true });
  expect(second.events.all.find(({ type }) => type === 'match.ended')).toMatchObject({
    result: { outcome: 'completed' },
  });
  expect(second.events.all.findLast(({ type }) => type.startsWith('lobby.'))?.type).toBe('lobby.left');
  // Nothing is left to be taken up by a run an hour later.
  await clock.passUntil(second.agent.stop(), 'the second run');
  clock.advance(3_600_000);
  const third = await queue.start('alder', options);
  await passTo(clock, clock.now() + 15_000);
  expect(third.events.types()).not.toContain('lobby.connecting');
  await clock.passUntil(Promise.all([third.agent.stop(), birch.agent.stop()]), 'the end');
});
