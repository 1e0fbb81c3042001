/** `chipzen-agent import`: reads files of hands and says what is in them. */

import { printable, visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import {
  countsByCode,
  type HandFile,
  printRefused,
  printRemarks,
  readHandFiles,
  refusedIn,
  remarksIn,
} from './hand-files.js';

export interface ImportFlags {
  /** The file of a game definition. */
  game?: string;
  json?: boolean;
}

/**
 * Reads them, and prints for each file how many blocks look like a hand, and how many hands were read and refused.
 *
 * @returns the exit code: 1 when anything was refused, and when there was nothing to read.
 * @throws {OptionError} when there is no such file.
 */
export function importHands(paths: readonly string[], flags: ImportFlags, io: Terminal): number {
  const files = readHandFiles(paths, flags.game, io);
  const refused = refusedIn(files);
  const total = (count: (file: HandFile) => number) => files.reduce((sum, file) => sum + count(file), 0);
  const read = total(({ hands }) => hands.length);
  if (flags.json === true) {
    const report = {
      blocks: total(({ blocks }) => blocks),
      read,
      refused: countsByCode(refused),
      remarks: remarksIn(files),
      files: files.map(({ path, kind, blocks, hands }) => ({ file: path, kind, blocks, read: hands.length })),
      refusedHands: refused,
    };
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(report))));
  } else {
    for (const file of files) printLine(io.stdout, fileLine(file, io));
    printRemarks(files, io.stdout);
    printRefused(refused, io.stdout, io);
    if (files.length !== 1)
      printLine(
        io.stdout,
        `${files.length} files: ${countsText(
          total(({ blocks }) => blocks),
          read,
          countsByCode(refused),
        )}`,
      );
  }
  return read > 0 && refused.length === 0 ? exitCodes.done : exitCodes.failed;
}

function fileLine(file: HandFile, io: Terminal): string {
  const name = printable(file.path, 200, io.redact);
  const kind = file.kind === null ? '' : ` (${file.kind})`;
  return `${name}${kind}: ${countsText(file.blocks, file.hands.length, countsByCode(file.refused))}`;
}

function countsText(blocks: number, read: number, refused: Readonly<Record<string, number>>): string {
  const causes = Object.entries(refused).map(([code, count]) => `${count} ${code}`);
  const count = Object.values(refused).reduce((sum, each) => sum + each, 0);
  return `${blocks} blocks, ${read} read, ${count} refused${count > 0 ? ` (${causes.join(', ')})` : ''}`;
}
