/** Takes the facts of a local platform's table, all cards face up, and puts the pieces of its hands together. */
import type { Card } from '../../holdem/card.js';
import type { TableFact } from '../../holdem/facts.js';
import { type HandPieces, noPieces } from './hand-pieces.js';
import type { SeenMatch } from './pieces-of-frames.js';

export interface FactReader {
  take(fact: TableFact, at: number): void;
  /** Facts are missing here. */
  skip(): void;
}

export function readFacts(match: SeenMatch): FactReader {
  let hand: HandPieces | null = null;

  return {
    skip() {
      hand = null;
    },
    take(fact, at) {
      switch (fact.type) {
        case 'handStarted': {
          const { hand: number, dealerSeat, stacks, stacksAfterPosts, posts, holeCards } = fact;
          hand = match.hands.get(number) ?? noPieces(number);
          match.hands.set(number, hand);
          const dealt = [...holeCards.keys()].filter((seat) => (holeCards[seat]?.length ?? 0) > 0);
          hand.beginning ??= { at, dealerSeat, stacks, stacksAfterPosts, dealt };
          for (const seat of dealt) hand.cards.set(seat, (holeCards[seat] ?? []).map(textOfCard));
          if (hand.seen.length === 0) hand.seen = posts;
          break;
        }
        case 'acted': {
          const { seat, action, amount, street, isTimeout } = fact;
          if (hand !== null) hand.seen = [...hand.seen, { seat, action, amount, street, isTimeout }];
          break;
        }
        case 'streetOpened':
          if (hand !== null) hand.board = fact.board.map(textOfCard);
          break;
        case 'handEnded': {
          const pieces = match.hands.get(fact.hand) ?? noPieces(fact.hand);
          match.hands.set(fact.hand, pieces);
          pieces.board = fact.board.map(textOfCard);
          pieces.ending ??= {
            history: fact.history,
            stacks: fact.stacks,
            cards: new Map(fact.shown.map(({ seat, holeCards }) => [seat, holeCards.map(textOfCard)])),
            best: [],
          };
          hand = null;
          break;
        }
        case 'matchEnded':
          for (const { seat, netChips } of fact.standings) match.netChips.set(seat, netChips);
          break;
      }
    },
  };
}

const textOfCard = ({ rank, suit }: Card): string => `${rank}${suit}`;
