import { describe, expect, it } from 'vitest';
import { loopTurn } from '../../src/house/loop-turn.js';
import type { Sampler } from '../../src/house/spot.js';
import { type ThinkOptions, think } from '../../src/house/think.js';

/** A sampler that takes a millisecond for ten deals of a clock that stands still otherwise. */
function slowTable(options: Partial<ThinkOptions> = {}) {
  const clock = { ms: 1_000 };
  const pieces: number[] = [];
  let samples = 0;
  let pieceStart = 0;
  const sampler: Sampler = {
    get samples() {
      return samples;
    },
    equity: 0,
    deal(count) {
      samples += count;
      clock.ms += count / 10;
    },
  };
  const closePiece = () => {
    pieces.push(samples - pieceStart);
    pieceStart = samples;
  };
  const thinking = think(sampler, {
    maxSamples: 1_000,
    maxComputeMs: 1_000,
    pieceMs: 20,
    until: 10_000,
    signal: new AbortController().signal,
    now: () => clock.ms,
    ...options,
    async pause() {
      closePiece();
      clock.ms += 40;
      await options.pause?.();
    },
  });
  return {
    /** How much was dealt in each piece. */
    async end() {
      await thinking;
      closePiece();
      return pieces;
    },
    thinking,
    pieces,
  };
}

describe('thinking', () => {
  it('goes on in pieces until all samples are dealt', async () => {
    expect(await slowTable().end()).toEqual([200, 200, 200, 200, 200]);
    expect(await slowTable({ maxSamples: 230 }).end()).toEqual([200, 30]);
  });

  it('ends when it has computed long enough, not counting its pauses', async () => {
    expect(await slowTable({ maxComputeMs: 50 }).end()).toEqual([200, 200, 100]);
  });

  it('ends when the turn wants it to, counting its pauses', async () => {
    // 20 + 40 + 20 + 40, and 5 of the third piece.
    expect(await slowTable({ until: 1_125 }).end()).toEqual([200, 200, 50]);
  });

  it('deals once when there is no time at all', async () => {
    expect(await slowTable({ until: 0 }).end()).toEqual([50]);
    expect(await slowTable({ maxComputeMs: 0 }).end()).toEqual([50]);
  });

  it('ends with the reason of its signal when that fires in a pause', async () => {
    const over = new AbortController();
    const table = slowTable({ signal: over.signal, pause: async () => over.abort() });
    await expect(table.thinking).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(table.pieces).toEqual([200]);
  });
});

describe('turns of the event loop', () => {
  it('go round among those who ask, one in each turn of the loop', async () => {
    let loops = 0;
    let ticking: NodeJS.Immediate;
    const tick = () => {
      loops += 1;
      ticking = setImmediate(tick);
    };
    ticking = setImmediate(tick);
    const order: string[] = [];
    const at: number[] = [];
    const compute = async (name: string, pieces: number) => {
      for (let piece = 0; piece < pieces; piece += 1) {
        await loopTurn();
        order.push(name);
        at.push(loops);
      }
    };
    await Promise.all([compute('a', 3), compute('b', 3), compute('c', 1)]);
    clearImmediate(ticking);
    expect(order.join('')).toBe('abcabab');
    expect(at.slice(1).every((loop, index) => loop > at[index]!)).toBe(true);
  });
});
