/** Takes the facts of a local platform's table, all cards face up, and puts the pieces of its hands together. */
import { rowsOf, wholeOf } from '../../platform/fields.js';
import { isObject } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { type HandPieces, noPieces } from './hand-pieces.js';
import type { SeenMatch } from './pieces-of-frames.js';
import { actionIn, actionsIn, chipsIn, factNames } from './told-values.js';

export interface FactReader {
  /** @param fact as the table tells it, but that any field may be something else. */
  take(fact: JsonObject, at: number): void;
  /** Facts are missing here. */
  skip(): void;
}

export function readFacts(match: SeenMatch): FactReader {
  let hand: HandPieces | null = null;

  const handOf = (value: unknown): HandPieces | null => {
    const number = wholeOf(value);
    if (number === null) return null;
    const pieces = match.hands.get(number) ?? noPieces(number);
    match.hands.set(number, pieces);
    return pieces;
  };

  const takeStart = (fact: JsonObject, at: number): void => {
    hand = handOf(fact['hand']);
    const [stacks, posts] = [chipsIn(fact['stacks']), actionsIn(fact['posts'], factNames)];
    if (hand === null || stacks === null || posts === null) return;
    const holes = listOf(fact['holeCards']).map(cardsIn);
    const dealt = [...holes.keys()].filter((seat) => (holes[seat]?.length ?? 0) > 0);
    hand.beginning ??= {
      at,
      dealerSeat: wholeOf(fact['dealerSeat']),
      stacks,
      stacksAfterPosts: chipsIn(fact['stacksAfterPosts']),
      dealt,
    };
    for (const seat of dealt) hand.cards.set(seat, holes[seat] ?? []);
    if (hand.seen.length === 0) hand.seen = posts;
  };

  const takeEnd = (fact: JsonObject): void => {
    const pieces = handOf(fact['hand']);
    hand = null;
    if (pieces === null) return;
    pieces.board = cardsIn(fact['board']);
    pieces.ending ??= {
      history: actionsIn(fact['history'], factNames),
      stacks: chipsIn(fact['stacks']),
      cards: new Map(
        (rowsOf(fact['shown'])?.rows ?? []).map((row) => [
          wholeOf(row['seat']) ?? -1,
          cardsIn(row['holeCards']),
        ]),
      ),
      best: [],
    };
  };

  return {
    skip() {
      hand = null;
    },
    take(fact, at) {
      switch (fact['type']) {
        case 'handStarted':
          takeStart(fact, at);
          break;
        case 'acted': {
          const action = actionIn(fact, factNames);
          if (hand !== null && action !== null) hand.seen = [...hand.seen, action];
          break;
        }
        case 'streetOpened':
          if (hand !== null) hand.board = cardsIn(fact['board']);
          break;
        case 'handEnded':
          takeEnd(fact);
          break;
        case 'matchEnded':
          for (const { seat: seatIndex, netChips } of rowsOf(fact['standings'])?.rows ?? []) {
            const seat = wholeOf(seatIndex);
            if (seat !== null && Number.isSafeInteger(netChips)) match.netChips.set(seat, Number(netChips));
          }
          break;
        default:
          break;
      }
    },
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const cardsIn = (value: unknown): string[] =>
  listOf(value).map((card) =>
    isObject(card) ? `${String(card['rank'])}${String(card['suit'])}` : String(card),
  );
