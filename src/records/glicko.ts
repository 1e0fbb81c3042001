/**
 * Glicko-2, the rating of players who are compared in few games. Steps and symbols are those of Mark Glickman's paper
 * "Example of the Glicko-2 system" (glicko.net/glicko/glicko2.pdf, 22 March 2022).
 */

const defaults = {
  /** The paper's tau: how much a volatility changes. It names 0.3 to 1.2 as reasonable. */
  tau: 0.5,
  /** The paper's epsilon. */
  precision: 0.000_001,
} as const;

/** The paper's steps 2 and 8: between the Glicko and the Glicko-2 scale. */
const scale = 173.7178;
const center = 1_500;

/** How strong a player is, and how sure that is. */
export interface Rating {
  readonly rating: number;
  readonly deviation: number;
  readonly volatility: number;
}

/** One game against a player with this rating: 1 is won, 0 is lost, 0.5 is drawn. */
export interface Game {
  readonly opponent: Rating;
  readonly score: number;
}

/** A player who has not played. */
export const unrated: Rating = { rating: center, deviation: 350, volatility: 0.06 };

/** The rating after these games, all of them of one rating period. Without games only the deviation grows. */
export function rated(player: Rating, games: readonly Game[], tau: number = defaults.tau): Rating {
  const mu = (player.rating - center) / scale;
  const phi = player.deviation / scale;
  let information = 0;
  let surprise = 0;
  for (const { opponent, score } of games) {
    const g = 1 / Math.sqrt(1 + (3 * (opponent.deviation / scale) ** 2) / Math.PI ** 2);
    const expected = 1 / (1 + Math.exp(-g * (mu - (opponent.rating - center) / scale)));
    information += g ** 2 * expected * (1 - expected);
    surprise += g * (score - expected);
  }
  if (games.length === 0) {
    return { ...player, deviation: scale * Math.sqrt(phi ** 2 + player.volatility ** 2) };
  }
  const variance = 1 / information;
  const volatility = volatilityAfter({ phi, variance, delta: variance * surprise }, player.volatility, tau);
  const newPhi = 1 / Math.sqrt(1 / (phi ** 2 + volatility ** 2) + information);
  return {
    rating: center + scale * (mu + newPhi ** 2 * surprise),
    deviation: scale * newPhi,
    volatility,
  };
}

interface Period {
  readonly phi: number;
  readonly variance: number;
  readonly delta: number;
}

/** Step 5, by the Illinois algorithm. */
function volatilityAfter({ phi, variance, delta }: Period, sigma: number, tau: number): number {
  const a = Math.log(sigma ** 2);
  const f = (x: number): number => {
    const power = Math.exp(x);
    const spread = phi ** 2 + variance + power;
    return (power * (delta ** 2 - spread)) / (2 * spread ** 2) - (x - a) / tau ** 2;
  };
  let low = a;
  let high = Math.log(delta ** 2 - phi ** 2 - variance);
  if (delta ** 2 <= phi ** 2 + variance) {
    let k = 1;
    while (f(a - k * tau) < 0) k += 1;
    high = a - k * tau;
  }
  let fLow = f(low);
  let fHigh = f(high);
  while (Math.abs(high - low) > defaults.precision) {
    const middle = low + ((low - high) * fLow) / (fHigh - fLow);
    const fMiddle = f(middle);
    if (fMiddle * fHigh <= 0) {
      low = high;
      fLow = fHigh;
    } else {
      fLow /= 2;
    }
    high = middle;
    fHigh = fMiddle;
  }
  return Math.exp(low / 2);
}
