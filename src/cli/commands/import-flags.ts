/** The flags of `chipzen-agent import`. */
import { type CommandHost, fileArgument, helpGroups } from './arguments.js';
import type { ImportFlags } from './import-command.js';

const help = `
What it reads: PHH, PokerStars text, Open Hand History, ACPC lines, fpdb-json, and
records of the platform (the JSON of /hands or /replay). The text tells which.

A hand whose chips do not add up is refused, never mended. Nothing is written:
\`export\` reads the same files and writes them in another format.

Exit codes: 0 all that looks like a hand was read, 1 something was refused or
there was nothing to read, 2 usage.

Examples:
  chipzen-agent import hands.txt
  chipzen-agent import match.phhs records/ --json | jq .refused
  chipzen-agent import acpc.log --game holdem.nolimit.2p.reverse_blinds.game`;

export function addImport({ program, terminal, end }: CommandHost): void {
  program
    .command('import')
    .helpGroup(helpGroups.tools)
    .summary('say which hands a file holds')
    .description('read files of hands, and say what is in them: blocks seen, hands read, hands refused')
    .argument('<files...>', 'files, or folders with them')
    .option('--game <file>', 'for ACPC lines: the game definition with stacks and blinds', fileArgument)
    .option('--json', 'the report as one line of JSON on standard output')
    .addHelpText('after', help)
    .action(async (files: string[], flags: ImportFlags) => {
      const { importHands } = await import('./import-command.js');
      end(importHands(files, flags, terminal));
    });
}
