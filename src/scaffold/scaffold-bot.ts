/** New projects for bots, behind `chipzen-agent init`. */
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '../protocol/errors.js';
import { printable } from '../protocol/redact.js';
import { findOwnPackage } from './own-package.js';
import { type ProjectLanguage, projectFiles } from './project-files.js';
import { requireProjectName } from './project-name.js';

const defaults = { language: 'typescript', maxPathLength: 200 } as const;

export interface ScaffoldOptions {
  /** The folder to make the project's folder in. Default: the working directory. */
  parentDir?: string | undefined;
  /** Default: `typescript`. */
  language?: ProjectLanguage | undefined;
  /** What the project depends on, as `package.json` says it. Default: the package that is running. */
  dependency?: string | undefined;
}

/** A project as it was made. */
export interface ScaffoldedProject {
  /** Its folder, an absolute path. */
  folder: string;
  /** Names of the files in it. */
  files: string[];
  /** What it depends on, as its `package.json` says it. */
  dependency: string;
}

/**
 * Makes a project for a bot in a new folder of this name.
 *
 * @returns the path of the folder.
 * @throws {OptionError} for a name that cannot be one, for a folder that is there already, and for a parent that is not
 * there or cannot be written to.
 */
export async function scaffoldBot(name: string, options: ScaffoldOptions = {}): Promise<string> {
  return (await scaffoldProject(name, options)).folder;
}

/** As `scaffoldBot`, and tells what is in the folder. */
export async function scaffoldProject(
  name: string,
  { parentDir = process.cwd(), language = defaults.language, dependency }: ScaffoldOptions = {},
): Promise<ScaffoldedProject> {
  requireProjectName(name);
  const own = findOwnPackage();
  const parent = await realpath(parentDir).catch((error: unknown) => {
    throw refusalOf(error, parentDir);
  });
  const folder = join(parent, name);
  // A folder that is there already, whoever made it meanwhile, is refused by the system itself.
  await mkdir(folder).catch((error: unknown) => {
    throw refusalOf(error, folder);
  });
  const files = projectFiles({ name: name.toLowerCase(), language, folder, own, dependency });
  try {
    for (const [file, text] of files) await writeFile(join(folder, file), text, { flag: 'wx' });
  } catch (error) {
    throw refusalOf(error, folder);
  }
  const { dependencies } = JSON.parse(files.get('package.json') ?? '{}');
  return { folder, files: [...files.keys()], dependency: dependencies['chipzen-agent'] };
}

/** The system's error in a sentence. */
export function refusalOf(error: unknown, path: string): OptionError {
  const shown = printable(path, defaults.maxPathLength);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  switch (code) {
    case 'EEXIST':
      return new OptionError(
        'name',
        `${shown} is there already, and nothing in it was changed. Choose another name, or move it away.`,
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return new OptionError('dir', `There is no folder ${shown}.`);
    default:
      return new OptionError(
        'dir',
        `${shown} cannot be written to (${code}). Choose another folder with --dir.`,
      );
  }
}
