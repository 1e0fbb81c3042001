/** The flags of `chipzen-agent worker`. */
import { availableParallelism } from 'node:os';
import { OptionError } from '../../protocol/errors.js';
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
  chipzen-agent run --nats nats://10.0.0.5:4222              where the token is
  chipzen-agent worker --arena old.ts new.ts --nats nats://10.0.0.5:4222
  chipzen-agent arena old.ts new.ts --nats nats://10.0.0.5:4222`;

export function addWorker({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('worker')
    .helpGroup(helpGroups.platform)
    .summary('play matches of a run --nats, or blocks of an arena --nats, on other machines')
    .description(
      'play the matches of an agent, or the blocks of an arena, that was started with --nats elsewhere',
    )
    .argument('[bot files...]', `${botFileHelp}; with --arena any number of them`)
    .addOption(botClass())
    .requiredOption('--nats <url>', 'the server, like nats://127.0.0.1:4222')
    .option(
      '--nats-name <name>',
      'of this bot, or of the arenas, when several use the same server (default: "bot", with --arena "arena")',
    )
    .option('--arena', 'play blocks of arenas: with the same bot files as there, house bots without')
    .option(
      '--jobs <n>',
      'with --arena: threads that play (default: one less than there are cores)',
      integer(1, 256),
    )
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
    .action(async (files: string[], flags: WorkerFlags) => {
      if (flags.arena === true) {
        const { workerOfArenas } = await import('./worker-arena-command.js');
        end(await workerOfArenas(files, flags, terminal));
        return;
      }
      const [file, ...others] = files;
      if (file === undefined || others.length > 0)
        throw new OptionError('bot', 'Give one bot file; several go with --arena.');
      if (flags.jobs !== undefined) throw new OptionError('jobs', 'Flag --jobs goes with --arena.');
      const { worker } = await import('./worker-command.js');
      end(await worker(file, flags, terminal));
    });
}
