/** The files that `export` and `import` read hands from, and what they say of them. */

import { readFileSync, statSync } from 'node:fs';
import { oddKindOf } from '../../files/file-kind.js';
import type { FileLines } from '../../histories/collection/collected-match.js';
import {
  type Collection,
  type CollectionOptions,
  readCollection,
} from '../../histories/collection/read-collection.js';
import type { FileReport } from '../../histories/collection/read-hand-file.js';
import type { RefusedHand } from '../../histories/formats/hand-refusal.js';
import { count } from '../../io/reports/describe.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { systemNow } from '../../time/clock.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { showCollection } from './collection-progress.js';

const defaults = { maxLineLength: 400, maxRefusedLines: 20 } as const;

/** The flags that say how files are read. */
export interface ReadingFlags {
  /** The file of a game definition. */
  game?: string;
  /** Chips. */
  startingStack?: number;
}

/** A hand that was left out, and where it stands. */
export interface RefusedInFile extends RefusedHand {
  readonly file: string;
}

export interface HandFiles {
  readonly collection: Collection;
  /** Takes the line that says how far the reading is from the terminal. */
  readonly end: () => void;
}

/**
 * Reads them one after the other; a terminal shows how far that is.
 *
 * @throws {OptionError} for a game definition that cannot be read.
 */
export function openHandFiles(
  paths: readonly string[],
  { game, startingStack, wants }: ReadingFlags & Pick<CollectionOptions, 'wants'>,
  io: Terminal,
  signal: AbortSignal,
): HandFiles {
  const line = showCollection(io, systemNow);
  const collection = readCollection(paths, {
    signal,
    game: game === undefined ? null : textOf(game, '--game'),
    startingStack: startingStack ?? null,
    onProgress: line.show,
    ...(wants !== undefined && { wants }),
  });
  return { collection, end: line.end };
}

/** What chooses among hands. */
export interface WantedHands {
  hero?: string | undefined;
  opponent?: string | undefined;
  hands?: unknown;
}

/** What to do where files have no hand, or none that was asked for. */
export function whyNoHand({ hero, opponent, hands }: WantedHands): string {
  const flags = [
    hero !== undefined && `--hero ${hero}`,
    opponent !== undefined && `--opponent ${opponent}`,
    hands !== undefined && '--hands',
  ].filter((flag) => flag !== false);
  if (flags.length > 0) return `No hand in these files fits ${flags.join(' and ')}.`;
  return 'There is no hand in these files: name recordings of `run --record`, or files that `import` reads.';
}

function textOf(path: string, option: string): string {
  try {
    const kind = oddKindOf(statSync(path));
    if (kind !== null)
      throw new OptionError(option, `${path} is ${kind}, not a file: give the path of a file.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(option, `${path} cannot be read (${code}): give the path of a file.`);
  }
}

export function refusedIn(reports: readonly FileReport[]): RefusedInFile[] {
  return reports.flatMap(({ file, refused }) => refused.map((hand) => ({ file, ...hand })));
}

/** How many of each cause, the most first. */
export function countsByCode(refused: readonly RefusedHand[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of refused) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}

/** What was found out about all of the files. */
export function remarksIn(reports: readonly FileReport[]): Record<string, number> {
  const all = new Map<string, number>();
  for (const { remarks } of reports)
    for (const [sentence, times] of remarks) all.set(sentence, (all.get(sentence) ?? 0) + times);
  return Object.fromEntries(all);
}

/** A line for each hand that was left out, and one for those that are too many to be named. */
export function printRefused(
  refused: readonly RefusedInFile[],
  stream: Terminal['stdout'],
  io: Terminal,
): void {
  const print = (line: string) => printLine(stream, printable(line, defaults.maxLineLength, io.redact));
  for (const { file, position, handNumber, code, why } of refused.slice(0, defaults.maxRefusedLines)) {
    const number = handNumber === null ? '' : `, hand ${handNumber}`;
    print(`  ${file}, block ${position}${number}: ${code}: ${why}`);
  }
  const more = refused.length - defaults.maxRefusedLines;
  if (more > 0) print(`  and ${more} more; --json names all of them`);
}

/** Lines for what was found out. */
export function printRemarks(reports: readonly FileReport[], stream: Terminal['stdout']): void {
  for (const [sentence, times] of Object.entries(remarksIn(reports)))
    printLine(stream, `  ${count(times, 'hand')}: ${sentence}`);
}

/** Lines for files that could not be read, and for damage in recordings. */
export function printDamage(
  { unread }: Collection,
  lines: readonly FileLines[],
  stream: Terminal['stdout'],
  io: Terminal,
): void {
  const print = (line: string) => printLine(stream, printable(line, defaults.maxLineLength, io.redact));
  for (const { file, why } of unread) print(`  ${file}: ${why}`);
  for (const { file, torn, damaged, damagedLines } of lines) {
    if (torn > 0)
      print(`  ${file}: ${count(torn, 'line')} torn by a process that was killed, or a full disk`);
    if (damaged > 0)
      print(
        `  ${file}: ${count(damaged, 'line')} damaged, the first one is line ${damagedLines[0] ?? 'unknown'}`,
      );
  }
}
