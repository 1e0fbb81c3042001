/** Counts how often the same failure of a bot came. */
import type { AgentEvent } from '../../protocol/events.js';

const defaults = {
  /** The most failures that are told apart; a bot whose every message is new must not fill the memory. */
  maxKinds: 500,
} as const;

type Failure = Pick<Extract<AgentEvent, { type: 'bot.failed' }>, 'hook' | 'message' | 'place'>;

export interface FailureCounter {
  /** How often this failure came, this time included. */
  count(failure: Failure): number;
}

/** Two failures are the same if they differ only in the numbers of their messages, such as a hand or an amount. */
export function failureKind({ hook, message, place }: Failure): string {
  return `${hook}\n${place ?? ''}\n${message.replace(/\d+(?:\.\d+)?/g, '#')}`;
}

/** A failure is told the first time, and then at the tenth time, the hundredth, and so on. */
export const isWorthALine = (times = 1): boolean => /^10*$/.test(String(times));

export function createFailureCounter(): FailureCounter {
  const counts = new Map<string, number>();
  return {
    count(failure) {
      const kind = failureKind(failure);
      const times = (counts.get(kind) ?? 0) + 1;
      // The one that was not seen for the longest time is forgotten.
      counts.delete(kind);
      counts.set(kind, times);
      if (counts.size > defaults.maxKinds) counts.delete(counts.keys().next().value ?? '');
      return times;
    },
  };
}
