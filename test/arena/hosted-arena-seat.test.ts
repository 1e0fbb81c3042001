import { afterEach, expect, it, vi } from 'vitest';
import { arenaEnd, arenaStart } from '../../src/arena/arena-frames.js';
import { createHereThread } from '../../src/arena/here-thread.js';
import { openHostedSeat } from '../../src/arena/hosted-arena-seat.js';
import { runArena } from '../../src/arena/run-arena.js';
import type { BotLike } from '../../src/bot/bot.js';
import { Action } from '../../src/holdem/action.js';
import { BadBotError } from '../../src/protocol/errors.js';
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

it('a bot that cannot be made for a later match loses its pairs, and is named', async () => {
  let made = 0;
  class Fading {
    constructor() {
      made += 1;
      if (made > 2) throw new Error('no file left');
    }
    decide() {
      return { action: 'fold' };
    }
  }
  const result = await runArena({ bots: ['calling-station', Fading], deals: 6, seed: 'fading' });
  const [pairing] = result.pairings;
  expect(pairing?.losses).toEqual(
    [0, 1, 2, 3, 4, 5].map((pair) => ({
      pair,
      leg: 1,
      bot: 1,
      why: 'unfit',
      message: 'It could not be made: no file left',
    })),
  );
  expect(pairing?.lostPairs).toBe(6);
});

it('a bot that no thread can be started with any more is lost, too, until one can', async () => {
  let opened = 0;
  const starts: number[] = [];
  const seat = await openHostedSeat({
    seed: 's',
    seatIndex: 0,
    matchId: 'm',
    clockMs: 1_000,
    open() {
      opened += 1;
      if (opened < 3) return Promise.reject(new BadBotError('gone'));
      const thread = createHereThread(() => ({
        onMatchStart: () => void starts.push(opened),
        decide: () => ({ action: 'fold' }),
      }));
      thread.post({ type: 'seat', matchId: 'm' });
      return Promise.resolve(thread);
    },
    onTrouble: () => undefined,
  });
  const terms = houseTerms(['random', 'random']);
  seat.hear(arenaStart(terms, terms.names, 0));
  await seat.beginPair(0);
  expect(seat.loss).toEqual({ why: 'unfit', message: 'It could not be made: gone' });
  await seat.beginPair(1);
  expect(seat.loss).toBeNull();
  const won = [0, 1].map(() => ({ netChips: 0, handsWon: 0 }));
  await seat.end(arenaEnd(terms, terms.names, won, 1));
  expect(starts).toEqual([3]);
});

it('a bot of this thread is told what it has hooks for, and plays the same without them', async () => {
  const played: string[] = [];
  const heard = new Map<string, number>();
  const count = (hook: string) => () => void heard.set(hook, (heard.get(hook) ?? 0) + 1);
  const decide: BotLike['decide'] = (state) => {
    played.push(JSON.stringify(state));
    return { action: state.toCall > 0 ? 'call' : 'check' };
  };
  const run = (bot: () => BotLike) => runArena({ bots: [bot, 'calling-station'], deals: 3, seed: 'hooks' });
  await run(() => ({ decide }));
  const alone = played.splice(0);
  await run(() => ({ decide, onTurnResult: count('turn'), onRoundResult: count('round') }));
  // A hook that comes in the middle of a match is called from then on.
  await run(() => {
    const bot: BotLike = {
      decide(...given) {
        bot.onPhaseChange = count('phase');
        return decide(...given);
      },
    };
    return bot;
  });
  expect(alone.length).toBeGreaterThan(20);
  expect(played).toEqual([...alone, ...alone]);
  // Six hands, all of them called down: four actions before the flop with the small blind's call, two on each street.
  expect(Object.fromEntries(heard)).toEqual({ turn: 6 * 8, round: 6, phase: 6 * 3 });
});
