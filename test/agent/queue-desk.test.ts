/** One answer for each request of the queue keeper, whatever the platform does. */
import { describe, expect, it } from 'vitest';
import { createActor, setup } from 'xstate';
import { defineDesk } from '../../src/agent/queue-desk.js';
import type { DeskCommand, DeskEvent } from '../../src/machines/queue.context.js';
import { deferred } from '../kit/bot-seat.js';
import { type FakeScript, openEndpoint } from '../platform/fake-endpoint.js';

async function openDesk(script: FakeScript) {
  const endpoint = await openEndpoint(script);
  const told: DeskEvent[] = [];
  const listeners = new Set<() => void>();
  const machine = setup({
    types: { events: {} as DeskCommand | DeskEvent },
    actors: { desk: defineDesk(endpoint.client) },
  }).createMachine({
    invoke: { src: 'desk', id: 'desk' },
    on: {
      '*': {
        actions({ event }) {
          told.push(event as DeskEvent);
          for (const listener of listeners) listener();
        },
      },
    },
  });
  const actor = createActor(machine).start();
  return {
    ...endpoint,
    told,
    send: (command: DeskCommand) => actor.getSnapshot().children['desk']?.send(command),
    /** The answer to this. */
    ask(command: DeskCommand): Promise<DeskEvent | undefined> {
      const answered = new Promise<void>((resolve) => listeners.add(resolve));
      actor.getSnapshot().children['desk']?.send(command);
      return endpoint.pass(answered.then(() => told.at(-1)));
    },
    stop: () => actor.stop(),
  };
}

const challenge = (status: string, more: object = {}) => ({
  challenge_id: `c-${status}`,
  status,
  opponent_name: 'birch',
  opponent_bot_id: 'b-birch',
  ...more,
});

describe('the desk', () => {
  it.each(['join', 'leave'] as const)('asks to %s, and tells the place', async (what) => {
    const { ask, seen } = await openDesk({
      body: { status: 'queued', position: 2, queue_ttl_seconds: 60, waiting_seconds: 1 },
    });
    expect(await ask({ type: `desk.${what}` })).toEqual({
      type: 'desk.placed',
      status: 'queued',
      position: 2,
      ttlMs: 60_000,
    });
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /api/external-api/matchmaking/${what}`,
    ]);
  });

  it('lists the inbound challenges that are open, by the name of who made them, else by the id', async () => {
    const nameless = challenge('pending', { challenge_id: 'c-2', opponent_name: null });
    const { ask } = await openDesk({
      body: { inbound: [challenge('pending'), challenge('declined'), nameless], outbound: [] },
    });
    expect(await ask({ type: 'desk.look' })).toMatchObject({
      type: 'desk.listed',
      offers: [
        { challengeId: 'c-pending', opponent: 'birch' },
        { challengeId: 'c-2', opponent: 'b-birch' },
      ],
    });
  });

  it.each(['accept', 'decline'] as const)('answers a challenge: %s', async (what) => {
    const { ask, seen } = await openDesk({ body: challenge('done') });
    expect(await ask({ type: `desk.${what}`, challengeId: 'c-1' })).toEqual({
      type: 'desk.answered',
      status: 'done',
    });
    expect(seen[0]?.path).toBe(`/api/external-api/challenges/remote/c-1/${what}`);
  });

  it('tells what the platform refuses, with its code and its wish', async () => {
    const { ask } = await openDesk({
      status: 429,
      headers: { 'retry-after': '7' },
      body: { error_code: 'CHALLENGE_QUOTA_EXCEEDED', message: 'Enough.' },
    });
    expect(await ask({ type: 'desk.join' })).toMatchObject({
      type: 'desk.refused',
      request: 'POST /api/external-api/matchmaking/join',
      httpStatus: 429,
      code: 'CHALLENGE_QUOTA_EXCEEDED',
      retryAfterMs: 7_000,
      message: expect.stringContaining('Enough.'),
    });
  });

  it.each<[string, FakeScript]>([
    ['cannot be read', { raw: '<html>' }],
    [
      'never comes',
      (_seen, response) => {
        response.socket?.destroy();
        return undefined;
      },
    ],
  ])('says that it is not known what was done when an answer %s', async (_what, script) => {
    const { ask } = await openDesk(script);
    expect(await ask({ type: 'desk.join' })).toMatchObject({
      type: 'desk.refused',
      request: 'POST /api/external-api/matchmaking/join',
      httpStatus: null,
      code: null,
      retryAfterMs: null,
    });
  });

  it('tells nothing after its end, and ends the request that is under way', async () => {
    const asked = deferred();
    const closed = deferred();
    const { send, told, stop, pass } = await openDesk((_seen, response) => {
      response.once('close', () => closed.resolve());
      asked.resolve();
      return undefined;
    });
    send({ type: 'desk.join' });
    await pass(asked.promise);
    stop();
    await closed.promise;
    expect(told).toEqual([]);
  });
});
