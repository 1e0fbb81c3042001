/** The flags of `chipzen-agent check`. */
import {
  botClass,
  botFileHelp,
  type CommandHost,
  helpGroups,
  integer,
  isolation,
  maxSeconds,
  positiveSecondsUpTo,
  workerMemory,
} from './arguments.js';
import type { CheckFlags } from './check-command.js';

const help = `
What it plays: fixed turns of every street; what players of the platform met,
such as a least raise above the most, or a match that is under way; what the
platform's own test harness plays; clocks of 2 s and 30 s; a hundred hands
against itself. Each match is played as \`run\` plays it.

Exit codes: 0 nothing was found that costs chips, 1 something was, or the time
was over before the end, 2 usage, 6 the bot cannot be made.

Examples:
  chipzen-agent check my-bot.ts
  chipzen-agent check my-bot.ts --json | jq .passed
  chipzen-agent check my-bot.ts --worker-memory 256 --time-limit 600`;

export function addCheck({ program, terminal, end }: CommandHost): void {
  program
    .command('check')
    .helpGroup(helpGroups.author)
    .summary('find what would cost the bot chips')
    .description('play everything that costs bots chips on the platform, and say what would cost this one')
    .argument('<bot file>', botFileHelp)
    .addOption(botClass())
    .option('--json', 'the report as one line of JSON on standard output')
    .addOption(isolation(['process', 'worker']))
    .addOption(workerMemory())
    .option('--time-limit <seconds>', 'the most time for all of it', positiveSecondsUpTo(maxSeconds), 120)
    .option('--hands <n>', 'the most hands against itself', integer(1, 10_000), 100)
    .addHelpText('after', help)
    .action(async (file: string, flags: CheckFlags) => {
      const { check } = await import('./check-command.js');
      end(await check(file, flags, terminal));
    });
}
