/** Reads the recordings of one match that one bot, or a local platform, has written: one file or several. */
import { textsOf, wholeOf } from '../../platform/fields.js';
import { isObject } from '../../protocol/checks.js';
import type { TimedAgentEvent } from '../../protocol/events.js';
import { noLines } from '../../recording/json-lines.js';
import { lastResult, recordBatches } from '../../recording/read-recording.js';
import type { RecordedResult, RecordingHeader, RecordingRecord } from '../../recording/recording-shape.js';
import type { FileLines, MatchView } from './collected-match.js';
import { whyUnread } from './find-matches.js';
import { readFacts } from './pieces-of-facts.js';
import { noMatch, readFrames, type SeenMatch } from './pieces-of-frames.js';
import { readDecisions } from './recorded-decisions.js';

export interface ReadView {
  readonly view: MatchView;
  readonly seen: SeenMatch;
  readonly lines: readonly FileLines[];
}

export interface ViewTerms {
  /** On this match and bot, the oldest first. */
  readonly results: readonly RecordedResult[];
  readonly signal: AbortSignal | undefined;
  /** Told of each file that cannot be read, or only in part. */
  readonly onUnread: (file: string, why: string) => void;
}

/** @param paths in the order in which they were begun. */
export async function readView(
  paths: readonly string[],
  { results, signal, onUnread }: ViewTerms,
): Promise<ReadView> {
  const seen = noMatch();
  const lines: FileLines[] = [];
  const headers = new Map<string, RecordingHeader>();
  const resumedAt = new Set<number>();
  const losses = new Map<number, number>();
  const gaps = new Map<number, number>();
  const { decisions, ask, take } = readDecisions();
  let isClosed = false;
  const readFile = async (path: string): Promise<void> => {
    const counts = noLines();
    const frames = readFrames(seen);
    const facts = readFacts(seen);
    const skip = (): void => {
      frames.skip();
      facts.skip();
    };
    const takeRecord = (record: RecordingRecord): void => {
      isClosed = record.type === 'end';
      switch (record.type) {
        case 'header':
          headers.set(`${record.at} ${record.pid}`, record);
          for (const [seat, name] of textsOf(record.players).entries()) seen.names.set(seat, name);
          skip();
          break;
        case 'gap':
          gaps.set(record.at, wholeOf(record.lost) ?? 0);
          skip();
          break;
        case 'in': {
          if (!isObject(record.frame)) break;
          const turn = frames.take(record.frame, record.at);
          if (turn !== null) ask(turn, record.at);
          break;
        }
        case 'fact':
          if (isObject(record.fact)) facts.take({ ...record.fact }, record.at);
          break;
        case 'event':
          if (isObject(record.event)) takeEvent(record.event, record.at);
          break;
        // Frames that were sent are answers, which events tell; the platform's events are no facts.
        case 'out':
        case 'platform':
        case 'end':
          break;
      }
    };
    const takeEvent = (event: TimedAgentEvent, at: number): void => {
      take(event, at);
      if (event.type === 'match.started') seen.seat ??= wholeOf(event.seat);
      if (event.type === 'match.connected' && event.resumed) resumedAt.add(at);
      if (event.type !== 'match.lost') return;
      losses.set(at, wholeOf(event.loss?.code) ?? 0);
      skip();
    };
    for await (const records of recordBatches(path, counts)) {
      signal?.throwIfAborted();
      for (const record of records) takeRecord(record);
    }
    lines.push({ file: path, ...counts });
  };
  for (const path of paths) {
    try {
      await readFile(path);
    } catch (error) {
      signal?.throwIfAborted();
      onUnread(path, whyUnread(error));
    }
  }
  const ordered = [...headers.values()].toSorted((a, b) => a.at - b.at);
  const [header = null] = ordered;
  const result = lastResult(results);
  // A session that was killed before the match began was never told it.
  const seat = seen.seat ?? result?.seat ?? null;
  return {
    seen,
    lines,
    view: {
      by: header?.by ?? 'agent',
      participantId: header?.participantId ?? null,
      header,
      headers: ordered,
      results,
      result,
      seat,
      netChips: seat === null ? null : netChipsOf(seen, { seat, results }),
      decisions: [...decisions.values()],
      resumes: resumedAt.size,
      losses: [...losses.values()],
      lostRecords: [...gaps.values()].reduce((sum, lost) => sum + lost, 0),
      isClosed,
    },
  };
}

/**
 * The end of the match tells it; a recording may end before, on a disk that was full, and then a result knows what the end
 * told. Or else the stacks of the first and the last hand do, if nothing before them is missing.
 */
function netChipsOf(
  { netChips, hands, startingStack }: SeenMatch,
  { seat, results }: { seat: number; results: readonly RecordedResult[] },
): number | null {
  const told =
    netChips.get(seat) ?? lastResult(results.filter((result) => result.netChips !== null))?.netChips;
  if (typeof told === 'number') return told;
  const inOrder = [...hands.values()].toSorted((a, b) => a.handNumber - b.handNumber);
  const [first] = inOrder;
  const begun =
    startingStack ?? (first?.handNumber === 1 ? (first.beginning ?? first.turn)?.stacks[seat] : undefined);
  const left = inOrder.findLast(({ ending }) => ending?.stacks?.[seat] !== undefined)?.ending?.stacks?.[seat];
  return begun === undefined || left === undefined ? null : left - begun;
}
