/** Many matches at the platform's own pace, delays and clocks on: what is late, and what is missed. */
import { startLoad } from './load.js';
import type { Lineup, PlatformReport, Spread } from './platform-messages.js';
import type { Tally } from './raw-bot.js';

/** Blinds that stay, so that all the time is like the other. */
const game = { startingStack: 1_000, smallBlind: 5, bigBlind: 10, decisionTimeoutMs: 5_000 } as const;

const defaults = {
  seed: 'bench',
  mixedSeconds: 45,
  equitySeconds: 15,
  /** Until the first dials and hands are through. */
  warmUpSeconds: 5,
  matchesPerBot: 2,
  /** Of `equity` bots, until one of them misses something. */
  equitySteps: [200, 800, 1_600, 2_600],
} as const;

export interface PaceRow extends PlatformReport {
  name: string;
  matches: number;
  handsPerMatchAndMinute: number;
  /** Share of one core. */
  cpuShare: number;
  /** What the clients saw, in milliseconds. */
  roundTrip: Spread;
  clockUsed: Spread;
  arrivedLate: number;
  closes: [code: number, times: number][];
}

/** Two hundred matches of all kinds. */
export function measureMixed(): Promise<PaceRow> {
  const kinds = ['tight-aggressive', 'random', 'calling-station'];
  const against = Array.from({ length: 120 }, (_, i): Lineup => [i, kinds[i % kinds.length] ?? '']);
  const remote = Array.from({ length: 60 }, (_, i): Lineup => [i, i + 60]);
  const house = Array.from(
    { length: 20 },
    (_, i): Lineup => [kinds[i % kinds.length] ?? '', kinds[(i + 1) % kinds.length] ?? ''],
  );
  return playAtPace('mixed', [...against, ...remote, ...house], 120, defaults.mixedSeconds);
}

/** More and more matches against the bots that compute most, until something is missed. */
export async function measureEquity(): Promise<PaceRow[]> {
  const rows: PaceRow[] = [];
  for (const matches of defaults.equitySteps) {
    const bots = matches / defaults.matchesPerBot;
    const lineups = Array.from({ length: matches }, (_, i): Lineup => [i % bots, 'equity']);
    const row = await playAtPace('equity', lineups, bots, defaults.equitySeconds);
    rows.push(row);
    if (hasMissed(row)) break;
  }
  return rows;
}

export function hasMissed({ substituted, dropped, faults, arrivedLate, closes }: PaceRow): boolean {
  return substituted + dropped + faults + arrivedLate + closes.length > 0;
}

async function playAtPace(
  name: string,
  lineups: readonly Lineup[],
  bots: number,
  seconds: number,
): Promise<PaceRow> {
  const load = await startLoad({ options: { speed: 1, seed: defaults.seed, ...game }, bots });
  const { platform, tally } = load;
  await platform.play(lineups, true);
  await wait(defaults.warmUpSeconds);
  await platform.reset();
  forget(tally);
  await wait(seconds);
  const report = await platform.report();
  const matches = lineups.length;
  const row: PaceRow = {
    name,
    matches,
    ...report,
    handsPerMatchAndMinute: (report.hands * 60_000) / report.elapsedMs / matches,
    cpuShare: report.cpuMs / report.elapsedMs,
    roundTrip: spread(tally.roundTrip),
    clockUsed: spread(tally.clockUsed),
    arrivedLate: tally.arrivedLate,
    closes: [...tally.closes],
  };
  await load.close();
  return row;
}

/** Only times: what was missed counts from the first dial. */
function forget({ roundTrip, clockUsed }: Tally): void {
  roundTrip.reset();
  clockUsed.reset();
}

function spread(histogram: Tally['roundTrip']): Spread {
  const ms = (micros: number) => (histogram.count === 0 ? 0 : micros / 1_000);
  return { p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(histogram.max) };
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1_000);
  });
}
