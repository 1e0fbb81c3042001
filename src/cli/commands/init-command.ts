/** `chipzen-agent init`: a project for a bot. */
import { basename, relative } from 'node:path';
import { printable, visibleJson } from '../../protocol/redact.js';
import { type AdaptedProject, adaptProject, isOfficialProject } from '../../scaffold/adapt-project.js';
import { botFiles, type ProjectLanguage } from '../../scaffold/project-files.js';
import { type ScaffoldedProject, scaffoldHere, scaffoldProject } from '../../scaffold/scaffold-bot.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CliIo, printLine } from '../surroundings/surroundings.js';

const defaults = { maxPathLength: 200 } as const;

/** The flags as they are given. */
export interface InitFlags {
  language?: ProjectLanguage;
  /** The same as `--language javascript`. */
  js?: boolean;
  /** The folder to make the project's folder in. */
  dir?: string;
  /** What the project depends on, in place of the package that is running. */
  dependency?: string;
  json?: boolean;
}

/**
 * @param name of the new folder; `.` for this one.
 * @returns the exit code.
 * @throws {OptionError} for a name that cannot be one, and for a folder that is there already or has files in it.
 */
export async function init(name: string, flags: InitFlags, io: CliIo): Promise<number> {
  const { dir = '.', dependency, json = false } = flags;
  const language = flags.js === true ? 'javascript' : (flags.language ?? 'typescript');
  const isHere = name === '.' || name === './';
  if (isHere && (await isOfficialProject(dir))) {
    const adapted = await adaptProject(dir, { dependency });
    print(json ? [asJson(adapted)] : linesOfAdapted(adapted), io);
    return exitCodes.done;
  }
  const project = isHere
    ? await scaffoldHere(dir, { language, dependency })
    : await scaffoldProject(name, { parentDir: dir, language, dependency });
  print(json ? [asJson(project)] : linesOfProject(project, botFiles[language]), io);
  return exitCodes.done;
}

function print(lines: readonly string[], { stdout }: CliIo): void {
  for (const line of lines) printLine(stdout, line);
}

const asJson = (made: ScaffoldedProject | AdaptedProject): string => visibleJson(JSON.stringify(made));

function linesOfProject({ folder, files, dependency }: ScaffoldedProject, bot: string): string[] {
  return [
    `${basename(folder)} is a project now, with chipzen-agent as ${dependency}:`,
    `  ${files.join(', ')}`,
    '',
    ...nextSteps(folder),
    '',
    `The bot is in ${bot}.`,
  ];
}

function linesOfAdapted({ folder, bot, changes, kept }: AdaptedProject): string[] {
  const width = Math.max(...changes.map(({ file }) => file.length));
  return [
    changes.length === 0
      ? `${basename(folder)} has all it needs; nothing was changed.`
      : `${basename(folder)} is a project of the official SDK, and has chipzen-agent as well now:`,
    ...changes.map(({ file, what }) => `  ${file.padEnd(width)}  ${what}`),
    ...kept.map((script) => `The script ${script} was there and stays as it is.`),
    '',
    ...nextSteps(folder),
    '',
    `${bot} stays as it is: where chipzen-agent loads it, its import of @chipzen-ai/bot gets chipzen-agent.`,
  ];
}

function nextSteps(folder: string): string[] {
  const way = relative(process.cwd(), folder);
  return [
    'Next:',
    ...(way === '' ? [] : [`  cd ${printable(way, defaults.maxPathLength)}`]),
    '  npm install',
    '  npm run play   # one match on this machine',
    '  npm run dev    # match after match, with a page to watch',
    '  npm test       # turns that never change',
    '  npm run check  # what would cost the bot chips',
  ];
}
