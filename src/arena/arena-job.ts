/** A thread that plays blocks, as the run sees it. It is kept from block to block. */
import { Worker } from 'node:worker_threads';
import { ownProgram } from '../io/hosting/threads/bot-entry.js';
import { BadBotError, InternalError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { systemClock } from '../time/clock.js';
import { within } from '../time/time-limit.js';
import type { FromJob, JobData, ToJob } from './arena-job-messages.js';
import type { PlayedBlock } from './arena-record.js';
import type { ArenaListener, BlockPlayer } from './block-player.js';

/** The thread is gone, and what it played. */
export class JobLostError extends InternalError {}

const defaults = { closeMs: 2_000 } as const;

/** @throws {OptionError} when a bundle lacks what the thread starts with. */
export function startArenaJob(data: JobData, { onOutput, onTrouble, onStep }: ArenaListener): BlockPlayer {
  const entry = ownProgram('arena/arena-job-entry', 'jobs');
  const options = { name: 'arena', workerData: data, argv: [], execArgv: [] };
  const worker =
    'file' in entry ? new Worker(entry.file, options) : new Worker(entry.program, { ...options, eval: true });
  let waiting: { resolve: (block: PlayedBlock) => void; reject: (error: Error) => void } | null = null;
  let end: Error | null = null;
  let onClosed: (() => void) | null = null;
  const gone = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      fail(new JobLostError(`A thread that plays blocks ended with exit code ${code}.`));
      resolve();
    });
  });

  const fail = (error: Error): void => {
    end ??= error;
    waiting?.reject(end);
    waiting = null;
  };

  worker.on('error', (error: unknown) =>
    fail(new JobLostError(`A thread that plays blocks broke: ${messageOf(error)}`, { cause: error })),
  );
  worker.on('message', (message: FromJob) => {
    switch (message.type) {
      case 'played':
        waiting?.resolve(message.block);
        waiting = null;
        return;
      case 'failed':
        waiting?.reject(
          message.isBot ? new BadBotError(message.message) : new InternalError(message.message),
        );
        waiting = null;
        return;
      case 'output':
        return onOutput(message.text, message.from);
      case 'trouble':
        return onTrouble(message.bot, message.sentence);
      case 'step':
        return onStep?.();
      case 'closed':
        return onClosed?.();
    }
  });
  const post = (message: ToJob): void => worker.postMessage(message, []);

  return {
    play: (place) =>
      new Promise((resolve, reject) => {
        if (end !== null) return reject(end);
        waiting = { resolve, reject };
        return post({ type: 'play', place });
      }),
    async close() {
      // Its bots first: a thread that is ended leaves processes to notice that by themselves.
      const closed = new Promise<void>((resolve) => {
        onClosed = resolve;
      });
      post({ type: 'close' });
      await within(defaults.closeMs, systemClock, Promise.race([closed, gone]), () => new Error()).catch(
        () => undefined,
      );
      await worker.terminate();
    },
  };
}
