/** One thread for one bot: started, listened to, and ended, whatever the bot in it does. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { TerminatedWhy } from '../protocol/events.js';
import type { WireAction } from '../protocol/frames.js';
import { messageOf } from '../protocol/message-of.js';
import { createMessageBox } from './bot-message-box.js';
import { createBoard, readProposal } from './bot-worker-board.js';
import type { BotFile, FromThread, ThreadData, ToThread } from './bot-worker-messages.js';

export interface ThreadOptions extends BotFile {
  /** All that the bot sees as `process.env`. */
  env: NodeJS.ProcessEnv;
  /** Largest heap of the bot's objects; null: what Node allows a process, in a process of its own `defaultMemoryMb`. */
  memoryMb: number | null;
  /** Told what the bot writes to its standard output and error. */
  onOutput: (text: string, from: 'stdout' | 'stderr') => void;
}

/** How a thread ended that was not told to. */
export interface ThreadEnd {
  why: Exclude<TerminatedWhy, 'blocked' | 'given_up'>;
  message: string;
  error: unknown;
  /** It would have ended whatever the bot did: no loss of the bot's. */
  isBlameless?: boolean;
}

export interface ThreadListener {
  onMessage: (message: FromThread) => void;
  onEnd: (end: ThreadEnd) => void;
}

/** Where one bot is: a thread, a process, or a worker on another machine. */
export interface BotThread {
  /** What it is called in sentences. */
  readonly place: 'thread' | 'process';
  post(message: ToThread): void;
  /** The last proposal of this turn, if there is one; also when the bot is gone. */
  proposalFor(requestId: string): WireAction | undefined;
  /** One listener at a time; it is told first what came before. */
  listen(listener: ThreadListener): void;
  /** Whether the thread keeps the process alive; at first it does. */
  hold(held: boolean): void;
  /** Its bot was made, or could not be: it no longer loads. */
  readonly isMade: boolean;
  /** Resolves when its start keeps no core busy any more: the bot was made, could not be, waits for something, or is gone. */
  readonly started: Promise<void>;
  readonly hasEnded: boolean;
  /** What its bot was seated at, if it was. */
  readonly matchId?: string | null;
  /** The worker on another machine that it is at. */
  readonly worker?: string | undefined;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  /** Ends it at once, blocked or not; nothing is told any more. Resolves when it is gone. */
  end(): Promise<void>;
}

export function startThread(options: ThreadOptions): BotThread {
  const { path, exportName, env, memoryMb, onOutput } = options;
  const board = createBoard();
  const worker = newWorker({
    name: 'bot',
    workerData: { path, exportName, board } satisfies ThreadData,
    env,
    // Whatever this process was called with is not for the bot: there may be a token in it.
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    ...(memoryMb !== null && { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
  });
  const box = createMessageBox();
  let matchId: string | null = null;
  let error: unknown;
  worker.on('message', box.hear);
  worker.on('error', (cause: unknown) => {
    error = cause;
  });
  const gone = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      box.end(endOf(code, error));
      resolve();
    });
  });
  // A character may come in two pieces.
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
      // Who ends it and waits for that has a limit; a thread that never ends must not keep the process alive.
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

/** From sources, as in tests and benchmarks, the thread has to translate its own files first. */
function newWorker(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    // This file may have become part of another one in a folder beside it.
    return new Worker(new URL('../io/bot-worker-entry.js', import.meta.url), options);
  }
  const jiti = createRequire(import.meta.url).resolve('jiti');
  const entry = fileURLToPath(new URL('./bot-worker-entry.ts', import.meta.url));
  const start = `require(${JSON.stringify(jiti)}).createJiti(${JSON.stringify(entry)}).import(${JSON.stringify(entry)})`;
  return new Worker(start, { ...options, eval: true });
}
