/** An isolated bot as the agent sees it, whatever it runs in. */
import type { EnvironmentVariables } from '../../../network/environment-variables.js';
import type { BadBotError } from '../../../protocol/errors.js';
import type { TerminatedWhy } from '../../../protocol/events.js';
import type { WireAction } from '../../../protocol/frames.js';
import type { StoreHub } from '../../../store/store-hub.js';
import type { PlaceCode } from '../code/bot-code.js';
import type { BotFile, FromThread, ToThread } from './bot-messages.js';

export interface ThreadOptions extends BotFile {
  code: PlaceCode;
  /** See `BotStart`. Default: no. */
  isSeeded?: boolean;
  /** Of which the bot has a copy. */
  store: StoreHub;
  /** The bot's `process.env`. */
  env: EnvironmentVariables;
  /** Where a process of the bot starts. Default: where this one is. */
  cwd?: string | undefined;
  /**
   * The largest heap of the bot in MB; null: in a thread what Node allows a process, in a process `defaultMemoryMb`.
   */
  memoryMb: number | null;
  /** Called when the bot cannot be made; `BotThread.unfit` says why. */
  onUnfit: () => void;
  /** Called with what the bot writes to its standard output and error. */
  onOutput: (text: string, from: 'stdout' | 'stderr') => void;
}

/** How a thread ended by itself. */
export interface ThreadEnd {
  why: Exclude<TerminatedWhy, 'blocked' | 'given_up'>;
  message: string;
  error: unknown;
  /** The bot did not cause it: it does not count as one of the bot's losses. */
  isBlameless?: boolean;
}

export interface ThreadListener {
  onMessage: (message: FromThread) => void;
  onEnd: (end: ThreadEnd) => void;
}

/** Where one bot is: a thread, a process, or a worker on another machine. */
export interface BotThread {
  /** Its name in sentences. */
  readonly place: 'thread' | 'process';
  post(message: ToThread): void;
  /** The last proposal of this turn, if there is one. It is there also when the bot is gone. */
  proposalFor(requestId: string): WireAction | undefined;
  /** Sets the only listener, and calls it first with the messages that came before. */
  listen(listener: ThreadListener): void;
  /** Sets whether the thread keeps the process alive. At first it does. */
  hold(held: boolean): void;
  /** Its bot was made or could not be made: it no longer loads. */
  readonly isMade: boolean;
  /** Why its bot could not be made. */
  readonly unfit?: BadBotError | null;
  /**
   * Resolves when its start no longer uses a core: the bot was made, could not be made, waits for something, or is
   * gone.
   */
  readonly started: Promise<void>;
  readonly hasEnded: boolean;
  /** The match of its bot, if it has one. */
  readonly matchId?: string | null;
  /** The worker on another machine where it runs. */
  readonly worker?: string | undefined;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  /** Ends it at once, blocked or not, and reports nothing any more. Resolves when it is gone. */
  end(): Promise<void>;
}
