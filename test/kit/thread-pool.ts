/** Threads that a test plays by hand, and a pool of them. */
import type { FromThread, ToThread } from '../../src/io/hosting/threads/bot-messages.js';
import type { BotThread, ThreadEnd, ThreadListener } from '../../src/io/hosting/threads/bot-thread.js';
import type { WireAction } from '../../src/protocol/frames.js';

export interface ScriptedThread extends BotThread {
  /** What it was told since the last call. */
  take(): ToThread[];
  /** The types of that. */
  takeTypes(): string[];
  say(message: FromThread): void;
  /** Leaves a proposal as the bot in it would. */
  propose(requestId: string, proposal: WireAction): void;
  die(end?: Partial<ThreadEnd>): void;
  isMade: boolean;
  hasEnded: boolean;
}

export function scriptedPool() {
  const threads: ScriptedThread[] = [];

  const start = (): ScriptedThread => {
    const posted: ToThread[] = [];
    const proposals = new Map<string, WireAction>();
    let listener: ThreadListener | undefined;
    const thread: ScriptedThread = {
      place: 'thread',
      isMade: true,
      hasEnded: false,
      gone: Promise.resolve(),
      started: Promise.resolve(),
      proposalFor: (requestId) => proposals.get(requestId),
      propose: (requestId, proposal) => void proposals.set(requestId, proposal),
      post: (message) => void posted.push(structuredClone(message)),
      listen: (next) => {
        listener = next;
      },
      hold: () => undefined,
      async end() {
        thread.hasEnded = true;
      },
      take: () => posted.splice(0),
      takeTypes: () =>
        posted.splice(0).map((message) => (message.type === 'command' ? message.command.type : message.type)),
      say: (message) => listener?.onMessage(message),
      die: (end = {}) => {
        thread.hasEnded = true;
        listener?.onEnd({ why: 'exited', message: 'The bot ended its own thread.', error: null, ...end });
      },
    };
    threads.push(thread);
    return thread;
  };

  return {
    take: start,
    threads,
    /** The one that was taken last. */
    get newest(): ScriptedThread {
      const last = threads.at(-1);
      if (last === undefined) throw new Error('No thread was taken.');
      return last;
    },
  };
}
