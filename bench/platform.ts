/** A sandbox as a process of its own, told by its parent what to play; it ends when the parent is gone. */
import {
  createHistogram,
  monitorEventLoopDelay,
  performance,
  type RecordableHistogram,
} from 'node:perf_hooks';
import type { Sandbox, WorldClock } from '../src/sandbox/index.js';
import { createSandbox } from './built.js';
import type { Answer, Command, Lineup, PlatformReport, PlatformSetup, Spread } from './platform-messages.js';

const defaults = { loopResolutionMs: 5 } as const;

const timersLate = createHistogram();
const loopDelay = monitorEventLoopDelay({ resolution: defaults.loopResolutionMs });
let counts = noCounts();
const missed = { substituted: 0, dropped: 0, faults: 0 };
let sandbox: Sandbox | null = null;
let bots: ReturnType<Sandbox['addBot']>[] = [];
const lineupOf = new Map<string, Lineup>();
let isEndless = false;

function noCounts() {
  return {
    hands: 0,
    matchesEnded: 0,
    turns: 0,
    since: performance.now(),
    cpu: process.cpuUsage(),
  };
}

/** The process's time, with a note of how late each timer comes. */
const clock: WorldClock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout(fn, ms) {
    const due = performance.now() + ms;
    return setTimeout(() => {
      record(timersLate, performance.now() - due);
      fn();
    }, ms);
  },
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
};

/** Histograms count from 1. */
function record(histogram: RecordableHistogram, ms: number): void {
  histogram.record(Math.max(1, Math.round(ms * 1_000)));
}

async function open({ options, bots: count }: PlatformSetup): Promise<void> {
  sandbox = await createSandbox({ port: 0, ...options, clock });
  sandbox.on((event) => {
    if (event.type === 'hand.ended') counts.hands += 1;
    else if (event.type === 'turn.opened') counts.turns += 1;
    else if (event.type === 'turn.substituted') missed.substituted += 1;
    else if (event.type === 'lobby.offline') missed.dropped += 1;
    else if (event.type === 'seat.disconnected') missed.dropped += 1;
    else if (event.type === 'platform.fault' || event.type === 'bot.failed') missed.faults += 1;
    else if (event.type === 'match.ended') over(event.matchId);
  });
  bots = Array.from({ length: count }, () => sandbox?.addBot()).filter((bot) => bot !== undefined);
  answer({ type: 'opened', url: sandbox.url, bots });
}

function over(matchId: string): void {
  counts.matchesEnded += 1;
  const lineup = lineupOf.get(matchId);
  lineupOf.delete(matchId);
  if (lineup !== undefined && isEndless) void play(lineup);
  else if (lineupOf.size === 0) answer({ type: 'idle' });
}

async function play(lineup: Lineup): Promise<void> {
  if (sandbox === null) return;
  const players = lineup.map((player) =>
    typeof player === 'string' ? player : { botId: bots[player]?.botId ?? '' },
  );
  const { matchId } = await sandbox.play({ players });
  lineupOf.set(matchId, lineup);
}

function reset(): void {
  counts = noCounts();
  timersLate.reset();
  loopDelay.reset();
}

function report(): PlatformReport {
  const { since, cpu, ...rest } = counts;
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...rest,
    ...missed,
    elapsedMs: performance.now() - since,
    cpuMs: (user + system) / 1_000,
    rssMiB: process.memoryUsage.rss() / 2 ** 20,
    timersLate: spread(timersLate, 1e3),
    loopDelay: spread(loopDelay, 1e6, defaults.loopResolutionMs),
  };
}

function spread(
  histogram: { percentile(p: number): number; max: number; count: number },
  unitsPerMs: number,
  offMs = 0,
): Spread {
  const ms = (value: number) => (histogram.count === 0 ? 0 : Math.max(0, value / unitsPerMs - offMs));
  return { p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(histogram.max) };
}

function answer(message: Answer): void {
  process.send?.(message);
}

async function obey(command: Command): Promise<void> {
  if (command.type === 'open') {
    await open(command.setup);
  } else if (command.type === 'play') {
    isEndless = command.isEndless;
    await Promise.all(command.lineups.map(play));
    answer({ type: 'playing' });
  } else if (command.type === 'reset') {
    reset();
    answer({ type: 'reset' });
  } else {
    answer({ type: 'report', report: report() });
  }
}

process.on('message', (command: Command) => void obey(command));
process.on('disconnect', () => process.exit());
loopDelay.enable();
