/** The messages of a bot's thread or process: checked, and kept until there is a listener. */

import { BadBotError } from '../../../protocol/errors.js';
import { isFromThread } from './bot-message-rules.js';
import type { FromThread } from './bot-messages.js';
import type { ThreadEnd, ThreadListener } from './bot-thread.js';

const defaults = {
  /** How many messages are kept before there is a listener. */
  maxUndelivered: 16,
} as const;

export interface MessageBox {
  /** Takes what was posted. Values that are not messages are dropped. */
  receive: (message: unknown) => void;
  listen: (listener: ThreadListener) => void;
  /** To be called when the thread has ended by itself. */
  end(end: ThreadEnd): void;
  /** Reports nothing any more. */
  close(): void;
  readonly isMade: boolean;
  /** Why the bot could not be made. */
  readonly unfit: BadBotError | null;
  readonly isClosed: boolean;
  /** Resolves when the bot was made, could not be made, only waits meanwhile, or is gone. */
  readonly started: Promise<void>;
}

/** @param onUnfit called when the bot cannot be made. */
export function createMessageBox(onUnfit: () => void = () => undefined): MessageBox {
  const undelivered: ((to: ThreadListener) => void)[] = [];
  let listener: ThreadListener | null = null;
  let isMade = false;
  let unfit: BadBotError | null = null;
  let isClosed = false;
  let resolveStarted: () => void;
  const started = new Promise<void>((resolve) => {
    resolveStarted = resolve;
  });

  const deliver = (what: (to: ThreadListener) => void): void => {
    if (isClosed) return;
    if (listener !== null) what(listener);
    else if (undelivered.length < defaults.maxUndelivered) undelivered.push(what);
  };

  const note = (message: FromThread): void => {
    const { type } = message;
    if (type === 'unfit') unfit = new BadBotError(message.message, { cause: message.cause });
    if (type === 'ready' || type === 'unfit') isMade = true;
    if (isMade || type === 'waiting') resolveStarted();
    if (type === 'unfit') onUnfit();
  };

  return {
    receive(message) {
      if (!isFromThread(message)) return;
      note(message);
      deliver(({ onMessage }) => onMessage(message));
    },
    listen(next) {
      listener = next;
      for (const what of undelivered.splice(0)) deliver(what);
    },
    end(end) {
      deliver(({ onEnd }) => onEnd(end));
      isClosed = true;
      resolveStarted();
    },
    close() {
      isClosed = true;
      resolveStarted();
    },
    started,
    get unfit() {
      return unfit;
    },
    get isMade() {
      return isMade;
    },
    get isClosed() {
      return isClosed;
    },
  };
}
