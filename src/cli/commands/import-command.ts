/** `chipzen-agent import`: reads files of hands and says what is in them. */

import type { FileLines } from '../../histories/collection/collected-match.js';
import type { FileReport } from '../../histories/collection/read-hand-file.js';
import { visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import {
  countsByCode,
  openHandFiles,
  printDamage,
  printRefused,
  printRemarks,
  type ReadingFlags,
  refusedIn,
  remarksIn,
} from './hand-files.js';
import { importLines, totalLine } from './import-lines.js';
import { untilStopped } from './until-stopped.js';

export interface ImportFlags extends ReadingFlags {
  json?: boolean;
}

/** What an import counts besides the reports of its files. */
interface Counts {
  readonly lines: Map<string, FileLines>;
  /** Hands that were cut off, by the file that tells them. */
  readonly unfinished: Map<string, number>;
}

/**
 * Reads them, and prints for each file how many blocks look like a hand, and how many hands were read and refused.
 *
 * @returns the exit code: 1 when anything was refused or damaged, and when there was nothing to read.
 * @throws {OptionError} when there is no such file.
 */
export function importHands(paths: readonly string[], flags: ImportFlags, io: Terminal): Promise<number> {
  return untilStopped(io, async (signal) => {
    const { collection, end } = openHandFiles(paths, flags, io, signal);
    const counts: Counts = { lines: new Map(), unfinished: new Map() };
    try {
      for await (const { hands, lines, files } of collection) {
        for (const one of lines) counts.lines.set(one.file, one);
        const cutOff = hands.filter(({ isFinished }) => !isFinished).length;
        const file = files[0] ?? '';
        if (cutOff > 0) counts.unfinished.set(file, (counts.unfinished.get(file) ?? 0) + cutOff);
      }
    } finally {
      end();
    }
    // Results and the files of sessions have no hands.
    const reports = collection.reports.filter(({ kind }) => kind !== 'results' && kind !== 'session');
    const refused = refusedIn(reports);
    const read = sumOf(reports, ({ hands }) => hands);
    const isDamaged =
      [...counts.lines.values()].some(({ damaged }) => damaged > 0) || collection.unread.length > 0;
    if (flags.json === true) {
      const report = {
        blocks: sumOf(reports, ({ blocks }) => blocks),
        read,
        twice: sumOf(reports, ({ repeated }) => repeated),
        unfinished: [...counts.unfinished.values()].reduce((sum, some) => sum + some, 0),
        refused: countsByCode(refused),
        remarks: remarksIn(reports),
        files: reports.map((one) => fileJson(one, counts)),
        unread: collection.unread,
        refusedHands: refused,
      };
      printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(report))));
    } else {
      const lines = importLines(reports, { unfinished: counts.unfinished, redact: io.redact });
      for (const line of lines) printLine(io.stdout, line);
      printDamage(collection, [...counts.lines.values()], io.stdout, io);
      printRemarks(reports, io.stdout);
      printRefused(refused, io.stdout, io);
      if (lines.length !== 1) printLine(io.stdout, totalLine(reports));
    }
    return read > 0 && refused.length === 0 && !isDamaged ? exitCodes.done : exitCodes.failed;
  });
}

const sumOf = (reports: readonly FileReport[], part: (report: FileReport) => number): number =>
  reports.reduce((sum, report) => sum + part(report), 0);

function fileJson(
  { file, kind, blocks, hands, repeated, toldBy }: FileReport,
  { lines, unfinished }: Counts,
) {
  const { torn, damaged, damagedLines } = lines.get(file) ?? {};
  return {
    file,
    kind,
    blocks,
    read: hands,
    twice: repeated,
    unfinished: unfinished.get(file) ?? 0,
    ...(toldBy !== undefined && { toldBy }),
    ...(kind === 'recording' && { torn, damaged, damagedLines }),
  };
}
