/** Builds an index, and says after each match how many were read: a process that tests may kill. */
import { indexedLedger } from '../../src/ledger/ledger-index.js';

const [, , file = '', folder = ''] = process.argv;
await indexedLedger([folder], {
  file,
  onProgress: ({ matches }) => void process.stdout.write(`${matches}\n`),
});
process.stdout.write('done\n');
