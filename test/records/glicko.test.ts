import { describe, expect, it } from 'vitest';
import { type Game, type Rating, rated, unrated } from '../../src/records/glicko.js';

const player = (rating: number, deviation: number): Rating => ({ rating, deviation, volatility: 0.06 });
const won = (opponent: Rating): Game => ({ opponent, score: 1 });
const lost = (opponent: Rating): Game => ({ opponent, score: 0 });

describe('Glicko-2', () => {
  it("gives the numbers of the paper's worked example", () => {
    const games = [won(player(1_400, 30)), lost(player(1_550, 100)), lost(player(1_700, 300))];
    const after = rated(player(1_500, 200), games, 0.5);
    expect(after.rating).toBeCloseTo(1_464.06, 1);
    expect(after.deviation).toBeCloseTo(151.52, 1);
    // Printed as 0.05999; the digits behind it are cut off.
    expect(after.volatility).toBeGreaterThanOrEqual(0.059_99);
    expect(after.volatility).toBeLessThan(0.06);
  });

  it('moves only the deviation of a player without games', () => {
    const after = rated(player(1_500, 200), []);
    expect(after.rating).toBe(1_500);
    expect(after.deviation).toBeCloseTo(Math.hypot(200, 0.06 * 173.7178), 6);
  });

  it('raises the volatility of a player whose results nobody expected', () => {
    const stranger = { ...player(1_500, 50), volatility: 0.06 };
    const strong = player(2_600, 30);
    const after = rated(stranger, [won(strong), won(strong), won(strong)]);
    expect(after.volatility).toBeGreaterThan(0.06);
    expect(after.rating).toBeGreaterThan(1_500);
  });

  it('comes to the deviation of about 60 that players see after 100 matches, one a period', () => {
    let [one, other] = [unrated, unrated];
    for (let match = 0; match < 100; match += 1) {
      const [before, others] = [one, other];
      one = rated(before, [{ opponent: others, score: match % 2 }]);
      other = rated(others, [{ opponent: before, score: 1 - (match % 2) }]);
    }
    expect(one.deviation).toBeGreaterThan(55);
    expect(one.deviation).toBeLessThan(70);
  });

  it('moves a draw between equals nowhere, and one against a stronger player up', () => {
    expect(rated(unrated, [{ opponent: unrated, score: 0.5 }]).rating).toBeCloseTo(1_500, 9);
    expect(rated(unrated, [{ opponent: player(1_700, 50), score: 0.5 }]).rating).toBeGreaterThan(1_500);
  });
});
