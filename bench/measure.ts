/** Runs that are repeated, and the row that stands for them. */

export interface Run {
  hands: number;
  elapsedMs: number;
  /** CPU time of the process that deals. */
  cpuMs: number;
}

export interface Row {
  name: string;
  handsPerSecond: number;
  cpuMsPerHand: number;
}

const defaults = { rounds: 3 } as const;

/** The medians of some rounds after one that is not counted. */
export async function measure(name: string, play: () => Run | Promise<Run>): Promise<Row> {
  await play();
  const runs: Run[] = [];
  for (let round = 0; round < defaults.rounds; round += 1) runs.push(await play());
  const cpuMs = median(runs.map((run) => run.cpuMs / run.hands));
  return {
    name,
    handsPerSecond: Math.round(median(runs.map((run) => (run.hands * 1_000) / run.elapsedMs))),
    cpuMsPerHand: Math.round(cpuMs * 1_000) / 1_000,
  };
}

/** What a piece of work in this process takes. */
export async function timed(hands: number, work: () => void | Promise<void>): Promise<Run> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { hands, elapsedMs: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A median, and the interval that has that of all possible rounds in it, 19 times of 20. */
export interface MedianInterval {
  median: number;
  low: number;
  high: number;
}

/** How many values lie below the true median is a matter of coins, whatever their distribution. */
export function medianInterval(values: number[]): MedianInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const outside = Math.max(0, Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2));
  return {
    median: median(values),
    low: sorted[outside] ?? 0,
    high: sorted[sorted.length - 1 - outside] ?? 0,
  };
}
