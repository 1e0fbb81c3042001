/** The records of the local platform, with the pace that it has as the platform has it. */
import { expect, it } from 'vitest';
import { createPlatformClient, type PlatformEvent } from '../../src/platform/index.js';
import { afterTest } from '../kit/after-test.js';
import { createTestClock } from '../kit/clock.js';
import { openPlatform } from '../kit/platform.js';

const players = ['random', 'tight-aggressive'];

it('matches are listed page for page, the newest first', async () => {
  const { sandbox } = await openPlatform({ maxHands: 5 });
  const played: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { matchId } = await sandbox.play({ players });
    await sandbox.result(matchId);
    played.unshift(matchId);
  }
  const client = createPlatformClient({ apiUrl: sandbox.url, recordPaceMs: 0 });
  afterTest(() => client.close());
  const ids: string[] = [];
  for await (const { matchId } of client.records.matches({ pageSize: 2 })) ids.push(matchId);
  expect(ids).toEqual(played);
  await expect(client.records.match('none')).rejects.toMatchObject({
    status: 404,
    errorCode: 'RECORD_NOT_FOUND',
  });
});

/** Reads a hundred records at this pace. @returns what the client did by itself meanwhile. */
async function readHundred(recordPaceMs: number): Promise<PlatformEvent[]> {
  // Loaded before the clock is asked what there is to wait for.
  await import('undici');
  const clock = createTestClock();
  const { sandbox } = await openPlatform({ limits: 'platform', clock });
  const { botId, token, lobbyUrl } = sandbox.addBot();
  const events: PlatformEvent[] = [];
  const onEvent = (event: PlatformEvent): number => events.push(event);
  const client = createPlatformClient({ lobbyUrl, token, clock, recordPaceMs, onEvent });
  afterTest(() => client.close());
  for (let count = 0; count < 100; count += 1) await clock.passUntil(client.records.bot(botId), 'a record');
  return events;
}

it('the usual pace is one that the platform bears', async () => {
  expect(await readHundred(1_500)).toEqual([]);
});

it('whoever is faster is refused, waits, and gets everything', async () => {
  const events = await readHundred(0);
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) expect(event).toMatchObject({ type: 'platform.waiting', why: 'rate_limited' });
});
