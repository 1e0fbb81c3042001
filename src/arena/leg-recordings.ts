/** What is written of a leg whose hands are recorded (docs/records.md): to whoever reads it, it is one match. */
import { sha256 } from '../chance/random.js';
import { version } from '../protocol/version.js';
import { recordName } from '../recording/record-names.js';
import { type RecordedResult, type RecordingHeader, recordingSchema } from '../recording/recording-shape.js';
import type { BlockRecord } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import type { LegHands } from './played-hands.js';

const defaults = {
  runDigits: 12,
  /** Of the number of a block, so that names are in the order in which blocks were played. */
  blockDigits: 6,
} as const;

/** A run whose hands are recorded. */
export interface RecordedRun {
  readonly terms: ArenaTerms;
  /** By bot: what tells its code apart from other code. */
  readonly digests: readonly string[];
  /** When it began, in epoch milliseconds. Hands have no times of their own: the same run is the same, whoever plays it. */
  readonly at: number;
}

/** Where a leg stands in a run. */
export interface LegOfRun extends BlockPlace {
  readonly leg: number;
}

/** What the ids of its matches begin with: runs of the same bots on the same decks have the same. */
export function runPrefixOf({ terms, digests }: Omit<RecordedRun, 'at'>): string {
  const { mode, seed, pairings, pairsPerBlock, startingStack, smallBlind, bigBlind } = terms;
  const { blindSchedule, maxHands, clockMs } = terms;
  const played = {
    version,
    mode,
    seed,
    pairings,
    pairsPerBlock,
    startingStack,
    smallBlind,
    bigBlind,
    blindSchedule,
    maxHands,
    clockMs,
    digests,
  };
  return `arena-${sha256(JSON.stringify(played)).slice(0, defaults.runDigits)}-`;
}

export function legIdOf(prefix: string, { pairing, block, leg }: LegOfRun): string {
  return `${prefix}${pairing}-${String(block).padStart(defaults.blockDigits, '0')}-${leg}`;
}

export const fileOfLeg = (matchId: string): string => recordName(matchId);

/** The text of its file. */
export function recordingOfLeg(
  { terms, at }: Pick<RecordedRun, 'terms' | 'at'>,
  matchId: string,
  { pairing, block, leg }: LegOfRun,
  { facts }: LegHands,
): string {
  const header: RecordingHeader = {
    type: 'header',
    schema: recordingSchema,
    at,
    by: 'platform',
    matchId,
    participantId: null,
    package: version,
    node: process.version,
    // No process goes on with it.
    pid: 0,
    label: null,
    bot: null,
    env: null,
    lobby: null,
    played: null,
    players: botsBySeat(terms, pairing, leg).map((bot) => terms.names[bot] ?? ''),
    arena: { seed: terms.seed, pairing, leg, firstPair: block * terms.pairsPerBlock },
  };
  return [
    JSON.stringify(header),
    ...facts.map((fact) => `{"type":"fact","at":${at},"fact":${fact}}`),
    JSON.stringify({ type: 'end', at }),
    '',
  ].join('\n');
}

/** By bot of the pairing, so that the first one is who tells of the match. */
export function resultsOfLeg(
  { terms, digests, at }: RecordedRun,
  matchId: string,
  record: BlockRecord,
  { leg, answers }: LegHands & { leg: number },
): RecordedResult[] {
  const bots = terms.pairings[record.pairing] ?? [];
  const seated = botsBySeat(terms, record.pairing, leg);
  return bots.map((bot, own): RecordedResult => {
    const seat = seatOf(own, leg, bots.length);
    const place = terms.bots[bot];
    const { turns = 0, answeredFor = 0, corrected = 0 } = answers[own] ?? {};
    return {
      schema: recordingSchema,
      at,
      matchId,
      participantId: `p${seat}`,
      rated: false,
      outcome: 'completed',
      abandonReason: null,
      seat,
      netChips: sumOf(record.netChips[leg]?.[own] ?? []),
      hands: sumOf(record.hands[leg] ?? []),
      turns,
      fallbacks: answeredFor,
      corrections: corrected,
      rejections: 0,
      timeouts: answeredFor,
      resumes: 0,
      // They differ from run to run.
      latencyMs: { count: 0, p50: 0, p95: 0, p99: 0, max: 0 },
      startedAt: at,
      endedAt: at,
      opponents: seated.toSpliced(seat, 1).map((other) => terms.names[other] ?? ''),
      label: terms.names[bot] ?? null,
      bot: { name: terms.names[bot] ?? null, file: place?.kind === 'file' ? place.path : null },
      env: null,
      package: version,
      hash: place?.kind === 'file' ? (digests[bot]?.split(':').at(-1) ?? null) : null,
      git: null,
      file: fileOfLeg(matchId),
    };
  });
}

const seatOf = (bot: number, leg: number, seats: number): number => (bot + leg) % seats;

/** Numbers in the run. */
function botsBySeat({ pairings }: ArenaTerms, pairing: number, leg: number): number[] {
  const bots = pairings[pairing] ?? [];
  const seated: number[] = [];
  for (const [own, bot] of bots.entries()) seated[seatOf(own, leg, bots.length)] = bot;
  return seated;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
