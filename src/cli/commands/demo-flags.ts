/** The flags of `chipzen-agent demo`. */
import {
  botClass,
  type CommandHost,
  helpGroups,
  houseBotHelp,
  isolation,
  opponentFlag,
} from './arguments.js';
import { jsonFlag } from './command-output.js';
import type { DemoFlags } from './demo-command.js';
import { addGameFlags } from './game-flags.js';

const examples = `
Examples:
  chipzen-agent demo                                  the sample bot
  chipzen-agent demo --bot bot.ts --opponent equity   yours against the strongest
  chipzen-agent demo --bot bot.ts --seed 5f1c09ad     the cards of a match before
  chipzen-agent demo --bot bot.ts --opponent ./old.ts --format queue

On Bun and Deno a bot file plays with --isolate none: elsewhere nothing would confine it there.`;

export function addDemo({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('demo')
    .helpGroup(helpGroups.author)
    .summary('play one match here, with nothing to set up')
    .description('play one match on this machine, from connecting to the last hand');
  addGameFlags(command)
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .addOption(opponentFlag('calling-station'))
    .addHelpText('after', () => `${houseBotHelp(terminal.screen?.size().columns)}\n${examples}`)
    .option('--bot <file>', 'your bot instead of the sample')
    .addOption(botClass())
    .addOption(isolation(['process', 'worker', 'none']))
    .addOption(jsonFlag())
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo-command.js');
      end(await demo(flags, terminal));
    });
}
