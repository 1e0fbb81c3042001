/** How long the program takes to be there, beside Node itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.js';
import { median } from './measure.js';
import type { TableAnswer, TableQuestion } from './table-messages.js';

const defaults = { rounds: 7 } as const;

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const bot = fileURLToPath(new URL('bots/checks.js', import.meta.url));

export interface StartRow {
  name: string;
  ms: number;
  /** To `node -e 0`, median over the rounds. */
  ratio: number;
}

export async function measureStartUp(): Promise<StartRow[]> {
  const table = startChild<TableQuestion, TableAnswer>('table-server.ts');
  const { url } = await table.ask({ type: 'open' });
  const toLobby = (isolate: string) => () => {
    const online = table.ask({ type: 'online' });
    return timeOf(['run', bot, '--isolate', isolate, '--url', `${url}/ws/external/bot/bench`], online);
  };
  const ways: [string, () => Promise<number>][] = [
    ['node -e 0', () => timeOf(null)],
    ['chipzen-agent --version', () => timeOf(['--version'])],
    ['to the lobby, --isolate none', toLobby('none')],
    ['to the lobby, --isolate worker', toLobby('worker')],
    ['to the lobby, --isolate process', toLobby('process')],
  ];
  const times = ways.map((): number[] => []);
  for (let round = 0; round <= defaults.rounds; round += 1) {
    for (const [place, [, run]] of ways.entries()) {
      const ms = await run();
      // The first round fills the file cache.
      if (round > 0) times[place]?.push(ms);
    }
  }
  await table.close();
  return ways.map(([name], place) => ({
    name,
    ms: median(times[place] ?? []),
    ratio: median((times[place] ?? []).map((ms, round) => ms / (times[0]?.[round] ?? ms))),
  }));
}

/** @param args of the program; null: Node alone. @param until what ends the time; the process's end if left out. */
async function timeOf(args: readonly string[] | null, until?: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args === null ? ['-e', '0'] : [program, ...args], {
    stdio: 'ignore',
    env: { ...process.env, CHIPZEN_EXTBOT_TOKEN: `cz_extbot_${'b'.repeat(32)}` },
  });
  const exited = once(child, 'exit');
  await (until === undefined ? exited : Promise.race([until, exited]));
  const ms = performance.now() - startedAt;
  if (until !== undefined) child.kill('SIGKILL');
  await exited;
  return ms;
}
