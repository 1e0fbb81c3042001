/**
 * `npm run walk [PAGE]`: does what a page for users says, word by word, in an empty folder with the packed tarball, and
 * tells how long each command took. PAGE is README.md unless another one is named. Needs the network for npm.
 */
import { freshFolder } from './fresh-folder.js';
import { stepsOf } from './page-steps.js';
import { readPage, type WalkedStep, walk } from './walk.js';

const page = process.argv[2] ?? 'README.md';
const { steps, left } = stepsOf(readPage(page));
const fresh = freshFolder();
let total = 0;

function tell({ step, seconds }: WalkedStep): void {
  total += seconds;
  const what = `${step.command}${step.text === null ? '' : `   -> ${step.text.source}`}`;
  process.stdout.write(`${seconds.toFixed(1).padStart(6)} s  ${total.toFixed(1).padStart(6)} s  ${what}\n`);
}

try {
  await walk(steps, { ...fresh, onStep: tell });
  for (const { line, because } of left) process.stdout.write(`${page}:${line} is left out, ${because}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  fresh.remove();
}
