/**
 * One process for one bot, with the same interface as a thread: starts it, takes its messages, and ends it, whatever
 * the bot does.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { isObject, isText } from '../../../protocol/checks.js';
import type { WireAction } from '../../../protocol/frames.js';
import { messageOf } from '../../../protocol/message-of.js';
import { systemNow } from '../../../time/clock.js';
import { createMessageBox } from '../threads/bot-message-box.js';
import { isStoreMessage } from '../threads/bot-message-rules.js';
import type { BotThread, ThreadEnd, ThreadOptions } from '../threads/bot-thread.js';
import { createBoardFile } from './bot-process-board.js';
import { defaultMemoryMb, processCommand, processEnv } from './bot-process-command.js';
import { clockBaseOf, type ProcessMessage } from './bot-process-messages.js';
import { encodeForBot, readBot } from './bot-process-pipe.js';
import { watchNoMore, watchOver } from './bot-process-warden.js';

const defaults = {
  /** How much of its last standard error is kept: Node writes there why it died. */
  maxLastWords: 8_192,
  /** How long to wait for its last output after its end; its children may keep the pipes open for ever. */
  lastWordsMs: 200,
  /** How long a process whose pipe has ended may take to end. */
  endedPipeMs: 1_000,
} as const;

/** What only Node and V8 write when they are out of memory. */
const outOfMemory = /^FATAL ERROR: .*(?:out of memory|[Aa]llocation failed)|^# Fatal .*out of memory/m;

export function startProcess(options: ThreadOptions): BotThread {
  const { path, exportName, code, env, memoryMb, onOutput, isSeeded = false } = options;
  const board = createBoardFile();
  const { file, args } = processCommand(memoryMb ?? defaultMemoryMb());
  const child = spawn(file, args, {
    env: processEnv(env),
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    // The leader of a process group: a Ctrl-C is for the agent only, and the bot's children are killed with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', board?.fd ?? 'ignore'],
  });
  const copy = options.store.copy((updates) => send({ type: 'store', updates }));
  const pipe = child.stdio[3] as Duplex & Handle;
  const box = createMessageBox(options.onUnfit);
  const reader = readBot();
  const { pid } = child;
  let startError: unknown;
  /** The error of a message that could not be read. */
  let nonsense: unknown;
  let lastWords = '';
  let matchId: string | null = null;
  /** The last proposal that came as a message, because there is no board or no space on it. */
  let posted: Proposal | null = null;

  if (pid !== undefined) watchOver(pid);
  child.on('error', (error) => {
    startError = error;
  });

  const kill = (): void => {
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };

  const send = (message: ProcessMessage): void => {
    if (pipe.writable) pipe.write(encodeForBot(message));
  };

  const hold = (held: boolean): void => {
    const handles = [child, pipe, child.stdout as Readable & Handle, child.stderr as Readable & Handle];
    for (const handle of handles) {
      if (held) handle.ref();
      else handle.unref();
    }
  };

  pipe.on('error', () => undefined);
  const cannotBeHeard = (why: unknown): void => {
    nonsense ??= why;
    kill();
  };
  pipe.on('data', (bytes: Buffer) => {
    if (nonsense !== undefined) return;
    try {
      for (const message of reader.read(bytes)) {
        if (isProposal(message)) posted = message;
        else if (isStoreMessage(message)) copy.take(message.change);
        else if (!code.take(message)) box.receive(message);
      }
    } catch (error) {
      cannotBeHeard(error);
    }
  });
  let patience: NodeJS.Timeout | undefined;
  pipe.on('end', () => {
    patience = setTimeout(() => cannotBeHeard('the bot has closed it'), defaults.endedPipeMs);
  });
  // The bytes of a character may be split between two chunks.
  child.stdout?.setEncoding('utf8').on('data', (text: string) => onOutput(text, 'stdout'));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-defaults.maxLastWords);
    onOutput(text, 'stderr');
  });

  const gone = untilGone(child).then(() => {
    clearTimeout(patience);
    copy.drop();
    if (pid !== undefined) watchNoMore(pid);
    kill();
    box.end(endOf(child, { startError, nonsense, lastWords }));
    for (const stream of child.stdio) stream?.destroy();
    board?.close();
  });

  send({
    type: 'load',
    file: { path, exportName, code: code.files, store: copy.entries, isSeeded },
    hasBoard: board !== null,
    clockBase: clockBaseOf(systemNow),
  });

  return {
    place: 'process',
    post(message) {
      if (message.type === 'seat') ({ matchId } = message);
      send(message);
    },
    proposalFor(requestId) {
      return board?.read(requestId) ?? (posted?.requestId === requestId ? posted.proposal : undefined);
    },
    listen: box.listen,
    hold,
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
      kill();
      await gone;
    },
  };
}

interface Handle {
  ref(): void;
  unref(): void;
}

interface Proposal {
  requestId: string;
  proposal: WireAction;
}

const isProposal = (value: unknown): value is Proposal =>
  isObject(value) &&
  value.type === 'proposal' &&
  isText(value.requestId) &&
  isObject(value.proposal) &&
  isText(value.proposal.action);

/** Resolves when it has ended and its last output was read. */
async function untilGone(child: ChildProcess): Promise<void> {
  const emitted = (event: 'close' | 'exit' | 'error') => new Promise((resolve) => child.once(event, resolve));
  const closed = emitted('close');
  // A process that could not be started emits no `exit`.
  await Promise.race([emitted('exit'), emitted('error')]);
  let patience: NodeJS.Timeout | undefined;
  await Promise.race([
    closed,
    new Promise((resolve) => {
      patience = setTimeout(resolve, defaults.lastWordsMs);
    }),
  ]);
  clearTimeout(patience);
}

interface LastSigns {
  startError: unknown;
  nonsense: unknown;
  lastWords: string;
}

function endOf(child: ChildProcess, { startError, nonsense, lastWords }: LastSigns): ThreadEnd {
  if (startError !== undefined) {
    const message = `The bot's process cannot be started: ${messageOf(startError)}. With isolate "worker" none is needed.`;
    return { why: 'crashed', message, error: startError };
  }
  if (nonsense !== undefined) {
    const message = `The pipe between the agent and the bot's process cannot be used any more: ${messageOf(nonsense)}.`;
    return { why: 'crashed', message, error: null };
  }
  const { exitCode, signalCode } = child;
  if (outOfMemory.test(lastWords)) {
    return { why: 'out_of_memory', message: 'The bot used up the memory of its process.', error: null };
  }
  if (signalCode === null) {
    return {
      why: 'exited',
      message: `The bot ended its own process with exit code ${exitCode}.`,
      error: null,
    };
  }
  return {
    why: 'crashed',
    message: `The bot's process was ended by ${signalCode}${hints[signalCode] ?? ''}.`,
    error: null,
  };
}

const hints: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: ': by itself, by somebody, or by the system for want of memory',
  SIGABRT: ', as when native code gives up or gets no more memory',
  SIGSEGV: ': native code in it has crashed',
};
