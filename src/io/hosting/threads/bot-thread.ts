/** A bot that is kept apart, as the agent sees it, whatever it runs in. */
import type { TerminatedWhy } from '../../../protocol/events.js';
import type { WireAction } from '../../../protocol/frames.js';
import type { BotFile, FromThread, ToThread } from './bot-messages.js';

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
