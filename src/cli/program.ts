/** The command line as a function: arguments and streams in, exit code out. */
import { availableParallelism } from 'node:os';
import { Command, CommanderError, Option } from 'commander';
import { houseBotDescriptions, houseBotNames } from '../house/house-bot-names.js';
import { environments } from '../io/settings/endpoints.js';
import { defaultIsolation, type Isolation } from '../io/settings/isolation.js';
import { maskTokens } from '../protocol/redact.js';
import { version } from '../protocol/version.js';
import { maxTimerMs } from '../time/max-timer.js';
import {
  factorUpTo,
  integer,
  listArgument,
  logLevels,
  parseBlinds,
  secondsUpTo,
} from './commands/arguments.js';
import type { DemoFlags } from './commands/demo-command.js';
import type { ProxyFlags } from './commands/proxy-command.js';
import type { RunFlags } from './commands/run-command.js';
import type { SandboxFlags } from './commands/sandbox-command.js';
import type { WorkerFlags } from './commands/worker-command.js';
import { exitCodeOfError, exitCodes } from './surroundings/exit-codes.js';
import { printError } from './surroundings/print-error.js';
import { type CliIo, terminalOf } from './surroundings/surroundings.js';

const defaults = {
  port: 8001,
  stack: 1_000,
  hands: 60,
  drainGraceSeconds: 5,
  maxDrainGraceSeconds: 24 * 60 * 60,
  maxLobbyPatienceSeconds: 24 * 60 * 60,
} as const;

const port = integer(0, 65_535);

const isolations = {
  process: 'in a process of its own, so that nothing it does hurts anything else',
  worker: 'in a thread of its own, which takes less memory and holds less',
  none: 'in the thread that answers the platform',
} as const satisfies Record<Isolation, string>;

const isolation = (names: Isolation[]): Option =>
  new Option(
    '--isolate <mode>',
    `the bot of each match plays ${names.map((name) => `${isolations[name]} (${name})`).join('; ')}`,
  )
    .choices(names)
    .default(defaultIsolation);

const workerMemory = (): Option =>
  new Option(
    '--worker-memory <MB>',
    "most memory of one bot: of its heap, in a process of all it has (default: a quarter of the machine's, 256 to 4096; in a thread what Node allows)",
  ).argParser(integer(16, 1_048_576));

const houseBotHelp = `
House bots:
${houseBotNames.map((name) => `  ${name.padEnd(18)}${houseBotDescriptions[name]}`).join('\n')}`;

const exitCodeHelp = `
Exit codes: 0 done, 2 usage or configuration, 3 authentication, 4 lobby or NATS server
unreachable, 5 evicted, 6 bot error, 130 Ctrl-C and 143 SIGTERM before there was
a session, 1 anything else.`;

