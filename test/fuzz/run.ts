/** `npm run fuzz -- --seed 1 --seconds 600 --cases 1000000`: the long campaign. */
import { parseArgs } from 'node:util';
import { runFuzz } from './campaign.js';
import { steepGrowths } from './growth.js';
import { atoms, readers } from './readers.js';
import { targets } from './targets.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '600' },
    cases: { type: 'string', default: '1000000' },
    target: { type: 'string' },
  },
});
const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
if (chosen.length === 0) {
  process.stderr.write(
    `There is no target "${values.target}". There are: ${targets.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(2);
}

function lookAtGrowth(): void {
  const steep = steepGrowths(readers, atoms);
  for (const { reader, atom, length, ms, exponent } of steep) {
    const text = `${length} characters of ${JSON.stringify(atom)}`;
    process.stderr.write(`${reader}: ${ms.toFixed(0)} ms for ${text}, power ${exponent.toFixed(2)}\n`);
  }
  if (steep.length > 0) throw new Error('The time of these readers grows faster than their text.');
  process.stdout.write(`${readers.length} readers, ${atoms.length} kinds of long text: no steep growth\n`);
}

const startedAt = performance.now();
process.stdout.write(`seed ${values.seed}, at most ${values.cases} cases and ${values.seconds} s\n`);
try {
  const counts = await runFuzz({
    targets: chosen,
    seed: Number(values.seed),
    cases: Number(values.cases),
    budgetMs: Number(values.seconds) * 1_000,
  });
  for (const [name, count] of counts)
    process.stdout.write(`${name.padEnd(32)}${String(count).padStart(10)}\n`);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`${total} cases in ${seconds.toFixed(1)} s, no failure\n`);
  if (values.target === undefined) lookAtGrowth();
} catch (error) {
  for (let cause = error; cause instanceof Error; { cause } = cause) {
    process.stderr.write(`${cause.stack ?? cause.message}\n`);
  }
  process.stderr.write('Run it again with that seed, and --target for that target alone.\n');
  process.exit(1);
}
process.exit(0);
