/**
 * `npm run differential -- --seed 1 --seconds 1800 --steps 2000000`: the long campaign. With `--xstate 5.32.0` or
 * `--xstate latest` it runs against that version of XState (docs/testing.md).
 */
import { parseArgs } from 'node:util';
import { brokenAssumptions } from './assumptions.js';
import type { Count, DifferenceError } from './campaign.js';
import { loadedXState } from './loaded-xstate.js';
import { runWithXState } from './other-xstate.js';

const help = `npm run differential -- [options]

Plays both charts and small machines plain and compiled, side by side, and compares all that can be seen of them. Ends at
the first difference. Exit code: 0, 1 when there was a difference or too few steps were made in time, 2 for wrong options.

  --seed <text>        draws the walks; the same seed, the same walks (default: by the clock)
  --seconds <n>        how long, at least (default: 1800)
  --steps <n>          how many steps, at least; given up after three times the seconds (default: 2000000)
  --only <name>        only this chart, model or small machine; a wrong name lists them
  --walk <seed>        one walk of --only, as a difference names it
  --xstate <version>   against this version of XState, or latest; npm installs it elsewhere
  --help               this text`;

function readFlags() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        seconds: { type: 'string', default: '1800' },
        steps: { type: 'string', default: '2000000' },
        only: { type: 'string' },
        walk: { type: 'string' },
        xstate: { type: 'string' },
        help: { type: 'boolean' },
        /** Given by this program to itself: the version that it has put in place. */
        expect: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? `${error.message.split('.')[0]}.` : String(error));
  }
}

function refuse(problem: string): never {
  process.stderr.write(`${problem} Try npm run differential -- --help.\n`);
  process.exit(2);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const { seed, seconds, steps, only, walk, xstate, expect, help: wantsHelp } = readFlags();
if (wantsHelp === true) {
  say(help);
  process.exit(0);
}
for (const [name, value] of Object.entries({ seconds, steps })) {
  if (!(Number(value) > 0 && Number(value) < Infinity)) refuse(`--${name} must be a number above zero.`);
}

if (xstate !== undefined) {
  const args = { seed, seconds, steps, ...(only && { only }), ...(walk && { walk }) };
  process.exit(
    runWithXState(
      xstate,
      Object.entries(args).flatMap(([name, value]) => [`--${name}`, value]),
    ),
  );
}

const version = loadedXState();
say(`XState ${version}, seed ${seed}, ${seconds} s and at least ${steps} steps`);
if (expect !== undefined && expect !== version) {
  process.stderr.write(`XState ${expect} was to be loaded.\n`);
  process.exit(2);
}

const broken = brokenAssumptions().map((sentence) => `No longer so: ${sentence}.`);
const campaign = await import('./campaign.js').catch((error: unknown) => {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${broken.join('\n')}\nThe charts cannot be made with XState ${version}: ${why}\n`);
  return process.exit(1);
});
const { DifferenceError: Difference, groundsOf, runDifferential, takeWalk } = campaign;

/** What to type to see a difference again. */
const again = ({ ground, walk: seen }: DifferenceError) =>
  `npm run differential -- ${expect === undefined ? '' : `--xstate ${expect} `}--only ${quoted(ground)} --walk ${quoted(seen)}`;

function report(counts: ReadonlyMap<string, Count>): void {
  const reasons = new Map<string, number>();
  say(
    `${''.padEnd(44)}${['walks', 'steps', 'interpreted', 'kinds'].map((head) => head.padStart(12)).join('')}`,
  );
  for (const [name, { walks, steps: taken, interpreted, kinds, reasons: own }] of counts) {
    const numbers = [walks, taken, interpreted, kinds.size];
    say(`${name.slice(0, 43).padEnd(44)}${numbers.map((number) => String(number).padStart(12)).join('')}`);
    for (const [why, times] of own) reasons.set(why, (reasons.get(why) ?? 0) + times);
  }
  say('Handed to XState, because');
  for (const [why, times] of [...reasons].toSorted(([, a], [, b]) => b - a))
    say(`${String(times).padStart(9)}  ${why}`);
}

const stepsOf = (counts: ReadonlyMap<string, Count>) =>
  [...counts.values()].reduce((sum, count) => sum + count.steps, 0);

/** Assumptions and features first, all of them, so that it is told which do not hold. */
function lookAtFeatures(): void {
  const lost = [...broken];
  for (const ground of only === undefined ? small : small.filter((one) => one === chosen)) {
    try {
      for (const number of [1, 2, 3, 4]) takeWalk(ground, `${seed}:first:${number}`);
    } catch (error) {
      lost.push(
        error instanceof Difference
          ? `${error.message}\nSee it again: ${again(error)}\n`
          : `${ground.name}: ${String(error)}`,
      );
    }
  }
  if (lost.length === 0) return;
  process.stderr.write(
    `${lost.join('\n')}\n${lost.length} assumptions and features of XState are not as the compiler has them.\n`,
  );
  process.exit(1);
}

function goThrough(): void {
  const ms = Number(seconds) * 1_000;
  const startedAt = performance.now();
  const counts = runDifferential({
    seed,
    ms,
    steps: Number(steps),
    limitMs: Math.max(3 * ms, 60_000),
    only,
    onProgress: (so, elapsedMs) => say(`${(elapsedMs / 1_000).toFixed(0)} s: ${stepsOf(so)} steps`),
  });
  report(counts);
  const took = ((performance.now() - startedAt) / 1_000).toFixed(1);
  say(`${stepsOf(counts)} steps in ${took} s, seed ${seed}, XState ${version}: no difference`);
  if (stepsOf(counts) >= Number(steps)) return;
  process.stderr.write(`These are fewer steps than ${steps}: give it more --seconds.\n`);
  process.exit(1);
}

const { charts, small, thorough } = groundsOf();
const grounds = [...charts, ...thorough, ...small];
const chosen = grounds.find(({ name }) => name === only);
if (chosen === undefined && (only !== undefined || walk !== undefined)) {
  const names = grounds.map(({ name }) => `\n  ${name}`);
  process.stderr.write(
    `${walk === undefined ? '' : '--walk needs --only, and '}--only needs one of:${names.join('')}\n`,
  );
  process.exit(2);
}

try {
  if (walk !== undefined && chosen !== undefined) {
    say(`${takeWalk(chosen, walk).played.length} steps: no difference`);
  } else {
    lookAtFeatures();
    goThrough();
  }
} catch (error) {
  if (!(error instanceof Difference)) throw error;
  process.stderr.write(`${error.message}\n\nSee it again: ${again(error)}\n`);
  process.exit(1);
}
