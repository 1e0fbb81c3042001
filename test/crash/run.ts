/** `npm run crash -- --seed 1 --seconds 300`: agents and platforms that are killed at random, for as long as told. */
import { parseArgs } from 'node:util';
import { findings, liveAndDie } from './agent-lives.js';
import { killPlatform, platformFindings } from './platform-lives.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '300' },
  },
});
const endsAt = performance.now() + Number(values.seconds) * 1_000;
let rounds = 0;
let agentKills = 0;
let platformKills = 0;
let matches = 0;
for (let seed = Number(values.seed); performance.now() < endsAt; seed += 1) {
  const account = await liveAndDie({ seed: String(seed), matches: 6, kills: 8 });
  const platform = await killPlatform({ seed: String(seed), matches: 4, kills: 4 });
  const found = [...findings(account), ...platformFindings(platform)];
  rounds += 1;
  agentKills += account.lives.filter(({ wasKilled }) => wasKilled).length;
  platformKills += platform.kills;
  matches += account.ended.size + platform.results.length;
  if (found.length === 0) continue;
  process.stderr.write(`${found.join('\n')}\nAgain: npm run crash -- --seed ${seed} --seconds 1\n`);
  process.exit(1);
}
process.stdout.write(
  `${rounds} rounds, ${agentKills} agents and ${platformKills} platforms killed, ${matches} matches: each reported as it should be\n`,
);
process.exit(0);
