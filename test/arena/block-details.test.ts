/** What blocks keep of their hands: by position, ending and depth, with the biggest pots. */
import { describe, expect, it } from 'vitest';
import type { BlockRecord } from '../../src/arena/arena-record.js';
import { groupsByKind } from '../../src/arena/detail-groups.js';
import { createHouseArenaSeat } from '../../src/arena/house-arena-seat.js';
import { bigBlindsByPair } from '../../src/arena/pair-values.js';
import { createDetailSums } from '../../src/arena/pairing-details.js';
import { playBlock } from '../../src/arena/play-block.js';
import { chipsOf } from '../../src/histories/hand-chips.js';
import { unpackHand } from '../../src/playback/packed-hand.js';
import { houseTerms, matchTerms, playHouseBlock } from './arena-kit.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const detailed = { details: true, pairs: 30, pairsPerBlock: 30 };

function resultOf(blocks: readonly BlockRecord[], bots: number) {
  const sums = createDetailSums(bots);
  for (const { details } of blocks) if (details !== undefined) sums.add(details);
  return sums.result();
}

describe('details of deals', () => {
  it('have each hand in one group of each kind, and add up to what the verdict counts', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'calling-station'], detailed));
    const result = resultOf([record], 2);
    for (const bot of [0, 1]) {
      const won = 2 * sum(bigBlindsByPair(record, bot, { bigBlind: 100, chips: 'adjustedChips' }));
      for (const kind of ['position', 'ending', 'depth'] as const) {
        const figures = result[kind].map(({ bots }) => bots[bot]);
        expect(sum(figures.map((figure) => figure?.hands ?? 0))).toBe(60);
        expect(
          sum(figures.map((figure) => ((figure?.per100.value ?? 0) * (figure?.hands ?? 0)) / 100)),
        ).toBeCloseTo(won, 6);
      }
    }
    expect(result.position.map(({ group, bots }) => [group, bots[1]?.hands, bots[1]?.pairs])).toEqual([
      ['BTN', 30, 30],
      ['BB', 30, 30],
    ]);
    expect(result.depth.map(({ group }) => group)).toEqual(['75 to 150']);
    expect(result.ending.length).toBeGreaterThan(2);
  });

  it('take the hands of a pair as one observation', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'random'], detailed));
    // A bot against itself wins in one leg what it loses in the other.
    const [depth] = resultOf([record], 2).depth;
    expect(depth?.bots[0]).toMatchObject({ hands: 60, pairs: 30 });
    expect(depth?.bots[0]?.per100.value).toBeCloseTo(0, 9);
    expect(depth?.bots[0]?.per100.error).toBeCloseTo(0, 6);
    const [button] = resultOf([record], 2).position;
    expect(button?.bots[0]?.per100.error).toBeGreaterThan(1);
  });

  it('are the same where everything is told as where nothing is, and in whatever blocks', async () => {
    const terms = houseTerms(['random', 'calling-station'], detailed);
    const silent = await playHouseBlock(terms);
    const told = await playBlock(terms, { pairing: 0, block: 0 }, ({ bot, seatIndex, matchId }) => {
      const house = (['random', 'calling-station'] as const)[bot] ?? 'random';
      const { askSilent: _, ...seat } = createHouseArenaSeat({
        house,
        seed: terms.seed,
        seatIndex,
        matchId,
        clockMs: 1,
      });
      return { ...seat, hears: true };
    });
    expect(JSON.stringify(told.record)).toBe(JSON.stringify(silent.record));
  });

  it('keep the biggest pots with hands that can be played again', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'calling-station'], detailed));
    const pots = record.details?.pots ?? [];
    expect(pots).toHaveLength(5);
    expect(pots.map(({ bigBlinds }) => bigBlinds)).toEqual(
      pots.map(({ bigBlinds }) => bigBlinds).toSorted((a, b) => b - a),
    );
    for (const { pair, leg, bigBlinds, hand } of pots) {
      const names = ['first', 'second'];
      const { hand: history } = unpackHand(hand, { source: 'sandbox', matchId: 'm', names });
      expect(chipsOf(history).pot / 100).toBe(bigBlinds);
      for (const [bot, name] of names.entries()) {
        const seat = history.seats.find((one) => one.name === name);
        expect((seat?.stackAfter ?? 0) - (seat?.stack ?? 0)).toBe(record.netChips[leg]?.[bot]?.[pair]);
      }
    }
  });

  it('are bounded: a block of more hands is hardly longer', async () => {
    const lengths = await Promise.all(
      [50, 200].map(async (pairs) => {
        const { record } = await playHouseBlock(
          houseTerms(['random', 'calling-station'], { details: true, pairs, pairsPerBlock: pairs }),
        );
        return JSON.stringify(record.details).length;
      }),
    );
    expect(lengths[1]).toBeLessThan(1.3 * (lengths[0] ?? 0));
    expect(lengths[1]).toBeLessThan(8_000);
  });

  it('are not there where nobody asks', async () => {
    const { record } = await playHouseBlock(houseTerms(['random', 'random']));
    expect(record).not.toHaveProperty('details');
  });
});

describe('details of matches', () => {
  it('have depths and every hand, at the big blind of its level', async () => {
    const { record } = await playHouseBlock(
      houseTerms(['calling-station', 'calling-station', 'random'], { ...matchTerms, details: true }),
    );
    const result = resultOf([record], 3);
    expect(result.depth.length).toBeGreaterThan(1);
    const hands = sum(record.hands.map(([played = 0]) => played));
    const most = Math.max(
      ...[0, 1, 2].map((bot) => sum(result.position.map(({ bots }) => bots[bot]?.hands ?? 0))),
    );
    expect(most).toBeLessThanOrEqual(hands);
    expect(most).toBeGreaterThan(hands / 2);
    // Of three, two are left at the end of each match.
    expect(result.position.map(({ group }) => group)).toEqual(groupsByKind.position.slice(0, 3));
  });
});
