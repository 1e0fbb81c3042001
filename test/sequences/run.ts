/**
 * `npm run sequences -- --seed 1 --seconds 600`: the long campaign. A failure prints what `--seed`, `--path` and
 * `--replay-path` have to be to see it again.
 */
import { parseArgs } from 'node:util';
import { playSequences } from './sequences.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '600' },
    sequences: { type: 'string', default: '1000000' },
    steps: { type: 'string', default: '40' },
    path: { type: 'string' },
    'replay-path': { type: 'string' },
  },
});

const startedAt = performance.now();
process.stdout.write(`seed ${values.seed}, at most ${values.sequences} sequences and ${values.seconds} s\n`);
try {
  const { sequences, steps, told } = await playSequences({
    seed: Number(values.seed),
    runs: Number(values.sequences),
    steps: Number(values.steps),
    limitMs: Number(values.seconds) * 1_000,
    path: values.path,
    replayPath: values['replay-path'],
  });
  const byName = ([a]: [string, number], [b]: [string, number]) => a.localeCompare(b);
  for (const [name, count] of [...[...steps].toSorted(byName), ...[...told].toSorted(byName)]) {
    process.stdout.write(`${name.padEnd(20)}${String(count).padStart(8)}\n`);
  }
  const total = [...steps.values()].reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(
    `${sequences} sequences, ${total} commands in ${seconds.toFixed(1)} s, no rule broken\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  for (let cause = (error as Error).cause; cause instanceof Error; { cause } = cause) {
    process.stderr.write(`${cause.stack ?? cause.message}\n`);
  }
  process.exit(1);
}
process.exit(0);
