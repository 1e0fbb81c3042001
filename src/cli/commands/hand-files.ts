/** The files that `export` and `import` read hands from. */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { oddKindOf } from '../../files/file-kind.js';
import type { RefusedHand } from '../../histories/formats/hand-refusal.js';
import type { ReadHistories } from '../../histories/formats/read-blocks.js';
import { type FileKind, readHistories } from '../../histories/formats/read-file.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

const defaults = { columns: 79, maxLineLength: 400, maxRefusedLines: 20 } as const;

export interface HandFile extends ReadHistories {
  readonly path: string;
  readonly kind: FileKind | null;
}

/** A hand that was left out, and where it stands. */
export interface RefusedInFile extends RefusedHand {
  readonly file: string;
}

/**
 * Reads them one after the other; a terminal shows how far that is.
 *
 * @param paths files, and folders: all files directly in them, in the order of their names.
 * @param game the file of an ACPC game definition.
 * @throws {OptionError} for a path that leads to no file.
 */
export function readHandFiles(paths: readonly string[], game: string | undefined, io: Terminal): HandFile[] {
  const definition = game === undefined ? null : textOf(game, '--game');
  const files = paths.flatMap(filesAt);
  const isShown = io.isErrorTerminal === true && files.length > 1;
  const draw = (text: string) => {
    if (isShown) io.stderr.write(`\r\u001b[K${text}`);
  };
  const read = files.map((path, index): HandFile => {
    draw(`${index + 1}/${files.length}  ${printable(path, defaults.columns - 16, io.redact)}`);
    const terms = { matchId: basename(path, extname(path)), game: definition };
    return { path, ...readHistories(textOf(path, 'files'), terms) };
  });
  draw('');
  return read;
}

function filesAt(path: string): string[] {
  let entries: Dirent[];
  try {
    if (!statSync(path).isDirectory()) return [path];
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    // The reading of it says what is wrong.
    return [path];
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(path, name))
    .toSorted();
}

function textOf(path: string, option: string): string {
  try {
    const kind = oddKindOf(statSync(path));
    if (kind !== null) throw new OptionError(option, `${path} is ${kind}, not a file of hands.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(option, `${path} cannot be read (${code}): give the path of a file of hands.`);
  }
}

export function refusedIn(files: readonly HandFile[]): RefusedInFile[] {
  return files.flatMap(({ path, refused }) => refused.map((hand) => ({ file: path, ...hand })));
}

/** How many of each cause, the most first. */
export function countsByCode(refused: readonly RefusedHand[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of refused) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}

/** What was found out about all of the files. */
export function remarksIn(files: readonly HandFile[]): Record<string, number> {
  const all = new Map<string, number>();
  for (const { remarks } of files)
    for (const [sentence, count] of remarks) all.set(sentence, (all.get(sentence) ?? 0) + count);
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
export function printRemarks(files: readonly HandFile[], stream: Terminal['stdout']): void {
  for (const [sentence, count] of Object.entries(remarksIn(files)))
    printLine(stream, `  ${count} hands: ${sentence}`);
}
