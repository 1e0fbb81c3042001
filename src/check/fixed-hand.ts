/** A hand whose every card and action is fixed, played on the real table, so that each frame of it adds up. */
import { type Card, parseCards } from '../holdem/card.js';
import type { TableFact } from '../holdem/facts.js';
import { createTable } from '../holdem/table.js';
import type { Ante, TableTurn } from '../holdem/table-types.js';
import { InternalError } from '../protocol/errors.js';
import type { JsonObject, WireAction } from '../protocol/frames.js';
import { handFrames } from '../sandbox/match/hand-frames.js';
import type { FixedHand } from './scenarios/scenario.js';

export interface FixedTable {
  hand: FixedHand;
  /** Its number in the match, from 1 on. */
  number: number;
  /** The seat of the checked bot. */
  seatIndex: number;
  stacks: readonly number[];
  blinds: readonly [small: number, big: number];
  ante?: Ante;
}

export interface HandPlayer {
  send: (frame: JsonObject) => void;
  /** Asks the bot, and judges what it answers. */
  ask: (turn: TableTurn) => Promise<WireAction>;
  /** Called after each step of the line. */
  onStep: () => void;
}

/** @returns the stacks after the hand. */
export async function playFixedHand(
  { hand, number, seatIndex, stacks, blinds, ante }: FixedTable,
  { send, ask, onStep }: HandPlayer,
): Promise<readonly number[]> {
  const [smallBlind, bigBlind] = blinds;
  const table = createTable({
    stacks,
    smallBlind,
    bigBlind,
    ...(ante !== undefined && { ante }),
    dealer: hand.dealer,
    deckFor: () => deckOf(hand, stacks),
    seed: 'check',
  });
  const frameOf = handFrames(() => `r_check_${number}`);

  const tell = (facts: readonly TableFact[]): void => {
    for (const fact of facts) {
      // The table counts its hands from 1, and each fixed hand has a table of its own.
      const numbered = 'hand' in fact ? { ...fact, hand: number } : fact;
      const frame = frameOf(numbered, seatIndex);
      if (frame !== null) send(frame);
    }
  };

  tell(table.startHand());
  for (const step of hand.line) {
    const { turn } = table;
    if (turn === null) throw new InternalError(`The fixed hand is over before "${step}".`);
    const action = readStep(step);
    const isAsked = turn.seat === seatIndex;
    const isOwn = isAsked && isSame(await ask({ ...turn, hand: number }), action);
    onStep();
    tell(table.act(action, { isTimeout: isAsked && !isOwn }));
  }
  if (table.turn !== null) throw new InternalError('The fixed hand does not end.');
  return table.stacks;
}

function readStep(step: string): WireAction {
  const [action = '', amount] = step.split(' ');
  return amount === undefined ? { action } : { action, params: { amount: Number(amount) } };
}

const isSame = (a: WireAction, b: WireAction): boolean =>
  a.action === b.action && a.params?.['amount'] === b.params?.['amount'];

/** The top of the deck: a card to each seat from the left of the button, once more round, then the board. */
function deckOf({ dealer, holeCards, board = '' }: FixedHand, stacks: readonly number[]): Card[] {
  const order = stacks
    .map((_, step) => (dealer + 1 + step) % stacks.length)
    .filter((seat) => (stacks[seat] ?? 0) > 0);
  const dealt = order.map((seat) => parseCards(holeCards[seat] ?? ''));
  return [0, 1].flatMap((round) => dealt.map((cards) => cardAt(cards, round))).concat(parseCards(board));
}

function cardAt(cards: readonly Card[], index: number): Card {
  const card = cards[index];
  if (card === undefined) throw new InternalError('A fixed hand lacks a card.');
  return card;
}
