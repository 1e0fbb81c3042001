/** The flags of `chipzen-agent run`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { maxTimerMs } from '../../time/max-timer.js';
import {
  botClass,
  botFileHelp,
  type CommandHost,
  drainGraceSeconds,
  fileArgument,
  helpGroups,
  integer,
  isolation,
  listArgument,
  maxSeconds,
  port,
  secondsUpTo,
  storeFlag,
  watchFlag,
  workerMemory,
} from './arguments.js';
import { addQueueFlags } from './day-flags.js';
import { addInspectFlags } from './inspect-flags.js';
import { addLogFlags } from './log-flags.js';
import { addMetricsFlag } from './metrics-flag.js';
import { addIdentityFlags } from './platform-flags.js';
import { addRecordFlags } from './record-flags.js';
import type { RunFlags } from './run-options.js';
import { momentArgument } from './time-argument.js';

const help = `
Environment: CHIPZEN_EXTBOT_TOKEN, CHIPZEN_BOT_ID, CHIPZEN_ENV and
CHIPZEN_LOBBY_URL stand for flags that are not given; HTTPS_PROXY, ALL_PROXY or
HTTP_PROXY names an HTTP proxy to go through, NO_PROXY what is reached without.

Examples:
  chipzen-agent run bot.ts                       token and bot id from chipzen.toml
  chipzen-agent run bot.ts --max-matches 3 --dashboard
  chipzen-agent run bot.ts --season --status status.json
  chipzen-agent run bot.ts --queue --accept all  play rated matches, 20 a day
  chipzen-agent run bot.ts --json --log-file agent.log > events.jsonl`;

/** Commander has nothing before the first one. */
function targets(text: string, before: readonly string[] = []): string[] {
  if (text.trim() === '') throw new InvalidArgumentError('Give a URL or a command.');
  return listArgument(text, before);
}

export function addRun({ program, terminal, end }: CommandHost): void {
  const run = program
    .command('run')
    .helpGroup(helpGroups.platform)
    .summary('play the matches that the platform gives')
    .description('play every match that the platform gives the bot of this file (TypeScript or JavaScript)')
    .argument(
      '[bot file]',
      `${botFileHelp}; one bot is made at start, to see that it can be made. None with --nats`,
    )
    .optionsGroup('The bot:')
    .addOption(botClass())
    .addOption(isolation(['process', 'worker', 'none']))
    .addOption(workerMemory())
    .addOption(watchFlag())
    .option(
      '--pin',
      "play from a copy of the bot's project, taken now with all its files, so that work on it changes nothing",
    )
    .addOption(storeFlag())
    .option(
      '--margin <ms>',
      'how long before its clock runs out a turn is answered for the bot (default: as measured)',
      integer(0, maxTimerMs),
    )
    .option('--no-safe-mode', "end the session at the bot's first error")
    .option(
      '--nats <url>',
      'have the bot play at workers that this NATS server leads to (chipzen-agent worker)',
    )
    .option('--nats-name <name>', 'that of the workers', 'bot')
    .optionsGroup('The platform:');
  addIdentityFlags(run)
    .option(
      '--lobby-patience <seconds>',
      'how long a lobby that took the bot before may answer nothing but HTTP 401, 403 or 404 (default: 600)',
      secondsUpTo(maxSeconds),
    )
    .optionsGroup('What it plays:')
    .option('--max-matches <n>', 'end after this many matches', integer(1))
    .option(
      '--season',
      "be in the lobby for the bot's fixtures, from 12 minutes before each until its match is over",
    )
    .option(
      '--dry-run-at <time>',
      'with --season: the same with an invented fixture at this time, such as +2m or 2026-01-06T18:40Z',
      (text) => momentArgument(text, Date.now()),
    );
  addQueueFlags(run);
  run
    .optionsGroup('How it ends:')
    .option(
      '--drain-grace <seconds>',
      'how long live matches may go on after Ctrl-C, an eviction or a failure',
      secondsUpTo(maxSeconds),
      drainGraceSeconds,
    )
    .option(
      '--handover',
      'take the lobby from a running session of this bot, which plays its live matches to their end; without one just start',
    )
    .option('--no-handover', 'nor let a later session do so')
    .optionsGroup('What is told of it:')
    .option('--json', 'one event per line as JSON on standard output')
    .option(
      '--status <file>',
      'keep in this file how the session stands, for chipzen-agent status (default: none)',
      fileArgument,
    );
  addMetricsFlag(run)
    .addOption(
      new Option(
        '--notify <url|command>',
        'tell it of a fixture in danger, an eviction, a failing bot and each match that is over, as JSON; repeat it for more',
      ).argParser(targets),
    )
    .option('--dashboard [port]', 'serve a page that shows the session (default: any free port)', port)
    .optionsGroup('What is kept of it:');
  addRecordFlags(run);
  addLogFlags(run);
  run.optionsGroup('The statecharts:');
  addInspectFlags(run)
    .addHelpText('after', help)
    .action(async (file: string | undefined, flags: RunFlags, command: Command) => {
      const { run: play } = await import('./run-command.js');
      // `--verbose` belongs to the program, so that it may stand anywhere.
      end(await play(file, { ...flags, ...command.optsWithGlobals<RunFlags>() }, terminal));
    });
}
