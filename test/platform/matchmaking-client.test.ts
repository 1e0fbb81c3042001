/** Queue, challenges and fixtures against an endpoint that answers as the platform does. */
import { describe, expect, it } from 'vitest';
import type {
  FixturesAnswer,
  HouseChallengeAnswer,
  OpponentsAnswer,
  QueueJoinAnswer,
  QueueLeaveAnswer,
  QueueStatusAnswer,
  RemoteChallengeAnswer,
  RemoteChallengesAnswer,
} from '../../src/platform/index.js';
import { botToken, type FakeAnswer, openEndpoint } from './fake-endpoint.js';

const api = '/api/external-api';

const pending: RemoteChallengeAnswer = {
  challenge_id: 'c-1',
  status: 'pending',
  opponent_bot_id: 'b-2',
  opponent_name: 'birch',
  rated: true,
  expires_in_seconds: 60,
};

const answers: Record<string, unknown> = {
  [`POST ${api}/matchmaking/join`]: {
    status: 'queued',
    position: 1,
    queue_ttl_seconds: 60,
    rated: true,
  } satisfies QueueJoinAnswer,
  [`GET ${api}/matchmaking/status`]: {
    status: 'queued',
    position: 1,
    waiting_seconds: 33,
    queue_ttl_seconds: 60,
  } satisfies QueueStatusAnswer,
  [`POST ${api}/matchmaking/leave`]: { status: 'left' } satisfies QueueLeaveAnswer,
  [`POST ${api}/challenges/house-bot`]: {
    match_id: 'm-1',
    participant_id: 'p-1',
    status: 'dispatching',
    gateway_ws_url: null,
    opponent: 'tag',
    opponent_bot_id: 'h-1',
    rated: false,
    decision_timeout_ms: 30_000,
  } satisfies HouseChallengeAnswer,
  [`GET ${api}/challenges/remote/opponents`]: {
    opponents: [
      { bot_id: 'b-2', name: 'birch', rating: 1571 },
      { bot_id: 'b-3', name: 'cedar', rating: null },
    ],
    count: 2,
    rated: true,
  } satisfies OpponentsAnswer,
  [`GET ${api}/challenges/remote`]: {
    inbound: [],
    outbound: [{ ...pending, direction: 'outbound', expires_in_seconds: 41, detail: null }],
  } satisfies RemoteChallengesAnswer,
  [`POST ${api}/challenges/remote`]: pending,
  [`POST ${api}/challenges/remote/c%2F1/accept`]: { ...pending, status: 'accepted' },
  [`POST ${api}/challenges/remote/c-1/decline`]: { ...pending, status: 'declined' },
};

const asPlatform = (): Promise<Awaited<ReturnType<typeof openEndpoint>>> =>
  openEndpoint(({ method, path }): FakeAnswer => {
    const body = answers[`${method} ${path}`];
    return body === undefined ? { status: 404, body: {} } : { body };
  });

const challenge = {
  challengeId: 'c-1',
  status: 'pending',
  opponentBotId: 'b-2',
  opponentName: 'birch',
  expiresInMs: 60_000,
  detail: null,
};

it('the queue is joined, looked at and left', async () => {
  const { client, seen } = await asPlatform();
  expect(await client.queue.join()).toEqual({
    status: 'queued',
    position: 1,
    waitingMs: null,
    ttlMs: 60_000,
  });
  expect(await client.queue.status()).toEqual({
    status: 'queued',
    position: 1,
    waitingMs: 33_000,
    ttlMs: 60_000,
  });
  expect(await client.queue.leave()).toEqual({
    status: 'left',
    position: null,
    waitingMs: null,
    ttlMs: null,
  });
  expect(seen.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{}'],
    ['GET', ''],
    ['POST', '{}'],
  ]);
  for (const { headers } of seen) {
    expect(headers.authorization).toBe(`Bearer ${botToken}`);
    expect(headers['user-agent']).toMatch(/^chipzen-agent\/\d/);
  }
  expect(seen[0]?.headers['content-type']).toBe('application/json');
});

it('a house bot is challenged, by name or not', async () => {
  const { client, seen } = await asPlatform();
  const match = {
    matchId: 'm-1',
    participantId: 'p-1',
    opponent: 'tag',
    opponentBotId: 'h-1',
    decisionTimeoutMs: 30_000,
  };
  expect(await client.challenges.houseBot()).toEqual(match);
  expect(await client.challenges.houseBot('tag')).toEqual(match);
  expect(seen.map(({ body }) => body)).toEqual(['{}', '{"opponent":"tag"}']);
});

it('remote bots are listed, challenged and answered', async () => {
  const { client, seen } = await asPlatform();
  expect(await client.challenges.opponents()).toEqual([
    { botId: 'b-2', name: 'birch', rating: 1571 },
    { botId: 'b-3', name: 'cedar', rating: null },
  ]);
  expect(await client.challenges.create('birch')).toEqual(challenge);
  expect(await client.challenges.list()).toEqual({
    inbound: [],
    outbound: [{ ...challenge, expiresInMs: 41_000 }],
  });
  expect(await client.challenges.accept('c/1')).toEqual({ ...challenge, status: 'accepted' });
  expect(await client.challenges.decline('c-1')).toEqual({ ...challenge, status: 'declined' });
  expect(seen[1]?.body).toBe('{"opponent":"birch"}');
});

