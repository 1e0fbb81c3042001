/** The flags of `chipzen-agent scout` and `chipzen-agent profile`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { environments } from '../../io/settings/endpoints.js';
import { type CommandHost, configFile, fileArgument, helpGroups, integer, secondsUpTo } from './arguments.js';
import type { ProfileFlags } from './profile-command.js';
import type { ScoutFlags } from './scout-command.js';

const scoutHelp = `
Nothing of it needs a bot. A token that an agent would find (variable or
chipzen.toml) is sent along, and to its own platform only.

It may be ended at any time (Ctrl-C) and started again: what was read is kept, and
never read twice. A match is replaced by one that tells less only with --force.

Exit codes: 0 all that was wanted is there, 1 stopped before that or a name that
nobody has, 2 usage, 4 the platform cannot be reached.

Examples:
  chipzen-agent scout birch alder
  chipzen-agent scout birch --since 2026-10-01 --max-matches 200
  chipzen-agent scout --fixtures --json > opponents.json`;

const profileHelp = `
Without files it counts what \`scout\` has kept, and shows where the bot lies outside
of what eight of ten others do. What each figure counts: docs/scouting.md.

Exit codes: 0 done, 1 nothing is known of this bot, 2 usage.

Examples:
  chipzen-agent profile birch
  chipzen-agent profile birch matches/ --since 2026-10-01 --json
  chipzen-agent profile birch --store store.jsonl   for a bot that uses profiles`;

const defaults = { maxMatches: 80, paceSeconds: 1.5, maxPaceSeconds: 600, cacheMb: 2_048 } as const;

/** A parser of dates and times. */
function instant(text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = isDate || isTime ? Date.parse(text) : Number.NaN;
  // 31 February is read as a day in March.
  if (!Number.isNaN(ms) && (!isDate || new Date(ms).toISOString().startsWith(text))) return ms;
  throw new InvalidArgumentError(
    'Give a date like 2026-10-01 (from 00:00 UTC), or a time like 2026-10-01T18:00Z.',
  );
}

const since = () =>
  new Option('--since <date>', 'leave out matches that began before it (default: none)').argParser(instant);

function addPlace(command: Command): Command {
  return command
    .option('--cache <folder>', 'where matches are kept (default: ~/.chipzen/scout)', fileArgument)
    .option('--api <url>', "the platform's address, like http://127.0.0.1:8001 (default: that of --env)")
    .addOption(configFile())
    .addOption(
      new Option('--env <name>', 'deployment (default: CHIPZEN_ENV, then prod)').choices(
        Object.keys(environments),
      ),
    );
}

export function addScout({ program, terminal, end }: CommandHost): void {
  const scout = program
    .command('scout')
    .helpGroup(helpGroups.hands)
    .summary('read the public matches of other bots')
    .description('read the public matches of bots, keep them, and show what each bot does')
    .argument('[names...]', 'of bots as the platform shows them, or their ids')
    .option('--fixtures', 'the opponents of your coming fixtures as well')
    .option('--max-matches <n>', 'the newest so many of each bot', integer(1), defaults.maxMatches)
    .addOption(since())
    .option(
      '--pace <seconds>',
      'from one request to the next; the platform slows down whoever asks faster',
      secondsUpTo(defaults.maxPaceSeconds),
      defaults.paceSeconds,
    );
  addPlace(scout)
    .option(
      '--cache-size <MB>',
      'most of all kept matches; those used longest ago go first',
      integer(1),
      defaults.cacheMb,
    )
    .option('--force', 'read matches that are there once more, and replace also what tells more')
    .option('--json', 'the report as one line of JSON on standard output')
    .addHelpText('after', scoutHelp)
    .action(async (names: string[], flags: ScoutFlags) => {
      const { scoutBots } = await import('./scout-command.js');
      end(await scoutBots(names, flags, terminal));
    });
}

export function addProfile({ program, terminal, end }: CommandHost): void {
  const profile = program
    .command('profile')
    .helpGroup(helpGroups.hands)
    .summary('show what a bot does')
    .description('count what a bot does, over matches that were scouted or recorded')
    .argument(
      '<name...>',
      'of the bot; behind it files of hands, or folders with them, in place of what was scouted',
    )
    .addOption(since())
    .option(
      '--store <file>',
      'write the counts into this store as well, for bots that use profiles',
      fileArgument,
    );
  addPlace(profile)
    .option('--json', 'the profile as one line of JSON on standard output')
    .addHelpText('after', profileHelp)
    .action(async ([name = '', ...files]: string[], flags: ProfileFlags) => {
      const { showProfile } = await import('./profile-command.js');
      end(await showProfile(name, files, flags, terminal));
    });
}
