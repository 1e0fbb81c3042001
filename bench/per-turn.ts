/**
 * What a turn costs the agent beside a bare client, and beside the agent of another checkout: CPU of its own process, time
 * to the answer, and what it allocates.
 */
import { type Child, startChild } from './child.js';
import { type MedianInterval, median, medianInterval } from './measure.js';
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
  /** More matches than this have more turns together, so that each has some. */
  sharing: 25,
  /**
   * Many short rounds: when other work slows the machine down, all clients of a pair have it, and pairs that had more of
   * it are on either side of the median.
   */
  inOnePiece: { rounds: 30, turns: 1_000, gapMs: 0 },
  /** At this distance no frame comes together with the one before it. */
  oneByOne: { rounds: 15, turns: 250, gapMs: 1 },
} as const;

interface Pace {
  rounds: number;
  /** Of a round, all matches together. */
  turns: number;
  gapMs: number;
}

export interface TurnOptions {
  /** How many matches at once, a row each way for each. Default: 1, 8 and 50. */
  matches?: readonly number[];
  /** The folder of another built checkout of this package, whose agent plays in the same rounds. */
  beside?: string | undefined;
  /** The table's process does not sleep while it plays: whoever writes to one that sleeps pays for waking it. Default: false. */
  awake?: boolean;
  /** The agent of this checkout serves metrics, that of the other one does not. Default: false. */
  metrics?: boolean;
  /** The cores that table and client have, one together or one each. Default: where the system puts them. */
  cores?: 1 | 2 | undefined;
}

export interface TurnRow {
  matches: number;
  /** Between two frames of a turn; 0: all three come in one piece. */
  gapMs: number;
  bare: TurnFigures;
  agent: TurnFigures;
  /** CPU of the agent to that of the bare client. */
  ratio: Ratio;
  /** The agent of the other checkout, its ratio to the bare client, and this agent's to it. */
  beside: { agent: TurnFigures; ratio: Ratio; saved: Ratio } | null;
}

/** Of one turn: medians over the rounds. */
export interface TurnFigures {
  /** CPU of the process, all its threads, in microseconds. */
  cpuUs: number;
  /** What of it was not spent in the system's calls, which cost more the longer the other side has slept. */
  userUs: number;
  /** From the request to the answer, in ms. */
  latency: Pick<Spread, 'p50' | 'p99'>;
  /** Allocated on the heap, in bytes. */
  heapBytes: number;
}

/** Over the rounds, each of which has every client play, one right after the other. */
export type Ratio = MedianInterval;

type Compared = 'bare' | 'agent' | 'beside';
type Round = Omit<TurnFigures, 'heapBytes'>;

export interface Seated {
  player: Child<PlayerQuestion, PlayerAnswer>;
  table: Child<TableQuestion, TableAnswer>;
  /** The process before it dialed. */
  before: PlayerAnswer;
  /** Its table does not sleep while it plays. Default: false. */
  awake?: boolean;
}

export async function measureTurns({
  matches: counts = defaults.matches,
  ...options
}: TurnOptions = {}): Promise<TurnRow[]> {
  const rows: TurnRow[] = [];
  for (const matches of counts) rows.push(...(await measureAt(matches, options)));
  return rows;
}

async function measureAt(
  matches: number,
  { beside, awake = false, metrics, cores }: TurnOptions,
): Promise<TurnRow[]> {
  const seatAt = async (kind: PlayerKind, checkout?: string): Promise<Seated> => ({
    ...(await seatPlayer(kind, matches, { checkout, cores })),
    awake,
  });
  const all = new Map<Compared, Seated>([
    ['bare', await seatAt('bare')],
    ['agent', await seatAt(metrics ? 'metrics' : 'agent')],
  ]);
  if (beside !== undefined) all.set('beside', await seatAt('agent', beside));
  for (const seated of all.values()) {
    await play(seated, matches, { turns: defaults.warmUpTurns, gapMs: 0 });
  }
  const rows = [
    await compare(all, matches, defaults.oneByOne),
    await compare(all, matches, defaults.inOnePiece),
  ];
  for (const { player, table } of all.values()) {
    await player.close();
    await table.close();
  }
  return rows;
}

