/** The flags of `chipzen-agent init`. */
import { Option } from 'commander';
import { projectLanguages } from '../../scaffold/project-files.js';
import { type CommandHost, fileArgument, helpGroups } from './arguments.js';
import type { InitFlags } from './init-command.js';

const examples = `
Examples:
  chipzen-agent init my-bot         a folder my-bot with a bot in TypeScript
  chipzen-agent init my-bot --js    the same in JavaScript
  chipzen-agent init .              here: in a project of the official SDK, whose
                                    files stay as they are but for package.json
                                    and the ignore files, or in an empty folder`;

export function addInit({ program, terminal, end }: CommandHost): void {
  program
    .command('init')
    .helpGroup(helpGroups.author)
    .summary('make a project: a bot, its test, and scripts')
    .description('make a project for a bot: the bot, a test, and scripts to play')
    .argument('[name]', 'of the folder to make; without one, or with a dot, this folder', '.')
    .addOption(
      new Option('--language <name>', 'of the bot (default: "typescript")').choices(projectLanguages),
    )
    .addOption(new Option('--js', 'the same as --language javascript').conflicts('language'))
    .option('--dir <folder>', 'where to make the folder (default: here)', fileArgument)
    .option(
      '--dependency <spec>',
      'what the project depends on as chipzen-agent: a version, a path, a tarball (default: what is running)',
      fileArgument,
    )
    .option('--json', 'print what was made as JSON')
    .addHelpText('after', examples)
    .action(async (name: string, flags: InitFlags) => {
      const { init } = await import('./init-command.js');
      end(await init(name, flags, terminal));
    });
}
