/** The flags of `chipzen-agent arena`. */
import { InvalidArgumentError, Option } from 'commander';
import { formatNames } from '../../holdem/match-formats.js';
import type { ArenaFlags } from './arena-command.js';
import {
  type CommandHost,
  fileArgument,
  folderArgument,
  helpGroups,
  houseBotHelp,
  integer,
  isolation,
  maxSeconds,
  positiveSecondsUpTo,
  workerMemory,
} from './arguments.js';

const help = `
Deals: each deck is played once in each seating, so that luck of the cards counts for
both; every hand begins with --stack-bb. Matches (--matches): as the platform plays
them, to a bust, each once in each seating. A pair counts as one.

Results are of a later bot less an earlier one in the order of the command. Intervals
may be read at any time: --until ends the run as soon as they decide.

Exit codes: 0 all was played, or decided as --until asks; 1 it was not, or was ended
early; 2 usage; 4 no NATS server with JetStream; 6 a bot cannot be made.

Examples:
  chipzen-agent arena old.ts new.ts --deals 20000
  chipzen-agent arena old.ts new.ts --until decided --resume duel.jsonl
  chipzen-agent arena new.ts equity tight-aggressive --opponent-pool gauntlet
  chipzen-agent arena old.ts new.ts --deals 20000 --report duel.html
  chipzen-agent arena old.ts new.ts --deals 2000 --record duel
  chipzen-agent arena old.ts new.ts --matches 200 --format season --json
  chipzen-agent arena old.ts new.ts --nats nats://10.0.0.5:4222 --resume duel.jsonl`;

export function addArena({ program, terminal, end }: CommandHost): void {
  program
    .command('arena')
    .helpGroup(helpGroups.author)
    .summary('find out which of two bots is better')
    .description('let bots play each other on the same decks, and say which is better, and by how much')
    .argument(
      '<bot files...>',
      'two or more: bot files (FILE#NAME where one exports several), or house bots by name',
    )
    .addOption(
      new Option(
        '--opponent-pool <plan>',
        'the first bot plays each other one (gauntlet), or each plays each (round-robin); one table of results (default: all at one table)',
      ).choices(['gauntlet', 'round-robin']),
    )
    .option(
      '--deals <n>',
      'decks, each played once in each seating (default: 10000, with --until or --sprt no end)',
      integer(1, 1e9),
    )
    .option('--matches <n>', 'matches in place of deals, up to whole pairs', integer(1, 1e9))
    .addOption(
      new Option('--format <name>', 'what a match is; of deals the blinds and the clock')
        .choices(formatNames)
        .default('season'),
    )
    .option(
      '--stack-bb <n>',
      'what everybody has in each deal, in big blinds (default: 100)',
      integer(2, 100_000),
    )
    .option(
      '--deals-per-match <n>',
      'deals that are one match to a bot, with what it learns; they count whole or not at all (default: 100)',
      integer(1, 1_000),
    )
    .option('--seed <text>', 'of decks and bots: the same gives the same result (default: one of chance)')
    .option('--jobs <n>', 'threads that play (default: one less than there are cores)', integer(1, 256))
    .addOption(
      new Option('--until <what>', 'end when this is decided, or when all deals are played').choices([
        'better',
        'worse',
        'decided',
      ]),
    )
    .addOption(
      new Option(
        '--sprt <bb0,bb1>',
        'test two differences in bb/100, such as 0,5; only its end counts, not what it says before',
      ).argParser(twoDifferences),
    )
    .option(
      '--resume <file>',
      'keep the pairs in this file, and go on from those that are there',
      fileArgument,
    )
    .option('--no-all-in', 'of deals: count chips as they were won, not all-ins at what they were worth')
    .option(
      '--aivat',
      'of deals between two: take the luck of hole cards and streets off, too, and tell whether that helps',
    )
    .option('--details', 'what happened as well: by position, ending and depth, and the biggest pots')
    .option(
      '--nats <url>',
      'have workers on any machines play (chipzen-agent worker --arena), over this server with JetStream, like nats://127.0.0.1:4222',
    )
    .option('--nats-name <name>', 'by which arenas and workers find each other (default: "arena")')
    .option(
      '--give-back <seconds>',
      'with --nats: a worker that plays nothing of a block for so long loses it to another one (default: --clock and 30 more)',
      positiveSecondsUpTo(maxSeconds),
    )
    .option(
      '--record <folder>',
      'keep the hands in this folder, as recorded matches for ledger, review, replay, export and report',
      folderArgument,
    )
    .option(
      '--report <file>',
      'write what happened as one HTML file, with its biggest pots to watch',
      fileArgument,
    )
    .option('--json', 'the result as one line of JSON on standard output')
    .addOption(isolation(['process', 'worker']))
    .addOption(workerMemory())
    .option(
      '--clock <seconds>',
      "time for a decision (default: the format's)",
      positiveSecondsUpTo(maxSeconds),
    )
    .addHelpText('after', () => `${help}\n${houseBotHelp(terminal.screen?.size().columns)}`)
    .action(async (bots: string[], flags: ArenaFlags) => {
      const { arena } = await import('./arena-command.js');
      end(await arena(bots, flags, terminal));
    });
}

function twoDifferences(text: string): { low: number; high: number } {
  const [, low, high] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (low !== undefined && Number(low) < Number(high)) return { low: Number(low), high: Number(high) };
  throw new InvalidArgumentError('Give two numbers of bb/100, the lower one first, such as 0,5.');
}