async function compare(all: ReadonlyMap<Compared, Seated>, matches: number, pace: Pace): Promise<TurnRow> {
  const rounds = new Map<Compared, Round[]>(Array.from(all.keys(), (kind) => [kind, []]));
  for (let round = 0; round < pace.rounds; round += 1) {
    // In turns which one is first: the machine gets faster and slower while this runs.
    const order = [...all].map((_, place, list) => list[(place + round) % list.length]);
    for (const [kind, seated] of order.filter((entry) => entry !== undefined)) {
      rounds.get(kind)?.push(await play(seated, matches, pace));
    }
  }
  const heap = new Map<Compared, number>();
  for (const [kind, seated] of all) heap.set(kind, await allocated(seated, matches, pace));

  const typical = (kind: Compared): TurnFigures => {
    const played = rounds.get(kind) ?? [];
    const of = (read: (round: Round) => number): number => median(played.map(read));
    return {
      cpuUs: of(({ cpuUs }) => cpuUs),
      userUs: of(({ userUs }) => userUs),
      latency: { p50: of(({ latency }) => latency.p50), p99: of(({ latency }) => latency.p99) },
      heapBytes: heap.get(kind) ?? 0,
    };
  };
  const ratio = (kind: Compared, to: Compared): Ratio => {
    const others = rounds.get(to) ?? [];
    const each = (rounds.get(kind) ?? []).map(({ cpuUs }, round) => cpuUs / (others[round]?.cpuUs ?? 0));
    return medianInterval(each);
  };
  return {
    matches,
    gapMs: pace.gapMs,
    bare: typical('bare'),
    agent: typical('agent'),
    ratio: ratio('agent', 'bare'),
    beside: all.has('beside')
      ? { agent: typical('beside'), ratio: ratio('beside', 'bare'), saved: ratio('agent', 'beside') }
      : null,
  };
}

/**
 * A player in a process of its own, at so many tables of another one.
 *
 * @param options the checkout whose agent plays, this one's by default, and the cores.
 */
export async function seatPlayer(
  kind: PlayerKind,
  matches: number,
  { checkout, cores }: { checkout?: string | undefined } & Pick<TurnOptions, 'cores'> = {},
): Promise<Seated> {
  const table = startChild<TableQuestion, TableAnswer>('table-server.ts', [], cores && 0);
  const player = startChild<PlayerQuestion, PlayerAnswer>(
    'player.ts',
    checkout === undefined ? [] : [checkout],
    cores && cores - 1,
  );
  const { url } = await table.ask({ type: 'open' });
  const before = await player.ask({ type: 'memory' });
  const online = table.ask({ type: 'online' });
  await player.ask({ type: 'start', kind, url });
  await online;
  if (matches > 0) await table.ask({ type: 'seat', matches });
  return { player, table, before };
}

async function play(
  { player, table, awake = false }: Seated,
  matches: number,
  { turns, gapMs }: Omit<Pace, 'rounds'>,
): Promise<Round> {
  const each = turnsEach(turns, matches);
  const before = await player.ask({ type: 'cpu' });
  const { latency } = await table.ask({ type: 'play', turns: each, gapMs, awake });
  const after = await player.ask({ type: 'cpu' });
  const perTurn = (ms: number): number => (ms * 1_000) / (each * matches);
  return {
    cpuUs: perTurn(after.cpuMs - before.cpuMs),
    userUs: perTurn(after.userMs - before.userMs),
    latency,
  };
}

const turnsEach = (turns: number, matches: number): number =>
  Math.ceil(turns / Math.min(matches, defaults.sharing));

/** In a round of its own: to be told of each collection costs time. */
async function allocated(
  { player, table, awake = false }: Seated,
  matches: number,
  { turns, gapMs }: Pace,
): Promise<number> {
  const each = turnsEach(turns, matches);
  await player.ask({ type: 'watch-heap' });
  await table.ask({ type: 'play', turns: each, gapMs, awake });
  const { allocatedBytes } = await player.ask({ type: 'heap' });
  return allocatedBytes / (each * matches);
}
