/**
 * Verdicts of whole arenas: `tight-aggressive` against itself folding one in twenty of its buttons, and against itself. Every
 * run keeps its pairs in a folder, so that a measurement can be ended at any time and goes on later; what chips alone say is read from
 * these files, hand by hand.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockRecord } from '../src/arena/arena-record.js';
import { arenaSeed } from '../src/arena/arena-seeds.js';
import type { ArenaResult } from '../src/arena/index.js';
import { leadByPair } from '../src/arena/pair-values.js';
import type { BotLike, Turn } from '../src/bot/bot.js';
import { FastRandom } from '../src/chance/fast-random.js';
import type { BotAnswer } from '../src/holdem/action.js';
import type { GameState } from '../src/holdem/game-state.js';
import { quantileOf } from '../src/statistics/quantile.js';
import { VerdictKeeper } from '../src/statistics/verdict.js';
import { houseBots, runArena } from './built.js';

const settings = {
  seeds: 20,
  foldShare: 0.05,
  /** A run that is not decided by then is told as such. */
  mostDeals: 400_000,
  pairsPerBlock: 100,
  bigBlind: 100,
  stackBb: 100,
} as const;

export interface RealRuns {
  seed: string;
  /** Where runs are kept. */
  folder: string;
  /** Ends the run in play, to go on from another time. */
  signal: AbortSignal;
  /** Luck of hole cards and streets taken off, too, in a few of the runs, as many deals as they took. */
  aivatSeeds: number;
}

/** What is kept of a run that is over, beside its pairs. */
interface RunEnd {
  outcome: string;
  deals: number;
}

type Played = RunEnd & { path: string };

/** @yields lines to print; nothing of a part that was ended early. */
export async function* measureRuns({ seed, folder, signal, aivatSeeds }: RealRuns): AsyncGenerator<string> {
  mkdirSync(folder, { recursive: true });
  const folds: Played[] = [];
  for (let run = 0; run < settings.seeds; run += 1) {
    const name = `${seed}-${run}`;
    const played = await play({ folder, name, kind: 'folds', deals: settings.mostDeals, signal });
    if (played === null) return;
    folds.push(played);
  }
  const alike: Played[] = [];
  for (const [run, { deals }] of folds.entries()) {
    const played = await play({ folder, name: `${seed}-${run}`, kind: 'alike', deals, signal });
    if (played === null) return;
    alike.push(played);
  }
  const lengths: string[] = [];
  for (let run = 0; run < aivatSeeds; run += 1) {
    const name = `${seed}-${run}`;
    const played = await play({ folder, name, kind: 'aivat', deals: settings.mostDeals, signal });
    if (played === null) return;
    lengths.push(`${played.deals} beside ${folds[run]?.deals}`);
  }
  yield* tellFolds(folds);
  const verdicts = alike.filter(({ outcome }) => outcome !== 'undecided');
  yield `the same bot with other random numbers, the same lengths: ${verdicts.length} verdicts in ${alike.length} runs`;
  if (lengths.length > 0) yield `deals to a verdict with --aivat: ${lengths.join(', ')}`;
}

interface RunPlan {
  folder: string;
  name: string;
  kind: 'folds' | 'alike' | 'aivat';
  deals: number;
  signal: AbortSignal;
}

/** @returns null where it was ended early. */
async function play({ folder, name, kind, deals, signal }: RunPlan): Promise<Played | null> {
  const path = join(folder, `${kind}-${name}.jsonl`);
  const endPath = `${path}.end`;
  if (existsSync(endPath)) return { ...(JSON.parse(readFileSync(endPath, 'utf8')) as RunEnd), path };
  const result: ArenaResult = await runArena({
    bots: [
      'tight-aggressive',
      () => (kind === 'alike' ? new OtherNumbers(name) : new ButtonFolder(name, settings.foldShare)),
    ],
    until: 'decided',
    deals,
    seed: name,
    stackBb: settings.stackBb,
    resume: path,
    aivat: kind === 'aivat',
    signal,
  });
  const [pairing] = result.pairings;
  const verdict = pairing?.contrasts[0]?.verdict;
  if (result.end === 'stopped' || pairing === undefined || verdict === undefined) return null;
  const end: RunEnd = { outcome: verdict.outcome, deals: pairing.pairs };
  writeFileSync(endPath, JSON.stringify(end));
  process.stderr.write(`${kind} ${name}: ${end.outcome} after ${end.deals} deals\n`);
  return { ...end, path };
}

/** The bot at the other seat: each hand begins with the random numbers that the arena gives a house bot at this seat. */
class ButtonFolder implements BotLike {
  #key = '';
  #bot: BotLike | undefined;
  #folds = false;

  constructor(
    readonly seed: string,
    readonly share: number,
  ) {}

