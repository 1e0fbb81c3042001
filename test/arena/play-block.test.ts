import { describe, expect, it } from 'vitest';
import type { ArenaAnswer, OpenSeat } from '../../src/arena/arena-seat.js';
import { createHouseArenaSeat } from '../../src/arena/house-arena-seat.js';
import { bigBlindsByPair, scoresByPair } from '../../src/arena/pair-values.js';
import { playBlock } from '../../src/arena/play-block.js';
import { houseTerms, matchTerms, playHouseBlock } from './arena-kit.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('a block of deals', () => {
  it('has all pairs, and the chips of each leg add up to nothing', async () => {
    const { record } = await playHouseBlock(houseTerms(['tight-aggressive', 'random']));
    expect(record.pairs).toBe(10);
    expect(record.netChips).toHaveLength(2);
    for (const byBot of record.netChips) {
      const [a = [], b = []] = byBot;
      expect(a).toHaveLength(10);
      expect(a.map((chips, pair) => chips + (b[pair] ?? Number.NaN))).toEqual(a.map(() => 0));
    }
    expect(record.netChips.flat(2).some((chips) => chips !== 0)).toBe(true);
    expect(record.hands).toEqual([record.hands[0]?.map(() => 1), record.hands[0]?.map(() => 1)]);
  });

  it.each(['random', 'tight-aggressive', 'equity'] as const)(
    '%s against itself wins nothing in any pair',
    async (house) => {
      const { record } = await playHouseBlock(houseTerms([house, house], { pairs: 5, pairsPerBlock: 5 }));
      expect(bigBlindsByPair(record, 1, { bigBlind: 100 })).toEqual([0, 0, 0, 0, 0]);
      expect(record.netChips.flat(2).some((chips) => chips !== 0)).toBe(true);
    },
  );

  it('is the same however often it is played, and whatever was played before', async () => {
    const terms = houseTerms(['equity', 'tight-aggressive'], { pairs: 8, pairsPerBlock: 4 });
    const second = await playHouseBlock(terms, { block: 1 });
    await playHouseBlock(terms, { block: 0 });
    expect((await playHouseBlock(terms, { block: 1 })).record).toEqual(second.record);
    expect(second.record.firstPair).toBe(4);
  });

  it('is the same where everything is told as where nothing is', async () => {
    const terms = houseTerms(['random', 'tight-aggressive'], { pairs: 60, pairsPerBlock: 60 });
    const told = await playBlock(terms, { pairing: 0, block: 0 }, ({ bot, seatIndex, matchId }) => {
      const house = (['random', 'tight-aggressive'] as const)[bot] ?? 'random';
      const { askSilent: _, ...seat } = createHouseArenaSeat({
        house,
        seed: terms.seed,
        seatIndex,
        matchId,
        clockMs: 1,
      });
      return { ...seat, hears: true };
    });
    expect(told.record).toEqual((await playHouseBlock(terms)).record);
  });

  it('has all-ins at what they were worth beside what was won', async () => {
    const { record } = await playHouseBlock(
      houseTerms(['random', 'random'], { pairs: 60, pairsPerBlock: 60 }),
    );
    const { netChips, adjustedChips } = record;
    let differing = 0;
    for (const [leg, byBot] of netChips.entries()) {
      const [a = [], b = []] = adjustedChips?.[leg] ?? [];
      for (const [pair, chips] of a.entries()) {
        expect(chips + (b[pair] ?? Number.NaN)).toBeCloseTo(0, 8);
        expect(Math.abs(chips)).toBeLessThanOrEqual(10_000);
        if (chips !== byBot[0]?.[pair]) differing += 1;
      }
    }
    // Most hands have no all-in before the river.
    expect(differing).toBeGreaterThan(0);
    expect(differing).toBeLessThan(60);
    // A bot against itself wins nothing, adjusted or not.
    for (const value of bigBlindsByPair(record, 1, { bigBlind: 100, chips: 'adjustedChips' }))
      expect(value).toBeCloseTo(0, 9);
  });

  it('the last block has the pairs that are left', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'random'], { pairs: 12 }), { block: 1 });
    expect(record.pairs).toBe(2);
  });

  it('each bot has each seat once where there are more', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'random', 'random']));
    expect(record.netChips).toHaveLength(3);
    for (const bot of [0, 1, 2])
      expect(bigBlindsByPair(record, bot, { bigBlind: 100 })).toEqual(Array(10).fill(0));
  });
});

