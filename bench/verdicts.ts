/**
 * `npm run bench:verdicts`: how often verdicts are wrong that somebody reads after every deal, how many deals they take beside a
 * test of a fixed size, and by how much the removal of luck shortens them. Everything follows from the seed.
 * `npm run bench:verdicts -- --duels 2000 --only luck` for a part of it, or a quicker one; `--real FOLDER` plays whole arenas instead.
 */
import { parseArgs } from 'node:util';
import { createFastUint32Stream } from '../src/chance/fast-random.js';
import { allInNetsOfEngine } from '../src/holdem/all-in-nets.js';
import { luckFreeNets } from '../src/holdem/chance-terms.js';
import { createDeck } from '../src/holdem/deck.js';
import { handOn } from '../src/holdem/hand.js';
import { HandEngine } from '../src/holdem/hand-engine.js';
import { viewOf } from '../src/holdem/view-of.js';
import { houseBots } from '../src/house/house-bots.js';
import { meanEstimate, noValues, type ValueSums, withValue } from '../src/statistics/mean-interval.js';
import { normalQuantile } from '../src/statistics/normal-distribution.js';
import { quantileOf } from '../src/statistics/quantile.js';
import { fixedSampleSize } from '../src/statistics/sample-size.js';
import { VerdictKeeper, type VerdictTerms } from '../src/statistics/verdict.js';

const { values: flags } = parseArgs({
  options: {
    seed: { type: 'string', default: 'verdicts' },
    duels: { type: 'string', default: '20000' },
    hands: { type: 'string', default: '20000' },
    only: { type: 'string' },
    real: { type: 'string' },
    seconds: { type: 'string' },
    aivat: { type: 'string', default: '0' },
  },
});

const settings = {
  stackBb: 100,
  bigBlind: 100,
  /** Values of a null duel, each of which is looked at. */
  deals: 2_000,
  matches: 500,
  /** Duels of bots that differ, for a median. */
  trueDuels: 200,
  foldSeeds: 20,
  foldDeals: 500_000,
  foldShare: 0.05,
  /** Runs of the test of two differences, and when one that goes on is given up. */
  endRuns: 1_000,
  endDeals: 100_000,
} as const;

const deals: VerdictTerms = { values: 'deals', boundBb: settings.stackBb };
const duels = Number(flags.duels);

/** What the first bot won in both legs of a deal, in big blinds: as it was, with all-ins at what they were worth, and without the
 * luck of hole cards and streets, too. */
type PooledDeal = Readonly<Record<keyof PlayedHand, readonly [number, number]>>;

type BotNames = readonly [string, string];

/** Both legs of each deal; the seats' own random numbers are those of the leg before, as in the arena. */
function playDeals(names: BotNames, count: number): PooledDeal[] {
  return Array.from({ length: count }, (_, deal) => {
    const legs = [names, names.toReversed() as unknown as BotNames].map((seated) => playHand(seated, deal));
    const [there, back] = legs;
    const ofFirst = (kind: keyof PlayedHand) => [there?.[kind][0] ?? 0, back?.[kind][1] ?? 0] as const;
    return { raw: ofFirst('raw'), adjusted: ofFirst('adjusted'), luckFree: ofFirst('luckFree') };
  });
}

interface PlayedHand {
  readonly raw: readonly number[];
  readonly adjusted: readonly number[];
  readonly luckFree: readonly number[];
}

const engine = new HandEngine({ seats: 2 });
engine.setBlinds(settings.bigBlind / 2, settings.bigBlind);

function playHand(names: BotNames, deal: number): PlayedHand {
  const { bigBlind, stackBb } = settings;
  const startingStack = stackBb * bigBlind;
  engine.stacks.set([startingStack, startingStack]);
  engine.placeButton(deal % 2);
  const hand = handOn(engine, createDeck(`${flags.seed}-${deal}`));
  const bots = names.map((name, seatIndex) => houseBots[name]?.(`${flags.seed}-${deal}-${seatIndex}`));
  hand.start();
  while (hand.turn !== null) {
    const { turn } = hand;
    hand.act(bots[turn.seat]?.decide(viewOf(turn, turn.seat), null as never), { legalize: true });
  }
  const inBlinds = (nets: readonly number[]): number[] => nets.map((net) => net / bigBlind);
  const raw = inBlinds(Array.from(engine.stacks, (stack) => stack - startingStack));
  const adjusted = allInNetsOfEngine(engine);
  return {
    raw,
    adjusted: adjusted === null ? raw : inBlinds(adjusted),
    luckFree: inBlinds(luckFreeNets(engine)),
  };
}

const sumsOf = (values: readonly number[]): ValueSums => values.reduce(withValue, noValues);

