/** A project copied with all its data files; packages are linked. */
import {
  closeSync,
  constants,
  copyFileSync,
  type Dirent,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { setImmediate as eventsPass } from 'node:timers/promises';
import { OptionError } from '../protocol/errors.js';

const defaults = {
  maxBytes: 512 * 1024 * 1024,
  maxFiles: 50_000,
  /** How much is copied before signals and timers have their turn. */
  pieceBytes: 4 * 1024 * 1024,
  /** Packages are linked, histories of version control are no part of a bot, and the token belongs into no copy. */
  linked: 'node_modules',
  left: new Set(['.git', '.hg', '.svn', 'chipzen.toml']),
} as const;

/** What a copied file looked like, by its path in the copy: whatever differs later was written by the bot. */
export type Written = Map<string, string>;

export interface CopyOptions {
  from: string;
  to: string;
  /** Absolute paths that are not copied. */
  without: readonly string[];
  /** Default: 512 MiB. */
  maxBytes?: number;
  /** Default: 50000. */
  maxFiles?: number;
}

export interface Copied {
  files: number;
  bytes: number;
  looks: Written;
}

/**
 * Events have their turn meanwhile, so that Ctrl-C is heard.
 *
 * @throws {OptionError} when there is more than the limits allow; `to` then has a part of it.
 */
export async function copyProject(options: CopyOptions): Promise<Copied> {
  const { from, to, without, maxBytes = defaults.maxBytes, maxFiles = defaults.maxFiles } = options;
  const left = new Set(without);
  const copied: Copied = { files: 0, bytes: 0, looks: new Map() };
  const sizes = new Map<string, number>();

  const copyFile = async (source: string, target: string): Promise<void> => {
    const { size, mode } = statSync(source);
    copied.files += 1;
    copied.bytes += size;
    const [top = ''] = relative(from, source).split(sep);
    sizes.set(top, (sizes.get(top) ?? 0) + size);
    if (copied.files > maxFiles || copied.bytes > maxBytes)
      throw tooMuch(from, sizes, { maxBytes, maxFiles });
    if (!isCopiedAtOnce(source, target, size)) await copyPieces(source, target, { size, mode });
    copied.looks.set(target, lookOf(target));
    await eventsPass();
  };

  const copyLink = async (source: string, target: string): Promise<void> => {
    const end = endOf(source);
    if (end === null) return symlinkSync(readlinkSync(source), target);
    // Inside of the project a link leads to the copy.
    if (isWithin(from, end)) return symlinkSync(relative(dirname(source), end) || '.', target);
    if (statSync(end).isFile()) return copyFile(end, target);
    return symlinkSync(end, target, 'junction');
  };

  const copyFolder = async (source: string, target: string): Promise<void> => {
    // Not with what leads to it: a copy that was removed meanwhile is not made again.
    mkdirSync(target, 0o700);
    for (const entry of readdirSync(source, { withFileTypes: true })) {
      const path = join(source, entry.name);
      if (left.has(path) || defaults.left.has(entry.name)) continue;
      await copyEntry(entry, path, join(target, entry.name));
    }
  };

  const copyEntry = async (entry: Dirent, path: string, target: string): Promise<void> => {
    if (entry.name === defaults.linked) symlinkSync(realpathSync(path), target, 'junction');
    else if (entry.isSymbolicLink()) await copyLink(path, target);
    else if (entry.isDirectory()) await copyFolder(path, target);
    // Neither pipes nor sockets nor devices are data.
    else if (entry.isFile()) await copyFile(path, target);
  };

  await copyFolder(from, to);
  return copied;
}

/** A small file, or one of which the file system copies no byte. */
function isCopiedAtOnce(source: string, target: string, size: number): boolean {
  if (size <= defaults.pieceBytes) {
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    return true;
  }
  try {
    copyFileSync(source, target, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    // Most file systems cannot; any other trouble is met again.
    return false;
  }
}

/** What is appended meanwhile is left out. */
async function copyPieces(
  source: string,
  target: string,
  { size, mode }: { size: number; mode: number },
): Promise<void> {
  const from = openSync(source, 'r');
  try {
    const to = openSync(target, 'w', mode);
    try {
      const piece = Buffer.allocUnsafe(defaults.pieceBytes);
      for (let done = 0; done < size; ) {
        const length = readSync(from, piece, 0, Math.min(piece.length, size - done), done);
        if (length === 0) break;
        for (let at = 0; at < length; ) at += writeSync(to, piece, at, length - at);
        done += length;
        await eventsPass();
      }
    } finally {
      closeSync(to);
    }
  } finally {
    closeSync(from);
  }
}

/** Files of the copy that were made or changed since. */
export function writtenSince(folder: string, looks: Written): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return writtenSince(path, looks);
    return entry.isFile() && looks.get(path) !== lookOf(path) ? [path] : [];
  });
}

/** Removes everything else. */
export function keepOnly(folder: string, kept: ReadonlySet<string>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && [...kept].some((one) => isWithin(path, one))) keepOnly(path, kept);
    else if (!kept.has(path)) rmSync(path, { recursive: true, force: true });
  }
}

function lookOf(path: string): string {
  const { size, mtimeMs } = lstatSync(path);
  return `${size} ${mtimeMs}`;
}

function endOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

export const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

function tooMuch(
  from: string,
  sizes: ReadonlyMap<string, number>,
  { maxBytes, maxFiles }: { maxBytes: number; maxFiles: number },
): OptionError {
  const largest = [...sizes]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([name, size]) => `${name} (${Math.ceil(size / 1024 / 1024)} MB)`);
  return new OptionError(
    'pin',
    `${from} is too large to be copied: more than ${maxBytes / 1024 / 1024} MB or ${maxFiles} files. Move away what the bot does not read; largest so far: ${largest.join(', ')}.`,
  );
}
