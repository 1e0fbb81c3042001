import { afterEach, describe, expect, it } from 'vitest';
import { createSandboxDashboard, type Dashboard } from '../../src/dashboard/index.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { listen } from './client.js';

describe('the dashboard of a local platform', () => {
  let sandbox: Sandbox;
  let dashboard: Dashboard;
  afterEach(async () => {
    await dashboard.close();
    await sandbox.close();
  });

  it('shows a whole match, all cards face up', async () => {
    sandbox = await createSandbox({ port: 0, seed: 'both sides', speed: 0, maxHands: 4 });
    dashboard = await createSandboxDashboard(sandbox);
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
        seats: ['calling-station', 'calling-station', 'calling-station'],
        self: null,
        outcome: 'completed',
        hand: 4,
        stacks,
      },
    ]);
    expect(detail?.table?.seats.map(({ cards }) => cards.length)).toEqual([2, 2, 2]);
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
    sandbox = await createSandbox({ port: 0, seed: 'a', speed: 0 });
    dashboard = await createSandboxDashboard(sandbox);
    const { createAgent } = await import('../../src/agent/agent.js');
    const { lobbyUrl, token, botId } = sandbox.addBot({ name: 'visitor' });
    const stream = await listen(dashboard.url);
    const agent = createAgent(
      { decide: () => ({ action: 'fold' }) },
      { url: lobbyUrl, token, config: null },
      { env: {} },
    );
    void agent.start();
    await stream.message(({ session }) => session?.bots[0]?.online === true);
    await sandbox.result((await sandbox.dispatch(botId)).matchId);
    await stream.message(({ session }) => session?.bots[0]?.name === 'visitor');
    await agent.stop();
    const told = await stream.message(({ session }) => session?.bots[0]?.online === false);
    expect(told.session?.bots).toEqual([{ name: 'visitor', online: false }]);
    expect(stream.text()).not.toContain(token);
    stream.close();
  });
});
