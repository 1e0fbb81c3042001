/** The flags of `chipzen-agent import`. */
import { Option } from 'commander';
import { type CommandHost, fileArgument, helpGroups, integer } from './arguments.js';
import type { ImportFlags } from './import-command.js';

const help = `
What it reads: recordings of \`run --record\` and \`sandbox --record\`, PHH, PokerStars
text, Open Hand History, ACPC lines, fpdb-json, and records of the platform (the JSON of
/hands or /replay). The text tells which. A match that several recordings have is read
once, and so is a hand that several files have.

A hand whose chips do not add up is refused, never mended. Nothing is written:
\`export\` reads the same files and writes them in another format.

Exit codes: 0 all that looks like a hand was read, 1 something was refused or
damaged, or there was nothing to read, 2 usage.

Examples:
  chipzen-agent import hands.txt
  chipzen-agent import matches/
  chipzen-agent import match.phhs records/ --json | jq .refused
  chipzen-agent import acpc.log --game holdem.nolimit.2p.reverse_blinds.game`;

/** For `/hands`, which tells no stacks. */
export const startingStackOption = (): Option =>
  new Option(
    '--starting-stack <chips>',
    'for the JSON of /hands, which tells no stacks: what every seat began the match with',
  ).argParser(integer(1));

export function addImport({ program, terminal, end }: CommandHost): void {
  program
    .command('import')
    .helpGroup(helpGroups.hands)
    .summary('say which hands a file holds')
    .description('read files of hands, and say what is in them: blocks seen, hands read, hands refused')
    .argument('<files...>', 'files, or folders with them')
    .option('--game <file>', 'for ACPC lines: the game definition with stacks and blinds', fileArgument)
    .addOption(startingStackOption())
    .option('--json', 'the report as one line of JSON on standard output')
    .addHelpText('after', help)
    .action(async (files: string[], flags: ImportFlags) => {
      const { importHands } = await import('./import-command.js');
      end(await importHands(files, flags, terminal));
    });
}
