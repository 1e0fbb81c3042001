import type { PlayedHand } from './played-match.js';

/** The hands of a match, the oldest first. */
export interface KeptHands {
  readonly count: number;
  add(hand: PlayedHand): void;
  /** Made anew by each call. */
  all(): PlayedHand[];
  clear(): void;
}

/**
 * Keeps each hand as JSON. A hand is some twenty objects, and there are thousands of hands of which few are ever asked for:
 * as objects, the garbage collector would have to look at all of them again and again.
 */
export function createKeptHands(): KeptHands {
  let texts: string[] = [];
  return {
    get count() {
      return texts.length;
    },
    add(hand) {
      texts.push(JSON.stringify(hand));
    },
    all: () => texts.map((text) => JSON.parse(text) as PlayedHand),
    clear() {
      texts = [];
    },
  };
}
