import { type Card, cardFromString, formatCard } from '../holdem/card.js';
import type { HandAction, ShownHand } from '../holdem/facts.js';
import type { PlayedHand } from './played-match.js';

/** The hands of a match, the oldest first. */
export interface KeptHands {
  readonly count: number;
  add(hand: PlayedHand): void;
  /** Made anew by each call. */
  all(): PlayedHand[];
  clear(): void;
}

/** Every action by the number that stands for it in a kept hand. */
const actions = Object.keys({
  fold: true,
  check: true,
  call: true,
  raise: true,
  post_small_blind: true,
  post_big_blind: true,
  post_ante: true,
} satisfies Record<HandAction['action'], true>) as HandAction['action'][];
const actionNumbers = new Map(actions.map((action, number) => [action, number]));

const streets = Object.keys({
  preflop: true,
  flop: true,
  turn: true,
  river: true,
} satisfies Record<HandAction['street'], true>) as HandAction['street'][];
const streetNumbers = new Map(streets.map((street, number) => [street, number]));

/**
 * A hand with its cards as text, and its history as numbers, five for each entry: seat, action, amount, street, and 1 for a
 * timeout.
 */
type HandRow = [
  hand: number,
  bigBlind: number,
  stacks: PlayedHand['stacks'],
  holeCards: string[][],
  board: string[],
  history: readonly number[],
  winners: PlayedHand['winners'],
  shown: [seat: number, holeCards: string[], rank: ShownHand['rank'], best: string[]][],
  stacksAfter: PlayedHand['stacksAfter'],
];

function numbersOf(history: readonly HandAction[]): number[] {
  const numbers: number[] = [];
  for (const { seat, action, amount, street, isTimeout } of history) {
    const [actionNumber = 0, streetNumber = 0] = [actionNumbers.get(action), streetNumbers.get(street)];
    numbers.push(seat, actionNumber, amount, streetNumber, isTimeout ? 1 : 0);
  }
  return numbers;
}

function historyOf(numbers: readonly number[]): HandAction[] {
  const history: HandAction[] = [];
  for (let at = 0; at < numbers.length; at += 5) {
    const [seat = 0, action = 0, amount = 0, street = 0, timeout] = numbers.slice(at, at + 5);
    history.push({
      seat,
      action: actions[action] ?? 'fold',
      amount,
      street: streets[street] ?? 'preflop',
      isTimeout: timeout === 1,
    });
  }
  return history;
}

const textsOf = (cards: readonly Card[]): string[] => cards.map(formatCard);
const cardsOf = (texts: readonly string[]): Card[] => texts.map(cardFromString);

function rowOf({ hand, bigBlind, stacks, holeCards, board, history, ...end }: PlayedHand): HandRow {
  const shown = end.shown.map((one): HandRow[7][number] => [
    one.seat,
    textsOf(one.holeCards),
    one.rank,
    textsOf(one.best),
  ]);
  return [
    hand,
    bigBlind,
    stacks,
    holeCards.map(textsOf),
    textsOf(board),
    numbersOf(history),
    end.winners,
    shown,
    end.stacksAfter,
  ];
}

function handOf(row: HandRow): PlayedHand {
  const [hand, bigBlind, stacks, holeCards, board, numbers, winners, shown, stacksAfter] = row;
  return {
    hand,
    bigBlind,
    stacks,
    holeCards: holeCards.map(cardsOf),
    board: cardsOf(board),
    history: historyOf(numbers),
    winners,
    shown: shown.map(([seat, cards, rank, best]) => ({
      seat,
      holeCards: cardsOf(cards),
      rank,
      best: cardsOf(best),
    })),
    stacksAfter,
  };
}

/**
 * Keeps each hand as text. A hand is some twenty objects, and there are thousands of hands of which few are ever asked for:
 * as objects, the garbage collector would have to look at all of them again and again. As a row of lists the text takes
 * half the time and a third of the memory that it takes with the names of all fields.
 */
export function createKeptHands(): KeptHands {
  let texts: string[] = [];
  return {
    get count() {
      return texts.length;
    },
    add(hand) {
      texts.push(JSON.stringify(rowOf(hand)));
    },
    all: () => texts.map((text) => handOf(JSON.parse(text) as HandRow)),
    clear() {
      texts = [];
    },
  };
}
