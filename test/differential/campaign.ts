/** The long campaign: both forms of both charts and of the small machines, in lockstep, until time and steps are spent. */

import type { compileMachine } from '../../src/statechart/compile-machine.js';
import { type LiveChart, liveCharts, walkLive } from '../statechart/chart-walks.js';
import { modelPairs, walkEverywhere, walkModel } from '../statechart/model-walks.js';
import { smallMachines } from '../statechart/small/index.js';
import { walkThrough } from '../statechart/small-machine.js';
import type { WalkReport } from '../statechart/walk.js';

/** One of the things that are walked through. */
export interface Ground {
  readonly name: string;
  walk(seed: string): WalkReport;
}

/** What was done on one ground. */
export interface Count {
  walks: number;
  steps: number;
  /** Events that were handed to XState; several come in a step in which time passes. */
  interpreted: number;
  kinds: Set<string>;
  /** How often each reason was told. */
  readonly reasons: Map<string, number>;
}

const limits = {
  chartSteps: 80,
  smallSteps: 40,
  /** A campaign of so many milliseconds begins with every step of both models. */
  thoroughMs: 300_000,
} as const;

/** A walk of a small machine for each so many of the charts. */
const smallShare = 12;

export function groundsOf(compile?: typeof compileMachine): {
  charts: Ground[];
  small: Ground[];
  /** Each takes a minute, and is the same every time. */
  thorough: Ground[];
} {
  const own = compile === undefined ? {} : { compile };
  const live = (chart: LiveChart): Ground => ({
    name: chart.name,
    walk: (seed) => walkLive(chart, { seed, steps: limits.chartSteps, ...own }),
  });
  return {
    charts: [
      ...liveCharts.map(live),
      ...modelPairs(compile).map((pair) => ({
        name: pair.name,
        walk: (seed: string) => walkModel(pair, { seed, steps: limits.chartSteps }),
      })),
    ],
    thorough: modelPairs(compile).map((pair) => ({
      name: `${pair.name}, everywhere`,
      walk: () => walkEverywhere(pair, { every: true }),
    })),
    small: smallMachines.map((machine) => ({
      name: machine.name,
      walk: (seed) => walkThrough({ machine, seed, steps: limits.smallSteps, ...own }),
    })),
  };
}

/** Thrown at the first difference: where, and how to see it again. */
export class DifferenceError extends Error {
  override readonly name = 'DifferenceError';
  readonly code = 'compiled_differs';

  constructor(
    readonly ground: string,
    readonly walk: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export interface CampaignOptions {
  seed: string;
  /** The campaign is over when this has passed and so many steps were taken. */
  ms: number;
  steps: number;
  /** It is over then at the latest, in milliseconds. */
  limitMs: number;
  /** Only the grounds of this name. */
  only?: string | undefined;
  compile?: typeof compileMachine;
  onProgress?: (counts: ReadonlyMap<string, Count>, elapsedMs: number) => void;
}

/** @throws {DifferenceError} at the first difference. */
export function runDifferential(options: CampaignOptions): Map<string, Count> {
  const { seed, ms, steps, limitMs, only, compile, onProgress } = options;
  const { charts, small, thorough } = groundsOf(compile);
  const chosen = [charts, small].map((list) =>
    list.filter(({ name }) => only === undefined || name === only),
  );
  const counts = new Map<string, Count>();
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  let total = 0;
  let smallTaken = 0;
  for (const ground of thorough) {
    const isChosen = only === undefined ? ms >= limits.thoroughMs : ground.name === only;
    if (isChosen) total += count(counts, ground, takeWalk(ground, seed));
  }
  if (chosen.every((list) => list.length === 0)) return counts;
  for (let round = 0; (elapsed() < ms || total < steps) && elapsed() < limitMs; round++) {
    const [ofCharts = [], ofSmall = []] = chosen;
    const takesSmall = ofCharts.length === 0 || round % smallShare === 0 || smallTaken < ofSmall.length;
    const one = takesSmall ? ofSmall[smallTaken++ % Math.max(1, ofSmall.length)] : undefined;
    for (const ground of one === undefined ? ofCharts : [...ofCharts, one]) {
      total += count(counts, ground, takeWalk(ground, `${seed}:${round}`));
    }
    if (round % 500 === 499) onProgress?.(counts, elapsed());
  }
  return counts;
}

/** @throws {DifferenceError} */
export function takeWalk(ground: Ground, seed: string): WalkReport {
  try {
    return ground.walk(seed);
  } catch (error) {
    throw new DifferenceError(ground.name, seed, error);
  }
}

function count(counts: Map<string, Count>, { name }: Ground, report: WalkReport): number {
  const known = counts.get(name) ?? {
    walks: 0,
    steps: 0,
    interpreted: 0,
    kinds: new Set(),
    reasons: new Map(),
  };
  counts.set(name, known);
  known.walks += 1;
  known.steps += report.played.length;
  known.interpreted += report.interpreted.length;
  for (const why of report.interpreted) known.reasons.set(why, (known.reasons.get(why) ?? 0) + 1);
  for (const kind of report.kinds ?? []) known.kinds.add(kind);
  return report.played.length;
}
