/** What a turn costs the agent beside a bare client: CPU of its own process, and time to the answer. */
import { type Child, startChild } from './child.js';
import { median } from './measure.js';
import type { Spread } from './platform-messages.js';
import type {
  PlayerAnswer,
  PlayerKind,
  PlayerQuestion,
  TableAnswer,
  TableQuestion,
} from './table-messages.js';

const defaults = {
  matches: [1, 8, 50],
  /** All matches together: what is compiled in the first ones is not measured. */
  warmUpTurns: 8_000,
  turns: 3_000,
  /** At this distance no frame comes together with the one before it. */
  gapMs: 1,
  gappedTurns: 800,
  rounds: 3,
} as const;

export interface TurnRow {
  matches: number;
  /** Between two frames of a turn; 0: all three come in one piece. */
  gapMs: number;
  /** Of one turn, in microseconds of CPU. */
  bare: TurnFigures;
  agent: TurnFigures;
  /** Median over the rounds, each of which plays both, one right after the other. */
  ratio: number;
}

interface TurnFigures {
  cpuUs: number;
  latency: Pick<Spread, 'p50' | 'p99'>;
}

type Compared = Extract<PlayerKind, 'bare' | 'agent'>;

export interface Seated {
  player: Child<PlayerQuestion, PlayerAnswer>;
  table: Child<TableQuestion, TableAnswer>;
  /** The process before it dialed. */
  before: PlayerAnswer;
}

export async function measureTurns(counts: readonly number[] = defaults.matches): Promise<TurnRow[]> {
  const rows: TurnRow[] = [];
  for (const matches of counts) rows.push(...(await measureAt(matches)));
  return rows;
}

async function measureAt(matches: number): Promise<TurnRow[]> {
  const both = { bare: await seatPlayer('bare', matches), agent: await seatPlayer('agent', matches) };
  for (const seated of Object.values(both)) await play(seated, matches, defaults.warmUpTurns, 0);
  const rows = [
    await compare(both, matches, defaults.gappedTurns, defaults.gapMs),
    await compare(both, matches, defaults.turns, 0),
  ];
  for (const { player, table } of Object.values(both)) {
    await player.close();
    await table.close();
  }
  return rows;
}

async function compare(
  both: Record<Compared, Seated>,
  matches: number,
  turns: number,
  gapMs: number,
): Promise<TurnRow> {
  const rounds: Record<Compared, TurnFigures>[] = [];
  for (let round = 0; round < defaults.rounds; round += 1) {
    // In turns which one is first: the machine gets faster and slower while this runs.
    const order: Compared[] = round % 2 === 0 ? ['bare', 'agent'] : ['agent', 'bare'];
    const figures: Partial<Record<Compared, TurnFigures>> = {};
    for (const kind of order) figures[kind] = await play(both[kind], matches, turns, gapMs);
    rounds.push(figures as Record<Compared, TurnFigures>);
  }
  const typical = (kind: Compared): TurnFigures => ({
    cpuUs: median(rounds.map((round) => round[kind].cpuUs)),
    latency: {
      p50: median(rounds.map((round) => round[kind].latency.p50)),
      p99: median(rounds.map((round) => round[kind].latency.p99)),
    },
  });
  return {
    matches,
    gapMs,
    bare: typical('bare'),
    agent: typical('agent'),
    ratio: median(rounds.map(({ bare, agent }) => agent.cpuUs / bare.cpuUs)),
  };
}

/** A player in a process of its own, at so many tables of another one. */
export async function seatPlayer(kind: PlayerKind, matches: number): Promise<Seated> {
  const table = startChild<TableQuestion, TableAnswer>('table-server.ts');
  const player = startChild<PlayerQuestion, PlayerAnswer>('player.ts');
  const { url } = await table.ask({ type: 'open' });
  const before = await player.ask({ type: 'memory' });
  const online = table.ask({ type: 'online' });
  await player.ask({ type: 'start', kind, url });
  await online;
  if (matches > 0) await table.ask({ type: 'seat', matches });
  return { player, table, before };
}

async function play(
  { player, table }: Seated,
  matches: number,
  turns: number,
  gapMs: number,
): Promise<TurnFigures> {
  const each = Math.ceil(turns / matches);
  const before = await player.ask({ type: 'cpu' });
  const { latency } = await table.ask({ type: 'play', turns: each, gapMs });
  const after = await player.ask({ type: 'cpu' });
  return { cpuUs: ((after.cpuMs - before.cpuMs) * 1_000) / (each * matches), latency };
}
