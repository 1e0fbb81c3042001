/** The flags of `chipzen-agent replay`. */
import { InvalidArgumentError, Option } from 'commander';
import { replayDefaults } from '../../replay/replay-defaults.js';
import {
  botClass,
  type CommandHost,
  helpGroups,
  integer,
  isolation,
  maxSeconds,
  positiveSecondsUpTo,
  workerMemory,
} from './arguments.js';
import type { ReplayFlags } from './replay-command.js';

const help = `
With a bot it plays each hand to it again, as \`run\` plays matches and with all hooks,
and says where the bot decides differently now. The hand goes on as it was played, so
only the first difference in a hand is real. A bot that differs from itself mixes:
--repeat tells how often it gives which answer.

Without a bot it shows the hands: on a terminal one by one, with keys (? names them),
otherwise as text.

Files: recordings (\`run --record\`), and what \`import\` reads. Matches that a bot of
ours recorded are played with their frames as they were; of others the frames are
made of the hands.

Exit codes: 0 done, 1 nothing could be played, or it was ended early, or --expect found
something, 2 usage, 6 the bot cannot be made.

Examples:
  chipzen-agent replay my-bot.ts matches/
  chipzen-agent replay my-bot.ts matches/ --expect
  chipzen-agent replay my-bot.ts matches/ --only changed --worst 10
  chipzen-agent replay my-bot.ts hands.phhs --hero Ann --hands 12,40-60 --repeat 20
  chipzen-agent replay matches/ --opponent Rook`;

export function addReplay({ program, terminal, end }: CommandHost): void {
  program
    .command('replay')
    .helpGroup(helpGroups.hands)
    .summary('play recorded hands again, or show them')
    .description('play hands that were played to a bot as it is now, or show them one by one')
    .argument('<files...>', 'a bot file (.ts, .js), or none; then files of hands, or folders with them')
    .addOption(botClass())
    .option('--hero <name|seat>', "the bot's seat, for files that do not say whose hands they are")
    .option('--opponent <name>', 'only matches against this opponent')
    .addOption(
      new Option(
        '--hands <numbers>',
        'only these, such as 12,40-60; the bot is shown those before them, too (default: all)',
      ).argParser(handRanges),
    )
    .addOption(
      new Option(
        '--repeat <k>',
        'play each match so often, for a bot that mixes; with 1 a second time where something differs',
      )
        .argParser(integer(1, replayDefaults.maxRepeat))
        .default(replayDefaults.repeat),
    )
    .option('--expect', 'as a test: exit code 1 on a difference, a throw, an illegal or a late answer')
    .addOption(
      new Option('--only <what>', 'print only such decisions').choices(['changed', 'mixes', 'faults']),
    )
    .option('--worst <n>', 'print only the hands that lost most, so many', integer(1, 1_000_000))
    .option(
      '--clock <seconds>',
      'time for a decision whose clock is not known (default: 2)',
      positiveSecondsUpTo(maxSeconds),
    )
    .option('--json', 'the report as one line of JSON on standard output')
    .addOption(isolation(['process', 'worker', 'none']))
    .addOption(workerMemory())
    .addHelpText('after', help)
    .action(async (given: string[], flags: ReplayFlags) => {
      const { replay } = await import('./replay-command.js');
      end(await replay(given, flags, terminal));
    });
}

/** Reads `12,40-60`. */
function handRanges(text: string): [number, number][] {
  return text.split(',').map((part) => {
    const [, first = '', last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part.trim()) ?? [];
    if (first !== '' && Number(first) <= Number(last)) return [Number(first), Number(last)];
    throw new InvalidArgumentError('Give numbers of hands, like 12 or 12,40-60.');
  });
}
