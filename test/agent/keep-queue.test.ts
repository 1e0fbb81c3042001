/** The queue keeper of an agent: what it is told of the session, and what the session is told by it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromCallback } from 'xstate';
import { keepDay } from '../../src/agent/keep-day.js';
import { type KeptQueue, keepQueue } from '../../src/agent/keep-queue.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { alderId, botToken, type FakeScript, openEndpoint } from '../platform/fake-endpoint.js';

const queued: FakeScript = ({ path }) => ({
  body: path.endsWith('/leave')
    ? { status: 'left' }
    : { status: 'queued', position: 1, queue_ttl_seconds: 60, waiting_seconds: 0 },
});
const listening: AgentEvent = { type: 'lobby.listening', url: 'ws://h/' };
const announced = (matchId: string): AgentEvent => ({
  type: 'match.announced',
  matchId,
  participantId: 'p',
  rated: true,
  resume: false,
});

const ended = (matchId: string): AgentEvent => ({
  type: 'match.ended',
  matchId,
  result: { matchId } as Extract<AgentEvent, { type: 'match.ended' }>['result'],
});

async function openKeeper(script: FakeScript = queued, more: Partial<KeptQueue> = {}) {
  const endpoint = await openEndpoint(script);
  const { clock, port, seen } = endpoint;
  const lobbyUrl = `ws://127.0.0.1:${port}/ws/external/bot/${alderId}`;
  const times = { clock, now: clock.now, wallNow: clock.now };
  const limits = { matches: 20, lobbyMs: null };
  const told: AgentEvent[] = [];
  const needs: [boolean, string][] = [];
  const redials: string[] = [];
  const troubles: string[] = [];
  const day = keepDay({
    ...times,
    path: join(makeFolder(), 'day.json'),
    lobbyUrl,
    env: {},
    limits,
    emit: () => undefined,
    rebuild: () => null,
  });
  const keeper = keepQueue({
    ...times,
    queues: true,
    takesFrom: null,
    queueMatches: null,
    queueWhile: 0,
    lobbyUrl,
    token: botToken,
    platform: {},
    limits,
    day,
    random: () => 0.5,
    reporter: fromCallback<AgentEvent, undefined>(({ receive }) => receive((event) => told.push(event))),
    onTrouble: (message) => troubles.push(message),
    onNeed: (isNeeded, why) => needs.push([isNeeded, why]),
    onRedial: (why) => redials.push(why),
    ...more,
  });
  afterTest(async () => {
    keeper.close();
    await day.close();
  });
  keeper.begin();
  /** Lets so much time pass, and all that is on its way arrive. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      await clock.rest();
      await day.keeper.refresh();
      await clock.rest();
    }
  };
  return {
    ...endpoint,
    keeper,
    day,
    told,
    needs,
    redials,
    troubles,
    pass,
    asked: () => seen.splice(0).map(({ path }) => path.split('/').at(-1)),
    async enter() {
      keeper.onEvent(listening);
      await pass(2_000);
    },
  };
}

describe('the queue keeper of an agent', () => {
  it('needs the lobby from the start, and asks for nothing before the bot is there', async () => {
    const { needs, asked, pass, enter } = await openKeeper();
    expect(needs.map(([isNeeded]) => isNeeded)).toEqual([true]);
    await pass(30_000);
    expect(asked()).toEqual([]);
    await enter();
    expect(asked()).toEqual(['join']);
  });

  it('needs it no more when the day is used up, and says why', async () => {
    const { needs, enter } = await openKeeper(() => ({
      status: 429,
      body: { error_code: 'CHALLENGE_QUOTA_EXCEEDED', message: 'Enough.' },
    }));
    await enter();
    expect(needs.map(([isNeeded]) => isNeeded)).toEqual([true, false]);
    expect(needs[1]?.[1]).toContain('the matches of the day are used up');
  });

  it('joins for nothing while a match is live, and again when it is over', async () => {
    const { keeper, asked, pass, enter } = await openKeeper();
    keeper.onEvent(announced('m1'));
    await enter();
    await pass(60_000);
    expect(asked()).toEqual([]);
    keeper.onEvent(ended('m1'));
    await pass(2_000);
    expect(asked()).toEqual(['join']);
  });

  it('is out of the queue while the lobby is lost', async () => {
    const { keeper, asked, pass, enter } = await openKeeper();
    await enter();
    expect(asked()).toEqual(['join']);
    keeper.onEvent({ type: 'lobby.lost', loss: { code: 1006, reason: '' } });
    await pass(60_000);
    expect(asked()).toEqual([]);
    keeper.onEvent(listening);
    await pass(2_000);
    expect(asked()).toEqual(['join']);
  });

  it('counts the matches of an older session as live until they are freed, and its own when it announces them', async () => {
    const { keeper, asked, pass, enter } = await openKeeper();
    keeper.inherit(['m1', 'm2']);
    await enter();
    keeper.freed('m1');
    await pass(30_000);
    expect(asked()).toEqual([]);
    // It is this session's now, and not over when the older one says that it is rid of it.
    keeper.onEvent(announced('m2'));
    keeper.freed('m2');
    await pass(30_000);
    expect(asked()).toEqual([]);
    keeper.onEvent(ended('m2'));
    await pass(2_000);
    expect(asked()).toEqual(['join']);
  });

  it('has the lobby dialed again that the platform takes for empty', async () => {
    const { redials, enter, pass } = await openKeeper(() => ({
      status: 409,
      body: { error_code: 'EXT_BOT_OFFLINE', message: 'Not connected.' },
    }));
    await enter();
    await pass(120_000);
    expect(redials.length).toBeGreaterThan(0);
    expect(redials[0]).toContain('does not see the bot in its lobby');
  });

  it('gives its place up first, and has none where it rests', async () => {
    const { keeper, asked, enter, pass } = await openKeeper();
    expect(keeper.leaveFirst()).toBeNull();
    await enter();
    asked();
    const left = keeper.leaveFirst();
    expect(left).not.toBeNull();
    await pass(1_000);
    await left;
    expect(asked()).toEqual(['leave']);
    expect(keeper.actor.getSnapshot().status).toBe('done');
    await keeper.leave();
  });

  it.each([
    ['leave', 3_000],
    ['leaveFirst', 1_000],
    ['give', 1_000],
  ] as const)('does not wait for ever for a platform that says nothing: %s', async (how, ms) => {
    let answers = true;
    const { keeper, enter, clock, pass } = await openKeeper((one, response) =>
      answers && typeof queued === 'function' ? queued(one, response) : undefined,
    );
    await enter();
    answers = false;
    if (how === 'give') await pass(20_000);
    const from = clock.now();
    let until: number | null = null;
    void keeper[how]()?.then(() => {
      until = clock.now();
    });
    await pass(5_000);
    expect((until ?? Number.POSITIVE_INFINITY) - from).toBeLessThanOrEqual(ms + 500);
  });

  it('asks for nothing once its lobby is given away, and again when it has that back', async () => {
    const { keeper, asked, enter, pass } = await openKeeper();
    await enter();
    asked();
    const given = keeper.give();
    await pass(1_000);
    await given;
    await pass(60_000);
    expect(asked()).toEqual([]);
    keeper.takeBack();
    keeper.onEvent(listening);
    await pass(2_000);
    expect(asked()).toEqual(['join']);
  });

  it('that fails is told, needs no lobby any more, and holds up no end', async () => {
    const { keeper, needs, troubles, enter } = await openKeeper(queued, {
      reporter: fromCallback<AgentEvent, undefined>(({ receive }) =>
        receive(() => {
          throw new Error('broken');
        }),
      ),
    });
    await enter();
    expect(troubles).toEqual([expect.stringMatching(/^The queue keeper failed: /)]);
    expect(needs.at(-1)).toEqual([false, 'the queue keeper failed']);
    await keeper.leave();
    expect(keeper.leaveFirst()).toBeNull();
  });
});
