import { describe, expect, it } from 'vitest';
import { createSandboxDashboard } from '../../src/dashboard/index.js';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import { afterTest } from '../kit/after-test.js';
import { startAgent } from '../kit/agent.js';
import { openPlatform } from '../kit/platform.js';
import { listen } from './client.js';

describe('the dashboard of a local platform', () => {
  async function open(options: SandboxOptions) {
    const { sandbox } = await openPlatform(options);
    const dashboard = await createSandboxDashboard(sandbox);
    afterTest(() => dashboard.close());
    return { sandbox, dashboard };
  }

  it('shows a whole match, all cards face up', async () => {
    const { sandbox, dashboard } = await open({ seed: 'both sides', maxHands: 4 });
    const { matchId } = await sandbox.play({
      players: ['calling-station', 'calling-station', 'calling-station'],
    });
    const end = await sandbox.result(matchId);
    const stream = await listen(dashboard.url, matchId);
    const { kind, session, matches, detail, feed } = await stream.message(() => true);
    stream.close();
    const stacks = end.results?.map(({ final_stack: stack }) => stack);
    expect(kind).toBe('sandbox');
    expect(session).toMatchObject({
      state: null,
      where: sandbox.url,
      live: 0,
      completed: 1,
      hands: 4,
      netChips: null,
    });
    expect(matches).toMatchObject([
      {
        matchId,
        seats: ['calling-station 1', 'calling-station 2', 'calling-station 3'],
        self: null,
        outcome: 'completed',
        hand: 4,
        stacks,
      },
    ]);
    expect(detail?.table?.seats.map(({ cards }) => cards.length)).toEqual([2, 2, 2]);
    // The page was opened when the match was over, which had its players then.
    const acted = feed.filter(({ type }) => type === 'table.changed').map(({ text }) => text);
    expect(acted.length).toBeGreaterThan(0);
    for (const text of acted) expect(text).toMatch(/^calling-station [123]: (?:call|check)/);
    expect(detail?.chips?.hands).toEqual([0, 1, 2, 3, 4]);
    expect(detail?.latency?.count).toBe(matches[0]?.turns);
    expect(feed.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'match.created',
        'match.started',
        'table.changed',
        'hand.ended',
        'match.ended',
      ]),
    );
  });

  it('knows which bots are there, and says so when they go', async () => {
    const { sandbox, dashboard } = await open({ seed: 'a' });
    const visitor = sandbox.addBot({ name: 'visitor' });
    const stream = await listen(dashboard.url);
    const { agent } = startAgent({ decide: () => ({ action: 'fold' }) }, visitor);
    await stream.message(({ session }) => session?.bots[0]?.online === true);
    await sandbox.result((await sandbox.dispatch(visitor.botId)).matchId);
    await stream.message(({ session }) => session?.bots[0]?.name === 'visitor');
    await agent.stop();
    const told = await stream.message(({ session }) => session?.bots[0]?.online === false);
    expect(told.session?.bots).toEqual([{ name: 'visitor', online: false }]);
    expect(stream.text()).not.toContain(visitor.token);
    stream.close();
  });
});
