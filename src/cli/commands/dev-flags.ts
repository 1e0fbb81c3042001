/** The flags of `chipzen-agent dev`. */
import {
  botClass,
  botFileHelp,
  type CommandHost,
  factorUpTo,
  helpGroups,
  houseBotHelp,
  integer,
  isolation,
  opponentFlag,
  port,
  workerMemory,
} from './arguments.js';
import type { DevFlags } from './dev-command.js';
import { addGameFlags } from './game-flags.js';
import { addInspectFlags } from './inspect-flags.js';
import { addLogFlags } from './log-flags.js';

const defaults = { hands: 30, speed: 0.25 } as const;

const examples = `
Examples:
  chipzen-agent dev bot.ts                                 against each house bot in turn
  chipzen-agent dev bot.ts --opponent ./old.ts --hands 500 --speed 0
  chipzen-agent dev bot.ts --opponent equity --opponent random --matches 3
`;

export function addDev({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('dev')
    .helpGroup(helpGroups.author)
    .summary('play match after match, and take what you save')
    .description('work on a bot: match after match on this machine, with the dashboard')
    .argument('<bot file>', botFileHelp);
  addGameFlags(command, { hands: defaults.hands })
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .addOption(opponentFlag('a house bot, in each match the next one'))
    .option('--matches <n>', 'end after this many matches (default: no end)', integer(1))
    .option(
      '--speed <factor>',
      'of the delays: 1 is the pace of the platform, 0 has none; the time for a decision stays what it is',
      factorUpTo(2),
      defaults.speed,
    )
    .option('--dashboard [port]', 'the page that shows the session (default: any free port)', port)
    .option('--no-dashboard', 'no page; on a terminal a table instead')
    .option('--no-watch', 'play what was started; a saved file changes nothing')
    .addOption(botClass())
    .addOption(isolation(['process', 'worker', 'none']))
    .addOption(workerMemory())
    .option('--json', 'one event per line as JSON on standard output');
  addInspectFlags(command);
  addLogFlags(command)
    .addHelpText('after', () => `${houseBotHelp(terminal.screen?.size().columns)}\n${examples.trimEnd()}`)
    .action(async (file: string, flags: DevFlags) => {
      const { dev } = await import('./dev-command.js');
      end(await dev(file, flags, terminal));
    });
}
