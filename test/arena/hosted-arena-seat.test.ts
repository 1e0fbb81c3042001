import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { arenaEnd } from '../../src/arena/arena-frames.js';
import { createHereThread } from '../../src/arena/here-thread.js';
import { openHostedSeat } from '../../src/arena/hosted-arena-seat.js';
import { houseTerms } from './arena-kit.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a bot that does not come to the end of a match is named and ended, and costs no pair of the next one', async () => {
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
