import { describe, expect, it } from 'vitest';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { shortGame } from '../kit/short-game.js';

/** A bot that plays as slowly as the test lets it. */
function gatedBot() {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let asked: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    asked = resolve;
  });
  return {
    open,
    begun,
    bot: {
      async decide({ validActions }: { validActions: string[] }) {
        asked();
        await gate;
        return { action: validActions.includes('check') ? 'check' : 'fold' };
      },
    },
  };
}

const quickBot = {
  decide: ({ validActions }: { validActions: string[] }) => ({
    action: validActions.includes('check') ? 'check' : 'fold',
  }),
};

async function twoSessions(more: AgentOptions = {}) {
  // A few hands: all folds.
  const platform = await openPlatform({ ...shortGame, maxHands: 5 });
  const HOME = makeFolder();
  const credentials = platform.sandbox.addBot();
  const { bot, open, begun } = gatedBot();
  const start = (playing: Parameters<typeof startAgent>[0], options: AgentOptions) =>
    startAgent(playing, credentials, options, { env: { HOME } });
  const old = start(bot, { handover: 'listen', drainGraceMs: 60_000 });
  await old.events.next('lobby.listening');
  const { matchId } = await platform.sandbox.dispatch(credentials.botId);
  await begun;
  return {
    platform,
    credentials,
    old,
    open,
    matchId,
    start,
    young: () => start(quickBot, { handover: 'take', ...more }),
  };
}

/** Its place in the queue, or what keeps it from one in its lobby. */
async function firstOfQueue({ events }: ReturnType<typeof startAgent>) {
  const isTelling = (event: (typeof events.all)[number]) =>
    event.type === 'queue.joined' || (event.type === 'queue.resting' && event.why !== 'offline');
  await expect.poll(() => events.all.some(isTelling)).toBe(true);
  return events.all.find(isTelling);
}

describe('a session that takes over', () => {
  it('has the lobby, while the older one plays its match to the end', async () => {
    const { platform, credentials, old, open, matchId, young } = await twoSessions();
    const next = young();
    expect(await next.events.next('handover.taken')).toMatchObject({ live: 1, pid: process.pid });
    await next.events.next('lobby.listening');
    expect(await next.events.next('handover.playing')).toMatchObject({ matchId });
    expect(await old.events.next('handover.given')).toMatchObject({ pid: process.pid });
    // Matches that are dispatched now are the newer session's.
    const second = await platform.sandbox.dispatch(credentials.botId);
    expect(await next.events.next('match.announced')).toMatchObject({ matchId: second.matchId });
    expect((await next.events.next('match.ended')).result).toMatchObject({
      matchId: second.matchId,
      outcome: 'completed',
    });
    open();
    expect((await old.events.next('match.ended')).result).toMatchObject({
      matchId,
      outcome: 'completed',
      resumes: 0,
    });
    expect(old.events.types()).not.toContain('lobby.lost');
    expect(old.events.types()).not.toContain('match.lost');
    expect(next.events.types().filter((type) => type === 'match.announced')).toHaveLength(1);
  });

  it('plays what the older one left, when that is stopped in the middle', async () => {
    const { old, matchId, young } = await twoSessions();
    const next = young();
    await next.events.next('handover.playing');
    await old.agent.stop({ graceMs: 0 });
    expect(await next.events.next('match.announced')).toMatchObject({ matchId, resume: true });
    expect((await next.events.next('match.ended')).result).toMatchObject({ matchId, outcome: 'completed' });
  });

  it('is not in the queue while the older one plays, and then is', async () => {
    const { old, open, young } = await twoSessions({ queue: true });
    const next = young();
    await next.events.next('lobby.listening');
    expect(await firstOfQueue(next)).toMatchObject({ type: 'queue.resting', why: 'playing' });
    open();
    await next.events.next('queue.joined');
    expect(old.events.types()).toContain('match.ended');
  });

  it('is not in the queue before it has played what the older one left', async () => {
    const { old, matchId, young } = await twoSessions({ queue: true });
    const next = young();
    await next.events.next('handover.playing');
    await old.agent.stop({ graceMs: 0 });
    await next.events.next('queue.joined');
    expect(next.events.all.filter(({ type }) => type === 'match.ended')).toMatchObject([
      { result: { matchId, outcome: 'completed' } },
    ]);
  });

  it('loses the lobby to the older one again when it ends soon, and its match with it', async () => {
    const { platform, credentials, old, open, matchId, start } = await twoSessions();
    const gated = gatedBot();
    const next = start(gated.bot, { handover: 'take', drainGraceMs: 60_000 });
    await next.events.next('lobby.listening');
    const second = await platform.sandbox.dispatch(credentials.botId);
    await gated.begun;
    await next.agent.stop({ graceMs: 0 });
    await old.events.next('handover.returned');
    await old.events.next('lobby.listening');
    expect(await old.events.next('match.announced')).toMatchObject({ matchId: second.matchId, resume: true });
    open();
    const ends = [await old.events.next('match.ended'), await old.events.next('match.ended')];
    expect(new Map(ends.map(({ result }) => [result.matchId, result.outcome]))).toEqual(
      new Map([
        [matchId, 'completed'],
        [second.matchId, 'completed'],
      ]),
    );
  });

  it('starts as ever where nobody runs', async () => {
    const platform = await openPlatform();
    const next = startAgent(
      quickBot,
      platform.sandbox.addBot(),
      { handover: 'take' },
      { env: { HOME: makeFolder() } },
    );
    await next.events.next('lobby.listening');
    expect(next.events.types()).not.toContain('handover.taken');
  });
});