  decide(state: GameState, turn: Turn): BotAnswer | Promise<BotAnswer> {
    const pair = pairOf(state, turn);
    const key = `${pair} ${state.yourSeat}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#bot = houseBots['tight-aggressive']?.(arenaSeed(this.seed, 'seat', pair, 1, state.yourSeat));
      this.#folds = new FastRandom(`${this.seed} folds ${pair}`).next() / 2 ** 32 < this.share;
    }
    const isButton = state.dealerSeat === state.yourSeat;
    if (this.#folds && isButton && state.phase === 'preflop') return { action: 'fold' };
    return this.#bot?.decide(state, turn) ?? { action: 'fold' };
  }
}

/** The same bot, whose numbers are its own: its pairs are not all alike. */
class OtherNumbers implements BotLike {
  #key = '';
  #bot: BotLike | undefined;

  constructor(readonly seed: string) {}

  decide(state: GameState, turn: Turn): BotAnswer | Promise<BotAnswer> {
    const key = `${pairOf(state, turn)} ${state.yourSeat}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#bot = houseBots['tight-aggressive']?.(`${this.seed} other ${key}`);
    }
    return this.#bot?.decide(state, turn) ?? { action: 'fold' };
  }
}

/** A block is one match to its bots, a hand of it one deal. */
const pairOf = ({ handNumber }: GameState, { matchId }: Turn): number =>
  Number(matchId.split('-')[2]) * settings.pairsPerBlock + handNumber - 1;

const blocksOf = (path: string): BlockRecord[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(1, -1)
    .map((line) => JSON.parse(line) as BlockRecord);

/** Of the second bot, in big blinds: what it won by pair as played and with all-ins adjusted, and in each hand of each leg. */
function valuesOf(path: string) {
  const { bigBlind } = settings;
  const values = { asPlayed: [] as number[], hands: [[], []] as [number[], number[]] };
  for (const block of blocksOf(path)) {
    values.asPlayed.push(...leadByPair(block, 1, 0, { bigBlind, chips: 'netChips' }));
    for (const [leg, hands] of values.hands.entries())
      hands.push(...(block.netChips[leg]?.[1] ?? []).map((chips) => chips / bigBlind));
  }
  return values;
}

/** After how many values there is a verdict; infinity: not with these. */
function lengthOf(values: Iterable<number>): { n: number; outcome: string } {
  const keeper = new VerdictKeeper({ values: 'deals', boundBb: settings.stackBb });
  for (const value of values) {
    keeper.add(value);
    if (keeper.outcome !== 'undecided') return { n: keeper.n, outcome: keeper.outcome };
  }
  return { n: Number.POSITIVE_INFINITY, outcome: 'undecided' };
}

function* tellFolds(runs: readonly Played[]): Generator<string> {
  const right = runs.filter(({ outcome }) => outcome === 'worse');
  const lengths = runs.map(({ deals }) => deals).toSorted((a, b) => a - b);
  yield `${100 * settings.foldShare} % of buttons folded: ${right.length} of ${runs.length} runs in the right direction, after ${lengths[0]} to ${lengths.at(-1)} deals, median ${quantileOf(lengths, 0.5)}`;
  const read = runs.map(({ path }) => valuesOf(path));
  const pairs = read.map(({ asPlayed }) => lengthOf(asPlayed));
  yield `pairs as played, all-ins not adjusted: ${told(pairs.map(({ n }) => n))} decided within the same deals`;
  const same = read.map(({ hands: [there, back] }) =>
    lengthOf(there.flatMap((chips, deal) => [chips, back[deal] ?? 0])),
  );
  yield `chips of the same hands, one by one: ${told(same.map(({ n }) => n))} decided within the same deals`;
  const alone = runs.map((_, run) =>
    lengthOf(
      unpairedFrom(
        read.map(({ hands }) => hands),
        run,
      ),
    ),
  );
  const within = alone.filter(({ n }, run) => n / 2 < 2 * (runs[run]?.deals ?? 0));
  const rightly = alone.filter(({ outcome }) => outcome === 'worse');
  yield `chips of hands of which no two are of one deal, on over the deals of the next runs: ${runs.length - within.length} of ${runs.length} not decided with twice as many deals, ${within.filter(({ outcome }) => outcome !== 'worse').length} decided wrongly; ${rightly.length} ever decided rightly with all ${read.reduce((sum, { asPlayed }) => sum + asPlayed.length, 0)} deals`;
}

const told = (lengths: readonly number[]): string =>
  `${lengths.filter((n) => Number.isFinite(n)).length} of ${lengths.length}`;

/** One hand of each deal, of either leg in turn; from one run on over all others, then the hands of the other legs. */
function* unpairedFrom(runs: readonly (readonly [number[], number[]])[], first: number): Generator<number> {
  for (let at = 0; at < 2 * runs.length; at += 1) {
    const [there, back] = runs[(first + at) % runs.length] ?? [[], []];
    const other = at < runs.length ? 0 : 1;
    // Two deals in a row have the button at both seats.
    for (const deal of there.keys()) yield (((deal >> 1) + other) % 2 === 0 ? there[deal] : back[deal]) ?? 0;
  }
}