const environmentHelp = `
Environment: CHIPZEN_EXTBOT_TOKEN, CHIPZEN_BOT_ID, CHIPZEN_ENV and
CHIPZEN_LOBBY_URL stand for flags that are not given; HTTPS_PROXY, ALL_PROXY or
HTTP_PROXY names an HTTP proxy to go through, NO_PROXY what is reached without.`;

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
      '[bot file]',
      'exports a class or object with decide(state), or a function that returns one; one bot is made at start, to see that it can be made. None with --nats',
    )
    .option(
      '--nats <url>',
      'have the bot play at workers that this NATS server leads to (chipzen-agent worker)',
    )
    .option('--nats-name <name>', 'that of the workers', 'bot')
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
    .addOption(isolation(['process', 'worker', 'none']))
    .addOption(workerMemory())
    .option(
      '--margin <ms>',
      'how long before its clock runs out a turn is answered for the bot (default: as measured)',
      integer(0, maxTimerMs),
    )
    .option('--json', 'one event per line as JSON on standard output')
    .addOption(
      new Option('--log-level <level>', 'log to standard error as JSON').choices(logLevels).default('silent'),
    )
    .option(
      '--drain-grace <seconds>',
      'how long live matches may go on after Ctrl-C, an eviction or a failure',
      secondsUpTo(defaults.maxDrainGraceSeconds),
      defaults.drainGraceSeconds,
    )
    .option(
      '--lobby-patience <seconds>',
      'how long a lobby that took the bot before may answer nothing but HTTP 401, 403 or 404 (default: 600)',
      secondsUpTo(defaults.maxLobbyPatienceSeconds),
    )
    .option('--dashboard [port]', 'serve a page that shows the session (default: any free port)', port)
    .option('--inspect', 'serve a page that opens the Stately inspector on the statecharts of the session')
    .addOption(
      new Option('--inspect-port <n>', 'of that page (default: any free port)')
        .argParser(integer(0, 65_535))
        .implies({ inspect: true }),
    )
    .addOption(
      new Option('--inspect-url <url>', 'another inspector (default: https://stately.ai/inspect)').implies({
        inspect: true,
      }),
    )
    .addOption(
      new Option('--inspect-hide-cards', 'do not show hole cards to the inspector').implies({
        inspect: true,
      }),
    )
    .addHelpText('after', environmentHelp)
    .action(async (file: string | undefined, flags: RunFlags) => {
      const { run } = await import('./commands/run-command.js');
      code = await run(file, flags, terminal);
    });

  program
    .command('worker')
    .description('play the matches of an agent on another machine, which is run with --nats')
    .argument('<bot file>', 'as for run')
    .requiredOption('--nats <url>', 'the server, like nats://127.0.0.1:4222')
    .option('--nats-name <name>', 'of this bot, when several use the same server', 'bot')
    .addOption(isolation(['process', 'worker']))
    .option('--matches <n>', 'most matches at the same time', integer(1, 10_000), availableParallelism() * 4)
    .addOption(workerMemory())
    .option(
      '--drain-grace <seconds>',
      'how long live matches may go on here after Ctrl-C; after that other workers go on with them',
      secondsUpTo(defaults.maxDrainGraceSeconds),
      defaults.drainGraceSeconds,
    )
    .action(async (file: string, flags: WorkerFlags) => {
      const { worker } = await import('./commands/worker-command.js');
      code = await worker(file, flags, terminal);
    });

  program
    .command('sandbox')
    .description('run a local platform that deals matches to your bots: no account, play money')
    .option('--port <n>', '0 takes any free port', integer(0, 65_535), defaults.port)
    .option('--host <address>', 'another one than this lets other machines in', '127.0.0.1')
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .option('--stack <chips>', 'chips of each player', integer(1), defaults.stack)
    .addOption(
      new Option('--blinds <small/big>', 'in chips; 5/10,21:10/20 has them rise at hand 21')
        .argParser(parseBlinds)
        .default(parseBlinds('5/10'), '5/10'),
    )
    .option('--ante <chips>', 'of each seat in each hand', integer(0), 0)
    .option('--hands <n>', 'most hands of a match', integer(1), 1_000)
    .addOption(
      new Option(
        '--opponent <name|file>',
        'house bot or bot file; repeat it for more seats, six with your bots; none is needed with several --bots',
      )
        .argParser(listArgument)
        .default([], 'calling-station'),
    )
    .option('--bots <n>', 'bots of yours that play each match together, each with a token', integer(1, 6), 1)
    .option('--matches <n>', 'stop after this many matches (default: no end)', integer(1))
    .option(
      '--speed <factor>',
      'of every delay and clock: 0.1 plays ten times as fast, 0 has no delays, and clocks of full length',
      factorUpTo(2),
      1,
    )
    .option('--legacy', 'speak as older servers do')
    .option('--chaos <profile|file>', 'let things go wrong; chipzen-agent proxy --list shows the profiles')
    .option('--state <file>', 'remember bots and matches there, and go on with them after an end or a crash')
    .option('--dashboard [port]', 'serve a page that shows every table (default: any free port)', port)
    .option(
      '--write-config [file]',
      'write the file that the first bot logs in with; replaces none (default: chipzen.toml)',
    )
    .addHelpText('after', houseBotHelp)
    .action(async (flags: SandboxFlags) => {
      const { sandbox } = await import('./commands/sandbox-command.js');
      code = await sandbox(flags, terminal);
    });

  program
    .command('proxy')
    .description('let things go wrong between any client and any WebSocket server')
    .argument('[target]', 'the server, like ws://127.0.0.1:8001')
    .option('--port <n>', '0 takes any free port', integer(0, 65_535), 0)
    .option('--chaos <profile|file>', 'what goes wrong', 'everything')
    .option('--seed <text>', 'draws the same faults again (default: random)')
    .option('--list', 'show the profiles')
    .action(async (target: string | undefined, flags: ProxyFlags) => {
      const { proxy } = await import('./commands/proxy-command.js');
      code = await proxy(target, flags, terminal);
    });

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
      const { demo } = await import('./commands/demo-command.js');
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
