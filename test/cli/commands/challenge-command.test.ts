import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withClaim, withMatchOf } from '../../../src/budget/claims.js';
import { openDayKeeper } from '../../../src/budget/day-keeper.js';
import { challenge } from '../../../src/cli/commands/challenge-command.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { placeClaimId } from '../../../src/machines/queue.context.js';
import { createPlatformClient } from '../../../src/platform/platform-client.js';
import { afterTest } from '../../kit/after-test.js';
import { goOnline } from '../../kit/client.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

/** The day of a bot whose session waits in the queue, and does not see that it should leave. */
async function openQueued() {
  const { sandbox } = await openPlatform();
  const { lobbyUrl, token } = sandbox.addBot({ name: 'alder' });
  const dayBook = join(makeFolder(), 'day.json');
  const day = openDayKeeper({ path: dayBook, wallNow: Date.now, onTrouble: () => undefined });
  await day.change((book, now) => {
    const at = Math.round(now);
    const place = { claimId: placeClaimId, kind: 'queue', opponent: null, at, voidAt: at + 60_000 } as const;
    return withClaim(book, place, { limits: { matches: null, lobbyMs: null }, wallNow: now }) ?? book;
  });
  const io = fakeIo({ HOME: makeFolder(), CHIPZEN_EXTBOT_TOKEN: token });
  return {
    io,
    day,
    challenge: (opponent: string, matchesPerDay: number | null = null) =>
      challenge(
        opponent,
        { url: lobbyUrl, dayBook, ...(matchesPerDay !== null && { matchesPerDay }) },
        terminalOf(io),
      ),
  };
}

/** Bots in their lobbies whose sessions do not count their day, on one clock. */
async function openPlain() {
  const clock = createTestClock(Date.parse('2026-01-06T12:00:00Z'));
  const { sandbox } = await openPlatform({ clock });
  const alder = sandbox.addBot({ name: 'alder' });
  const birch = sandbox.addBot({ name: 'birch' });
  const lobby = await goOnline(alder);
  await goOnline(birch);
  const dayBook = join(makeFolder(), 'day.json');
  const io = fakeIo({ HOME: makeFolder(), CHIPZEN_EXTBOT_TOKEN: alder.token });
  const client = createPlatformClient({ lobbyUrl: birch.lobbyUrl, token: birch.token, clock });
  afterTest(() => client.close());
  const inbound = async () => (await client.challenges.list()).inbound;
  return {
    clock,
    io,
    /** Resolves when it was asked for, and the answer has come. */
    async asked(opponent: string) {
      if (opponent === 'house') await lobby.until('matched');
      else await expect.poll(inbound).toHaveLength(1);
      await clock.rest();
    },
    day: openDayKeeper({ path: dayBook, wallNow: clock.now, onTrouble: () => undefined }),
    waitFor: (opponent: string) =>
      challenge(opponent, { url: alder.lobbyUrl, dayBook, wait: true }, terminalOf(io), clock),
    async accept() {
      for (const { challengeId } of await inbound()) await client.challenges.accept(challengeId);
    },
  };
}

describe('challenge', () => {
  it.each([
    ['house', 'house'],
    ['birch', 'challenge'],
  ])(
    '--wait counts its match beside a session that does not, and leaves nothing open: %s',
    async (name, kind) => {
      const { clock, io, day, waitFor, asked, accept } = await openPlain();
      const code = waitFor(name);
      await asked(name);
      await accept();
      expect(await clock.passUntil(code, 'the end of the challenge')).toBe(0);
      expect(io.out().at(-1)).toContain('it is counted here');
      const { claims, matches } = await day.refresh();
      expect({ claims, kinds: matches.map((match) => match.kind) }).toEqual({ claims: [], kinds: [kind] });
    },
  );

  it.each([
    ['house', /^A match against .+ is on its way: /],
    ['birch', /^The challenge stays open: birch has \d+ s /],
  ])('--wait that is stopped says what may come of it: %s', async (name, words) => {
    const { io, day, waitFor, asked } = await openPlain();
    const code = waitFor(name);
    await asked(name);
    io.signal('SIGINT');
    expect(await code).toBe(1);
    expect(io.err().slice(-2)).toEqual([expect.stringMatching(words), 'Stopped before the end.']);
    expect((await day.refresh()).claims).toHaveLength(1);
  });

  it('of nobody is refused before anything is asked for, and leaves nothing open', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl, token } = sandbox.addBot({ name: 'alder' });
    const dayBook = join(makeFolder(), 'day.json');
    const io = fakeIo({ HOME: makeFolder(), CHIPZEN_EXTBOT_TOKEN: token });
    await expect(challenge('', { url: lobbyUrl, dayBook }, terminalOf(io))).rejects.toMatchObject({
      option: 'opponent',
    });
    const day = openDayKeeper({ path: dayBook, wallNow: Date.now, onTrouble: () => undefined });
    expect((await day.refresh()).claims).toEqual([]);
  });

  it('with a token that is not taken says so once, and takes no match of the day', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl } = sandbox.addBot({ name: 'alder' });
    const dayBook = join(makeFolder(), 'day.json');
    const token = `cz_extbot_${'x'.repeat(32)}`;
    const io = fakeIo({ HOME: makeFolder(), CHIPZEN_EXTBOT_TOKEN: token });
    expect(await challenge('birch', { url: lobbyUrl, dayBook }, terminalOf(io))).toBe(3);
    expect(io.err()).toEqual([expect.stringContaining('EXTAPI_INVALID_TOKEN')]);
  });

  it.each([
    [403, 0],
    [500, 1],
    [504, 1],
  ])('that is answered with HTTP %i leaves %i matches that may come of it', async (status, open) => {
    const server = createServer((_request, response) => void response.writeHead(status).end());
    server.listen(0, '127.0.0.1');
    afterTest(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `ws://127.0.0.1:${port}/ws/external/bot/b1`;
    const dayBook = join(makeFolder(), 'day.json');
    const io = fakeIo({ HOME: makeFolder(), CHIPZEN_EXTBOT_TOKEN: `cz_extbot_${'x'.repeat(32)}` });
    expect(await challenge('house', { url, dayBook }, terminalOf(io))).toBe(1);
    const day = openDayKeeper({ path: dayBook, wallNow: Date.now, onTrouble: () => undefined });
    expect((await day.refresh()).claims).toHaveLength(open);
  });

  it('that is stopped before anything was asked for takes no match of the day, and says no more than that', async () => {
    const { io, day, challenge: run } = await openQueued();
    const code = run('house');
    await expect.poll(() => io.err().join('\n')).toContain('its session leaves it first');
    io.signal('SIGINT');
    expect(await code).toBe(1);
    expect(io.err().at(-1)).toBe('Stopped before the end.');
    expect((await day.refresh()).claims.map(({ claimId }) => claimId)).toEqual([placeClaimId]);
  });

  it('is not sent when the queue has the last match of the day, which is told as that', async () => {
    const { io, day, challenge: run } = await openQueued();
    expect(await run('house', 1)).toBe(1);
    expect(io.err().at(-1)).toContain('The last match of the day may come from the queue');
    expect((await day.refresh()).claims.map(({ claimId }) => claimId)).toEqual([placeClaimId]);
  });

  it('is not sent when the matches of the day are used up', async () => {
    const { io, day, challenge: run } = await openQueued();
    await day.change((book, at) => withMatchOf(book, { matchId: 'm1', rated: true, at: Math.round(at) }));
    expect(await run('house', 1)).toBe(1);
    expect(io.err().at(-1)).toContain('The matches of the day are used up');
  });
});
