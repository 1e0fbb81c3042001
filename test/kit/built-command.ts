/** Commands of the built program, each in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterTest } from './after-test.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A command that runs, and what it has written. */
export function startCommand(args: string[], env: NodeJS.ProcessEnv = {}, cwd?: string) {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  afterTest(() => child.kill('SIGKILL'));
  let written = '';
  const wake = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      for (const look of wake) look();
    });
  }
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    written: () => written,
    /** Resolves when it has written this. */
    wrote: (text: string) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (written.includes(text)) resolve();
        };
        wake.add(look);
        look();
      }),
    interrupt: () => child.kill('SIGINT'),
    kill: () => child.kill('SIGKILL'),
    code: async () => (await closed)[0],
  };
}
