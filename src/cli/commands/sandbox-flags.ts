/** The flags of `chipzen-agent sandbox`. */
import { Option } from 'commander';
import {
  type CommandHost,
  factorUpTo,
  fileArgument,
  helpGroups,
  houseBotHelp,
  integer,
  listArgument,
  port,
} from './arguments.js';
import { jsonFlag } from './command-output.js';
import { addGameFlags } from './game-flags.js';
import { addRecordFolder } from './record-flags.js';
import type { SandboxFlags } from './sandbox-command.js';
import { sandboxDefaults } from './sandbox-defaults.js';

const examples = `
Examples:
  chipzen-agent sandbox --write-config              then, beside it: chipzen-agent run bot.ts
  chipzen-agent sandbox --opponent equity --dashboard
  chipzen-agent sandbox --bots 2 --matches 10 --speed 0
  chipzen-agent sandbox --chaos everything --state platform.jsonl`;

export function addSandbox({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('sandbox')
    .helpGroup(helpGroups.tools)
    .summary('run a local platform, for bots in any language')
    .description('run a local platform that deals matches to your bots: no account, play money');
  addGameFlags(command)
    .option('--port <n>', '0 takes any free port', port, sandboxDefaults.port)
    .option('--host <address>', 'another one than this lets other machines in', sandboxDefaults.host)
    .option('--seed <text>', 'deals the same cards again (default: random)')
    .option('--ante <chips>', 'of each seat in each hand', integer(0), sandboxDefaults.ante)
    .addOption(
      new Option(
        '--opponent <name|file>',
        'house bot or bot file, FILE#NAME where it exports several; repeat it for more seats, six with your bots; none is needed with several --bots',
      )
        .argParser(listArgument)
        .default([], 'calling-station'),
    )
    .option(
      '--bots <n>',
      'bots of yours that play each match together, each with a token',
      integer(1, 6),
      sandboxDefaults.bots,
    )
    .option('--matches <n>', 'stop after this many matches (default: no end)', integer(1))
    .addOption(
      new Option(
        '--season <file>',
        'play these fixtures, and no other matches of its own; JSON as GET fixtures/upcoming answers',
      )
        .argParser(fileArgument)
        .conflicts(['matches', 'opponent']),
    )
    .addOption(
      new Option(
        '--limits <kind>',
        'the quotas of the platform (default: none; platform with --season)',
      ).choices(['none', 'platform']),
    )
    .option(
      '--speed <factor>',
      'of every delay and clock: 0.1 plays ten times as fast, 0 has no delays, and clocks of full length',
      factorUpTo(2),
      sandboxDefaults.speed,
    )
    .option('--legacy', 'the same as --dialect legacy')
    .option('--chaos <profile|file>', 'let things go wrong; chipzen-agent proxy --list shows the profiles')
    .option(
      '--state <file>',
      'remember bots and matches there, and go on with them after an end or a crash',
      fileArgument,
    )
    .option('--repair-state', 'go on with the good part of a damaged state file, and keep that file')
    .option('--dashboard [port]', 'serve a page that shows every table (default: any free port)', port)
    .option(
      '--write-config [file]',
      'write the file that the first bot logs in with; replaces none but one of a sandbox that is gone (default: chipzen.toml)',
      fileArgument,
    )
    .addOption(jsonFlag());
  addRecordFolder(command)
    .addHelpText('after', () => `${houseBotHelp(terminal.screen?.size().columns)}\n${examples}`)
    .action(async (flags: SandboxFlags) => {
      const { sandbox } = await import('./sandbox-command.js');
      end(await sandbox(flags, terminal));
    });
}
