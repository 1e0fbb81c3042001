/** The kit itself, and the example of docs/testing.md. */

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startAgent } from './agent.js';
import { type Client, dial, goOnline, RefusedUpgrade } from './client.js';
import { createTestClock } from './clock.js';
import { makeFolder } from './folder.js';
import { caller, openPlatform } from './platform.js';

describe('the kit', () => {
  it('plays a match at the pace of the platform, in no time', async () => {
    const clock = createTestClock();
    const { sandbox, event } = await openPlatform({ clock, speed: 1, maxHands: 3 });
    const me = sandbox.addBot({ name: 'me' });
    const { done } = startAgent(caller, me, { maxMatches: 1 }, { clock, now: clock.now });
    await sandbox.dispatch(me.botId, { opponent: 'random' });
    const [result] = await clock.passUntil(done, 'a match of three hands');
    expect(result).toMatchObject({ outcome: 'completed', hands: 3, timeouts: 0 });
    expect(await event('match.ended')).toMatchObject({ matchId: result?.matchId });
  });

  it('seats a bare client', async () => {
    const { seated } = await openPlatform();
    const { seat, matchId } = await seated({ opponent: caller });
    const { request_id } = await seat.until('turn_request');
    seat.say({ type: 'turn_action', match_id: matchId, request_id, action: 'fold' });
    expect(await seat.until('turn_result')).toMatchObject({ seat: 0, details: { action: 'fold' } });
  });

  it('says what came when a client waits in vain', async () => {
    const { sandbox } = await openPlatform();
    const lobby = await goOnline(sandbox.addBot());
    const waiting = lobby.until('matched');
    await sandbox.close();
    await expect(waiting).rejects.toThrow(/^The connection was closed \(1001 .*\) before matched came\.$/);
    await expect(dial(`${sandbox.url}/ws/external/nothing`)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('what a test of the kit opened', () => {
  const left: { url?: string; lobby?: Client; folder?: string; agent?: ReturnType<typeof startAgent> } = {};

  it('is open as long as the test runs', async () => {
    left.folder = makeFolder();
    const { sandbox, event } = await openPlatform();
    left.url = sandbox.url;
    left.lobby = await goOnline(sandbox.addBot());
    left.agent = startAgent(caller, sandbox.addBot());
    await event('lobby.online');
    expect(existsSync(left.folder)).toBe(true);
    await expect(dial(`${sandbox.url}/ws/external/nothing`)).rejects.toThrow(RefusedUpgrade);
  });

  it('is closed after it, the newest first', async () => {
    const { url = '', lobby, folder = '', agent } = left;
    await expect(dial(url)).rejects.toThrow('ECONNREFUSED');
    expect(await lobby?.closed()).toEqual({ code: 1006, reason: '' });
    expect(existsSync(folder)).toBe(false);
    expect(await agent?.done).toEqual([]);
  });
});