function deviationOf(values: readonly number[]): number {
  return (meanEstimate(sumsOf(values)).error ?? 0) * Math.sqrt(values.length);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The spread of a hand, or of a pair as two hands: how many hands each way needs follows from its square. */
function measureLuck(names: BotNames): void {
  const pool = playDeals(names, Number(flags.hands) / 2);
  const hands = (kind: keyof PlayedHand): number[] => pool.flatMap((deal) => [...deal[kind]]);
  const pairs = (kind: keyof PlayedHand): number[] => pool.map((deal) => (deal[kind][0] + deal[kind][1]) / 2);
  // A mean of two hands that are not a pair has half the variance of one.
  const ways = {
    chips: deviationOf(hands('raw')),
    'all-in adjusted': deviationOf(hands('adjusted')),
    duplicate: deviationOf(pairs('raw')) * Math.SQRT2,
    'duplicate, adjusted': deviationOf(pairs('adjusted')) * Math.SQRT2,
    'value function': deviationOf(hands('luckFree')),
    'duplicate, value function': deviationOf(pairs('luckFree')) * Math.SQRT2,
  };
  const [first, second] = [pool.map(({ raw }) => raw[0]), pool.map(({ raw }) => raw[1])];
  print(
    `${names.join(' against ')}, ${2 * pool.length} hands, correlation of legs ${correlation(first, second).toFixed(2)}`,
  );
  for (const [way, deviation] of Object.entries(ways))
    print(
      `  ${way}: ${deviation.toFixed(2)} bb a hand, ${((ways.chips / deviation) ** 2).toFixed(2)} times fewer hands`,
    );
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0) / n) as [
    number,
    number,
  ];
  const product = a.reduce((sum, value, index) => sum + (value - meanA) * ((b[index] ?? 0) - meanB), 0);
  return product / (n - 1) / (deviationOf(a) * deviationOf(b));
}

interface NullKind {
  readonly name: string;
  readonly terms: VerdictTerms;
  readonly length: number;
  /** Of a bot that is as good as the other. @param draw a number from 0 to 1. */
  readonly value: (draw: () => number) => number;
}

function nullKinds(): NullKind[] {
  const pool = playDeals(['tight-aggressive', 'calling-station'], 4_000).map(
    ({ adjusted: [there, back] }) => (there + back) / 2,
  );
  const chosen = (draw: () => number): number => pool[Math.floor(draw() * pool.length)] ?? 0;
  return [
    {
      name: 'duplicate deals of house bots, either sign',
      terms: deals,
      length: settings.deals,
      value: (draw) => (draw() < 0.5 ? chosen(draw) : -chosen(draw)),
    },
    {
      name: 'deals with a rare large win and small losses',
      terms: deals,
      length: settings.deals,
      value: (draw) => (draw() < 0.01 ? 99 : -1),
    },
    {
      name: 'six comparisons at once',
      terms: { ...deals, comparisons: 6 },
      length: settings.deals,
      value: (draw) => (draw() < 0.5 ? chosen(draw) : -chosen(draw)),
    },
    {
      name: 'single matches',
      terms: { values: 'matches' },
      length: settings.matches,
      value: (draw) => (draw() < 0.5 ? 1 : 0),
    },
    {
      name: 'pairs of matches, their legs against each other',
      terms: { values: 'pairs of matches' },
      length: settings.matches,
      value: (draw) => [0, 0.5, 0.5, 0.5, 1][Math.floor(draw() * 5)] ?? 0.5,
    },
  ];
}

/** How many null duels were decided at some look, and how many a usual test would have been that is read as often. */
function countAlarms({ name, terms, length, value }: NullKind): void {
  const next = createFastUint32Stream(`${flags.seed} null ${name}`);
  const draw = (): number => next() / 2 ** 32;
  let alarms = 0;
  let naive = 0;
  for (let duel = 0; duel < duels; duel += 1) {
    const keeper = new VerdictKeeper(terms);
    const middle = terms.values === 'deals' ? 0 : 0.5;
    let [sum, squares, isNaive] = [0, 0, false];
    for (let n = 1; n <= length && keeper.outcome === 'undecided'; n += 1) {
      const drawn = value(draw);
      keeper.add(drawn);
      sum += drawn - middle;
      squares += (drawn - middle) ** 2;
      // A t-value beyond 1.96 at any look from the thirtieth value on.
      isNaive ||= n >= 30 && sum * sum > 3.8416 * (squares - (sum * sum) / n);
    }
    if (keeper.outcome !== 'undecided') alarms += 1;
    if (isNaive) naive += 1;
  }
  const share = (count: number): string => `${((100 * count) / duels).toFixed(2)} %`;
  print(`${name}: ${share(alarms)} of ${duels} duels of ${length}; a 5 % test read as often ${share(naive)}`);
}

