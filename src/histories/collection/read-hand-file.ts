/** The matches of a file of hands in another format: hands that come one after the other. */
import { basename, extname } from 'node:path';
import { filePieces } from '../formats/file-pieces.js';
import { type RefusedHand, takenNumber } from '../formats/hand-refusal.js';
import type { KnownHands } from '../formats/known-hands.js';
import type { FileKind, FileTerms } from '../formats/read-file.js';
import type { HandHistory } from '../hand-history.js';
import type { CollectedMatch } from './collected-match.js';

const defaults = {
  /** Hands that no match tells apart come so many at a time, and those of a match at most. */
  maxHands: 5_000,
} as const;

/** What became of the blocks of a file. */
export interface FileReport {
  readonly file: string;
  /** Null: it is none of what is read. */
  readonly kind: FileKind | 'recording' | 'results' | 'session' | null;
  /** Pieces that look like a hand. They are `hands`, `repeated` and `refused`. */
  blocks: number;
  hands: number;
  /** Hands that came before, from another file. */
  repeated: number;
  readonly refused: RefusedHand[];
  /** What was found out about the hands: a sentence, and for how many it holds. */
  readonly remarks: Map<string, number>;
  /** The file that stands for the hands of its match, which several recordings have. Default: this one. */
  readonly toldBy?: string;
}

export const emptyReport = (file: string, kind: FileReport['kind']): FileReport => ({
  file,
  kind,
  blocks: 0,
  hands: 0,
  repeated: 0,
  refused: [],
  remarks: new Map(),
});

export interface HandFileTerms extends Pick<FileTerms, 'game' | 'startingStack'> {
  readonly known: KnownHands;
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (bytes: number) => void;
  readonly onReport: (report: FileReport) => void;
}

/** @throws the system's error when the file cannot be read. */
export async function* matchesOfFile(
  path: string,
  { known, signal, onBytes, onReport, ...terms }: HandFileTerms,
): AsyncGenerator<CollectedMatch, void, undefined> {
  let report: FileReport | null = null;
  let waiting: HandHistory[] = [];
  let isContinued = false;

  const flush = (): CollectedMatch[] => {
    const [first] = waiting;
    if (first === undefined) return [];
    const match = matchOfHands(path, waiting, isContinued);
    waiting = [];
    return [match];
  };

  for await (const piece of filePieces(path, { ...terms, matchId: basename(path, extname(path)) })) {
    signal?.throwIfAborted();
    report ??= emptyReport(path, piece.kind);
    report.blocks += piece.blocks;
    report.refused.push(...piece.refused);
    for (const [sentence, count] of piece.remarks)
      report.remarks.set(sentence, (report.remarks.get(sentence) ?? 0) + count);
    for (const [index, hand] of piece.hands.entries()) {
      const [before] = waiting;
      if (before !== undefined && (before.matchId !== hand.matchId || waiting.length >= defaults.maxHands))
        yield* flush();
      if (waiting.length === 0) isContinued = hand.matchId !== null && known.hasMatch(hand.matchId);
      const novelty = known.take(hand);
      if (novelty === 'repeated') report.repeated += 1;
      else if (novelty === 'taken')
        report.refused.push(takenHand(hand, report.blocks - piece.blocks + index + 1));
      else {
        report.hands += 1;
        waiting.push(hand);
      }
    }
    onBytes(piece.bytes);
  }
  yield* flush();
  onReport(report ?? emptyReport(path, null));
}

const takenHand = ({ handNumber }: HandHistory, position: number): RefusedHand => ({
  position,
  handNumber,
  code: 'number_taken',
  why: takenNumber,
});

function matchOfHands(path: string, hands: readonly HandHistory[], isContinued: boolean): CollectedMatch {
  const names = new Map<number, string>();
  for (const { seats } of hands) for (const { seat, name } of seats) names.set(seat, name);
  const players = [...names].toSorted(([a], [b]) => a - b).map(([seat, name]) => ({ seat, name }));
  const heroes = new Set(hands.map(({ hero }) => hero));
  const [hero = null] = heroes.size === 1 ? heroes : [];
  const times = hands.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  return {
    by: 'file',
    matchId: hands[0]?.matchId ?? null,
    isContinued,
    files: [path],
    participantId: null,
    header: null,
    headers: [],
    result: null,
    results: [],
    seat: hero,
    netChips: hero === null ? null : netChipsOf(hands, hero),
    decisions: [],
    resumes: 0,
    losses: [],
    lostRecords: 0,
    isClosed: true,
    startedAt: times.length === 0 ? null : Math.min(...times),
    players,
    opponents: players.filter(({ seat }) => seat !== hero).map(({ name }) => name),
    hands: inOrder(hands),
    refused: [],
    remarks: new Map(),
    others: [],
    lines: [],
  };
}

/** Of the hands that are finished; null where a stack is not known. */
function netChipsOf(hands: readonly HandHistory[], hero: number): number | null {
  let sum = 0;
  for (const { seats, isFinished } of hands) {
    if (!isFinished) continue;
    const own = seats.find(({ seat }) => seat === hero);
    if (own === undefined || own.stack === null || own.stackAfter === null) return null;
    sum += own.stackAfter - own.stack;
  }
  return sum;
}

/** Hands of a match by their number; others as they stand in their file. */
function inOrder(hands: readonly HandHistory[]): readonly HandHistory[] {
  if (hands.some(({ matchId, handNumber }) => matchId === null || handNumber === null)) return hands;
  return hands.toSorted((a, b) => (a.handNumber ?? 0) - (b.handNumber ?? 0));
}
