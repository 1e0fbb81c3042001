/** What an arena of two bot files plays, from the built package of this checkout, and of another one in the same rounds. */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ArenaResult } from '../src/arena/index.js';
import { runArena } from './built.js';
import { median, type Row } from './measure.js';

const defaults = { rounds: 3 } as const;

const bot = (name: string) => ({ module: fileURLToPath(new URL(`bots/${name}.js`, import.meta.url)) });

/** Of the deals the first ones are not counted: threads start, and their code is compiled. */
const ways = [
  { name: 'threads, answers at once', isolate: 'worker', bot: bot('calls'), warmUp: 1_000, deals: 2_500 },
  { name: 'processes, answers at once', isolate: 'process', bot: bot('calls'), warmUp: 400, deals: 900 },
  { name: 'threads, answers after 2 ms', isolate: 'worker', bot: bot('waits'), warmUp: 100, deals: 200 },
] as const;

/** With one job. The CPU is that of this process and all its threads, but not of processes of bots. */
type Rate = Omit<Row, 'name'>;

interface Moment {
  pairs: number;
  atMs: number;
  cpuMs: number;
}

export async function* measureArenaFiles(beside?: string): AsyncGenerator<Row> {
  const arenas: [string, typeof runArena][] = [['', runArena]];
  if (beside !== undefined) arenas.push([', beside', await arenaOf(beside)]);
  for (const way of ways) {
    const rows = arenas.map((): Rate[] => []);
    for (let round = 0; round < defaults.rounds; round += 1)
      for (const [place, [, run]] of arenas.entries()) rows[place]?.push(await measure(run, way));
    for (const [place, [name]] of arenas.entries()) {
      const found = rows[place] ?? [];
      yield {
        name: `${way.name}${name}`,
        handsPerSecond: Math.round(median(found.map(({ handsPerSecond }) => handsPerSecond))),
        cpuMsPerHand: median(found.map(({ cpuMsPerHand }) => cpuMsPerHand)),
      };
    }
  }
}

async function arenaOf(checkout: string): Promise<typeof runArena> {
  const entry = pathToFileURL(resolve(checkout, 'dist/arena/index.js')).href;
  return ((await import(entry)) as typeof import('../src/arena/index.js')).runArena;
}

async function measure(
  run: typeof runArena,
  { isolate, bot: file, warmUp, deals }: (typeof ways)[number],
): Promise<Rate> {
  let from: Moment | null = null;
  let last: Moment | null = null;
  const note = ({ pairings: [pairing] }: ArenaResult): void => {
    const pairs = pairing?.pairs ?? 0;
    if (pairs < warmUp || pairs === last?.pairs) return;
    const { user, system } = process.cpuUsage();
    last = { pairs, atMs: performance.now(), cpuMs: (user + system) / 1_000 };
    from ??= last;
  };
  note(
    await run({
      bots: [file, file],
      deals: warmUp + deals,
      seed: 'files',
      isolate,
      jobs: 1,
      onProgress: note,
    }),
  );
  const [first, end] = [from, last] as unknown as [Moment, Moment];
  const hands = 2 * (end.pairs - first.pairs);
  return {
    handsPerSecond: (hands / (end.atMs - first.atMs)) * 1_000,
    cpuMsPerHand: (end.cpuMs - first.cpuMs) / hands,
  };
}