it.each([
  ['an empty name', (client: Asked) => client.challenges.create('')],
  ['no id', (client: Asked) => client.challenges.accept('')],
  ['a step in the path', (client: Asked) => client.challenges.decline('..')],
  ['half a character', (client: Asked) => client.challenges.accept('\ud800')],
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- callers without a type checker
  ['a number', (client: Asked) => client.challenges.accept(5 as unknown as string)],
])('%s is refused before anything is sent', async (_title, ask) => {
  const { client, seen } = await asPlatform();
  await expect(ask(client)).rejects.toMatchObject({ code: 'bad_option' });
  expect(seen).toEqual([]);
});

type Asked = Awaited<ReturnType<typeof openEndpoint>>['client'];

describe('fixtures', () => {
  const at = Date.UTC(2026, 0, 6, 18, 40);
  const none = {
    fixtureId: null,
    decisionClockMs: null,
    stage: null,
    round: null,
    status: null,
    opponent: null,
    otherNames: [],
  };

  it('are read with each of the names that their fields may have, the next one first', async () => {
    const otherFields = { opponent_name: 'dogwood', id: 7 };
    const body: FixturesAnswer = {
      fixtures: [
        { scheduled_at: '2026-01-06T18:50:00+00:00', opponent_bot_name: null, round: 'semi' },
        {
          starts_at: '2026-01-06T18:40:00Z',
          opponent_bot_name: 'birch',
          decision_clock_seconds: 30,
          stage: 'round_robin',
          round: 1,
          status: 'scheduled',
        },
        { opponent_bot_name: 'cedar', starts_at: 'tonight' },
        {
          start_time: '2026-01-06T18:45:00',
          opponent_bot_name: null,
          ...otherFields,
        },
      ],
    };
    const { client } = await openEndpoint({ body });
    expect(await client.fixtures.upcoming()).toEqual([
      {
        fixtureId: null,
        startsAt: at,
        startsAtText: '2026-01-06T18:40:00Z',
        opponent: 'birch',
        decisionClockMs: 30_000,
        stage: 'round_robin',
        round: '1',
        status: 'scheduled',
        otherNames: [],
      },
      {
        ...none,
        fixtureId: '7',
        startsAt: at + 5 * 60_000,
        startsAtText: '2026-01-06T18:45:00',
        opponent: 'dogwood',
        otherNames: ['start_time', 'opponent_name'],
      },
      {
        ...none,
        startsAt: at + 10 * 60_000,
        startsAtText: '2026-01-06T18:50:00+00:00',
        round: 'semi',
        otherNames: ['scheduled_at'],
      },
      { ...none, startsAt: null, startsAtText: 'tonight', opponent: 'cedar' },
    ]);
  });

  it('may be none', async () => {
    const { client } = await openEndpoint({ body: { fixtures: [] } });
    expect(await client.fixtures.upcoming()).toEqual([]);
  });
});

it('entries that cannot be read are left out, and reported', async () => {
  const { client, events } = await openEndpoint({ body: { opponents: [5, {}, { name: 'birch' }] } });
  expect(await client.challenges.opponents()).toEqual([{ name: 'birch', botId: null, rating: null }]);
  expect(events).toEqual([
    { type: 'platform.skipped', request: `GET ${api}/challenges/remote/opponents`, count: 2 },
  ]);
});

it.each<[string, (client: Asked) => Promise<unknown>, unknown]>([
  ['a join without a status', ({ queue }) => queue.join(), { position: 1 }],
  ['a place that is a list', ({ queue }) => queue.status(), []],
  ['an empty answer', ({ queue }) => queue.status(), null],
  ['a match without an id', ({ challenges }) => challenges.houseBot(), {}],
  ['opponents that are no list', ({ challenges }) => challenges.opponents(), { opponents: {} }],
  ['challenges of one direction', ({ challenges }) => challenges.list(), { inbound: [] }],
  ['a challenge without an id', ({ challenges }) => challenges.create('b'), { status: 'pending' }],
  ['no fixtures', ({ fixtures }) => fixtures.upcoming(), { fixtures: null }],
])('%s is an answer that cannot be used', async (_title, ask, body) => {
  const { client } = await openEndpoint({ body });
  await expect(ask(client)).rejects.toMatchObject({ code: 'platform_answer', status: 200 });
});

it('a refusal is told at once, with what the platform wants', async () => {
  const { client, seen } = await openEndpoint({
    status: 429,
    headers: { 'retry-after': '7', 'x-request-id': 'r-9' },
    body: { error_code: 'CHALLENGE_QUOTA_EXCEEDED', message: 'Quota.' },
  });
  await expect(client.queue.join()).rejects.toMatchObject({
    name: 'PlatformRefusedError',
    code: 'platform_refused',
    errorCode: 'CHALLENGE_QUOTA_EXCEEDED',
    status: 429,
    request: `POST ${api}/matchmaking/join`,
    requestId: 'r-9',
    retryAfterMs: 7_000,
  });
  expect(seen).toHaveLength(1);
});
