/** Luck that is taken off, or is not. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import { isBlockOf } from '../../src/arena/fleet-checks.js';
import { createHouseArenaSeat } from '../../src/arena/house-arena-seat.js';
import { createPairingTally } from '../../src/arena/pairing-tally.js';
import { playBlock } from '../../src/arena/play-block.js';
import { runArena } from '../../src/arena/run-arena.js';
import { termsOfOptions } from '../../src/arena/terms-of-options.js';
import { arenaLines } from '../../src/cli/commands/arena-lines.js';
import { Action } from '../../src/holdem/action.js';
import { luckFreeBound, valueFunctionDigest } from '../../src/holdem/chance-terms.js';
import { type GameState } from '../../src/holdem/game-state.js';
import { makeFolder } from '../kit/folder.js';
import { houseTerms, playHouseBlock } from './arena-kit.js';

const houses = ['tight-aggressive', 'random'] as const;
const size = { pairs: 40, pairsPerBlock: 40 };
const aivat = { luck: 'aivat', valueFunction: valueFunctionDigest } as const;
const asPlayed = houseTerms(houses, { ...size, luck: 'as played' });
const allIn = houseTerms(houses, size);
const luckFree = houseTerms(houses, { ...size, ...aivat });

describe('a block', () => {
  it('as it was played has chips alone', async () => {
    const [own, usual] = [await playHouseBlock(asPlayed), await playHouseBlock(allIn)];
    expect(usual.record.adjustedChips).not.toEqual(usual.record.netChips);
    expect(own.record).toEqual({ ...usual.record, adjustedChips: null });
  });

  it('without the luck of cards has the same chips, and adjusted all-ins beside them', async () => {
    const [own, usual] = [await playHouseBlock(luckFree), await playHouseBlock(allIn)];
    const { adjustedChips, allInChips, ...rest } = own.record;
    expect({ ...rest, adjustedChips: allInChips }).toEqual(usual.record);
    const free = adjustedChips?.flat(2) ?? [];
    expect(free).toHaveLength(2 * 2 * size.pairs);
    const most = 100 * luckFreeBound(100);
    expect(free.every((chips) => Math.abs(chips) <= most)).toBe(true);
    expect(free).not.toEqual(allInChips?.flat(2));
    for (const [a = [], b = []] of adjustedChips ?? [])
      for (const [pair, chips] of a.entries()) expect(chips + (b[pair] ?? Number.NaN)).toBeCloseTo(0, 8);
    expect(isBlockOf(luckFree, { pairing: 0, block: 0 }, own)).toBe(true);
    expect(isBlockOf(allIn, { pairing: 0, block: 0 }, own)).toBe(false);
    expect(isBlockOf(luckFree, { pairing: 0, block: 0 }, usual)).toBe(false);
  });

  it('is the same where everything is told as where nothing is', async () => {
    const told = await playBlock(luckFree, { pairing: 0, block: 0 }, ({ bot, seatIndex, matchId }) => {
      const house = houses[bot] ?? 'random';
      const { seed, clockMs } = luckFree;
      const { askSilent: _, ...seat } = createHouseArenaSeat({ house, seed, seatIndex, matchId, clockMs });
      return { ...seat, hears: true };
    });
    expect(told.record).toEqual((await playHouseBlock(luckFree)).record);
  });
});

it('a verdict has the bound and the mean of what it counts, and the spreads of all ways', async () => {
  const resultOf = async (terms: typeof luckFree) => {
    const tally = createPairingTally(terms, [0, 1], 1);
    tally.add((await playHouseBlock(terms)).record);
    return tally.result().contrasts[0];
  };
  const [own, usual, raw] = [await resultOf(luckFree), await resultOf(allIn), await resultOf(asPlayed)];
  const spreadOf = (contrast: typeof own) =>
    ((contrast?.verdict.error ?? Number.NaN) * Math.sqrt(size.pairs)) / 100;
  // Before the first pair all that is known is the bound.
  const before = createPairingTally(luckFree, [0, 1], 1).result().contrasts[0]?.verdict.interval;
  expect(before).toEqual({ low: -100 * luckFreeBound(100), high: 100 * luckFreeBound(100) });
  expect(own?.spreads?.luckFree).toBeCloseTo(spreadOf(own), 6);
  expect(own?.spreads?.allIn).toBeCloseTo(spreadOf(usual), 6);
  const { low = 0, high = 0 } = usual?.verdict.interval ?? {};
  expect(own?.spreads?.allInWidth).toBeCloseTo(high - low, 6);
  expect(own?.spreads?.asPlayed).toBeCloseTo(spreadOf(raw), 6);
  expect([usual?.spreads, raw?.spreads]).toEqual([null, null]);
  expect(new Set([own, usual, raw].map((contrast) => contrast?.verdict.mean)).size).toBe(3);
});

describe('options', () => {
  const bots = [...houses];
  const termsOf = (options: Partial<ArenaOptions>) => termsOfOptions({ bots, deals: 10, ...options }).terms;

  it('say what is taken off', () => {
    expect(termsOf({})).toMatchObject({ luck: 'all-in', valueFunction: null });
    expect(termsOf({ allIn: false })).toMatchObject({ luck: 'as played', valueFunction: null });
    expect(termsOf({ aivat: true })).toMatchObject(aivat);
    expect(termsOfOptions({ bots, matches: 2 }).terms.luck).toBe('as played');
    const pool = { bots: [...bots, 'random'], pool: 'round-robin' } as const;
    expect(termsOf({ ...pool, aivat: true }).luck).toBe('aivat');
  });

  it.each([
    [{ bots: [...bots, 'random'], deals: 10, aivat: true }, 'AIVAT takes two seats, not 3: play heads-up'],
    [{ bots, matches: 2, aivat: true }, 'AIVAT takes deals'],
    [{ bots, deals: 10, aivat: true, allIn: false }, 'leave allIn: false out, or aivat'],
    [{ bots, deals: 10, aivat: 'yes' as unknown as boolean }, 'Option aivat must be true or false'],
  ])('that cannot be are refused: %j', (options, sentence) => {
    expect(() => termsOfOptions(options)).toThrow(sentence);
  });
});

/** A class plays on this thread. */
class Caller {
  decide({ validActions }: GameState): Action {
    return validActions.includes('check') ? Action.check() : Action.call();
  }
}

