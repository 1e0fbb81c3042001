/** The flags of `chipzen-agent ledger`. */
import { InvalidArgumentError } from 'commander';
import { type LedgerKey, ledgerKeys } from '../../ledger/ledger-keys.js';
import { type CommandHost, fileArgument, helpGroups } from './arguments.js';
import type { LedgerFlags } from './ledger-command.js';
import { timeArgument } from './time-argument.js';

const help = `
It reads what \`run --record\` writes: recordings of matches, results.jsonl, or both.
A match counts once, in however many folders it is; docs/ledger.md defines the columns.

Large collections get an index, where \`npm install @duckdb/node-api\` has brought its
database: it reads only files that are new or changed, and is made of them alone.

Exit codes: 0 done, 1 nothing to count, 2 usage.

Examples:
  chipzen-agent ledger matches
  chipzen-agent ledger matches old/matches --by version,opponent --since 2026-11-01
  chipzen-agent ledger matches --label "wider opens" --by day --md
  chipzen-agent ledger matches --a v1 --b "wider opens"
  chipzen-agent ledger matches --left-out
  chipzen-agent ledger matches --sql "SELECT street, sum(net) FROM hands GROUP BY street"`;

export function addLedger({ program, terminal, end }: CommandHost): void {
  program
    .command('ledger')
    .helpGroup(helpGroups.hands)
    .summary('say what each version won')
    .description('add up recorded matches: by version of the bot, opponent, format and day')
    .argument('[paths...]', 'folders, recordings or results (default: matches)')
    .option(
      '--by <keys>',
      `what to group by, several with commas: ${ledgerKeys.join(', ')} (default: version)`,
      keysArgument,
    )
    .option('--opponent <name>', 'only matches against this opponent')
    .option('--label <text>', 'only matches of the version with this label')
    .option('--a <label>', 'compare the version with this label ...')
    .option('--b <label>', '... with the version that has this one, against the same opponents')
    .option('--since <time>', 'only matches that began then or later, such as 2026-11-27', timeArgument)
    .option('--left-out', 'name the hands that are in no sum, and why')
    .option('--json', 'the answer as one line of JSON')
    .option('--csv', 'the answer as CSV, for spreadsheets')
    .option('--md', 'the answer as a Markdown table')
    .option('--sql <question>', 'a question of your own to the index, in SQL')
    .option(
      '--index <file>',
      'use an index, in this file (default: one in ~/.chipzen/ledger, for collections from 64 MB on)',
      fileArgument,
    )
    .option('--no-index', 'read the files, whatever there is')
    .addHelpText('after', help)
    .action(async (paths: string[], flags: LedgerFlags) => {
      const { showLedger } = await import('./ledger-command.js');
      end(await showLedger(paths, flags, terminal));
    });
}

function keysArgument(text: string): LedgerKey[] {
  const keys = text.split(',').map((key) => key.trim());
  const known = ledgerKeys.filter((key) => keys.includes(key));
  if (known.length === keys.length) return keys as LedgerKey[];
  throw new InvalidArgumentError(`Give ${ledgerKeys.join(', ')}, or several of them with commas between.`);
}
