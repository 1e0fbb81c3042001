/** Folds the blocks of one pairing, in their order, into what is known of it. */
import { luckFreeBound } from '../holdem/chance-terms.js';
import { meanEstimate, noValues, type ValueSums, withValue } from '../statistics/mean-interval.js';
import { VerdictKeeper, type VerdictOutcome, type VerdictTerms } from '../statistics/verdict.js';
import type { ArenaUntil } from './arena-options.js';
import type { ArenaAnswers, ArenaPairing, BlockRecord } from './arena-record.js';
import type { ArenaContrast, PairingResult, TrailPoint } from './arena-result.js';
import type { ArenaTerms } from './arena-terms.js';
import { createLuckSpreads } from './luck-spreads.js';
import { leadByPair, mostLead, scoresByPair } from './pair-values.js';
import { createDetailSums } from './pairing-details.js';

const defaults = {
  maxLosses: 20,
  /** From one point of the trail to the next one: as a share of the pairs. */
  trailStep: 0.08,
} as const;

export interface PairingTally {
  /** Takes the next block. */
  add(block: BlockRecord): void;
  /** Whether every contrast is decided so. */
  isDecided(until: ArenaUntil): boolean;
  readonly pairs: number;
  result(): PairingResult;
}

/** Sums over pairs of what a bot won, or led by, in the first leg and in the others. */
interface LegSums {
  n: number;
  first: ValueSums;
  others: ValueSums;
  products: number;
  hands: ValueSums;
}

/** @param comparisons how many contrasts the whole run makes. */
export function createPairingTally(terms: ArenaTerms, bots: ArenaPairing, comparisons: number): PairingTally {
  const { bigBlind, startingStack, mode, luck } = terms;
  const stackBb = startingStack / bigBlind;
  const verdictTerms: VerdictTerms =
    mode === 'deals'
      ? {
          values: 'deals',
          comparisons,
          ...(terms.sprt !== null && { sprt: terms.sprt }),
          boundBb: luck === 'aivat' ? luckFreeBound(stackBb) : mostLead(bots.length, stackBb),
        }
      : { values: 'pairs of matches', comparisons };
  const contrasts = contrastsOf(bots).map(({ bot, against }) => ({
    bot,
    against,
    keeper: new VerdictKeeper(verdictTerms),
    undisturbed: new VerdictKeeper(verdictTerms),
    legs: newLegSums(),
    spreads:
      luck === 'aivat'
        ? createLuckSpreads({
            bigBlind,
            terms: { ...verdictTerms, boundBb: mostLead(bots.length, stackBb) },
          })
        : null,
    trail: [] as TrailPoint[],
  }));
  let answers: readonly ArenaAnswers[] = bots.map(() => noAnswers);
  let readsClock = bots.map(() => false);
  const losses: PairingResult['losses'][number][] = [];
  let lostPairs = 0;
  const lostByBot = bots.map(() => 0);
  let pairs = 0;
  let hands = 0;
  let disturbed = 0;
  let nextMark = 1;
  const details = terms.details ? createDetailSums(bots.length) : null;

  const valuesOf = (block: BlockRecord, bot: number, against: number): number[] =>
    mode === 'deals'
      ? leadByPair(block, bot, against, { bigBlind, chips: 'adjustedChips' })
      : scoresByPair(block, bot, against);

  return {
    get pairs() {
      return pairs;
    },
    isDecided: (until) => contrasts.every(({ keeper }) => isOutcome(keeper.outcome, until)),
    add(block) {
      const isDisturbed = new Set(block.disturbedPairs);
      for (const { bot, against, keeper, undisturbed, legs, spreads } of contrasts) {
        spreads?.add(block, bot, against);
        for (const [at, value] of valuesOf(block, bot, against).entries()) {
          keeper.add(value);
          if (!isDisturbed.has(block.firstPair + at)) undisturbed.add(value);
        }
        addLegs(legs, block, { bot, against, bigBlind });
      }
      answers = answers.map((sums, bot) => addAnswers(sums, block.answers[bot] ?? noAnswers));
      readsClock = readsClock.map((reads, bot) => reads || block.readsClock[bot] === true);
      for (const loss of block.losses) if (losses.length < defaults.maxLosses) losses.push(loss);
      lostPairs += new Set(block.losses.map(({ pair }) => pair)).size;
      for (const bot of bots.keys())
        lostByBot[bot] =
          (lostByBot[bot] ?? 0) +
          new Set(block.losses.filter((loss) => loss.bot === bot).map(({ pair }) => pair)).size;
      disturbed += block.disturbedPairs.length;
      if (block.details !== undefined) details?.add(block.details);
      pairs += block.pairs;
      if (terms.details && pairs >= nextMark) {
        for (const { trail, keeper } of contrasts) trail.push(pointOf(pairs, keeper));
        nextMark = Math.ceil(pairs * (1 + defaults.trailStep));
      }
      for (const byPair of block.hands) for (const number of byPair) hands += number;
    },
    result: () => ({
      bots,
      pairs,
      hands,
      contrasts: contrasts.map(
        ({ bot, against, keeper, undisturbed, legs, spreads, trail }): ArenaContrast => ({
          bot: bots[bot] ?? 0,
          against: bots[against] ?? 0,
          verdict: keeper.verdict(),
          undisturbed: disturbed > 0 ? undisturbed.verdict() : null,
          correlation: correlationOf(legs),
          spreads: spreads?.result() ?? null,
          trail: terms.details ? trailTo(trail, pairs, keeper) : null,
          unpairedError: mode === 'deals' ? unpairedErrorOf(legs) : null,
        }),
      ),
      answers,
      losses: [...losses],
      lostPairs,
      lostByBot: [...lostByBot],
      readsClock,
      details: details?.result() ?? null,
    }),
  };
}