/** The median of what a verdict takes, beside a test of a fixed size that finds the difference in 80 of 100 runs. */
function measureLength(
  name: string,
  terms: VerdictTerms,
  { mean, deviation, value }: { mean: number; deviation: number; value: (draw: () => number) => number },
): void {
  const next = createFastUint32Stream(`${flags.seed} true ${name}`);
  const draw = (): number => next() / 2 ** 32;
  const lengths = Array.from({ length: settings.trueDuels }, () => {
    const keeper = new VerdictKeeper(terms);
    while (keeper.outcome === 'undecided' && keeper.n < 1e6) keeper.add(value(draw));
    return keeper.n;
  }).toSorted((a, b) => a - b);
  const power = ((normalQuantile(0.975) + normalQuantile(0.8)) / normalQuantile(0.975)) ** 2;
  const fixed = fixedSampleSize({ mean, deviation, alpha: 0.05 }) * power;
  const median = quantileOf(lengths, 0.5) ?? 0;
  print(
    `${name}: median ${median.toFixed(0)} ${terms.values}, nine of ten within ${(quantileOf(lengths, 0.9) ?? 0).toFixed(0)}; fixed size ${fixed.toFixed(0)}`,
  );
}

function measureLengths(): void {
  const pool = playDeals(['tight-aggressive', 'calling-station'], 4_000).map(
    ({ adjusted: [there, back] }) => (there + back) / 2,
  );
  const deviation = Math.sqrt(pool.reduce((sum, value) => sum + value * value, 0) / pool.length);
  for (const mean of [0.2, 0.5]) {
    const value = (draw: () => number): number => {
      const chosen = pool[Math.floor(draw() * pool.length)] ?? 0;
      return Math.min(settings.stackBb, (draw() < 0.5 ? chosen : -chosen) + mean);
    };
    measureLength(`${100 * mean} bb/100, spread ${deviation.toFixed(1)} bb`, deals, {
      mean,
      deviation,
      value,
    });
    const sprt = { ...deals, sprt: { low: 0, high: 100 * mean } };
    measureLength(`the same with the test of 0 against ${100 * mean} bb/100`, sprt, {
      mean,
      deviation,
      value,
    });
  }
  for (const share of [0.55, 0.6, 0.7]) {
    const value = (draw: () => number): number => (draw() < share ? 1 : 0);
    measureLength(
      `${Math.round(100 * share)} % of matches`,
      { values: 'matches' },
      { mean: share - 0.5, deviation: 0.5, value },
    );
  }
}

/**
 * `tight-aggressive` against itself that folds one in twenty of its buttons: both legs of a deal are alike but where it folds.
 * Deals are drawn again and again from those that were played.
 */
function measureFolds(): void {
  const pool = playDeals(['tight-aggressive', 'tight-aggressive'], Number(flags.hands) / 2).map(
    ({ raw, adjusted }, deal) => {
      // The first leg has the first bot in seat 0, and the button goes round with the deals.
      const button = deal % 2;
      return { raw: raw[button] ?? 0, adjusted: adjusted[button] ?? 0 };
    },
  );
  const run = (share: number, seed: number): { paired: VerdictKeeper; chips: VerdictKeeper } => {
    const next = createFastUint32Stream(`${flags.seed} folds ${share} ${seed}`);
    const paired = new VerdictKeeper(deals);
    const chips = new VerdictKeeper(deals);
    while (paired.outcome === 'undecided' && paired.n < settings.foldDeals) {
      const drawn = pool[next() % pool.length] ?? { raw: 0, adjusted: 0 };
      const folds = next() / 2 ** 32 < share;
      paired.add(folds ? (-0.5 - drawn.adjusted) / 2 : 0);
    }
    // Twice as many deals, of which chips alone see two hands that are no pair.
    const most = 2 * paired.n;
    if (share === 0) return { paired, chips };
    while (chips.outcome === 'undecided' && chips.n < 2 * most) {
      const drawn = pool[next() % pool.length]?.raw ?? 0;
      const isButton = chips.n % 2 === 0;
      chips.add(isButton ? (next() / 2 ** 32 < share ? -0.5 : drawn) : -drawn);
    }
    return { paired, chips };
  };
  const runs = Array.from({ length: settings.foldSeeds }, (_, seed) => run(settings.foldShare, seed));
  const right = runs.filter(({ paired }) => paired.outcome === 'worse');
  const lengths = runs.map(({ paired }) => paired.n).toSorted((a, b) => a - b);
  const earlier = runs.filter(
    ({ paired, chips }) => paired.outcome !== 'undecided' && chips.outcome === 'undecided',
  );
  print(
    `5 % of buttons folded: ${right.length} of ${runs.length} seeds in the right direction, median ${quantileOf(lengths, 0.5)} deals; in ${earlier.length} chips alone were not decided with twice as many`,
  );
  const same = Array.from({ length: settings.foldSeeds }, (_, seed) => run(0, seed).paired.outcome);
  print(
    `the same bot against itself: ${same.filter((outcome) => outcome !== 'undecided').length} verdicts in ${same.length} seeds`,
  );
}