it('a run tells its value function and whether it helps, and does not go on in another way', async () => {
  const resume = join(makeFolder(), 'duel.jsonl');
  const options = { bots: [Caller, 'random'], deals: 40, seed: 'luck', resume };
  const result = await runArena({ ...options, aivat: true });
  const lines = arenaLines(result, 400);
  expect(lines).toContain(`AIVAT took luck off, by the value function ${valueFunctionDigest.slice(0, 12)}.`);
  const { verdict, spreads } = result.pairings[0]?.contrasts[0] ?? {};
  const width = (verdict?.interval?.high ?? Number.NaN) - (verdict?.interval?.low ?? Number.NaN);
  const usual = spreads?.allInWidth ?? Number.NaN;
  const line = lines.find((text) => text.includes('pairs spread by')) ?? '';
  expect(line).toContain(`${width.toFixed(1)} bb/100 wide, and would be ${usual.toFixed(1)} with all-ins`);
  // So few pairs are held by the bound, which is wider.
  expect(width).toBeGreaterThan(usual);
  expect(line).toContain('it does not help here');
  for (const changed of [{}, { allIn: false }])
    await expect(runArena({ ...options, ...changed })).rejects.toThrow(
      'the way of taking luck off is another',
    );
  const again = await runArena({ ...options, aivat: true });
  expect(again.pairings).toEqual(result.pairings);
  expect(again.playedNow).toBe(0);
});