describe('the legs of a block that are played at once', () => {
  const houses = ['random', 'tight-aggressive'] as const;
  const place = { pairing: 0, block: 0 };
  const detailed = { details: true, pairs: 60, pairsPerBlock: 60 };

  /** Seats that answer when `soon` says so. */
  const slowly =
    (seed: string, soon: (leg: number) => Promise<unknown>): OpenSeat =>
    ({ bot, leg, seatIndex, matchId }) => {
      const house = houses[bot] ?? 'random';
      const seat = createHouseArenaSeat({ house, seed, seatIndex, matchId, clockMs: 1 });
      const { askSilent: _, ...heard } = seat;
      const ask = async (...given: Parameters<typeof seat.ask>): Promise<ArenaAnswer> => {
        await soon(leg);
        return seat.ask(...given);
      };
      return { ...heard, hears: true, ask };
    };

  it('wait for each other nowhere', async () => {
    const asked = new Set<number>();
    let go: (() => void) | undefined;
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    const terms = houseTerms(houses, { pairs: 2, pairsPerBlock: 2 });
    const openSeat = slowly(terms.seed, (leg) => {
      asked.add(leg);
      if (asked.size === 2) go?.();
      return both;
    });
    const { record } = await playBlock(terms, place, openSeat, { atOnce: true });
    expect(record).toEqual((await playHouseBlock(terms)).record);
  });

  it.each([
    ['deals', detailed],
    ['matches', { ...matchTerms, details: true, maxHands: 40 }],
  ])('come to the same as one after the other, whichever is faster (%s)', async (_, more) => {
    const terms = houseTerms(houses, more);
    const after = async (loops: number): Promise<void> => {
      for (let loop = 0; loop < loops; loop += 1) await Promise.resolve();
    };
    const played = async (atOnce: boolean, loopsOfLegs: readonly number[]) => {
      const openSeat = slowly(terms.seed, (leg) => after(loopsOfLegs[leg] ?? 0));
      const { record, hands } = await playBlock(terms, place, openSeat, { atOnce, withHands: true });
      return JSON.stringify({ record, hands });
    };
    const alone = await played(false, [0, 0]);
    expect(await played(true, [0, 7])).toBe(alone);
    expect(await played(true, [7, 0])).toBe(alone);
  });

  it('are all over when one of them has failed', async () => {
    let ended = 0;
    const terms = houseTerms(houses, { pairs: 3, pairsPerBlock: 3 });
    const open = slowly(terms.seed, () => Promise.resolve());
    const openSeat: OpenSeat = async (seat) => {
      if (seat.leg === 0) throw new Error('no thread');
      const opened = await open(seat);
      return { ...opened, end: () => void (ended += 1) };
    };
    await expect(playBlock(terms, place, openSeat, { atOnce: true })).rejects.toThrow('no thread');
    expect(ended).toBe(2);
  });
});

describe('a block of matches', () => {
  it('is one pair, each played to a bust', async () => {
    const { record } = await playHouseBlock(
      houseTerms(['tight-aggressive', 'calling-station'], { ...matchTerms }),
    );
    expect(record.pairs).toBe(1);
    expect(record.netChips.flat(2).map(Math.abs)).toEqual([10_000, 10_000, 10_000, 10_000]);
    expect(record.hands.flat().every((hands) => hands > 1)).toBe(true);
    expect(sum([...scoresByPair(record, 0, 1), ...scoresByPair(record, 1, 0)])).toBe(1);
    expect(record.adjustedChips).toBeNull();
  });

  it('a bot against itself wins half', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'random'], { ...matchTerms }));
    expect(scoresByPair(record, 1, 0)).toEqual([0.5]);
  });
});
