/** The client against the local platform: what one says, the other understands. */
import { describe, expect, it } from 'vitest';
import { createPlatformClient, type PlatformClient } from '../../src/platform/index.js';
import { afterTest } from '../kit/after-test.js';
import { goOnline } from '../kit/client.js';
import { openPlatform } from '../kit/platform.js';

async function openBots(...names: string[]) {
  const { sandbox } = await openPlatform();
  const bots = await Promise.all(
    names.map(async (name) => {
      const bot = sandbox.addBot({ name });
      const lobby = await goOnline(bot);
      const client = createPlatformClient({ lobbyUrl: bot.lobbyUrl, token: bot.token });
      afterTest(() => client.close());
      return { bot, lobby, client };
    }),
  );
  return { sandbox, bots };
}

async function openBot(): Promise<{ client: PlatformClient; lobby: Awaited<ReturnType<typeof goOnline>> }> {
  const { bots } = await openBots('alder');
  const [first] = bots;
  if (first === undefined) throw new Error('There is no bot.');
  return first;
}

it('a match against a house bot is announced as it was told', async () => {
  const { client, lobby } = await openBot();
  const { matchId, opponent, decisionTimeoutMs } = await client.challenges.houseBot('random');
  expect({ opponent, decisionTimeoutMs }).toEqual({ opponent: 'random', decisionTimeoutMs: 30_000 });
  expect(await lobby.until('matched')).toMatchObject({ match_id: matchId });
});

it('the queue is joined and left', async () => {
  const { client } = await openBot();
  expect(await client.queue.status()).toMatchObject({ status: 'idle', position: null });
  expect(await client.queue.join()).toMatchObject({ status: 'queued', position: 1 });
  expect(await client.queue.leave()).toMatchObject({ status: 'left' });
  expect(await client.queue.leave()).toMatchObject({ status: 'not_queued' });
});

it('two bots meet in the queue', async () => {
  const { bots } = await openBots('alder', 'birch');
  const [alder, birch] = bots;
  await alder?.client.queue.join();
  expect(await birch?.client.queue.join()).toMatchObject({ status: 'matched', position: null });
  const [one, other] = await Promise.all(bots.map(({ lobby }) => lobby.until('matched')));
  expect(one?.match_id).toBe(other?.match_id);
});

it('two bots meet by a challenge', async () => {
  const { bots } = await openBots('alder', 'birch');
  const [alder, birch] = bots;
  expect(await alder?.client.challenges.opponents()).toMatchObject([{ name: 'birch' }]);
  const made = await alder?.client.challenges.create('birch');
  expect(made).toMatchObject({ status: 'pending', opponentName: 'birch' });
  const listed = await birch?.client.challenges.list();
  expect(listed?.inbound).toMatchObject([{ challengeId: made?.challengeId, opponentName: 'alder' }]);
  expect(await birch?.client.challenges.accept(made?.challengeId ?? '')).toMatchObject({
    status: 'accepted',
  });
  expect(await alder?.lobby.until('matched')).toMatchObject({ rated: true });
  expect(await birch?.lobby.until('matched')).toMatchObject({ rated: true });
});

describe('refusals', () => {
  it('have the code, the request id and a sentence', async () => {
    const { client, lobby } = await openBot();
    await expect(client.challenges.houseBot('nobody')).rejects.toMatchObject({
      status: 400,
      errorCode: 'EXTAPI_HOUSE_BOT_NOT_FOUND',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      message: expect.stringMatching(/^EXTAPI_HOUSE_BOT_NOT_FOUND: There is no house bot of this name or id/),
    });
    await lobby.drop();
    await expect(client.challenges.houseBot()).rejects.toMatchObject({ errorCode: 'EXT_BOT_OFFLINE' });
  });

  it('of a token are told from others', async () => {
    const { bots } = await openBots('alder');
    const { bot } = bots[0] ?? {};
    const token = `${bot?.token.slice(0, -1)}_`;
    const client = createPlatformClient({ lobbyUrl: bot?.lobbyUrl ?? '', token });
    afterTest(() => client.close());
    await expect(client.queue.join()).rejects.toMatchObject({
      status: 401,
      errorCode: 'EXTAPI_INVALID_TOKEN',
    });
  });
});

it('tokens are listed, and one is exchanged for another', async () => {
  const { bots } = await openBots('alder');
  const { bot, client } = bots[0] ?? {};
  const [first, ...more] = (await client?.tokens.list()) ?? [];
  expect(more).toEqual([]);
  expect(first).toMatchObject({ tokenPrefix: 'cz_extbot', createdAt: expect.any(Number) });
  const next = await client?.tokens.rotate(first?.tokenId ?? '');
  await expect(client?.tokens.list()).rejects.toMatchObject({ errorCode: 'EXTAPI_INVALID_TOKEN' });
  const second = createPlatformClient({ lobbyUrl: bot?.lobbyUrl ?? '', token: next?.token ?? null });
  afterTest(() => second.close());
  expect(await second.tokens.list()).toMatchObject([{ tokenId: next?.tokenId }]);
});

it('fixtures are told as they were put down', async () => {
  const { sandbox, bots } = await openBots('alder', 'birch');
  const [alder, birch] = bots;
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const sooner = new Date(Date.now() + 1_800_000).toISOString();
  sandbox.schedule({
    fixtures: [
      { starts_at: later, bot_name: 'alder', opponent_bot_name: 'random' },
      { starts_at: sooner, bot_name: 'birch', opponent_bot_name: 'alder', stage: 'round_robin', round: 2 },
    ],
  });
  expect(await alder?.client.fixtures.upcoming()).toMatchObject([
    {
      startsAt: Date.parse(sooner),
      opponent: 'birch',
      stage: 'round_robin',
      round: '2',
      status: 'scheduled',
    },
    { startsAt: Date.parse(later), opponent: 'random', decisionClockMs: 30_000 },
  ]);
  expect(await birch?.client.fixtures.upcoming()).toMatchObject([{ opponent: 'alder' }]);
});

it('a token is made, used and revoked', async () => {
  const { bots } = await openBots('alder');
  const { bot, client } = bots[0] ?? {};
  const made = await client?.tokens.create();
  const second = createPlatformClient({ lobbyUrl: bot?.lobbyUrl ?? '', token: made?.token ?? null });
  afterTest(() => second.close());
  expect(await second.queue.status()).toMatchObject({ status: 'idle' });
  await client?.tokens.revoke(made?.tokenId ?? '');
  await expect(second.queue.status()).rejects.toMatchObject({ errorCode: 'EXTAPI_INVALID_TOKEN' });
});
