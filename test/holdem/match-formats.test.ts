import { describe, expect, it } from 'vitest';
import { blindLadder, formatNames, matchFormats } from '../../src/holdem/match-formats.js';
import { createTable } from '../../src/holdem/table.js';

describe('the formats of the platform', () => {
  it('have the chips, seats and clocks that were seen', () => {
    const seen = formatNames.map((name) => {
      const { seats, startingStack, smallBlind, bigBlind, maxHands, decisionTimeoutMs } = matchFormats[name];
      return `${name}: ${seats} x ${startingStack}, ${smallBlind}/${bigBlind}, ${maxHands} hands, ${decisionTimeoutMs} ms`;
    });
    expect(seen).toEqual([
      'season: 2 x 10000, 50/100, 1000 hands, 30000 ms',
      'house-bot: 2 x 10000, 50/100, 1000 hands, 30000 ms',
      'queue: 2 x 10000, 50/100, 1000 hands, 30000 ms',
      'ranked: 2 x 10000, 50/100, 1000 hands, 2000 ms',
      'upload: 2 x 5000, 25/50, 1000 hands, 5000 ms',
      'sit-and-go: 6 x 10000, 50/100, 1000 hands, 2000 ms',
    ]);
  });

  it('raise the blinds of a season every twenty hands, by the levels that were seen, and double from there', () => {
    const levels = blindLadder(100, 60_000);
    expect(levels.map(({ bigBlind }) => bigBlind)).toEqual([
      150, 200, 300, 400, 600, 800, 1_000, 1_200, 1_600, 2_000, 3_000, 6_000, 12_000, 24_000, 48_000,
    ]);
    expect(levels.map(({ fromHand }) => fromHand)).toEqual(levels.map((_, index) => 20 * (index + 1) + 1));
    expect(levels.every(({ smallBlind, bigBlind }) => smallBlind === bigBlind / 2)).toBe(true);
  });

  it('keep every level a whole number of chips, the small blind at least one and not above the big one', () => {
    for (const bigBlind of [1, 2, 3, 50, 77]) {
      for (const level of blindLadder(bigBlind, 100_000)) {
        expect(Number.isSafeInteger(level.bigBlind) && Number.isSafeInteger(level.smallBlind)).toBe(true);
        expect(level.smallBlind).toBeGreaterThanOrEqual(1);
        expect(level.smallBlind).toBeLessThanOrEqual(level.bigBlind);
      }
    }
  });

  it('end a match between two that never fold long before the limit of hands', () => {
    const { startingStack, smallBlind, bigBlind, maxHands } = matchFormats.season;
    const blindSchedule = blindLadder(bigBlind, 6 * startingStack);
    const terms = { seats: 2, startingStack, smallBlind, bigBlind, maxHands, blindSchedule };
    for (let match = 0; match < 5; match += 1) {
      const table = createTable({ ...terms, seed: `season ${match}` });
      while (!table.over) {
        if (table.turn === null) table.startHand();
        else table.act({ action: table.turn.validActions.includes('check') ? 'check' : 'call' });
      }
      expect(table.hand).toBeLessThan(400);
    }
  });
});
