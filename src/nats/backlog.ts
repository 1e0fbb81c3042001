/** What a match has to say to a worker that it does not have yet. */
import type { ToSeat } from './messages.js';

const defaults = {
  /** Messages; the match itself remembers what was shown, and can say it anew. */
  maxMessages: 1_000,
} as const;

export interface Backlog {
  /** False when it is full. */
  add(message: ToSeat): boolean;
  /** All of it, in order; it is empty then. */
  take(): ToSeat[];
  /** The match is over. */
  readonly isFinished: boolean;
}

const isDecision = (message: ToSeat): boolean =>
  message.type === 'command' && message.command.type === 'bot.decide';

export function createBacklog(): Backlog {
  let messages: ToSeat[] = [];
  let isFinished = false;
  return {
    add(message) {
      const type = message.type === 'command' ? message.command.type : message.type;
      // Nobody waits any more for a decision when there is a newer one, or the turn is over.
      if (type === 'bot.decide' || type === 'bot.abort')
        messages = messages.filter((old) => !isDecision(old));
      if (type === 'bot.finish') isFinished = true;
      messages.push(message);
      return messages.length <= defaults.maxMessages;
    },
    take: () => messages.splice(0),
    get isFinished() {
      return isFinished;
    },
  };
}
