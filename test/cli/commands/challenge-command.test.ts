import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withClaim, withMatchOf } from '../../../src/budget/claims.js';
import { openDayKeeper } from '../../../src/budget/day-keeper.js';
import { challenge } from '../../../src/cli/commands/challenge-command.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { placeClaimId } from '../../../src/machines/queue.context.js';
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

describe('challenge', () => {
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
