/** The flags of `chipzen-agent review`. */
import { reviewDefaults } from '../../review/review-shape.js';
import { type CommandHost, fileArgument, helpGroups, integer } from './arguments.js';
import { startingStackOption } from './import-flags.js';
import type { ReviewFlags } from './review-command.js';
import { timeArgument } from './time-argument.js';

const help = `
It counts all finished hands, of won and lost matches alike: each is in one row of
"where the chips went", and the rows add up to the whole. Every figure has its number
and its standard error. A star marks what is not 0 by chance: there is none below 30,
and one wrong star in twenty reviews is to be expected. What each row means:
docs/review.md.

Hands whose chips do not add up are in no sum, and are named.

Exit codes: 0 done, 1 no hand was there, or it was ended early, 2 usage.

Examples:
  chipzen-agent review matches/
  chipzen-agent review matches/ --opponent Rook --last 20 --worst 15
  chipzen-agent review matches/ --label "wider opens" --since 2026-10-01 --md > review.md
  chipzen-agent review hands.phhs --hero Ann --json | jq .places`;

export function addReview({ program, terminal, end }: CommandHost): void {
  program
    .command('review')
    .helpGroup(helpGroups.hands)
    .summary('say where the chips went')
    .description('say where the chips went: how hands ended, bets by street, worst hands, slowest decisions')
    .argument('[files...]', 'recordings or other files of hands, or folders with them (default: matches)')
    .option('--hero <name|seat>', 'whose hands, for files that do not say it (default: your bot)')
    .option('--opponent <name>', 'only matches with this player at another seat')
    .option('--label <text>', 'only matches of a version with this label')
    .option('--since <time>', 'only matches that began then or later, such as 2026-11-27', timeArgument)
    .option('--last <n>', 'only the newest so many of those matches', integer(1))
    .option(
      '--worst <n>',
      'how many of the worst hands and of the slowest decisions are shown',
      integer(0, 1_000),
      reviewDefaults.worst,
    )
    .option('--game <file>', 'for ACPC lines: the game definition with stacks and blinds', fileArgument)
    .addOption(startingStackOption())
    .option('--json', 'the review as one line of JSON')
    .option('--md', 'the review as Markdown')
    .addHelpText('after', help)
    .action(async (files: string[], flags: ReviewFlags) => {
      const { review } = await import('./review-command.js');
      end(await review(files, flags, terminal));
    });
}
