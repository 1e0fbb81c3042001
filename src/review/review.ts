/** Adds matches up to a review. */
import type { CollectedMatch } from '../histories/collection/collected-match.js';
import type { RefusedHand } from '../histories/formats/hand-refusal.js';
import {
  addClusterSums,
  addValueSums,
  type ClusterSums,
  clusteredMean,
  type Estimate,
  effectiveNumber,
  meanEstimate,
  noClusters,
  noValues,
  type ValueSums,
  withCluster,
} from '../statistics/mean-interval.js';
import { quantileOf } from '../statistics/quantile.js';
import { betaInterval } from '../statistics/share-interval.js';
import { createEquityTable } from './equity-table.js';
import { type Count, insert, type MatchReview, reviewMatch, streets } from './match-review.js';
import { isSameName, type OwnSeat, type OwnSeatTerms, ownSeatOf } from './own-seat.js';
import { type HandPlace, places } from './places.js';
import {
  type AnsweredFor,
  type Figure,
  type PlaceReview,
  type Review,
  type ReviewBase,
  reviewDefaults,
  type SlowTurn,
  type WorstHand,
} from './review-shape.js';
import { createStars } from './stars.js';

export interface ReviewOptions extends OwnSeatTerms {
  /** Only matches with a player of this name at another seat. */
  readonly opponent?: string | undefined;
  /** Only matches that began then or later, in epoch milliseconds; those whose time is not known are left out. */
  readonly since?: number | undefined;
  /** Only the newest so many matches of those that the other options leave. */
  readonly last?: number | undefined;
  /** How many of the worst hands and of the slowest turns are told. Default: 8. */
  readonly worst?: number | undefined;
  /** Ends the reading: the review is of what was read until then, and says so. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reviews matches, in the order in which they began: those of `readCollection`.
 *
 * Every hand that was finished and whose chips are known is the base of every figure, won and lost matches alike. Errors are
 * those that matches show, which keep the hands of a match together; with a single match, those of its hands.
 */
export async function reviewMatches(
  matches: AsyncIterable<CollectedMatch> | Iterable<CollectedMatch>,
  options: ReviewOptions = {},
): Promise<Review> {
  const { last = Number.POSITIVE_INFINITY, worst = reviewDefaults.worst, signal } = options;
  const equities = createEquityTable();
  const total = createTotal(worst);
  let [matchesWithoutSeat, matchesWithoutHands] = [0, 0];
  const playersSeen = new Set<string>();
  /** The newest matches in their pieces: older ones are known to be left out only when newer ones come. */
  const newest: Piece[][] = [];
  for await (const match of untilEnded(matches, signal)) {
    const own = ownSeatOf(match, options);
    if (own === null) {
      matchesWithoutSeat += 1;
      for (const { name } of match.players)
        if (playersSeen.size < reviewDefaults.playersSeen) playersSeen.add(name);
      continue;
    }
    if (!isWanted(match, own, options)) continue;
    if (match.hands.length + match.refused.length === 0) {
      matchesWithoutHands += 1;
      continue;
    }
    const { matchId, isContinued, refused } = match;
    const piece = { matchId, isContinued, refused, review: reviewMatch(match, { own, equities, worst }) };
    const before = isContinued ? newest.at(-1) : undefined;
    if (last === Number.POSITIVE_INFINITY) total.add(piece);
    else if (before?.[0]?.matchId === matchId) before.push(piece);
    else newest.push([piece]);
    if (newest.length > last) newest.shift();
  }
  for (const piece of newest.flat()) total.add(piece);
  const isWhole = signal?.aborted !== true;
  return total.review({ isWhole, matchesWithoutSeat, matchesWithoutHands, playersSeen: [...playersSeen] });
}

/** The same review, which also names hands that were refused before they were part of a match. */
export function withRefused(
  review: Review,
  more: readonly (RefusedHand & { readonly file: string })[],
): Review {
  const { refusedHands, left } = review.base;
  const refused: Record<string, number> = { ...left.refused };
  for (const { code } of more) refused[code] = (refused[code] ?? 0) + 1;
  const named = more.map(({ file, handNumber, code, why }) => ({
    matchId: null,
    file,
    handNumber,
    code,
    why,
  }));
  const base = { ...review.base, left: { ...left, refused }, refusedHands: [...refusedHands, ...named] };
  return { ...review, base };
}

interface Piece extends Pick<CollectedMatch, 'matchId' | 'isContinued' | 'refused'> {
  readonly review: MatchReview;
}

function isWanted(match: CollectedMatch, own: OwnSeat, { opponent, since }: ReviewOptions): boolean {
  if (since !== undefined && (match.startedAt === null || match.startedAt < since)) return false;
  return (
    opponent === undefined ||
    match.players.some(({ seat, name }) => seat !== own.seat && isSameName(name, opponent))
  );
}

/** What was read before the signal is the end of it, not an error. */
async function* untilEnded(
  matches: AsyncIterable<CollectedMatch> | Iterable<CollectedMatch>,
  signal: AbortSignal | undefined,
): AsyncGenerator<CollectedMatch> {
  try {
    yield* matches;
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
  }
}

interface Sums {
  readonly values: ValueSums;
  /** Matches, weighted by how often the value came. */
  readonly own: ClusterSums;
  /** Matches, weighted by all of their hands. */
  readonly ofHands: ClusterSums;
}

const noSums: Sums = { values: noValues, own: noClusters, ofHands: noClusters };

function createTotal(most: number) {
  const sums = new Map<Count, Sums>();
  const chips = new Map<Count, number>();
  const causes: Partial<Record<keyof AnsweredFor['causes'], number>> = {};
  const refused: Record<string, number> = {};
  const refusedHands: ReviewBase['refusedHands'][number][] = [];
  const worst: WorstHand[] = [];
  const slowest: SlowTurn[] = [];
  const latencies: number[] = [];
  let [matches, hands, unfinished, noStacks, answeredTurns, othersTurns] = [0, 0, 0, 0, 0, 0];
  const sumsOf = (count: Count): Sums => sums.get(count) ?? noSums;
  const chipsOf = (count: Count): number => chips.get(count) ?? 0;

  return {
    add({ matchId, isContinued, refused: notRead, review: one }: Piece): void {
      if (!isContinued) matches += 1;
      // Hands of no match do not depend on each other.
      const isOfMatch = matchId !== null;
      hands += one.hands;
      unfinished += one.unfinished;
      noStacks += one.noStacks;
      answeredTurns += one.answeredTurns;
      othersTurns += one.othersTurns;
      for (const { handNumber, code, why } of notRead) {
        refused[code] = (refused[code] ?? 0) + 1;
        refusedHands.push({ matchId, file: null, handNumber, code, why });
      }
      for (const [count, values] of one.values) {
        const before = sumsOf(count);
        sums.set(count, {
          values: addValueSums(before.values, values),
          own: isOfMatch
            ? withCluster(before.own, values.sum, values.n)
            : addClusterSums(before.own, eachAsCluster(values, values.n)),
          ofHands: before.ofHands,
        });
      }
      for (const count of countsOfHands) {
        const before = sumsOf(count);
        const values = one.values.get(count) ?? noValues;
        const ofHands = isOfMatch
          ? withCluster(before.ofHands, values.sum, one.hands)
          : addClusterSums(before.ofHands, eachAsCluster(values, one.hands));
        sums.set(count, { ...before, ofHands });
      }
      for (const [count, amount] of one.chips) chips.set(count, chipsOf(count) + amount);
      for (const [cause, turns] of Object.entries(one.causes) as [keyof AnsweredFor['causes'], number][])
        causes[cause] = (causes[cause] ?? 0) + turns;
      for (const hand of one.worst) insert(worst, hand, { most, of: (lost) => -lost.chips });
      for (const turn of one.slowest) insert(slowest, turn, { most, of: ({ ms }) => ms });
      for (const ms of one.latencies) latencies.push(ms);
    },

    review(seats: Omit<ReviewBase, 'matches' | 'hands' | 'left' | 'refusedHands'>): Review {
      const stars = createStars();
      const mean = (count: Count, isTested = false): Figure => {
        const { values, own } = sumsOf(count);
        return stars.figure({ n: values.n, isTested }, (level) =>
          own.clusters > 1 ? clusteredMean(own, level) : meanEstimate(values, level),
        );
      };
      const share = (count: Count): Figure => {
        const { values, own } = sumsOf(count);
        return stars.figure({ n: values.n, isTested: false }, () => shareEstimate(values, own));
      };
      const perHundred = (count: Count, isTested: boolean): Figure => {
        const { values, ofHands } = sumsOf(count);
        return stars.figure({ n: values.n, isTested }, (level) =>
          // Hands of other places count as 0.
          times(
            ofHands.clusters > 1
              ? clusteredMean(ofHands, level)
              : meanEstimate({ ...values, n: ofHands.weight }, level),
            100,
          ),
        );
      };
      const draft = {
        base: {
          matches,
          hands,
          left: { refused, unfinished, noStacks },
          refusedHands,
          ...seats,
        },
        chips: chipsOf('net'),
        bbPer100: perHundred('net', true),
        places: (Object.keys(places) as HandPlace[]).map((place): PlaceReview => {
          const count = `place ${place}` as const;
          return {
            place,
            hands: sumsOf(count).values.n,
            chips: chipsOf(count),
            bbPer100: perHundred(count, false),
            bbPerHand: mean(count, tested.has(place)),
          };
        }),
        allIn: {
          hands: sumsOf('allInShare').values.n,
          equity: mean('allInShare'),
          bbOfLuck: mean('allInLuck', true),
          chipsOfLuck: chipsOf('allInLuck'),
        },
        streets: streets.map((street) => ({
          street,
          faced: sumsOf(`folded ${street}`).values.n,
          folded: share(`folded ${street}`),
          called: share(`called ${street}`),
          raised: share(`raised ${street}`),
          spent: chipsOf(`lostAfterCall ${street}`),
          lostAfterCall: share(`lostAfterCall ${street}`),
          bbPerCall: mean(`perCall ${street}`, true),
          bestFolded: share(`bestFolded ${street}`),
        })),
        answeredFor: {
          turns: answeredTurns,
          causes,
          hands: sumsOf('answeredFor').values.n,
          chips: chipsOf('answeredFor'),
          bbPerHand: mean('answeredFor', true),
          othersTurns,
        },
        worst,
        slowest,
        latencyMs: latencyOf(latencies),
      };
      return { ...draft, figuresLookedAt: stars.settle() };
    },
  };
}

/** Places that are neither won nor lost by what they mean: their mean may be 0. */
const tested: ReadonlySet<HandPlace> = new Set(['allInEarly', 'bluffCalled', 'raiseCalled', 'checkedDown']);

const countsOfHands: readonly Count[] = [
  'net',
  ...(Object.keys(places) as HandPlace[]).map((place) => `place ${place}` as const),
];

/**
 * A share of values that are 0 or 1, with the error that Jeffreys's Beta distribution has: not 0 at none and at all of them. Its
 * number is what the matches show that the values are worth.
 */
function shareEstimate({ n, sum }: ValueSums, own: ClusterSums): Estimate {
  if (n === 0) return { value: null, error: null, interval: null };
  const worth = effectiveNumber(own);
  const hits = (sum / n) * worth;
  const [a, b] = [hits + 0.5, worth - hits + 0.5];
  const error = Math.sqrt((a * b) / (a + b + 1)) / (a + b);
  return { value: sum / n, error, interval: betaInterval(hits, worth) };
}

/** @param n of these values, of which those that are not among them are 0. */
function eachAsCluster({ sum, squares }: ValueSums, n: number): ClusterSums {
  return { clusters: n, weight: n, sum, sumSquares: squares, products: sum, weightSquares: n };
}

function times({ value, error, interval }: Estimate, factor: number): Estimate {
  return {
    value: value === null ? null : value * factor,
    error: error === null ? null : error * factor,
    interval: interval && { low: interval.low * factor, high: interval.high * factor },
  };
}

function latencyOf(latencies: readonly number[]): Review['latencyMs'] {
  const sorted = [...Float64Array.from(latencies).toSorted()];
  const at = (share: number) => quantileOf(sorted, share);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? null };
}
