/** Runs the commands of a page as a reader would: one after the other, in one shell, in an empty folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from './page-steps.js';

const defaults = { limitMs: 120_000, endMs: 20_000 } as const;

export interface WalkOptions {
  /** Where the walk begins, and where the shell keeps what it remembers. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Called after each command that has ended. */
  onStep?: (walked: WalkedStep) => void;
}

export interface WalkedStep {
  step: Step;
  /** Until it ended, or, where it goes on, until its output matched. */
  seconds: number;
  /** Of both streams. */
  output: string;
}

/** A command that failed; the message has its line and its output. */
export class WalkError extends Error {}

/**
 * @returns each step as it went.
 * @throws WalkError at the first command that ends with another exit code than 0, or does not come to its text or its end
 * in two minutes. None of them runs on then.
 */
export async function walk(steps: readonly Step[], options: WalkOptions): Promise<WalkedStep[]> {
  const walked: WalkedStep[] = [];
  const beside: Running[] = [];
  const end = async (): Promise<void> => {
    for (const running of beside.splice(0)) await running.interrupt();
  };
  try {
    for (const step of steps) {
      const running = start(step, options);
      if (step.how === 'beside') beside.push(running);
      const seconds = await running.arrive();
      if (step.how === 'until') await running.interrupt();
      if (step.how !== 'beside' && step.isLast) await end();
      const done = { step, seconds, output: running.output() };
      walked.push(done);
      options.onStep?.(done);
    }
    return walked;
  } finally {
    for (const running of beside) running.kill();
  }
}

const nothing = (): void => undefined;

/** npm, and a shell around it, end by the signal although what they ran has ended well. */
const wellAfterInterrupt = [0, 130, 'SIGINT'];

interface Running {
  output(): string;
  /** Waits for the text or the end. */
  arrive(): Promise<number>;
  /** Ctrl-C, and what follows from it. */
  interrupt(): Promise<void>;
  kill(): void;
}

/** Folder and variables of the shell live in a file between its commands, as each has a shell of its own. */
function scriptOf(step: Step, memory: string): string {
  const recall = existsSync(memory) ? `. '${memory}'\n` : '';
  return `${recall}${step.command}\ncode=$?\n{ export -p; printf 'cd %q\\n' "$PWD"; } > '${memory}'\nexit $code`;
}

function start(step: Step, { folder, env }: WalkOptions): Running {
  const memory = join(folder, '.walk-memory');
  let output = '';
  let onOutput = nothing;
  const from = performance.now();
  // In a group of its own, as a terminal has it: Ctrl-C goes to all of them.
  const child = spawn('bash', ['--norc', '-c', scriptOf(step, memory)], { cwd: folder, env, detached: true });
  const closed = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput();
    });
  }
  const fail = (what: string): WalkError => {
    kill(child, 'SIGKILL');
    return new WalkError(`line ${step.line}: ${step.command}\n${what}\n${output}`);
  };
  const within = async <T>(ms: number, what: string, wait: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(fail(what)), ms);
    });
    return Promise.race([wait, late]).finally(() => clearTimeout(timer));
  };
  const ended = async (well: readonly unknown[] = [0]): Promise<void> => {
    const [code, signal] = await closed;
    if (!well.includes(code ?? signal)) throw fail(`ended with ${String(code ?? signal)}`);
  };
  const matched = (text: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      onOutput = () => {
        if (text.test(output)) resolve();
      };
      void closed.then(() => reject(fail(`ended before ${String(text)}`)));
      onOutput();
    });
  return {
    output: () => output,
    async arrive() {
      const wait = step.text === null ? ended() : matched(step.text);
      await within(defaults.limitMs, `did not come to ${String(step.text ?? 'its end')}`, wait);
      return (performance.now() - from) / 1_000;
    },
    async interrupt() {
      kill(child, 'SIGINT');
      await within(defaults.endMs, 'did not end at Ctrl-C', ended(wellAfterInterrupt));
    },
    kill: () => kill(child, 'SIGKILL'),
  };
}

function kill({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has just ended.
  }
}

/** The text of a page of this repository. */
export const readPage = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
