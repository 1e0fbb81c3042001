/** The hands of a recorded match, each once, from all that was seen of it. */
import { type ReadHistories, readBlocks } from '../formats/read-blocks.js';
import type { HandLevel, HandSource } from '../hand-history.js';
import { addPieces, type HandPieces, handOfPieces, levelOfPosts, noPieces } from './hand-pieces.js';
import type { SeenMatch } from './pieces-of-frames.js';

export interface HandsTerms {
  readonly matchId: string;
  readonly source: HandSource;
}

/**
 * Hands as the first one saw them, with its own cards alone. What is missing there of a hand (its beginning, its end, its
 * board) is taken from the others.
 */
export function handsOfMatch(views: readonly SeenMatch[], { matchId, source }: HandsTerms): ReadHistories {
  const [main] = views;
  if (main === undefined) return readBlocks<HandPieces>([], () => neverRead());
  const names = new Map(views.toReversed().flatMap((view) => [...view.names]));
  const terms = { source, matchId, names, hero: main.seat };
  let level: HandLevel = views.find((view) => view.level !== null)?.level ?? noLevel;
  return readBlocks(
    allPieces(views),
    (pieces) => {
      const stacks = (pieces.beginning ?? pieces.turn)?.stacks ?? [];
      const posted = pieces.ending?.history?.length ? pieces.ending.history : pieces.seen;
      level = levelOfPosts(level, posted, stacks);
      return handOfPieces(pieces, level, terms);
    },
    ({ handNumber }) => handNumber,
  );
}

const noLevel: HandLevel = { smallBlind: 0, bigBlind: 0, ante: 0 };

function neverRead(): never {
  throw new Error('There is nothing to read.');
}

function allPieces(views: readonly SeenMatch[]): HandPieces[] {
  const all = new Map<number, HandPieces>();
  for (const [index, { hands }] of views.entries()) {
    for (const [number, more] of hands) {
      const pieces = all.get(number) ?? noPieces(number);
      all.set(number, pieces);
      addPieces(pieces, more);
      if (index > 0) continue;
      pieces.own = more.own;
      for (const [seat, cards] of more.cards) pieces.cards.set(seat, cards);
    }
  }
  return [...all.values()].toSorted((a, b) => a.handNumber - b.handNumber);
}
