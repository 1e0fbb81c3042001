/**
 * A bot plays from a copy of its project, taken when the session starts: work on the original changes nothing, whatever the bot
 * reads and whenever it does.
 */
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { homeFolder, keptFolder } from '../files/home-folder.js';
import { makeFolder } from '../files/make-folder.js';
import { lockPath, type PathLock } from '../files/path-lock.js';
import { importedFiles } from '../io/hosting/code/imported-files.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { OptionError } from '../protocol/errors.js';
import { type Copied, copyProject, isWithin, keepOnly, writtenSince } from './copy-project.js';

const nonceBytes = 4;

const defaults = {
  /** What copies are called: process and nonce. Nothing else in their folder is touched: it may have come by a link. */
  name: new RegExp(`^[0-9]+-[0-9a-f]{${2 * nonceBytes}}$`),
  project: 'package.json',
  packages: 'node_modules',
  /** In the folder of a pin, beside folders that only resolve packages. */
  copy: 'copy',
  /** What was copied, for whoever finds the pin of a session that was killed. */
  manifest: 'copied.json',
  /** How long files that a bot wrote into its copy are kept. */
  writtenMs: 7 * 24 * 60 * 60 * 1_000,
  /** How many names of written files are told. */
  maxTold: 3,
} as const;

export interface PinOptions {
  /** Absolute path of the bot file. */
  file: string;
  /** Where sessions keep their copies: `~/.chipzen/pins`. */
  pins: string;
  /** Of the session: where it is in the project, the bot's is in the copy. */
  cwd: string;
  /** Absolute paths that are not copied: what the session itself writes. */
  without?: readonly string[];
  maxBytes?: number;
  maxFiles?: number;
  wallNow?: () => number;
}

export interface PinnedBot {
  /** The bot file in the copy. */
  readonly file: string;
  /** The working directory for the bot. */
  readonly cwd: string;
  /** What was copied. */
  readonly project: string;
  readonly files: number;
  readonly bytes: number;
  /** The path of the original of a file in the copy. */
  readonly truePath: (path: string) => string;
  /**
   * Removes the copy, unless the bot wrote files there.
   *
   * @returns a sentence about those; null without.
   */
  close(): Promise<string | null>;
}

/** The folder of all copies of a user. */
export function pinsFolder(env: EnvironmentVariables): string {
  return join(keptFolder(env), 'pins');
}

