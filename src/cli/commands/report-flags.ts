/** The flags of `chipzen-agent report`. */
import { reportDefaults } from '../../report/report-defaults.js';
import { type CommandHost, fileArgument, helpGroups, integer } from './arguments.js';
import { startingStackOption } from './import-flags.js';
import type { ReportFlags } from './report-command.js';
import { timeArgument } from './time-argument.js';

const help = `
It reads what \`run --record\` and \`sandbox --record\` write. The file needs nothing from
elsewhere: it opens from a disk and can be given away. In it are plots and tables, and a
player that shows hands step by step (docs/report.md).

A report shows your cards and what your bot did: --hide-cards leaves out hole cards
that were not shown. What bots noted is left out unless --notes asks for it.

Exit codes: 0 written, 1 nothing to report, 2 usage.

Examples:
  chipzen-agent report matches
  chipzen-agent report matches --since 2026-11-01 --opponent Bob --out bob.html
  chipzen-agent report matches --match 8c1f6f0e --hand 12 --hide-cards --out hand.html`;

export function addReport({ program, terminal, end }: CommandHost): void {
  program
    .command('report')
    .helpGroup(helpGroups.hands)
    .summary('make a page of plots, tables and hands')
    .description('make one HTML file of recorded matches, which opens without a network')
    .argument('[paths...]', 'folders, recordings or results (default: matches)')
    .option('--out <file>', 'the file to write (default: report.html)', fileArgument)
    .option('--title <text>', 'what stands at the top (default: made of what is in it)')
    .option('--opponent <name>', 'only matches against this opponent')
    .option('--since <time>', 'only matches that began then or later, such as 2026-11-27', timeArgument)
    .option('--match <id>', 'only this match: its id, or how that begins')
    .option('--hand <n>', 'of that match only this hand, without statistics', integer(0))
    .option(
      '--hands <n>',
      'most hands to watch: of more there are the biggest pots, and the newest',
      integer(1, 100_000),
      reportDefaults.hands,
    )
    .option('--game <file>', 'for ACPC lines: the game definition with stacks and blinds', fileArgument)
    .addOption(startingStackOption())
    .option('--hide-cards', 'leave out hole cards that were not shown')
    .option('--notes', 'with what the bot noted at its decisions')
    .option('--json', 'what was written as one line of JSON')
    .addHelpText('after', help)
    .action(async (paths: string[], flags: ReportFlags) => {
      const { writeReport } = await import('./report-command.js');
      end(await writeReport(paths, flags, terminal));
    });
}
