/** `npm run outages`: no match is lost whose seat the platform still holds. `--help` says more. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type Account, describeLoss, verdictOn } from './account.js';
import { runOutages } from './campaign.js';
import { planOutages } from './plan.js';
import { type Side, sumOf, tables } from './table.js';

const defaults = { outages: 200, bots: 40, minutes: 15, tellEveryMs: 10_000 } as const;
const root = fileURLToPath(new URL('../../', import.meta.url));

const help = `npm run outages -- [options]

Plays matches on the local platform, at its own pace, and takes the lobby, the gateway or both away again and again, in
every way and for up to a second less than a seat is held. The build in dist/ must lose no match; an older build suffers
the same plan beside it. Takes about four minutes. Exit code: 0, or 1 when a match was lost or time ran out, 130 after
Ctrl-C, which prints what there is.

  --seed <text>        draws the plan; the same seed, the same outages (default: by the clock)
  --outages <n>        how many (default: ${defaults.outages})
  --bots <n>           agents side by side, each with one to three matches (default: ${defaults.bots})
  --only <n,n>         only these outages of the plan, by their numbers
  --baseline <commit>  the older build, made by scripts/baseline.sh (default: its own)
  --no-baseline        without one
  --minutes <n>        ends it, and counts as failed (default: ${defaults.minutes})
  --help               this text`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function usage(problem: string): never {
  process.stderr.write(`${problem} Try npm run outages -- --help.\n`);
  process.exit(2);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string' },
        outages: { type: 'string' },
        bots: { type: 'string' },
        only: { type: 'string' },
        baseline: { type: 'string' },
        'no-baseline': { type: 'boolean' },
        minutes: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return usage(error instanceof Error ? `${error.message.split('.')[0]}.` : String(error));
  }
}

const flags = readFlags();
if (flags.help === true) {
  print(help);
  process.exit(0);
}
const wholeOf = (name: 'outages' | 'bots' | 'minutes'): number => {
  const value = Number(flags[name] ?? defaults[name]);
  return Number.isInteger(value) && value > 0 ? value : usage(`--${name} must be a whole number from 1 on.`);
};
const seed = flags.seed ?? String(Date.now() % 1_000_000);
const bots = wholeOf('bots');
const minutes = wholeOf('minutes');
const only = flags.only?.split(',').map(Number);
const plan = planOutages(seed, wholeOf('outages')).filter(({ number }) => only?.includes(number) ?? true);
if (plan.length === 0) usage('--only names no outage of the plan.');

async function baselineFolder(): Promise<string> {
  const script = fileURLToPath(new URL('../../scripts/baseline.sh', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(
      script,
      flags.baseline === undefined ? [] : [flags.baseline],
    );
    return stdout.trim();
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    process.stderr.write(
      `${stderr.trim() || message}\nWithout an older build: npm run outages -- --no-baseline\n`,
    );
    return process.exit(1);
  }
}

const stop = new AbortController();
let isInterrupted = false;
let isOutOfTime = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (isInterrupted) process.exit(130);
    isInterrupted = true;
    stop.abort();
  });
}

const sides: (Side & { folder: string; accounts: Account[] })[] = [
  { name: 'this build', folder: root, accounts: [] },
];
if (flags['no-baseline'] !== true) {
  sides.push({ name: 'baseline', folder: await baselineFolder(), accounts: [] });
}
const matches = plan.reduce((sum, outage) => sum + outage.matches, 0);
print(`seed ${seed}: ${plan.length} outages of ${matches} matches, ${bots} bots side by side`);

const startedAt = performance.now();
const deadline = setTimeout(() => {
  isOutOfTime = true;
  stop.abort();
}, minutes * 60_000);
const progress = setInterval(() => {
  const states = sides.map(({ name, accounts }) => {
    const { outages, lost } = sumOf(accounts);
    return `${name}: ${outages} of ${plan.length} outages, ${lost} lost`;
  });
  print(`${Math.round((performance.now() - startedAt) / 1_000)} s; ${states.join('; ')}`);
}, defaults.tellEveryMs);

try {
  await Promise.all(
    sides.map(({ name, folder, accounts }) =>
      runOutages({
        seed,
        plan,
        folder,
        bots,
        signal: stop.signal,
        onAccounts(through) {
          accounts.push(...through);
          if (name !== 'this build') return;
          for (const account of through) {
            if (verdictOn(account) !== 'kept') print(`${verdictOn(account)}: ${describeLoss(account)}`);
          }
        },
      }),
    ),
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
} finally {
  clearTimeout(deadline);
  clearInterval(progress);
}

print('');
for (const line of tables(sides)) print(line);
const [own] = sides;
const { lost, late } = sumOf(own?.accounts ?? []);
const took = `${Math.round((performance.now() - startedAt) / 1_000)} s`;
if (isOutOfTime) print(`Not through after ${minutes} minutes.`);
if (late > 0) print(`Not counted: ${late} matches for which this machine was too busy (docs/testing.md).`);
print(
  `${lost === 0 ? 'No match was lost' : `${lost} matches were lost`} by this build whose seat was held, in ${took}.`,
);
print(`Again: npm run outages -- --seed ${seed} --outages ${flags.outages ?? defaults.outages}`);
process.exit(isInterrupted ? 130 : isOutOfTime || lost > 0 ? 1 : 0);
