/** Whether Prometheus' own checker takes the metrics of a session that has played, lost its lobby and failed. */
import { expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { startAgent } from '../kit/agent.js';
import { openPlatform } from '../kit/platform.js';
import { promtoolOn } from './check-with-promtool.js';
import { parseExposition, valueOf } from './exposition.js';

it('promtool finds nothing in them', async () => {
  const { sandbox } = await openPlatform({ maxHands: 3 });
  const bot = sandbox.addBot();
  let asked = 0;
  const { events, done } = startAgent(
    {
      decide() {
        asked += 1;
        if (asked === 2) throw new Error('no cards');
        return Action.call();
      },
    },
    bot,
    { metrics: 0, maxMatches: 1 },
  );
  const { url } = await events.next('metrics.listening');
  await events.next('lobby.listening');
  await sandbox.dispatch(bot.botId, { opponent: 'calling-station' });
  await events.next('turn.answered');
  const text = await (await fetch(url)).text();
  expect(promtoolOn(text)).toEqual({ status: 0, said: '' });
  expect(valueOf(parseExposition(text), 'chipzen_matches_live')).toBe(1);
  await done;
});

it('promtool is one that finds something', () => {
  expect(promtoolOn('# HELP turns h\n# TYPE turns counter\nturns 1\n')).toMatchObject({
    said: expect.stringContaining('counter metrics should have "_total" suffix'),
  });
});
