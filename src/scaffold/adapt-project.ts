/** What `chipzen-agent init` adds to a project of the official SDK. The bot itself stays as it is. */
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isObject } from '../protocol/checks.js';
import { OptionError } from '../protocol/errors.js';
import { folderError, shownFolder } from './folder-error.js';
import { dependencyOn, findOwnPackage, type Manifest } from './own-package.js';
import { scriptsFor, templateFiles } from './project-files.js';

const officialName = '@chipzen-ai/bot';
const ownName = 'chipzen-agent';

/** Where the official SDK looks for a bot, and the same in TypeScript. */
const entryPoints = ['bot.js', 'bot.mjs', 'bot.cjs', 'main.js', 'bot.ts'] as const;

/** So that neither git nor an image takes along the token, or what sessions write. */
const ignored = {
  '.gitignore': ['node_modules/', 'matches/', 'store.jsonl*', 'status.json*', 'chipzen.toml'],
  '.dockerignore': ['node_modules/', 'matches/', 'store.jsonl*', 'status.json*', 'chipzen.toml'],
} as const;

const testFile = 'bot.test.js';

/** What was done to a project. */
export interface AdaptedProject {
  /** Its folder, an absolute path. */
  folder: string;
  /** The file of the bot, which was not touched. */
  bot: string;
  /** What it depends on, as its `package.json` says it. */
  dependency: string;
  /** Each file that was made or changed, and how, in a few words. */
  changes: { file: string; what: string }[];
  /** Scripts that have another meaning there and were left alone. */
  kept: string[];
}

/** Whether the `package.json` of this folder names the official SDK. */
export async function isOfficialProject(folder: string): Promise<boolean> {
  const text = await textOf(join(folder, 'package.json'));
  return text !== null && dependsOn(text, officialName);
}

/**
 * Adds the package, scripts, a test and what git and Docker are to leave out. Can be repeated: what is there already stays.
 *
 * @throws {OptionError} for a project whose `package.json` or bot cannot be found or read, and a folder that cannot be
 * written to.
 */
export async function adaptProject(
  path: string,
  { dependency: wanted }: { dependency?: string | undefined } = {},
): Promise<AdaptedProject> {
  const own = findOwnPackage();
  try {
    const folder = await realpath(path);
    const text = (await textOf(join(folder, 'package.json'))) ?? '';
    const manifest = manifestOf(text, folder);
    const bot = await botOf(folder, manifest);
    const dependency = wanted ?? dependencyOn(own, folder);
    const changes: AdaptedProject['changes'] = [];
    const scripts = scriptsFor(bot, testFile);
    const present: Record<string, unknown> = isObject(manifest.scripts) ? manifest.scripts : {};
    const isFree = (name: string): boolean => {
      const script = present[name];
      return script === undefined || (typeof script === 'string' && script.includes('no test specified'));
    };
    const added = Object.entries(scripts).filter(([name]) => isFree(name));
    const kept = Object.entries(scripts).flatMap(([name, script]) =>
      isFree(name) || present[name] === script ? [] : [name],
    );
    const changed = {
      ...manifest,
      scripts: { ...present, ...Object.fromEntries(added) },
      // An upload is built with --production, and needs the official SDK alone.
      ...(manifest.dependencies?.[ownName] === undefined && {
        devDependencies: { ...manifest.devDependencies, [ownName]: dependency },
      }),
    };
    const written = `${JSON.stringify(changed, null, /^[\t ]+(?=")/m.exec(text)?.[0] ?? 2)}\n`;
    if (written !== text) {
      await replaceFile(join(folder, 'package.json'), written);
      const withScripts = added.length === 0 ? '' : `, scripts ${added.map(([name]) => name).join(', ')}`;
      changes.push({ file: 'package.json', what: `${ownName} as ${dependency}${withScripts}` });
    }
    for (const [file, lines] of Object.entries(ignored)) {
      // Without a list of its own Docker gets what its file names, and that is the bot's.
      if (file === '.dockerignore' && (await textOf(join(folder, file))) === null) continue;
      const missing = await addLines(join(folder, file), lines);
      if (missing.length > 0) changes.push({ file, what: missing.join(', ') });
    }
    for (const [file, content] of templateFiles(own, 'official', { name: basename(folder), bot })) {
      if (await writeNew(join(folder, file), content)) changes.push({ file, what: 'new' });
    }
    return { folder, bot, dependency, changes, kept };
  } catch (error) {
    throw folderError(error, path);
  }
}

function dependsOn(text: string, name: string): boolean {
  try {
    const { dependencies, devDependencies }: Manifest = JSON.parse(text);
    return dependencies?.[name] !== undefined || devDependencies?.[name] !== undefined;
  } catch {
    return false;
  }
}

function manifestOf(text: string, folder: string): Manifest & { scripts?: unknown; main?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // The sentence below says it.
  }
  throw new OptionError(
    'name',
    `${shownFolder(join(folder, 'package.json'))} is not a JSON object. Mend it first.`,
  );
}

async function botOf(folder: string, { main }: { main?: unknown }): Promise<string> {
  for (const file of [...(typeof main === 'string' ? [main] : []), ...entryPoints]) {
    const stats = await stat(join(folder, file)).catch(() => null);
    if (stats?.isFile() === true) return file;
  }
  throw new OptionError(
    'name',
    `${shownFolder(folder)} has no bot: there is none of ${entryPoints.join(', ')}, and package.json names no other file. Name that of the bot there, as main.`,
  );
}

/** Null when there is no such file. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return null;
    throw folderError(error, code === 'ENOTDIR' ? dirname(path) : path);
  }
}

/** At once: a program that is killed in between leaves the old file. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, text, { flag: 'wx' });
  try {
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** @returns the lines that were missing, and are there now. */
async function addLines(path: string, lines: readonly string[]): Promise<string[]> {
  const text = (await textOf(path)) ?? '';
  const present = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, '')));
  const missing = lines.filter((line) => !present.has(line.replace(/\/$/, '')));
  if (missing.length === 0) return [];
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  await replaceFile(path, `${before}${missing.join('\n')}\n`);
  return missing;
}

/** False when there is such a file. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
