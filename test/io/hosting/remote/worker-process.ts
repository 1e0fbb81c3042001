/** Workers as users start them: a process each. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../dist/cli/main.js', import.meta.url));

export interface WorkerProcess {
  child: ChildProcess;
  /** Of standard output and error, so far. */
  readonly output: string;
  /** Resolves when the output has this. */
  says(text: string): Promise<void>;
  /** Resolves with the exit code when it has ended. */
  ended: Promise<number | null>;
}

/** Resolves when it takes matches. */
export async function startWorker(
  file: string,
  url: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [main, 'worker', file, '--nats', url, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  const hear = (text: Buffer): void => {
    output += text.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`The worker ended without "${text}":\n${output}`)));
    });
  await says(args.includes('--json') ? '"worker.ready"' : 'takes matches');
  return {
    child,
    get output() {
      return output;
    },
    says,
    ended,
  };
}
