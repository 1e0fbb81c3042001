/** The command line as a function: arguments and streams in, exit code out. */
import { Command, CommanderError } from 'commander';
import { maskTokens } from '../protocol/redact.js';
import { version } from '../protocol/version.js';
import { addArena } from './commands/arena-flags.js';
import { helpGroups } from './commands/arguments.js';
import { addCharts } from './commands/charts-flags.js';
import { addCheck } from './commands/check-flags.js';
import { addCompletion } from './commands/completion-flags.js';
import { addDemo } from './commands/demo-flags.js';
import { addDev } from './commands/dev-flags.js';
import { addDoctor } from './commands/doctor-flags.js';
import { addExport } from './commands/export-flags.js';
import { addFixtures } from './commands/fixtures-flags.js';
import { addImport } from './commands/import-flags.js';
import { addInit } from './commands/init-flags.js';
import { addLedger } from './commands/ledger-flags.js';
import {
  addAccept,
  addChallenge,
  addChallenges,
  addOpponents,
  addQueue,
} from './commands/matchmaking-flags.js';
import { addProxy } from './commands/proxy-flags.js';
import { addRating } from './commands/rating-flags.js';
import { addReplay } from './commands/replay-flags.js';
import { addReport } from './commands/report-flags.js';
import { addReview } from './commands/review-flags.js';
import { addRun } from './commands/run-flags.js';
import { addSandbox } from './commands/sandbox-flags.js';
import { addProfile, addScout } from './commands/scout-flags.js';
import { addService } from './commands/service-flags.js';
import { addStatus } from './commands/status-flags.js';
import { addWorker } from './commands/worker-flags.js';
import { endFinally } from './surroundings/end-finally.js';
import { exitCodeOfError, exitCodes } from './surroundings/exit-codes.js';
import { printError } from './surroundings/print-error.js';
import { type CliIo, terminalOf } from './surroundings/surroundings.js';

/** In the order of the help. The code of a command is loaded when it runs. */
const commands = [
  addDemo,
  addInit,
  addDev,
  addCheck,
  addArena,
  addRun,
  addDoctor,
  addFixtures,
  addQueue,
  addOpponents,
  addChallenge,
  addChallenges,
  addAccept,
  addStatus,
  addService,
  addWorker,
  addLedger,
  addRating,
  addReview,
  addReplay,
  addReport,
  addProfile,
  addScout,
  addExport,
  addImport,
  addSandbox,
  addProxy,
  addCharts,
  addCompletion,
];

const help = `
Begin with "chipzen-agent demo", then "chipzen-agent init my-bot". A command with
--help has all of its flags, and examples.

Exit codes: 0 done, 2 usage or configuration, 3 authentication, 4 lobby or NATS server
unreachable, 5 evicted, 6 bot error, 130 Ctrl-C and 143 SIGTERM before there was
a session, 1 anything else.`;

/**
 * Runs one command.
 *
 * @param args without interpreter and program.
 * @returns the exit code; nothing is thrown.
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const terminal = terminalOf(io);
  let code: number = exitCodes.done;
  const program = new Command('chipzen-agent')
    .description('Keeps a poker bot seated on Chipzen.')
    .version(version)
    .option('--verbose', 'show where an error came from')
    .addHelpText('after', help)
    .commandsGroup(helpGroups.tools)
    .helpCommand('help [command]', 'the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // An error about a mistyped flag may quote a token.
      writeErr: (text) => void io.stderr.write(maskTokens(text)),
    });

  const end = (exitCode: number): void => {
    code = exitCode;
  };
  for (const add of commands) add({ program, terminal, end });

  const over = (exitCode: number): Promise<number> =>
    args[0] === 'run' ? endFinally(exitCode, terminal) : Promise.resolve(exitCode);

  try {
    await program.parseAsync(args, { from: 'user' });
    return await over(code);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : over(exitCodes.usage);
    const { verbose }: { verbose?: boolean } = program.opts();
    printError(error, verbose === true || Boolean(io.env.DEBUG), terminal);
    return over(exitCodeOfError(error));
  }
}
