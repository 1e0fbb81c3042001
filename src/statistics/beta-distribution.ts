/**
 * The beta distribution, exact enough for shapes from a thousandth to a thousand million: intervals of shares rest on it,
 * and through it the t-distribution. Formulas: NIST Digital Library of Mathematical Functions, 5.11 and 8.17.
 */

const defaults = {
  /** Below it Stirling's series is not exact: larger numbers lead there. */
  stirlingFrom: 12,
  /** Steps of the continued fraction: it takes about the square root of the larger shape. */
  maxSteps: 500_000,
  maxHalvings: 200,
} as const;

const tiny = 1e-300;

/** The share of the distribution below `x`, from 0 to 1. Both shapes are above 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logWeight(x, a, b));
  // On this side of the mean the fraction converges, on the other that of the mirrored distribution does.
  const isLow = x <= (a + 1) / (a + b + 2);
  return isLow ? (front / a) * fraction(x, a, b) : 1 - (front / b) * fraction(1 - x, b, a);
}

/** The `x` below which the share `p` of the distribution lies. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < defaults.maxHalvings; step += 1) {
    const over = betaCdf(x, a, b) - p;
    if (over === 0) return x;
    if (over > 0) high = x;
    else low = x;
    const density = Math.exp(logWeight(x, a, b)) / (x * (1 - x));
    const newton = x - over / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= Number.EPSILON * x) return next;
    x = next;
  }
  return x;
}

/** The logarithm of the beta function B(a, b). */
export function logBeta(a: number, b: number): number {
  const sum = a + b;
  const shape = a * Math.log(a / sum) + b * Math.log(b / sum);
  const scale = 0.5 * Math.log((2 * Math.PI * sum) / (a * b));
  return shape + scale + stirlingRest(a) + stirlingRest(b) - stirlingRest(sum);
}

/** The logarithm of x^a (1 - x)^b / B(a, b), told from its peak so that large shapes cost no digits. */
function logWeight(x: number, a: number, b: number): number {
  const sum = a + b;
  const peak = a / sum;
  const away = x - peak;
  const shape = a * logLess(away / peak) + b * logLess((-away * sum) / b);
  const scale = 0.5 * Math.log((a * b) / (2 * Math.PI * sum));
  return shape + scale + stirlingRest(sum) - stirlingRest(a) - stirlingRest(b);
}

/** log(1 + u) - u */
const logLess = (u: number): number => Math.log1p(u) - u;

/** What log Γ(a) has above (a - 1/2) log a - a + log(2π) / 2 (DLMF 5.11.1). */
function stirlingRest(a: number): number {
  let rest = 0;
  let at = a;
  for (; at < defaults.stirlingFrom; at += 1) rest += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = 1 / (at * at);
  const series = 1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)));
  return rest + series / at;
}

/** The continued fraction of DLMF 8.17.22, by the method of Lentz. */
function fraction(x: number, a: number, b: number): number {
  let above = 1;
  let below = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = below;
  for (let m = 1; m <= defaults.maxSteps; m += 1) {
    const twice = a + 2 * m;
    const even = (m * (b - m) * x) / ((twice - 1) * twice);
    below = 1 / away(1 + even * below);
    above = away(1 + even / above);
    value *= above * below;
    const odd = (-(a + m) * (a + b + m) * x) / (twice * (twice + 1));
    below = 1 / away(1 + odd * below);
    above = away(1 + odd / above);
    const change = above * below;
    value *= change;
    if (Math.abs(change - 1) <= Number.EPSILON) break;
  }
  return value;
}

/** Division by zero is division by next to nothing. */
const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
