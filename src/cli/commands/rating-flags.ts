/** The flags of `chipzen-agent rating`. */
import { type CommandHost, helpGroups } from './arguments.js';
import type { RatingFlags } from './rating-command.js';
import { timeArgument } from './time-argument.js';

const help = `
\`run --record\` asks the platform for the bot's rating after each rated match and keeps
the answer in ratings.jsonl: the platform has no history of it.

Exit codes: 0 done, 1 no rating was kept, 2 usage.

Examples:
  chipzen-agent rating
  chipzen-agent rating matches --over-time --since 2026-11-01
  chipzen-agent rating matches --json | jq .history`;

export function addRating({ program, terminal, end }: CommandHost): void {
  program
    .command('rating')
    .helpGroup(helpGroups.hands)
    .summary("show the bot's rating over time")
    .description('show what the platform rated the bot after its matches, by version and over time')
    .argument('[paths...]', 'folders of recordings, or their ratings.jsonl (default: matches)')
    .option('--over-time', 'a line for each time that it was asked')
    .option('--since <time>', 'only what was asked then or later, such as 2026-11-27', timeArgument)
    .option('--json', 'both as one line of JSON')
    .option('--csv', 'what was asked as CSV, for spreadsheets')
    .addHelpText('after', help)
    .action(async (paths: string[], flags: RatingFlags) => {
      const { showRating } = await import('./rating-command.js');
      end(await showRating(paths, flags, terminal));
    });
}
