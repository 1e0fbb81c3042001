/** Messages of a match for a worker that is not found yet. */
import type { ToSeat } from './remote-messages.js';
import { wireSizeOf } from './remote-wire.js';

const defaults = {
  /** The limit of what waits. The match itself remembers its events, and can replay them. */
  maxBytes: 16 * 1024 * 1024,
  /** Counted for each message besides its text. */
  messageBytes: 1_024,
} as const;

export interface RemoteBacklog {
  /** False when it is full. */
  add(message: ToSeat): boolean;
  /** Takes all messages, in order. */
  take(): ToSeat[];
  /** The match is over. */
  readonly isFinished: boolean;
}

const isDecision = (message: ToSeat): boolean =>
  message.type === 'command' && message.command.type === 'bot.decide';

/** Replayed events cost nothing here: the match keeps them anyway. */
const costOf = (message: ToSeat): number =>
  defaults.messageBytes + (message.type === 'revive' ? 0 : wireSizeOf(message));

export function createRemoteBacklog(): RemoteBacklog {
  let kept: { message: ToSeat; bytes: number }[] = [];
  let bytes = 0;
  let isFinished = false;

  const forgetDecisions = (): void => {
    for (const one of kept) if (isDecision(one.message)) bytes -= one.bytes;
    kept = kept.filter(({ message }) => !isDecision(message));
  };

  return {
    add(message) {
      const type = message.type === 'command' ? message.command.type : message.type;
      // An earlier decision is useless when there is a newer one, or the turn is over.
      if (type === 'bot.decide' || type === 'bot.abort') forgetDecisions();
      if (type === 'bot.finish') isFinished = true;
      const cost = costOf(message);
      kept.push({ message, bytes: cost });
      bytes += cost;
      return bytes <= defaults.maxBytes;
    },
    take() {
      bytes = 0;
      return kept.splice(0).map(({ message }) => message);
    },
    get isFinished() {
      return isFinished;
    },
  };
}
