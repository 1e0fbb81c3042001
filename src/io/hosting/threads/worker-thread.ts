/** One thread for one bot: starts it, takes its messages, and ends it, whatever the bot does. */
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { messageOf } from '../../../protocol/message-of.js';
import { botEntry } from './bot-entry.js';
import { createMessageBox } from './bot-message-box.js';
import { isStoreMessage } from './bot-message-rules.js';
import type { StoreUpdates, ThreadData } from './bot-messages.js';
import type { BotThread, ThreadEnd, ThreadOptions } from './bot-thread.js';
import { createProposalBoard, readProposal } from './proposal-board.js';

export function startThread(options: ThreadOptions): BotThread {
  const { path, exportName, code, env, memoryMb, onOutput, isSeeded = false } = options;
  const board = createProposalBoard();
  const copy = options.store.copy((updates) =>
    worker.postMessage({ type: 'store', updates } satisfies StoreUpdates, []),
  );
  const worker = newWorker({
    name: 'bot',
    workerData: {
      path,
      exportName,
      code: code.files,
      board,
      store: copy.entries,
      isSeeded,
    } satisfies ThreadData,
    env,
    // The arguments of this process are not for the bot: they may contain a token.
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    ...(memoryMb !== null && { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
  });
  const box = createMessageBox(options.onUnfit);
  let matchId: string | null = null;
  let error: unknown;
  worker.on('message', (message: unknown) => {
    if (isStoreMessage(message)) copy.take(message.change);
    else if (!code.take(message)) box.receive(message);
  });
  worker.on('error', (cause: unknown) => {
    error = cause;
  });
  const gone = new Promise<void>((resolve) => {
    worker.on('exit', (exitCode) => {
      copy.drop();
      box.end(endOf(exitCode, error));
      resolve();
    });
  });
  // A character may be split between two chunks.
  worker.stdout.setEncoding('utf8').on('data', (text: string) => onOutput(text, 'stdout'));
  worker.stderr.setEncoding('utf8').on('data', (text: string) => onOutput(text, 'stderr'));

  return {
    place: 'thread',
    post(message) {
      if (message.type === 'seat') ({ matchId } = message);
      worker.postMessage(message, []);
    },
    proposalFor: (requestId) => readProposal(board, requestId),
    listen: box.listen,
    hold(held) {
      if (held) worker.ref();
      else worker.unref();
    },
    gone,
    started: box.started,
    get unfit() {
      return box.unfit;
    },
    get isMade() {
      return box.isMade;
    },
    get hasEnded() {
      return box.isClosed;
    },
    get matchId() {
      return matchId;
    },
    async end() {
      box.close();
      // Waiting for its end is limited, and a thread that never ends must not keep the process alive.
      worker.unref();
      await Promise.all([worker.terminate(), gone]);
    },
  };
}

function endOf(code: number, error: unknown): ThreadEnd {
  if (error === undefined) {
    return { why: 'exited', message: `The bot ended its own thread with exit code ${code}.`, error: null };
  }
  const isOutOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory
    ? { why: 'out_of_memory', message: 'The bot used up the memory of its thread.', error }
    : { why: 'crashed', message: `The bot broke its thread: ${messageOf(error)}`, error };
}

function newWorker(options: WorkerOptions): Worker {
  const entry = botEntry('thread');
  return 'file' in entry
    ? new Worker(entry.file, options)
    : new Worker(entry.program, { ...options, eval: true });
}
