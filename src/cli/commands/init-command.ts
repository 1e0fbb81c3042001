/** `chipzen-agent init`: a project for a bot. */
import { basename, relative } from 'node:path';
import { printable, visibleJson } from '../../protocol/redact.js';
import { botFiles } from '../../scaffold/project-files.js';
import { scaffoldProject } from '../../scaffold/scaffold-bot.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CliIo, printLine } from '../surroundings/surroundings.js';
import type { InitFlags } from './init-flags.js';

const defaults = { maxPathLength: 200 } as const;

/**
 * @returns the exit code.
 * @throws {OptionError} for a name that cannot be one, and for a folder that is there already.
 */
export async function init(name: string, flags: InitFlags, io: CliIo): Promise<number> {
  const language = flags.js === true ? 'javascript' : (flags.language ?? 'typescript');
  const { dir: parentDir, dependency } = flags;
  const project = await scaffoldProject(name, { parentDir, language, dependency });
  if (flags.json === true) {
    printLine(io.stdout, visibleJson(JSON.stringify(project)));
    return exitCodes.done;
  }
  const shown = printable(relative(process.cwd(), project.folder), defaults.maxPathLength);
  for (const line of [
    `${basename(project.folder)} has ${project.files.join(', ')}; it depends on chipzen-agent as ${project.dependency}`,
    '',
    'Next:',
    `  cd ${shown}`,
    '  npm install',
    '  npm run play   # one match on this machine',
    '  npm run dev    # match after match, with a page to watch',
    '  npm test',
    '',
    `The bot is in ${botFiles[language]}.`,
  ]) {
    printLine(io.stdout, line);
  }
  return exitCodes.done;
}
