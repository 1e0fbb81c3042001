/** A process of this folder that does one thing at a time: one question, one answer. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Child<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * @param file in this folder; it answers with `serve`.
 * @param core of the processor, counted from 0; nothing of the process runs on another one (Linux). Default: any.
 */
export function startChild<Question extends object, Answer>(
  file: string,
  args: readonly string[] = [],
  core?: number,
): Child<Question, Answer> {
  const flags = ['--expose-gc', '--import', import.meta.resolve('jiti/register'), ...profiling()];
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    ...(core === undefined
      ? { execArgv: flags }
      : { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath, ...flags] }),
    env: { ...process.env, JITI_TRY_NATIVE: '1' },
  });
  const exited = once(child, 'exit');
  return {
    async ask(question) {
      child.send(question);
      const [said] = (await Promise.race([once(child, 'message'), exited])) as [unknown];
      if (typeof said !== 'object' || said === null) throw new Error(`${file} ended.`);
      const { answer, failed } = said as { answer: Answer; failed?: string };
      if (failed !== undefined) throw new Error(`${file}: ${failed}`);
      return answer;
    },
    async close() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The other end: answers each question, and ends with its parent. */
export function serve(answer: (question: never) => unknown): void {
  process.on('message', (question) => {
    Promise.resolve(question as never)
      .then(answer)
      .then(
        (value) => process.send?.({ answer: value }),
        (error: unknown) => process.send?.({ failed: String(error) }),
      );
  });
  process.on('disconnect', () => process.exit());
}

/** Where profiles of all children go is up to whoever wants them. */
export function profiling(): string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
