/** The command line as a function: arguments and streams in, exit code out. */
import { Command, CommanderError, Option } from 'commander';
import { environments } from '../io/endpoints.js';
import { houseBots } from '../sandbox/house-bots.js';
import { version } from '../version.js';
import { integer, logLevels, parseBlinds, secondsUpTo } from './arguments.js';
import type { DemoFlags } from './demo.js';
import { exitCodeOfError, exitCodes } from './exit-codes.js';
import { type CliIo, maskTokens, terminalOf } from './io.js';
import { printError } from './print-error.js';
import type { RunFlags } from './run.js';
import type { SandboxFlags } from './sandbox.js';

const defaults = {
  port: 8001,
  stack: 1_000,
  hands: 60,
  drainGraceSeconds: 5,
  maxDrainGraceSeconds: 24 * 60 * 60,
} as const;

const opponents = Object.keys(houseBots);

const exitCodeHelp = `
Exit codes: 0 done, 2 usage or configuration, 3 authentication, 4 lobby unreachable, 5 evicted, 6 bot error,
1 anything else.`;

/**
 * Runs one command.
 *
 * @param args without the names of the interpreter and the program.
 * @returns the exit code; nothing is thrown.
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const terminal = terminalOf(io);
  let code: number = exitCodes.done;
  const program = new Command('chipzen-agent')
    .description('Keeps a poker bot seated on Chipzen.')
    .version(version)
    .option('--verbose', 'show where an error came from')
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // A token after a mistyped flag would be shown as what was wrong.
      writeErr: (text) => void io.stderr.write(maskTokens(text)),
    });

  program
    .command('run')
    .description('play every match that the platform gives the bot of this file (TypeScript or JavaScript)')
    .argument(
      '<bot file>',
      'exports a class or object with decide(state), or a function that returns one; a class or function is called once more at start, to see that it makes a bot',
    )
    .addOption(
      new Option('--env <name>', 'deployment (default: CHIPZEN_ENV, then prod)').choices(
        Object.keys(environments),
      ),
    )
    .option('--url <url>', 'whole lobby URL, instead of --bot-id and --env')
    .option('--bot-id <id>', 'default: CHIPZEN_BOT_ID, then chipzen.toml')
    .option('--token <token>', 'better left to CHIPZEN_EXTBOT_TOKEN or chipzen.toml: others can see it here')
    .option('--max-matches <n>', 'end after this many matches', integer(1))
    .option('--no-safe-mode', "end the session at the bot's first error")
    .option('--json', 'one event per line as JSON on standard output')
    .addOption(
      new Option('--log-level <level>', 'log to standard error as JSON').choices(logLevels).default('silent'),
    )
    .option(
      '--drain-grace <seconds>',
      'how long live matches may go on after Ctrl-C',
      secondsUpTo(defaults.maxDrainGraceSeconds),
      defaults.drainGraceSeconds,
    )
    .action(async (file: string, flags: RunFlags) => {
      const { run } = await import('./run.js');
      code = await run(file, flags, terminal);
    });

  program
    .command('sandbox')
    .description('run a local platform that deals matches to your bot: no account, play money')
    .option('--port <n>', 'on 127.0.0.1', integer(0, 65_535), defaults.port)
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .option('--stack <chips>', 'chips of each player', integer(1), defaults.stack)
    .addOption(
      new Option('--blinds <small/big>', 'in chips')
        .argParser(parseBlinds)
        .default({ small: 5, big: 10 }, '5/10'),
    )
    .option('--hands <n>', 'most hands of a match', integer(1), 1_000)
    .addOption(new Option('--opponent <name>', 'house bot').choices(opponents).default('calling-station'))
    .option('--matches <n>', 'stop after this many matches (default: no end)', integer(1))
    .action(async (flags: SandboxFlags) => {
      const { sandbox } = await import('./sandbox.js');
      code = await sandbox(flags, terminal);
    });

  program
    .command('demo')
    .description('play one match on this machine, from connecting to the last hand')
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .option('--hands <n>', 'most hands of the match', integer(1), defaults.hands)
    .addOption(new Option('--opponent <name>', 'house bot').choices(opponents).default('calling-station'))
    .option('--bot <file>', 'your bot instead of the sample')
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo.js');
      code = await demo(flags, terminal);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { verbose }: { verbose?: boolean } = program.opts();
    printError(error, verbose === true || Boolean(io.env.DEBUG), terminal);
    return exitCodeOfError(error);
  }
}
