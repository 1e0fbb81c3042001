/** The flags of `chipzen-agent demo`. */
import { Option } from 'commander';
import { type CommandHost, houseBotHelp, integer, listArgument } from './arguments.js';
import type { DemoFlags } from './demo-command.js';

const defaults = { hands: 60 } as const;

export function addDemo({ program, terminal, end }: CommandHost): void {
  program
    .command('demo')
    .description('play one match on this machine, from connecting to the last hand')
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .option('--hands <n>', 'most hands of the match', integer(1), defaults.hands)
    .addOption(
      new Option('--opponent <name|file>', 'house bot or bot file; repeat it for more seats, six with yours')
        .argParser(listArgument)
        .default([], 'calling-station'),
    )
    .addHelpText('after', houseBotHelp)
    .option('--bot <file>', 'your bot instead of the sample')
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo-command.js');
      end(await demo(flags, terminal));
    });
}
