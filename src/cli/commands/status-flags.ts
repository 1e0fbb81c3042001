/** The flags of `chipzen-agent status`. */
import { InvalidArgumentError } from 'commander';
import { type CommandHost, fileArgument, helpGroups, maxSeconds } from './arguments.js';
import type { StatusFlags } from './status-command.js';

const defaults = { file: 'status.json', maxAgeMs: 60_000 } as const;

const help = `
Exit codes, for monitors:
  0  as it should be: in the lobby, or leaving it because it was told to
  1  the file is not there, cannot be read or is older than --max-age, or the session
     has ended
  2  usage
  3  not in the lobby
  4  not in the lobby, and a fixture is 12 minutes away or less (not yet: agents do not
     ask for fixtures so far, and the file has none)
  5  evicted: the same bot has connected elsewhere

Examples:
  chipzen-agent status                     of a session with run --status status.json
  chipzen-agent status --watch
  chipzen-agent status agent/status.json --max-age 2m --json || alert`;

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** A parser of durations: `90`, `60s`, `2m`. */
function durationArgument(text: string): number {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
  const ms = number === '' ? 0 : Number(number) * (unitMs[unit] ?? 0);
  if (ms > 0 && ms <= maxSeconds * 1_000) return ms;
  throw new InvalidArgumentError('Give a time like 60s, 2m or 1h, up to a day.');
}

export function addStatus({ program, terminal, end }: CommandHost): void {
  program
    .command('status')
    .helpGroup(helpGroups.platform)
    .summary('say how a running session stands')
    .description('say how the session stands that keeps this file with run --status')
    .argument('[file]', `that of run --status (default: ${defaults.file})`, fileArgument)
    .option('--watch', 'go on, with a line for each change; Ctrl-C ends it')
    .option(
      '--max-age <time>',
      'an older file says nothing: 60s, 2m, 1h (default: 60s; the agent writes it every 10 s)',
      durationArgument,
    )
    .option('--json', 'verdict and file as one line of JSON')
    .addHelpText('after', help)
    .action(async (file: string | undefined, flags: StatusFlags) => {
      const { showStatus } = await import('./status-command.js');
      end(await showStatus(file ?? defaults.file, { maxAge: defaults.maxAgeMs, ...flags }, terminal));
    });
}