/** @throws {OptionError} for a project that cannot be copied. */
export async function pinBot(options: PinOptions): Promise<PinnedBot> {
  const file = realpathSync(options.file);
  const project = projectOf(file);
  const pins = openPins(options.pins);
  await sweepPins(pins, options.wallNow ?? Date.now);
  const name = `${process.pid}-${randomBytes(nonceBytes).toString('hex')}`;
  // Before the folder is there, so that no other session takes it for a left-over.
  const lock = await lockPath(join(pins, name));
  const pin = join(pins, name);
  // For a process that ends before the copy is closed, as by Ctrl-C while it copies or loads.
  const onExit = (): void => {
    try {
      clearLeft(pin);
    } catch {
      // The next session with a copy tries again.
    }
  };
  process.once('exit', onExit);
  let copied: Copied;
  let target: string;
  try {
    target = join(linkPackages(pin, project), defaults.copy);
    const { maxBytes, maxFiles, without = [] } = options;
    copied = await copyProject({
      from: project,
      to: target,
      without: [...without, dirname(pins)],
      ...(maxBytes !== undefined && { maxBytes }),
      ...(maxFiles !== undefined && { maxFiles }),
    });
    const manifest: Manifest = { target, looks: [...copied.looks] };
    writeFileSync(join(pin, defaults.manifest), JSON.stringify(manifest));
  } catch (error) {
    rmSync(pin, { recursive: true, force: true });
    process.off('exit', onExit);
    await lock?.release();
    if (error instanceof OptionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(
      'pin',
      `${project} cannot be copied to ${pin} (${code}). Make room there, or let this user write there; or play without --pin.`,
      { cause: error },
    );
  }
  const inCopy = (path: string): string => join(target, relative(project, path));
  const cwd = realpathSync(options.cwd);
  return {
    file: inCopy(file),
    cwd: isWithin(project, cwd) && existsSync(inCopy(cwd)) ? inCopy(cwd) : cwd,
    project,
    files: copied.files,
    bytes: copied.bytes,
    truePath: (path) => (isWithin(target, path) ? join(project, relative(target, path)) : path),
    async close() {
      process.off('exit', onExit);
      return closePin({ pin, target, project, looks: copied.looks, lock });
    },
  };
}

interface OpenPin {
  pin: string;
  target: string;
  project: string;
  looks: Copied['looks'];
  lock: PathLock | null;
}

interface Manifest {
  target: string;
  looks: [path: string, look: string][];
}

/**
 * Removes the copy, but for what the bot wrote.
 *
 * @returns what it wrote.
 */
function clearPin(pin: string, { target, looks }: Pick<OpenPin, 'target' | 'looks'>): string[] {
  const written = existsSync(target) ? writtenSince(target, looks) : [];
  if (written.length === 0) rmSync(pin, { recursive: true, force: true });
  else keepOnly(target, new Set(written));
  return written;
}

function manifestOf(pin: string): Pick<OpenPin, 'target' | 'looks'> | null {
  try {
    const { target, looks } = JSON.parse(readFileSync(join(pin, defaults.manifest), 'utf8')) as Manifest;
    return isWithin(pin, target) ? { target, looks: new Map(looks) } : null;
  } catch {
    // It was killed while it copied: its bot has never run.
    return null;
  }
}

/** Of a session that has not closed it. */
function clearLeft(pin: string): void {
  const manifest = manifestOf(pin);
  if (manifest === null) rmSync(pin, { recursive: true, force: true });
  else clearPin(pin, manifest);
}

/** What the bot wrote is kept, and the rest removed. */
async function closePin({ pin, target, project, looks, lock }: OpenPin): Promise<string | null> {
  const written = clearPin(pin, { target, looks });
  await lock?.release();
  if (written.length === 0) return null;
  const names = written.slice(0, defaults.maxTold).map((path) => relative(target, path));
  const more = written.length > names.length ? ` and ${written.length - names.length} more` : '';
  return `The bot wrote ${names.join(', ')}${more} in its copy of ${project}, which are kept for a week: ${target}`;
}

function openPins(folder: string): string {
  try {
    makeFolder(folder, 0o700);
    return realpathSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(
      'pin',
      `${folder} cannot be made (${code}): copies of bots are kept there. Set HOME.`,
      { cause: error },
    );
  }
}

/** Removes the copies of sessions that are over, killed ones among them; what a bot wrote there stays for a week. */
async function sweepPins(pins: string, wallNow: () => number): Promise<void> {
  for (const name of readdirSync(pins).filter((one) => defaults.name.test(one))) {
    const lock = await lockPath(join(pins, name));
    if (lock === null) continue;
    const pin = join(pins, name);
    try {
      const isOld = wallNow() - statSync(pin).mtimeMs > defaults.writtenMs;
      if (isOld) rmSync(pin, { recursive: true, force: true });
      else clearLeft(pin);
    } catch {
      // Its session took it away meanwhile, or it is another user's: no reason to play nothing.
    } finally {
      await lock.release();
    }
  }
}

/** A home folder that is not there holds no project. */
function realHome(): string | null {
  try {
    return realpathSync(homeFolder(process.env) ?? '');
  } catch {
    return null;
  }
}

/** The folder with the bot's `package.json`, else the bot's own; widened to what it imports by relative paths. */
function projectOf(file: string): string {
  const home = realHome();
  let project = dirname(file);
  for (let at = project; at !== dirname(at) && at !== home; at = dirname(at)) {
    if (!existsSync(join(at, defaults.project))) continue;
    project = at;
    break;
  }
  for (const { path, form } of importedFiles(file)) {
    if (form !== 'source') continue;
    while (!isWithin(project, path)) project = dirname(project);
  }
  if (project === dirname(project) || project === home) {
    throw new OptionError(
      'pin',
      `${basename(file)} and what it imports are nowhere together but in ${project}, which is too much to copy: put them into one folder.`,
    );
  }
  return project;
}

/**
 * Makes folders that have the packages which the project finds above itself, in the same order.
 *
 * @returns the innermost one, for the copy.
 */
function linkPackages(pin: string, project: string): string {
  const above: string[] = [];
  for (let at = dirname(project); ; at = dirname(at)) {
    if (existsSync(join(at, defaults.packages))) above.unshift(join(at, defaults.packages));
    if (at === dirname(at)) break;
  }
  let folder = pin;
  mkdirSync(folder, { mode: 0o700 });
  for (const packages of above) {
    symlinkSync(realpathSync(packages), join(folder, defaults.packages), 'junction');
    folder = join(folder, 'in');
    mkdirSync(folder);
  }
  return folder;
}