interface EndKind {
  readonly name: string;
  /** Of values in bb a hand. */
  readonly mean: number;
  /** How far the two differences are apart, in bb/100. */
  readonly apart: number;
  readonly value: (draw: () => number) => number;
}

const drawn = (pool: readonly number[], draw: () => number): number =>
  pool[Math.floor(draw() * pool.length)] ?? 0;

function endKinds(): EndKind[] {
  const styles = playDeals(['tight-aggressive', 'calling-station'], 4_000).map(
    ({ adjusted: [there, back] }) => (there + back) / 2,
  );
  const mirror = playDeals(['tight-aggressive', 'tight-aggressive'], 10_000).map(
    ({ adjusted }, deal) => (-0.5 - (adjusted[deal % 2] ?? 0)) / 2,
  );
  const { foldShare } = settings;
  const foldCost = (foldShare * mirror.reduce((sum, value) => sum + value, 0)) / mirror.length;
  return [
    {
      name: 'duplicate deals of house bots, either sign',
      mean: 0,
      apart: 50,
      value: (draw) => (draw() < 0.5 ? drawn(styles, draw) : -drawn(styles, draw)),
    },
    {
      name: 'one of twenty buttons folded, all other deals level',
      mean: foldCost,
      // So that the other one is nothing.
      apart: -100 * foldCost,
      value: (draw) => (draw() < foldShare ? drawn(mirror, draw) : 0),
    },
    {
      name: 'a rare large win and small losses',
      mean: 0,
      apart: 50,
      value: (draw) => (draw() < 0.01 ? 99 : -1),
    },
    {
      name: 'one of 25 deals not level, nine of ten of these lost by 1.5 bb and one won by 13.5',
      mean: 0,
      apart: 2,
      value: (draw) => (draw() >= 0.04 ? 0 : draw() < 0.1 ? 13.5 : -1.5),
    },
  ];
}

/** How often the test of two differences ends on the wrong side: where the lower one is true, and where the higher one is. */
function countWrongEnds({ name, mean, apart, value }: EndKind): void {
  const runs = Math.min(duels, settings.endRuns);
  const shares = ([0, 1] as const).map((isHigher) => {
    const next = createFastUint32Stream(`${flags.seed} ends ${name} ${isHigher}`);
    const draw = (): number => next() / 2 ** 32;
    const low = 100 * mean - isHigher * apart;
    const wrong = isHigher === 1 ? 'failed' : 'passed';
    const lengths: number[] = [];
    let ends = 0;
    for (let run = 0; run < runs; run += 1) {
      const keeper = new VerdictKeeper({ ...deals, sprt: { low, high: low + apart } });
      while (keeper.outcome === 'undecided' && keeper.n < settings.endDeals) keeper.add(value(draw));
      if (keeper.outcome === wrong) ends += 1;
      lengths.push(keeper.n);
    }
    return {
      share: `${((100 * ends) / runs).toFixed(1)} %`,
      median: quantileOf(
        lengths.toSorted((a, b) => a - b),
        0.5,
      ),
    };
  });
  print(
    `${name}, ${apart.toFixed(1)} bb/100 apart: ${shares.map(({ share }) => share).join(' and ')} of ${runs} on the wrong side, median ${shares.map(({ median }) => median?.toFixed(0)).join(' and ')} deals`,
  );
}

const parts: Readonly<Record<string, () => void>> = {
  luck: () => {
    measureLuck(['tight-aggressive', 'calling-station']);
    measureLuck(['tight-aggressive', 'random']);
    measureLuck(['calling-station', 'random']);
  },
  alarms: () => nullKinds().forEach(countAlarms),
  lengths: measureLengths,
  ends: () => endKinds().forEach(countWrongEnds),
  folds: measureFolds,
};

/** Whole arenas, which are kept in a folder. With `--seconds` they are played for so long, and go on the next time. */
async function playReal(folder: string): Promise<void> {
  const { measureRuns } = await import('./verdict-runs.js');
  const signal =
    flags.seconds === undefined
      ? new AbortController().signal
      : AbortSignal.timeout(1_000 * Number(flags.seconds));
  const runs = measureRuns({ seed: flags.seed, folder, signal, aivatSeeds: Number(flags.aivat) });
  for await (const line of runs) print(line);
  if (signal.aborted) print('not all was played: the same again goes on');
}

if (flags.real !== undefined) await playReal(flags.real);
for (const [name, part] of Object.entries(parts)) {
  if (flags.real !== undefined || (flags.only !== undefined && flags.only !== name)) continue;
  print(`== ${name}`);
  part();
}
