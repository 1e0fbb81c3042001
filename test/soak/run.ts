/**
 * `npm run soak -- --matches 10000 --drops 5000 --seconds 900`: one agent through many matches, many losses of its
 * lobby, and a day of virtual time. Prints what grew, and ends with 1 when something did that must not.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createAgent } from '../../src/agent/agent.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import { liveADay } from './day.js';
import type { Order, Report } from './messages.js';
import { slopeOf } from './slope.js';

const limits = {
  /** By the slope over all readings: a megabyte in 10000 matches. */
  maxHeapPerMatchBytes: 100,
  maxHeapPerDropBytes: 100,
  /** Code is compiled and tables grow to their size at first, which is not measured. */
  warmUpMatches: 1_000,
  warmUpDrops: 1_000,
  /** Sockets that were closed are gone by then. */
  settleMs: 200,
} as const;

const { values } = parseArgs({
  options: {
    matches: { type: 'string', default: '10000' },
    drops: { type: 'string', default: '5000' },
    hours: { type: 'string', default: '24' },
    seconds: { type: 'string', default: '900' },
  },
});
const matches = Number(values.matches);
const drops = Number(values.drops);
const endsAt = performance.now() + Number(values.seconds) * 1_000;
const collect = (globalThis as { gc?: () => void }).gc;
if (collect === undefined) throw new Error('Run it with --expose-gc: npm run soak does.');

const failures: string[] = [];
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function check(holds: boolean, what: string): void {
  print(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (!holds) failures.push(what);
}

/** What a process holds on to: sockets, timers, listeners. */
function held() {
  const kinds = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    timers: kinds.get('Timeout') ?? 0,
    sockets: kinds.get('TCPSocketWrap') ?? 0,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  };
}

/** One timer more or less is a heartbeat between two of its looks. */
function holdsNoMoreThan({ timers, sockets, listeners }: ReturnType<typeof held>): boolean {
  const now = held();
  return now.timers <= timers + 1 && now.sockets <= sockets && now.listeners <= listeners;
}

async function heapBytes(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, limits.settleMs));
  for (let round = 0; round < 3; round += 1) {
    collect?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

const platform = fork(fileURLToPath(new URL('./platform.ts', import.meta.url)), {
  execArgv: ['--import', 'jiti/register'],
});

async function hear(): Promise<Report> {
  const [message] = (await once(platform, 'message')) as [Report];
  if (message.type === 'failed') throw new Error(message.message);
  return message;
}

async function tell(order: Order): Promise<void> {
  platform.send(order);
  await hear();
}

const ready = await hear();
if (ready.type !== 'ready') throw new Error('The platform did not start.');

/** What each live match has told, to know more of one that was abandoned. */
const stories = new Map<string, TimedAgentEvent[]>();

function remember(event: TimedAgentEvent): void {
  if (!('matchId' in event) || typeof event.matchId !== 'string') return;
  const story = stories.get(event.matchId) ?? [];
  stories.set(event.matchId, story);
  story.push(event);
}

const seen = { ended: 0, abandoned: 0, fallbacks: 0, listening: 0 };
const agent = createAgent(
  { decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' }) },
  {
    url: ready.lobbyUrl,
    token: ready.token,
    config: null,
    keepResults: 10,
    retryPolicy: new RetryPolicy({ maxReconnectAttempts: Infinity, initialBackoffMs: 1, maxBackoffMs: 2 }),
    onEvent(event) {
      remember(event);
      if (event.type === 'lobby.listening') seen.listening += 1;
      if (event.type !== 'match.ended') return;
      const story = stories.get(event.result.matchId);
      stories.delete(event.result.matchId);
      seen.ended += 1;
      seen.fallbacks += event.result.fallbacks;
      if (event.result.end !== null) return;
      seen.abandoned += 1;
      print(`abandoned: ${JSON.stringify(event.result)}`);
      for (const told of story ?? []) print(`  ${JSON.stringify(told)}`);
    },
  },
  { env: {} },
);
const session = agent.start();

const atOnce = 5;
const steps = 20;
const points: { x: number; y: number }[] = [];
await tell({ type: 'matches', count: limits.warmUpMatches, atOnce });
points.push({ x: seen.ended, y: await heapBytes() });
const before = held();
while (seen.ended < matches + limits.warmUpMatches && performance.now() < endsAt) {
  await tell({ type: 'matches', count: Math.ceil(matches / steps), atOnce });
  const heap = await heapBytes();
  points.push({ x: seen.ended, y: heap });
  print(`${seen.ended} matches, heap ${(heap / 1e6).toFixed(2)} MB, ${JSON.stringify(held())}`);
}
const slope = slopeOf(points);
print(`heap: ${slope.toFixed(1)} bytes a match over the last ${points.length} readings`);
check(
  seen.ended >= matches + limits.warmUpMatches,
  `${seen.ended} matches in the time, ${limits.warmUpMatches} of them to warm up`,
);
check(
  seen.abandoned === 0 && seen.fallbacks === 0,
  `${seen.abandoned} abandoned, ${seen.fallbacks} answered for the bot`,
);
check(
  slope <= limits.maxHeapPerMatchBytes,
  `the heap grows by at most ${limits.maxHeapPerMatchBytes} bytes a match`,
);
check(holdsNoMoreThan(before), `handles as before: ${JSON.stringify(before)} ${JSON.stringify(held())}`);

const dropPoints: typeof points = [];
await tell({ type: 'lobbyDrops', times: limits.warmUpDrops });
const listenedBefore = seen.listening;
for (let step = 0; step <= steps; step += 1) {
  dropPoints.push({ x: seen.listening, y: await heapBytes() });
  if (step < steps) await tell({ type: 'lobbyDrops', times: Math.ceil(drops / steps) });
}
const dropSlope = slopeOf(dropPoints);
check(seen.listening - listenedBefore >= drops, `${seen.listening - listenedBefore} reconnects of the lobby`);
check(
  dropSlope <= limits.maxHeapPerDropBytes,
  `the heap grows by ${dropSlope.toFixed(1)} bytes a reconnect, at most ${limits.maxHeapPerDropBytes}`,
);
check(holdsNoMoreThan(before), `handles as before: ${JSON.stringify(held())}`);

await agent.stop({ graceMs: 0 });
await session;

const day = await liveADay(Number(values.hours));
check(
  day.pings === day.pongs && day.pings > 0,
  `${values.hours} hours: ${day.pongs} of ${day.pings} pings answered`,
);
check(day.lost === 0, `the lobby was lost ${day.lost} times`);
check(day.completed === day.matches, `${day.completed} of ${day.matches} matches completed`);
check(day.timersLeft === 0, `${day.timersLeft} timers left`);

platform.disconnect();
print(failures.length === 0 ? 'The soak found nothing.' : `${failures.length} findings.`);
process.exit(failures.length === 0 ? 0 : 1);
