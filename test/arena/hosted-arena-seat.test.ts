import { afterEach, expect, it, vi } from 'vitest';
import { arenaEnd } from '../../src/arena/arena-frames.js';
import { createHereThread } from '../../src/arena/here-thread.js';
import { openHostedSeat } from '../../src/arena/hosted-arena-seat.js';
import { runArena } from '../../src/arena/run-arena.js';
import { Action } from '../../src/holdem/action.js';
import { houseTerms } from './arena-kit.js';

afterEach(() => void vi.useRealTimers());

it('a bot that does not come to the end of a match is named and ended, and costs no pair of the next one', async () => {
  vi.useFakeTimers();
  const thread = createHereThread(() => ({
    decide: () => ({ action: 'fold' }),
    onMatchEnd: () => new Promise(() => undefined),
  }));
  thread.post({ type: 'seat', matchId: 'm' });
  const troubles: string[] = [];
  const seat = await openHostedSeat({
    seed: 's',
    seatIndex: 0,
    matchId: 'm',
    clockMs: 1_000,
    open: () => Promise.resolve(thread),
    onTrouble: (sentence) => troubles.push(sentence),
  });
  const won = [0, 1].map(() => ({ netChips: 0, handsWon: 0 }));
  const ended = seat.end(arenaEnd(houseTerms(['random', 'random']), ['a', 'b'], won, 1));
  await vi.advanceTimersByTimeAsync(60_000);
  await ended;
  expect(thread.hasEnded).toBe(true);
  expect(troubles.at(-1)).toBe('The end of a match took it more than 10 s.');
});

it('an all-in is the raise or the call that it becomes, and no slip of the bot', async () => {
  class Shover {
    decide() {
      return Action.allIn();
    }
  }
  const troubles: string[] = [];
  const result = await runArena({
    bots: [Shover, 'random'],
    deals: 20,
    seed: 'all-in',
    onBotTrouble: (_, sentence) => troubles.push(sentence),
  });
  const [answers] = result.pairings[0]?.answers ?? [];
  expect(answers?.turns).toBeGreaterThan(20);
  expect(answers).toMatchObject({ answeredFor: 0, failed: 0, corrected: 0 });
  expect(troubles).toEqual([]);
});
