/** The flags of `chipzen-agent worker`. */
import { availableParallelism } from 'node:os';
import {
  botClass,
  botFileHelp,
  type CommandHost,
  drainGraceSeconds,
  helpGroups,
  integer,
  isolation,
  maxSeconds,
  secondsUpTo,
  storeFlag,
  watchFlag,
  workerMemory,
} from './arguments.js';
import { jsonFlag } from './command-output.js';
import { addLogFlags } from './log-flags.js';
import type { WorkerFlags } from './worker-command.js';

const examples = `
Examples:
  chipzen-agent worker bot.ts --nats nats://10.0.0.5:4222    where the bot is to compute
  chipzen-agent run --nats nats://10.0.0.5:4222              where the token is`;

export function addWorker({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('worker')
    .helpGroup(helpGroups.platform)
    .summary('play matches of a run --nats on other machines')
    .description('play the matches of an agent on another machine, which is run with --nats')
    .argument('<bot file>', botFileHelp)
    .addOption(botClass())
    .requiredOption('--nats <url>', 'the server, like nats://127.0.0.1:4222')
    .option('--nats-name <name>', 'of this bot, when several use the same server', 'bot')
    .addOption(isolation(['process', 'worker']))
    .option('--matches <n>', 'most matches at the same time', integer(1, 10_000), availableParallelism() * 4)
    .addOption(workerMemory())
    .addOption(watchFlag())
    .addOption(jsonFlag())
    .addOption(storeFlag())
    .option(
      '--drain-grace <seconds>',
      'how long live matches may go on here after Ctrl-C; after that other workers go on with them',
      secondsUpTo(maxSeconds),
      drainGraceSeconds,
    );
  addLogFlags(command)
    .addHelpText('after', examples)
    .action(async (file: string, flags: WorkerFlags) => {
      const { worker } = await import('./worker-command.js');
      end(await worker(file, flags, terminal));
    });
}
