/** The agent beside its baselines, as text and as lines of JSON. */
import { type HeartbeatRow, measureHeartbeat } from './heartbeat.js';
import { measureCrowd, measureIsolation } from './isolation.js';
import { measureGrowth, measureMemory } from './memory.js';
import { measureTurns, type Ratio, type TurnFigures, type TurnOptions } from './per-turn.js';
import { measureStartUp } from './start-up.js';
import { measureWhere } from './where.js';

const columns = { name: 34, number: 10 } as const;

export const agentParts: Readonly<Record<string, (options: TurnOptions) => Promise<void>>> = {
  turns: printTurns,
  where: printWhere,
  heartbeat: printHeartbeat,
  memory: printMemory,
  start: printStart,
  isolate: printIsolation,
  crowd: printCrowd,
};

async function printTurns(options: TurnOptions): Promise<void> {
  const rows = await measureTurns(options);
  json('turns', rows);
  line('A turn, medians', turnColumns);
  for (const { matches, gapMs, bare, agent, ratio, beside } of rows) {
    const frames = gapMs === 0 ? 'in one piece' : 'one by one';
    line(`${matches} matches, ${frames}: bare`, turnCells(bare));
    if (beside !== null)
      line('  the other agent', [...turnCells(beside.agent), ...spreadCells(beside.ratio)]);
    line('  agent', [...turnCells(agent), ...spreadCells(ratio)]);
    if (beside !== null) line('  agent to the other one', [...noCells, ...spreadCells(beside.saved)]);
  }
}

const turnColumns = ['CPU us', 'user us', 'p50 ms', 'p99 ms', 'heap kB', 'ratio', 'from', 'to'] as const;
const noCells: readonly string[] = ['', '', '', '', ''];

function turnCells({ cpuUs, userUs, latency, heapBytes }: TurnFigures): string[] {
  return [
    cpuUs.toFixed(1),
    userUs.toFixed(1),
    latency.p50.toFixed(2),
    latency.p99.toFixed(2),
    (heapBytes / 1_000).toFixed(1),
  ];
}

function spreadCells({ median, low, high }: Ratio): string[] {
  return [median, low, high].map((ratio) => ratio.toFixed(2));
}

async function printWhere(options: TurnOptions): Promise<void> {
  const rows = await measureWhere(options);
  json('where', rows);
  for (const { client, cpuUs, parts, functions } of rows) {
    line(client, ['us a turn']);
    line('CPU of the process, profiled', [cpuUs.toFixed(1)]);
    for (const [name, us] of parts) line(`  ${name}`, [us.toFixed(1)]);
    for (const [name, us] of functions) process.stdout.write(`${us.toFixed(2).padStart(12)}  ${name}\n`);
  }
}

async function printHeartbeat(): Promise<void> {
  const rows: readonly HeartbeatRow[] = await measureHeartbeat();
  json('heartbeat', rows);
  line('Ping to pong, five matches of 1.5 s', ['turns', 'lost', 'p50 ms', 'p99 ms', 'max ms']);
  for (const { name, turns, lost, pongs } of rows) {
    line(name, [turns, lost, pongs.p50.toFixed(1), pongs.p99.toFixed(1), pongs.max.toFixed(1)]);
  }
}

async function printMemory(): Promise<void> {
  const rows = await measureMemory();
  const growth = await measureGrowth();
  json('memory', { rows, growth });
  line('Memory', ['lobby kB', 'matches', 'heap kB', 'rss kB']);
  for (const { kind, lobbyKb, idle } of rows) {
    for (const { matches, heapKb, rssKb } of idle) {
      line(`${kind}, each idle match`, [lobbyKb.toFixed(0), matches, heapKb.toFixed(1), rssKb.toFixed(1)]);
    }
  }
  line(`growth over 100,000, from ${growth.matches}`, [`${growth.growthMb.toFixed(2)} MB`]);
}

async function printStart(): Promise<void> {
  const rows = await measureStartUp();
  json('start', rows);
  line('Start-up', ['ms', 'ratio']);
  for (const { name, ms, ratio } of rows) line(name, [ms.toFixed(0), ratio.toFixed(2)]);
}

async function printIsolation(): Promise<void> {
  const rows = await measureIsolation();
  json('isolate', rows);
  line('A bot file, by isolation', ['match ms', 'rss MB', 'pss MB', 'p50 ms', 'p99 ms']);
  for (const { isolate, startMs, match, latency } of rows) {
    line(isolate, [
      startMs.toFixed(0),
      match.rssMb.toFixed(1),
      match.pssMb.toFixed(1),
      latency.p50.toFixed(2),
      latency.p99.toFixed(2),
    ]);
  }
}

async function printCrowd(): Promise<void> {
  const rows = await measureCrowd();
  json('crowd', rows);
  line('200 matches announced at once', ['pong ms', 'p99 ms', 'first ms', 'last ms']);
  for (const { isolate, pongs, seatedMs } of rows) {
    line(isolate, [
      pongs.max.toFixed(0),
      pongs.p99.toFixed(0),
      seatedMs.first.toFixed(0),
      seatedMs.last.toFixed(0),
    ]);
  }
}

function json(part: string, result: unknown): void {
  process.stdout.write(`${JSON.stringify({ node: process.version, part, result })}\n\n`);
}

function line(name: string, cells: readonly (string | number)[]): void {
  const numbers = cells.map((cell) => String(cell).padStart(columns.number)).join('');
  process.stdout.write(`${name.padEnd(columns.name)}${numbers}\n`);
}
