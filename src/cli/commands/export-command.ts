/** `chipzen-agent export`: writes hands for other poker programs. */

import { statSync } from 'node:fs';
import type { CollectedMatch, FileLines } from '../../histories/collection/collected-match.js';
import { exportHands, newExportMemory } from '../../histories/formats/export-hands.js';
import type { ExportFormat } from '../../histories/formats/format-names.js';
import type { HandHistory } from '../../histories/hand-history.js';
import { seenBy } from '../../histories/seen-by.js';
import { count } from '../../io/reports/describe.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { fileSink, folderSink, type HandSink, standardSink } from './export-sinks.js';
import {
  countsByCode,
  openHandFiles,
  printDamage,
  printRefused,
  printRemarks,
  type ReadingFlags,
  type RefusedInFile,
  refusedIn,
  whyNoHand,
} from './hand-files.js';
import { untilStopped } from './until-stopped.js';

const defaults = { maxLineLength: 400, maxNames: 8 } as const;

export interface ExportFlags extends ReadingFlags {
  format: ExportFormat;
  /** A file or a folder. */
  out?: string;
  /** Epoch milliseconds. */
  startedAt?: number;
  /** The name of a player. */
  hero?: string;
  json?: boolean;
}

/** What an export counts. */
interface Counts {
  read: number;
  written: number;
  twice: number;
  timed: number;
  /** Hands in which `--hero` was not dealt in. */
  without: number;
  /** Players of hands that were left out for that. */
  readonly names: Set<string>;
  readonly refused: RefusedInFile[];
  readonly lines: FileLines[];
}

/**
 * Writes them to a file, to files in a folder, or to standard output; the report goes to standard error then. One match at a
 * time is in memory.
 *
 * @returns the exit code: 1 when a hand could not be read or written, and when there was none.
 * @throws {OptionError} when there is no such file, or nothing can be written there.
 */
export function exportFiles(paths: readonly string[], flags: ExportFlags, io: Terminal): Promise<number> {
  const { format, out, json = false } = flags;
  if (json && out === undefined)
    throw new OptionError('json', '--json needs --out: without it the hands are on standard output.');
  return untilStopped(io, async (signal) => {
    const { collection, end } = openHandFiles(paths, flags, io, signal);
    const sink = sinkFor(flags, io);
    const counts: Counts = {
      read: 0,
      written: 0,
      twice: 0,
      timed: 0,
      without: 0,
      names: new Set(),
      refused: [],
      lines: [],
    };
    let files: readonly string[] = [];
    try {
      await writeAll(collection, sink, flags, counts);
      if (counts.written > 0) files = sink.finish();
      else sink.abandon();
    } catch (error) {
      sink.abandon();
      throw error;
    } finally {
      end();
    }
    const { read, written, timed, without } = counts;
    const twice = counts.twice + collection.reports.reduce((sum, { repeated }) => sum + repeated, 0);
    const left = [...refusedIn(collection.reports), ...counts.refused];
    if (json) {
      const report = {
        format,
        read: read + twice - counts.twice,
        written,
        twice,
        timed,
        ...(flags.hero !== undefined && { without }),
        refused: countsByCode(left),
        files,
        unread: collection.unread,
        refusedHands: left,
      };
      printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(report))));
    } else {
      const target = out === undefined || written === 0 ? '' : ` to ${printable(out, 200, io.redact)}`;
      const sums = [`${count(written, 'hand')} written${target}`, `${left.length} left out`];
      if (twice > 0) sums.push(`${twice} there twice`);
      if (without > 0) sums.push(`${without} without ${printable(flags.hero ?? '', 100, io.redact)}`);
      printLine(io.stderr, sums.join(', '));
      if (timed > 0)
        printLine(
          io.stderr,
          `  ${count(timed, 'hand')} without a time of its own: that of the match was taken`,
        );
      printDamage(collection, counts.lines, io.stderr, io);
      printRemarks(collection.reports, io.stderr);
      printRefused(left, io.stderr, io);
      if (written === 0 && left.length === 0 && collection.unread.length === 0)
        printLine(io.stderr, printable(whyNone(flags, counts), defaults.maxLineLength, io.redact));
    }
    const isWhole = left.length === 0 && collection.unread.length === 0;
    return written > 0 && isWhole ? exitCodes.done : exitCodes.failed;
  });
}

/** Why there was nothing to write. */
function whyNone({ hero }: ExportFlags, { read, names }: Counts): string {
  if (read === 0) return whyNoHand({});
  const known = [...names].slice(0, defaults.maxNames).join(', ');
  return `${hero ?? 'The hero'} is at no table of these hands. Players are ${known}${names.size > defaults.maxNames ? ', and others' : ''}.`;
}

function sinkFor({ format, out }: ExportFlags, io: Terminal): HandSink {
  if (out === undefined) return standardSink(format, io);
  return isFolder(out) ? folderSink(out, format, io.redact) : fileSink(out, format, io.redact);
}

async function writeAll(
  matches: AsyncIterable<CollectedMatch>,
  sink: HandSink,
  { format, startedAt, hero }: ExportFlags,
  counts: Counts,
): Promise<void> {
  const memory = newExportMemory();
  const before = new Map<string, number>();
  for await (const match of matches) {
    const hands = hero === undefined ? match.hands : match.hands.flatMap((hand) => handOf(hero, hand));
    const terms = { format, startedAt: match.startedAt ?? startedAt ?? null };
    const { written, refused, twice, timed } = exportHands(hands, terms, memory);
    await sink.write(written);
    const file = match.files[0] ?? '';
    const position = before.get(file) ?? 0;
    before.set(file, position + match.hands.length);
    counts.read += match.hands.length;
    counts.without += match.hands.length - hands.length;
    if (hands.length < match.hands.length) for (const { name } of match.players) counts.names.add(name);
    counts.written += written.length;
    counts.twice += twice;
    counts.timed += timed;
    counts.lines.push(...match.lines);
    counts.refused.push(...refused.map((hand) => ({ ...hand, file, position: position + hand.position })));
  }
}

/** The hand as this player saw it; nothing when it was not dealt in. */
function handOf(name: string, hand: HandHistory): HandHistory[] {
  const seat = hand.seats.find((each) => each.name === name);
  return seat === undefined ? [] : [seenBy(hand, seat.seat)];
}

function isFolder(path: string): boolean {
  if (/[/\\]$/.test(path)) return true;
  try {
    return statSync(path).isDirectory();
  } catch {
    // It is to be made, or the writing of it says what is wrong.
    return false;
  }
}
