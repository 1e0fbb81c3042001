import { expect, it } from 'vitest';
import { runArena } from '../../src/arena/run-arena.js';

it('a bot of this thread is asked nothing more once the run was ended and its turn is over', async () => {
  const controller = new AbortController();
  let turns = 0;
  class Caller {
    async decide(state: { validActions: readonly string[] }) {
      turns += 1;
      if (turns === 5) controller.abort();
      await new Promise((resolve) => setImmediate(resolve));
      return { action: state.validActions.includes('check') ? 'check' : 'call' };
    }
  }
  const result = await runArena({
    bots: [Caller, 'calling-station'],
    deals: 50,
    seed: 'here',
    signal: controller.signal,
  });
  expect(result.end).toBe('stopped');
  // Far more turns of the event loop than one of its decisions takes.
  for (let loops = 0; loops < 50; loops += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(turns).toBe(5);
});
