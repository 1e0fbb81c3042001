/** `chipzen-agent export`: writes hands for other poker programs. */
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ExportedHand, exportHands } from '../../histories/formats/export-hands.js';
import { type ExportFormat, exportFormats } from '../../histories/formats/format-names.js';
import { siteNumbersOf } from '../../histories/formats/hand-numbers.js';
import { phhOf, phhsTable } from '../../histories/formats/phh-write.js';
import type { HandHistory } from '../../histories/hand-history.js';
import { OptionError, StateWriteError } from '../../protocol/errors.js';
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
} from './hand-files.js';

export interface ExportFlags {
  format: ExportFormat;
  /** A file or a folder. */
  out?: string;
  /** Epoch milliseconds. */
  startedAt?: number;
  /** The file of a game definition. */
  game?: string;
  json?: boolean;
}

/**
 * Writes them to a file, to files in a folder, or to standard output; the report goes to standard error then.
 *
 * @returns the exit code: 1 when a hand could not be read or written, and when there was none.
 * @throws {OptionError} when there is no such file, or nothing can be written there.
 */
export function exportFiles(paths: readonly string[], flags: ExportFlags, io: Terminal): number {
  const { format, out, startedAt = null, json = false } = flags;
  if (json && out === undefined)
    throw new OptionError('json', '--json needs --out: without it the hands are on standard output.');
  const files = readHandFiles(paths, flags.game, io);
  const { written, refused, twice, timed } = exportHands(
    files.flatMap(({ hands }) => hands),
    { format, startedAt },
  );
  // A name may be anything, also a token in the wrong place.
  const pieces = out === undefined ? [] : piecesFor(written, format, out);
  if (out !== undefined) for (const { path, text } of pieces) writeWhole(path, io.redact(text));
  else {
    requireOneFile(written, format);
    for (const { text } of written) io.stdout.write(io.redact(text));
  }

  const left = [
    ...refusedIn(files),
    ...refused.map((hand) => ({ ...hand, ...placeOf(files, hand.position) })),
  ];
  if (json) {
    const report = {
      format,
      read: files.reduce((sum, { hands }) => sum + hands.length, 0),
      written: written.length,
      twice,
      timed,
      refused: countsByCode(left),
      files: pieces.map(({ path }) => path),
      refusedHands: left,
    };
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(report))));
  } else {
    const target = out === undefined ? '' : ` to ${printable(out, 200, io.redact)}`;
    const counts = [`${written.length} hands written${target}`, `${left.length} left out`];
    if (twice > 0) counts.push(`${twice} there twice`);
    printLine(io.stderr, counts.join(', '));
    if (timed > 0)
      printLine(io.stderr, `  ${timed} hands have no time of their own and got that of their match`);
    printRemarks(files, io.stderr);
    printRefused(left, io.stderr, io);
  }
  return written.length > 0 && left.length === 0 ? exitCodes.done : exitCodes.failed;
}

/** Of a hand by its place among all. */
function placeOf(files: readonly HandFile[], position: number): { file: string; position: number } {
  let before = 0;
  for (const { path, hands } of files) {
    if (position <= before + hands.length) return { file: path, position: position - before };
    before += hands.length;
  }
  return { file: '', position };
}

function requireOneFile(written: readonly ExportedHand[], format: ExportFormat): void {
  if (format === 'phh' && written.length > 1)
    throw new OptionError(
      'format',
      `A .phh file has one hand, and these are ${written.length}: take --format phhs, or --out with a folder.`,
    );
}

interface Piece {
  readonly path: string;
  readonly text: string;
}

/** In a folder a file a match, or a hand in the format that has one a file. */
function piecesFor(written: readonly ExportedHand[], format: ExportFormat, out: string): Piece[] {
  if (!isFolder(out)) {
    requireOneFile(written, format);
    return [{ path: out, text: written.map(({ text }) => text).join('') }];
  }
  const { ending } = exportFormats[format];
  const byName = new Map<string, ExportedHand[]>();
  for (const [index, exported] of written.entries()) {
    const name = nameOf(exported.hand, format, index + 1);
    const group = byName.get(name) ?? [];
    group.push(exported);
    byName.set(name, group);
  }
  return [...byName].map(([name, group]) => ({
    path: join(out, `${name}.${ending}`),
    // Numbers of tables count in their file.
    text: group
      .map(({ hand, text }, index) => (format === 'phhs' ? phhsTable(phhOf(hand), index + 1) : text))
      .join(''),
  }));
}

/** Ids of matches may be anything, and names of files may not: the numbers are those in the files. */
function nameOf(hand: HandHistory, format: ExportFormat, position: number): string {
  if (hand.handNumber === null) return format === 'phh' ? `hand-${position}` : 'hands';
  const numbers = siteNumbersOf(hand);
  return format === 'phh' ? `hand-${numbers.hand}` : `match-${numbers.tournament}`;
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

/** The path is right, and the disk has no room. */
const diskErrors: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

/** Whoever reads the file finds the whole of it, or that of before. */
function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    removeBeside(beside);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (diskErrors.has(code))
      throw new StateWriteError(
        `${path} was not written (${code}): make room on the disk, and export again.`,
        {
          cause: error,
        },
      );
    throw new OptionError('out', `${path} cannot be written (${code}): give --out a place that can be.`);
  }
}

function removeBeside(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // There is no such folder, so that nothing is left there.
  }
}
