/** One thread for one bot: started, listened to, and ended, whatever the bot in it does. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { TerminatedWhy } from '../protocol/events.js';
import { messageOf } from '../protocol/message-of.js';
import type { FromThread, ThreadData, ToThread } from './bot-worker-messages.js';
import { isFromThread } from './bot-worker-rules.js';

const defaults = {
  /** Messages that are kept for a listener that is not there yet. */
  maxUnheard: 16,
} as const;

export interface ThreadOptions extends ThreadData {
  /** All that the bot sees as `process.env`. */
  env: NodeJS.ProcessEnv;
  /** Largest heap of the bot's objects; null: what Node allows a process. */
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

export interface BotThread {
  post(message: ToThread): void;
  /** One listener at a time; it is told first what came before. */
  listen(listener: { onMessage: (message: FromThread) => void; onEnd: (end: ThreadEnd) => void }): void;
  /** Whether the thread keeps the process alive; at first it does. */
  hold(held: boolean): void;
  /** Its bot was made, or could not be: it no longer loads. */
  readonly isMade: boolean;
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
  const worker = newWorker({
    name: 'bot',
    workerData: { path, exportName } satisfies ThreadData,
    env,
    // Whatever this process was called with is not for the bot: there may be a token in it.
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    ...(memoryMb !== null && { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
  });
  let listener: Parameters<BotThread['listen']>[0] | null = null;
  let isMade = false;
  let ended = false;
  let matchId: string | null = null;
  const unheard: ((to: NonNullable<typeof listener>) => void)[] = [];

  const tell = (what: (to: NonNullable<typeof listener>) => void): void => {
    if (ended) return;
    if (listener !== null) what(listener);
    else if (unheard.length < defaults.maxUnheard) unheard.push(what);
  };

  let error: unknown;
  worker.on('message', (message: unknown) => {
    if (!isFromThread(message)) return;
    if (message.type === 'ready' || message.type === 'unfit') isMade = true;
    tell(({ onMessage }) => onMessage(message));
  });
  worker.on('error', (cause: unknown) => {
    error = cause;
  });
  const gone = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      const end = endOf(code, error);
      tell(({ onEnd }) => onEnd(end));
      ended = true;
      resolve();
    });
  });
  worker.stdout.on('data', (text: Buffer) => onOutput(text.toString(), 'stdout'));
  worker.stderr.on('data', (text: Buffer) => onOutput(text.toString(), 'stderr'));

  return {
    post(message) {
      if (message.type === 'seat') ({ matchId } = message);
      worker.postMessage(message, []);
    },
    listen(next) {
      listener = next;
      for (const what of unheard.splice(0)) tell(what);
    },
    hold(held) {
      if (held) worker.ref();
      else worker.unref();
    },
    gone,
    get isMade() {
      return isMade;
    },
    get hasEnded() {
      return ended;
    },
    get matchId() {
      return matchId;
    },
    async end() {
      ended = true;
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
