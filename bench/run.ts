/**
 * `npm run bench`: everything but the matches at the platform's pace and the house bots' strength; `npm run bench -- turns
 * pace`: these parts; `npm run bench -- turns --beside FOLDER`: with the agent of another checkout in the same rounds.
 * docs/benchmarks.md says how to read what they print.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { shareDefinitions } from '../src/profiles/index.js';
import { agentParts } from './agent-figures.js';
import { entryOf } from './agent-of.js';
import { measureArenaFiles } from './arena-files.js';
import { hasMissed, measureEquity, measureMixed, type PaceRow } from './at-pace.js';
import { measureBeside } from './beside.js';
import { measureProfiles } from './house-profiles.js';
import { measureStrength, type StrengthOptions } from './house-strength.js';
import type { Row } from './measure.js';
import type { TurnOptions } from './per-turn.js';
import type { Spread } from './platform-messages.js';
import { measureTable } from './table.js';
import { measureThroughput } from './throughput.js';

const help = `npm run bench -- [parts] [options]

Measures these parts, or all but where, table, arena, strength, profiles and pace, which take as long as all others together or are not
of time. docs/benchmarks.md says how to read what is printed. Each needs a machine with nothing else to do.

  turns        a turn: the agent beside a bare client, with CPU, latency and garbage
  where        where the time of a turn goes
  heartbeat    how long a ping waits for its pong
  memory       of lobbies and matches, and whether it grows
  start        from the start of the process to the first frame
  isolate      a bot file in a process, in a thread and beside the agent
  crowd        two hundred matches that are announced at once
  hands        hands per second of the local platform
  table        the table and the engine beside poker-ts, which is installed for it
  arena        bot files against each other, in threads and in processes
  strength     the house bots against each other
  profiles     what the house bots do: VPIP, PFR, three-bets, folds
  pace         matches at the pace of the platform

  --matches <n,n>    of turns: with so many matches at once (default: 1,8,50)
  --awake            of turns: the table's process does not sleep, so that nobody pays for waking it
  --cores <1|2>      of turns: the table and its client have one core together, or one each (Linux; default: as the system likes)
  --deals <n>        of strength: of each pair (default: 100000)
  --metrics          of turns: this agent serves metrics; with --beside . beside itself without them
  --beside <folder>  of turns, table and arena: the built checkout there in the same rounds
  --help             this text`;

const columns = { name: 42, number: 9, spread: 22 } as const;

function printThroughput(rows: readonly Row[]): void {
  print({ node: process.version, rows });
  for (const { name, handsPerSecond, cpuMsPerHand } of rows) {
    const rate = String(handsPerSecond).padStart(columns.number);
    const cpu = cpuMsPerHand.toFixed(3).padStart(columns.number);
    process.stdout.write(`${name.padEnd(columns.name)}${rate} hands/s${cpu} ms CPU per hand\n`);
  }
}

function printPace(row: PaceRow): void {
  print({ node: process.version, ...row });
  const lines: [string, string][] = [
    ['turns', `${row.turns}, ${row.substituted} of them played by the platform`],
    ['missed', hasMissed(row) ? `dropped ${row.dropped}, closed ${JSON.stringify(row.closes)}` : 'nothing'],
    ['hands per match and minute', row.handsPerMatchAndMinute.toFixed(1)],
    ['answer to its turn_result', times(row.roundTrip)],
    ['clock run when a turn arrives', times(row.clockUsed)],
    ['timers late', times(row.timersLate)],
    ['event loop late', times(row.loopDelay)],
    ['CPU, memory', `${(row.cpuShare * 100).toFixed(0)} % of a core, ${row.rssMiB.toFixed(0)} MiB`],
  ];
  process.stdout.write(`${row.name}, ${row.matches} matches\n`);
  for (const [what, value] of lines) process.stdout.write(`  ${what.padEnd(columns.name - 10)}${value}\n`);
}

function times({ p50, p99, max }: Spread): string {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms`;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n\n`);
}

async function printStrength({ deals }: StrengthOptions): Promise<void> {
  for await (const duel of measureStrength({ ...(deals !== undefined && { deals }) })) {
    print({ node: process.version, ...duel });
    const rate = `${duel.rate.toFixed(1)} +- ${duel.standardError.toFixed(1)}`;
    const name = `${duel.bots.join(' against ')}, ${duel.stack} big blinds`;
    process.stdout.write(
      `${name.padEnd(columns.name + columns.number * 2)}${rate} big blinds per 100 hands\n`,
    );
  }
}

const profileColumns = ['vpip', 'pfr', 'threeBet', 'foldToThreeBet', 'foldToBet', 'callShare'] as const;

const percent = (rate: number | null) => (rate === null ? '-' : `${(100 * rate).toFixed(1)} %`);

async function printProfiles(): Promise<void> {
  for (const { name, hands, shares } of await measureProfiles()) {
    print({ name, hands, ...Object.fromEntries(profileColumns.map((share) => [share, shares[share]])) });
    const told = profileColumns.map(
      (share) => `${shareDefinitions[share].label} ${percent(shares[share].rate)}`,
    );
    process.stdout.write(`${name.padEnd(columns.name / 2)}${told.join(', ')}\n`);
  }
}

async function printTable({ beside }: TurnOptions): Promise<void> {
  let shown = '';
  for await (const row of measureTable(beside)) {
    print({ node: process.version, ...row });
    if (row.contest !== shown) process.stdout.write(`${row.contest}\n`);
    shown = row.contest;
    const rate = String(row.perSecond).padStart(columns.number);
    process.stdout.write(
      `  ${row.name.padEnd(columns.name - 2)}${rate} a second${row.ratio.toFixed(1).padStart(columns.number)}\n`,
    );
  }
}

async function printArena({ beside }: TurnOptions): Promise<void> {
  for await (const row of measureArenaFiles(beside)) printThroughput([row]);
}

type BenchOptions = TurnOptions & StrengthOptions;

const parts: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  ...agentParts,
  async hands() {
    printThroughput([...(await measureThroughput()), ...(await measureBeside())]);
  },
  table: printTable,
  arena: printArena,
  strength: printStrength,
  profiles: printProfiles,
  async pace() {
    printPace(await measureMixed());
    for (const row of await measureEquity()) printPace(row);
  },
};

const { asked, options } = readArguments(process.argv.slice(2));
const unknown = asked.find((name) => parts[name] === undefined);
if (unknown !== undefined) refuse(`There is no ${unknown}; there are ${Object.keys(parts).join(', ')}.`);
const onRequest: readonly string[] = ['arena', 'pace', 'profiles', 'strength', 'table', 'where'];
// Each takes as long as all others together, and is of the sandbox alone.
for (const name of asked.length > 0
  ? asked
  : Object.keys(parts).filter((part) => !onRequest.includes(part))) {
  await parts[name]?.(options);
  process.stdout.write('\n');
}

/** What is measured, and of the turns: beside which checkout, and with how many matches. */
function readArguments(args: string[]): { asked: string[]; options: BenchOptions } {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        awake: { type: 'boolean', default: false },
        beside: { type: 'string' },
        cores: { type: 'string' },
        deals: { type: 'string' },
        matches: { type: 'string' },
        metrics: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) {
      process.stdout.write(`${help}\n`);
      process.exit(0);
    }
    const beside = values.beside ?? process.env['BENCH_BESIDE'];
    if (beside !== undefined && entryOf(beside) === null) {
      return refuse(`--beside: ${beside} has no dist/index.js; run \`npm run build\` there.`);
    }
    const matches = values.matches?.split(',').map(Number);
    if (matches?.some((count) => !Number.isSafeInteger(count) || count < 1)) {
      return refuse(`--matches: numbers of matches such as 1,8,50, not ${values.matches}.`);
    }
    const cores = coresOf(values.cores);
    if (cores === 1 && values.awake) {
      return refuse('--awake: a table that never sleeps does not share one core; take --cores 2.');
    }
    const deals = values.deals === undefined ? undefined : Number(values.deals);
    if (deals !== undefined && !(Number.isSafeInteger(deals) && deals >= 1)) {
      return refuse(`--deals: a number of deals such as 1000, not ${values.deals}.`);
    }
    return {
      asked: positionals,
      options: {
        beside,
        awake: values.awake,
        metrics: values.metrics,
        cores,
        ...(matches && { matches }),
        ...(deals !== undefined && { deals }),
      },
    };
  } catch (error) {
    return refuse(error instanceof Error ? `${error.message.split('.')[0]}.` : String(error));
  }
}

function coresOf(text: string | undefined): 1 | 2 | undefined {
  if (text === undefined) return undefined;
  const cores = Number(text);
  if (cores !== 1 && cores !== 2) return refuse(`--cores: 1 or 2, not ${text}.`);
  if (process.platform !== 'linux') return refuse('--cores: only Linux has the taskset that this takes.');
  if (cores > availableParallelism()) return refuse('--cores: there is only one here.');
  return cores;
}

function refuse(why: string): never {
  process.stderr.write(`${why} Try npm run bench -- --help.\n`);
  process.exit(2);
}
