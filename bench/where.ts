/** Where the time of a turn goes, by part, in the agent and in the bare client: self times of a sampling profiler. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { seatPlayer, type TurnOptions } from './per-turn.js';
import type { SelfTime } from './self-times.js';

const defaults = { matches: 1, warmUpTurns: 8_000, turns: 20_000, topFunctions: 60 } as const;

export interface WhereRow {
  client: string;
  /** CPU of a turn while it is profiled, in microseconds. */
  cpuUs: number;
  /** Microseconds of a turn by part, the largest first. */
  parts: [part: string, us: number][];
  /** The functions that take most, by themselves. */
  functions: [name: string, us: number][];
}

/** The main thread's own time; idle time is not in it. */
export async function measureWhere({ matches: counts, beside }: TurnOptions = {}): Promise<WhereRow[]> {
  const matches = counts?.[0] ?? defaults.matches;
  const rows = [await profile('bare', matches), await profile('agent', matches)];
  if (beside !== undefined) rows.push(await profile('agent', matches, beside));
  return rows;
}

async function profile(kind: 'bare' | 'agent', matches: number, checkout?: string): Promise<WhereRow> {
  const { player, table } = await seatPlayer(kind, matches, { checkout });
  const each = Math.ceil(defaults.turns / matches);
  await table.ask({ type: 'play', turns: Math.ceil(defaults.warmUpTurns / matches), gapMs: 0 });
  const before = await player.ask({ type: 'profile' });
  await table.ask({ type: 'play', turns: each, gapMs: 0 });
  const { selfTimes, cpuMs } = await player.ask({ type: 'self-times' });
  await player.close();
  await table.close();

  const perTurn = (us: number): number => us / (each * matches);
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  for (const time of selfTimes) {
    if (time.name === '(idle)') continue;
    const place = placeOf(time);
    const part = partOf(time, place);
    parts.set(part, (parts.get(part) ?? 0) + perTurn(time.us));
    const name = `${time.name || '(anonymous)'} ${place}`;
    functions.set(name, (functions.get(name) ?? 0) + perTurn(time.us));
  }
  return {
    client: checkout === undefined ? kind : `${kind} of the other checkout`,
    cpuUs: perTurn((cpuMs - before.cpuMs) * 1_000),
    parts: descending(parts),
    functions: descending(functions).slice(0, defaults.topFunctions),
  };
}

const descending = (times: ReadonlyMap<string, number>): [string, number][] =>
  [...times].toSorted(([, a], [, b]) => b - a);

/** What the engine and Node do for a part, by the name of the native function. */
const nativeParts: readonly [pattern: RegExp, part: string][] = [
  [/^\(garbage collector\)$/, 'garbage collector'],
  [/^\(program\)$/, 'the system: waking up, reading'],
  [/^write/, 'the system: writing'],
  [/./, 'engine'],
];

function partOf({ name, url }: SelfTime, place: string): string {
  if (url === '') return nativeParts.find(([pattern]) => pattern.test(name))?.[1] ?? 'engine';
  if (url.startsWith('node:'))
    return url.startsWith('node:internal/timers') ? 'node: timers' : 'node: streams, net, events';
  const library = /node_modules\/([^/]+)/.exec(url)?.[1];
  if (library !== undefined) return library;
  return /^src\/((?:io\/)?[^/]+)/.exec(place)?.[1] ?? 'the client of the benchmark';
}

const maps = new Map<string, SourceMap | null>();

/** The file in which a function was written, and its line. */
function placeOf({ url, line, column }: SelfTime): string {
  const found = mapOf(url)?.findEntry(line, column);
  if (found !== undefined && 'originalSource' in found) {
    const file = found.originalSource.replace(/^.*?(src\/)/, '$1');
    return `${file}:${found.originalLine + 1}`;
  }
  return url === ''
    ? ''
    : `${url.replace(/^.*node_modules\//, '').replace(/^.*\/(bench|dist)\//, '$1/')}:${line + 1}`;
}

function mapOf(url: string): SourceMap | null {
  const known = maps.get(url);
  if (known !== undefined) return known;
  const file = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
  const map =
    existsSync(file) && file.includes('/dist/') && !file.includes('node_modules')
      ? new SourceMap(JSON.parse(readFileSync(file, 'utf8')))
      : null;
  maps.set(url, map);
  return map;
}
