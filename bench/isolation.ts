/** What it costs to keep each match's bot in a thread or a process of its own, beside all on the agent's thread. */
import type { Isolation } from '../src/io/settings/isolation.js';
import { seatPlayer } from './per-turn.js';
import type { Spread } from './platform-messages.js';

const defaults = {
  matches: 8,
  /** Before the times are taken: what is compiled in the first ones is not measured. */
  warmUpTurns: 500,
  turns: 500,
  gapMs: 1,
  crowd: 200,
  pingMs: 20,
} as const;

const isolations: readonly Isolation[] = ['none', 'worker', 'process'];

export interface IsolationRow {
  isolate: Isolation;
  /** From the announcement of eight matches at once to the last one at its table, by match. */
  startMs: number;
  /** Resident, and as a share of what is there once for several processes. */
  match: { rssMb: number; pssMb: number };
  /** From a turn's request to its answer. */
  latency: Spread;
}

export interface CrowdRow {
  isolate: Isolation;
  /** The slowest is the first. */
  pongs: Spread;
  seatedMs: { first: number; last: number };
}

export async function measureIsolation(): Promise<IsolationRow[]> {
  const rows: IsolationRow[] = [];
  for (const isolate of isolations) rows.push(await measure(isolate));
  return rows;
}

async function measure(isolate: Isolation): Promise<IsolationRow> {
  const { matches, warmUpTurns, turns, gapMs } = defaults;
  const { player, table } = await seatPlayer(`checking ${isolate}`, 0);
  const before = (await player.ask({ type: 'memory' })).tree;
  const { seatedMs } = await table.ask({ type: 'seat', matches });
  await table.ask({ type: 'play', turns: warmUpTurns, gapMs });
  const { latency } = await table.ask({ type: 'play', turns, gapMs });
  const { tree } = await player.ask({ type: 'memory' });
  await player.close();
  await table.close();
  const megabytes = (bytes: number, from: number) => (bytes - from) / matches / 1e6;
  return {
    isolate,
    startMs: seatedMs.last / matches,
    match: {
      rssMb: megabytes(tree.rssBytes, before.rssBytes),
      pssMb: megabytes(tree.pssBytes, before.pssBytes),
    },
    latency,
  };
}

/** The lobby pings right after it has announced them all. */
export async function measureCrowd(): Promise<CrowdRow[]> {
  const rows: CrowdRow[] = [];
  for (const isolate of isolations) {
    const { player, table } = await seatPlayer(`checking ${isolate}`, 0);
    const { crowd: matches, pingMs } = defaults;
    const { pongs, seatedMs } = await table.ask({ type: 'seat', matches, pingMs });
    rows.push({ isolate, pongs, seatedMs });
    await player.close();
    await table.close();
  }
  return rows;
}