function pointOf(pairs: number, keeper: VerdictKeeper): TrailPoint {
  const { mean, interval } = keeper.verdict();
  return { pairs, mean, low: interval?.low ?? null, high: interval?.high ?? null };
}

/** With the last pair as its end. */
function trailTo(trail: readonly TrailPoint[], pairs: number, keeper: VerdictKeeper): TrailPoint[] {
  return pairs === 0 || trail.at(-1)?.pairs === pairs ? [...trail] : [...trail, pointOf(pairs, keeper)];
}

function isOutcome(outcome: VerdictOutcome, until: ArenaUntil): boolean {
  if (outcome === 'undecided' || until === 'decided') return outcome !== 'undecided';
  return until === 'better' ? ['better', 'passed'].includes(outcome) : ['worse', 'failed'].includes(outcome);
}

/** Later bots against the first one, by their places in the pairing. */
export const contrastsOf = (bots: ArenaPairing): { bot: number; against: number }[] =>
  bots.slice(1).map((_, index) => ({ bot: index + 1, against: 0 }));

const noAnswers: ArenaAnswers = { turns: 0, answeredFor: 0, failed: 0, corrected: 0 };

const addAnswers = (a: ArenaAnswers, b: ArenaAnswers): ArenaAnswers => ({
  turns: a.turns + b.turns,
  answeredFor: a.answeredFor + b.answeredFor,
  failed: a.failed + b.failed,
  corrected: a.corrected + b.corrected,
});

const newLegSums = (): LegSums => ({
  n: 0,
  first: noValues,
  others: noValues,
  products: 0,
  hands: noValues,
});

function addLegs(
  legs: LegSums,
  block: BlockRecord,
  { bot, against, bigBlind }: { bot: number; against: number; bigBlind: number },
): void {
  const isDuel = block.netChips.length === 2;
  for (let pair = 0; pair < block.pairs; pair += 1) {
    const [first = 0, ...rest] = block.netChips.map((byBot) => {
      // What is told of a larger table is the lead.
      const chips = (byBot[bot]?.[pair] ?? 0) - (isDuel ? 0 : (byBot[against]?.[pair] ?? 0));
      return chips / bigBlind;
    });
    const others = rest.reduce((sum, value) => sum + value, 0);
    legs.n += 1;
    legs.first = withValue(legs.first, first);
    legs.others = withValue(legs.others, others);
    legs.products += first * others;
    legs.hands = rest.reduce(withValue, withValue(legs.hands, first));
  }
}

function correlationOf({ n, first, others, products }: LegSums): number | null {
  const covariance = products - (first.sum * others.sum) / n;
  const spread = Math.sqrt(spreadOf(first) * spreadOf(others));
  return spread > 0 ? Math.max(-1, Math.min(1, covariance / spread)) : null;
}

const spreadOf = ({ n, sum, squares }: ValueSums): number => Math.max(0, squares - (sum * sum) / n);

function unpairedErrorOf({ hands }: LegSums): number | null {
  const { error } = meanEstimate(hands);
  return error === null ? null : 100 * error;
}
