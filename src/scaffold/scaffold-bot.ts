/** New projects for bots, behind `chipzen-agent init`. */
import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { folderError, shownFolder } from './folder-error.js';
import { findOwnPackage } from './own-package.js';
import { type ProjectLanguage, projectFiles, projectLanguages } from './project-files.js';
import { requireProjectName } from './project-name.js';

const defaults = { language: 'typescript' } as const;

/** Where a project is made, and of what. */
export interface ScaffoldOptions {
  /** The folder to make the project's folder in. Default: the working directory. */
  parentDir?: string | undefined;
  /** Default: `typescript`. */
  language?: ProjectLanguage | undefined;
  /** What the project depends on, as `package.json` says it. Default: the package that is running. */
  dependency?: string | undefined;
}

const scaffoldOptionNames: Readonly<Record<keyof ScaffoldOptions, true>> = {
  parentDir: true,
  language: true,
  dependency: true,
};

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
 * @throws {OptionError} for an unknown option, for a name that cannot be one, for a folder that is there already, and for a parent that is not
 * there or cannot be written to.
 */
export async function scaffoldBot(name: string, options: ScaffoldOptions = {}): Promise<string> {
  refuseUnknown(options, scaffoldOptionNames, 'scaffoldBot');
  return (await scaffoldProject(name, options)).folder;
}

/** As `scaffoldBot`, and tells what is in the folder. */
export async function scaffoldProject(
  name: string,
  { parentDir = process.cwd(), ...options }: ScaffoldOptions = {},
): Promise<ScaffoldedProject> {
  requireProjectName(name);
  const parent = await realpath(parentDir).catch((error: unknown) => {
    throw folderError(error, parentDir);
  });
  const folder = join(parent, name);
  const files = filesOf(folder, options);
  // A folder that is there already, whoever made it meanwhile, is refused by the system itself.
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw folderError(error, error.code === 'EEXIST' ? folder : parent);
  });
  try {
    return await fill(folder, files);
  } catch (error) {
    throw folderError(error, folder);
  }
}

/**
 * Makes the project in a folder that is there, empty but for what version control and the system put there.
 *
 * @throws {OptionError} for a folder with files, and one whose name cannot be that of a project.
 */
export async function scaffoldHere(
  path: string,
  options: Omit<ScaffoldOptions, 'parentDir'> = {},
): Promise<ScaffoldedProject> {
  try {
    const folder = await realpath(path);
    const present = (await readdir(folder)).filter((file) => !uncounted.has(file));
    if (present.length > 0) {
      throw new OptionError(
        'name',
        `${shownFolder(folder)} has files in it and is no project of the official SDK, so nothing in it was changed. Give the name of a new folder: chipzen-agent init my-bot.`,
      );
    }
    requireProjectName(basename(folder));
    return await fill(folder, filesOf(folder, options));
  } catch (error) {
    throw folderError(error, path);
  }
}

const uncounted = new Set(['.git', '.DS_Store']);

function filesOf(
  folder: string,
  { language = defaults.language, dependency }: Omit<ScaffoldOptions, 'parentDir'>,
): Map<string, string> {
  if (!projectLanguages.includes(language)) {
    throw new OptionError('language', `The option language must be ${projectLanguages.join(' or ')}.`);
  }
  const name = basename(folder).toLowerCase();
  return projectFiles({ name, language, folder, own: findOwnPackage(), dependency });
}

async function fill(folder: string, files: Map<string, string>): Promise<ScaffoldedProject> {
  for (const [file, text] of files) await writeFile(join(folder, file), text, { flag: 'wx' });
  const { dependencies } = JSON.parse(files.get('package.json') ?? '{}');
  return { folder, files: [...files.keys()], dependency: dependencies['chipzen-agent'] };
}
