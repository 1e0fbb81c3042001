/** `npm run crash -- --seed 1 --seconds 300`: agents that are killed at random, for as long as told. */
import { parseArgs } from 'node:util';
import { findings, liveAndDie } from './agent-lives.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '300' },
  },
});
const endsAt = performance.now() + Number(values.seconds) * 1_000;
let rounds = 0;
let kills = 0;
let matches = 0;
for (let seed = Number(values.seed); performance.now() < endsAt; seed += 1) {
  const account = await liveAndDie({ seed: String(seed), matches: 6, kills: 8 });
  const found = findings(account);
  rounds += 1;
  kills += account.lives.filter(({ wasKilled }) => wasKilled).length;
  matches += account.ended.size;
  if (found.length === 0) continue;
  process.stderr.write(`${found.join('\n')}\nAgain: npm run crash -- --seed ${seed} --seconds 1\n`);
  process.exit(1);
}
process.stdout.write(`${rounds} rounds, ${kills} kills, ${matches} matches: each reported as it should be\n`);
process.exit(0);
