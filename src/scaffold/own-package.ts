/** The package that is running: where it is, and how another one depends on it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeUrl } from '../files/own-files.js';
import { isObject } from '../protocol/checks.js';
import { OptionError } from '../protocol/errors.js';

const packageName = 'chipzen-agent';

/** What is read of a `package.json`. */
export interface Manifest {
  name?: unknown;
  version?: unknown;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

export interface OwnPackage {
  /** Its folder. */
  readonly root: string;
  readonly manifest: Manifest;
}

/**
 * Looks for the package around this file.
 *
 * @throws {OptionError} when a bundler has taken this code out of the package, whose templates are files.
 */
export function findOwnPackage(from = fileURLToPath(codeUrl)): OwnPackage {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const manifest = readJson(join(folder, 'package.json'));
    if (manifest?.name === packageName) return { root: folder, manifest };
    if (folder === dirname(folder)) break;
  }
  throw new OptionError(
    'package',
    `A project is made from files of the package ${packageName}, and this program was bundled without them: keep the package outside of the bundle.`,
  );
}

/**
 * What a project writes into its `package.json` to get the package that is running: the version, if that came from a
 * registry; the tarball, if it was installed from one; else its folder, relative to the project.
 *
 * npm notes in `node_modules/.package-lock.json` where each package came from.
 */
export function dependencyOn({ root, manifest }: OwnPackage, project: string): string {
  const modules = dirname(root);
  const source = sourceOf(modules);
  if (source !== null && /^https?:/.test(source)) return `^${String(manifest.version)}`;
  if (source?.startsWith('file:') === true) {
    const tarball = resolve(dirname(modules), source.slice('file:'.length));
    if (existsSync(tarball)) return fileSpec(tarball, project);
  }
  return fileSpec(root, project);
}

function sourceOf(modules: string): string | null {
  const lock = readJson(join(modules, '.package-lock.json'));
  const packages = isObject(lock?.packages) ? lock.packages : {};
  const own = packages[`node_modules/${packageName}`];
  return isObject(own) && typeof own.resolved === 'string' ? own.resolved : null;
}

/** npm wants slashes, and takes what begins with a dot or a slash for a path. */
function fileSpec(path: string, project: string): string {
  return `file:${relative(project, path).split(sep).join('/')}`;
}

/** Null for what is not there, cannot be read, or is no object. */
function readJson(path: string): (Manifest & Record<string, unknown>) | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
