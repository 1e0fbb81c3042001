/** The flags of `chipzen-agent export`. */
import { Option } from 'commander';
import { exportFormats } from '../../histories/formats/format-names.js';
import { type CommandHost, fileArgument, helpGroups } from './arguments.js';
import type { ExportFlags } from './export-command.js';
import { startingStackOption } from './import-flags.js';
import { timeArgument } from './time-argument.js';

const formatHelp = Object.entries(exportFormats)
  .map(([name, { about }]) => `  ${name.padEnd(12)}${about}`)
  .join('\n');

const help = `
Formats:
${formatHelp}

It reads what \`import\` reads: recordings, too. A hand keeps its number however often
it is exported: it follows from the id of the match and the number of the hand. A hand
whose chips do not add up, or that the format cannot tell, is left out and named.

Exit codes: 0 every hand was written, 1 some were not, 2 usage.

Examples:
  chipzen-agent export match.phhs --format pokerstars > hands.txt
  chipzen-agent export matches/ --format pokerstars --out hands.txt
  chipzen-agent export records/ --format phh --out hands/
  chipzen-agent export hands.txt --format phhs --out hands.phhs --json | jq .refused`;

export function addExport({ program, terminal, end }: CommandHost): void {
  program
    .command('export')
    .helpGroup(helpGroups.hands)
    .summary('write hands for other poker programs')
    .description('write hands in a format that other poker programs read')
    .argument('<files...>', 'files, or folders with them')
    .addOption(
      new Option('--format <name>', 'what to write')
        .choices(Object.keys(exportFormats))
        .makeOptionMandatory(),
    )
    .option(
      '--out <file|folder>',
      'a file for all hands; or a folder (one that exists, or a path that ends in /): a file a match, for phh a file a hand (default: standard output)',
      fileArgument,
    )
    .option(
      '--started-at <time>',
      'when hands without any time began, such as 2026-11-27T22:00Z; PokerStars text and Open Hand History must have one',
      timeArgument,
    )
    .option('--hero <name>', 'only hands of this player, with no other cards than it saw')
    .option('--game <file>', 'for ACPC lines: the game definition with stacks and blinds', fileArgument)
    .addOption(startingStackOption())
    .option('--json', 'the report as one line of JSON on standard output; needs --out')
    .addHelpText('after', help)
    .action(async (files: string[], flags: ExportFlags) => {
      const { exportFiles } = await import('./export-command.js');
      end(await exportFiles(files, flags, terminal));
    });
}
