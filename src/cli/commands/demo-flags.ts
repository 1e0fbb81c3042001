/** The flags of `chipzen-agent demo`. */
import { Option } from 'commander';
import { botClass, type CommandHost, houseBotHelp, listArgument } from './arguments.js';
import type { DemoFlags } from './demo-command.js';
import { addGameFlags } from './game-flags.js';

export function addDemo({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('demo')
    .description('play one match on this machine, from connecting to the last hand');
  addGameFlags(command)
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .addOption(
      new Option('--opponent <name|file>', 'house bot or bot file; repeat it for more seats, six with yours')
        .argParser(listArgument)
        .default([], 'calling-station'),
    )
    .addHelpText('after', () => houseBotHelp(terminal.screen?.size().columns))
    .option('--bot <file>', 'your bot instead of the sample')
    .addOption(botClass())
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo-command.js');
      end(await demo(flags, terminal));
    });
}
