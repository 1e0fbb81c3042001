/** The messages of a bot's thread or process: checked, and kept until there is a listener. */

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
  readonly isClosed: boolean;
  /** Resolves when the bot was made, could not be made, only waits meanwhile, or is gone. */
  readonly started: Promise<void>;
}

export function createMessageBox(): MessageBox {
  const undelivered: ((to: ThreadListener) => void)[] = [];
  let listener: ThreadListener | null = null;
  let isMade = false;
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

  const note = ({ type }: FromThread): void => {
    if (type === 'ready' || type === 'unfit') isMade = true;
    if (isMade || type === 'waiting') resolveStarted();
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
    get isMade() {
      return isMade;
    },
    get isClosed() {
      return isClosed;
    },
  };
}
