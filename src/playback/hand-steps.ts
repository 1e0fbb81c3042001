/** A played hand step by step: what a table showed after each thing that happened. */
import { decisionsOf } from '../histories/decisions.js';
import { type ChipMove, chipsOf, isFirstBet } from '../histories/hand-chips.js';
import type { HandHistory, HistorySeat } from '../histories/hand-history.js';
import type { Street } from '../holdem/facts.js';
import type { PlayedBack, PlayedTurn } from './packed-hand.js';
import { describeAction, newSeat } from './page-seat.js';
import type { SeatView, TableView } from './shown-table.js';

/**
 * Whose hole cards are face up. `seen`: as the player of the hand saw them, other seats from the moment they showed; where
 * nobody's eyes saw the hand, all that are known. `all`: all that are known, from the start. `none`: none that was not shown.
 */
export type CardsShown = 'seen' | 'all' | 'none';

export interface HandStep {
  readonly kind: 'deal' | 'action' | 'street' | 'showdown' | 'end';
  /** What happened, as a sentence without its full stop. */
  readonly text: string;
  readonly street: Street;
  /** The place of the action in the history of the hand; null: no action. */
  readonly position: number | null;
  /** What is known of the turn, if it was our bot's. */
  readonly turn: PlayedTurn | null;
  readonly table: TableView;
}

const boards: readonly (readonly [Street, number])[] = [
  ['flop', 3],
  ['turn', 4],
  ['river', 5],
];

/** The first step has the posts in, the last one the chips at those who won them. */
export function stepsOf({ hand, ranks, turns }: PlayedBack, cards: CardsShown = 'seen'): HandStep[] {
  const chips = chipsOf(hand);
  const owed = new Map(decisionsOf(hand, chips).map(({ index, toCall }) => [index, toCall]));
  const stage = createStage(hand, cards);
  const steps: HandStep[] = [];
  const take = (kind: HandStep['kind'], text: string, position: number | null = null): void => {
    const turn = turns.find((each) => each.position === position) ?? null;
    steps.push({ kind, text, position, turn, street: stage.street, table: stage.view() });
  };
  const { moves } = chips;
  const posts = moves.findIndex(({ entry }) => !entry.action.startsWith('post_'));
  const firstTurn = posts === -1 ? moves.length : posts;
  for (const move of moves.slice(0, firstTurn)) stage.move(move);
  /** Who has to act with this action, if it is still of this street. */
  const expect = (index: number): void => {
    const next = moves[index]?.entry;
    if (next?.street === stage.street) stage.expect(next.seat, owed.get(index) ?? null);
    else stage.expect(null, null);
  };
  expect(firstTurn);
  take('deal', 'Cards are dealt');
  for (let index = firstTurn; index < moves.length; index += 1) {
    const move = moves[index] as ChipMove;
    if (move.entry.street !== stage.street) {
      for (const [street, count] of boards) {
        if (!stage.isBefore(street) || isAfter(street, move.entry.street)) continue;
        stage.open(street, hand.board.slice(0, count));
        expect(index);
        take('street', streetText(street, hand.board.slice(count === 3 ? 0 : count - 1, count)));
      }
    }
    stage.move(move);
    expect(index + 1);
    take('action', actionText(move, stage.nameOf(move.entry.seat)), index);
  }
  // After an all-in the rest of the board comes without an action.
  for (const [street, count] of boards) {
    if (!stage.isBefore(street) || hand.board.length < count) continue;
    stage.open(street, hand.board.slice(0, count));
    take('street', streetText(street, hand.board.slice(count === 3 ? 0 : count - 1, count)));
  }
  if (!hand.isFinished) {
    take('end', 'The record of this hand ends here');
    return steps;
  }
  const shown = hand.seats.filter(({ hasShown }) => hasShown);
  if (shown.length > 0) {
    stage.show(shown, ranks);
    take('showdown', shown.map((seat) => showText(seat, ranks)).join(', '));
  }
  if (chips.won === null) return steps;
  stage.pay(chips.won, hand.seats);
  take('end', endText(hand, chips.won, chips.uncalled));
  return steps;
}

interface Stage {
  readonly street: Street;
  isBefore(street: Street): boolean;
  nameOf(seat: number): string;
  open(street: Street, board: readonly string[]): void;
  move(move: ChipMove): void;
  /** Who has to act next, if anybody has, and what a call costs it. */
  expect(seat: number | null, cost: number | null): void;
  show(seats: readonly HistorySeat[], ranks: ReadonlyMap<number, string>): void;
  pay(won: ReadonlyMap<number, number>, seats: readonly HistorySeat[]): void;
  view(): TableView;
}

const order: readonly Street[] = ['preflop', 'flop', 'turn', 'river'];
const isAfter = (one: Street, other: Street): boolean => order.indexOf(one) > order.indexOf(other);

function createStage(hand: HandHistory, cards: CardsShown): Stage {
  const seats = new Map<number, SeatView>(
    hand.seats.map((own) => [
      own.seat,
      {
        ...newSeat(own.seat, own.name, own.seat === hand.hero),
        stack: own.stack,
        isDealer: own.seat === hand.dealerSeat,
        cards: isOpen(own.seat, hand.hero, cards) ? [...(own.cards ?? [])] : [],
      },
    ]),
  );
  const actions: TableView['actions'] = [];
  let street: Street = 'preflop';
  let board: readonly string[] = [];
  let pot = 0;
  let toCall: number | null = null;

  return {
    get street() {
      return street;
    },
    isBefore: (other) => isAfter(other, street),
    nameOf: (seat) => seats.get(seat)?.name ?? `Seat ${seat}`,
    open(next, dealt) {
      street = next;
      board = dealt;
      toCall = null;
      for (const seat of seats.values()) {
        seat.bet = 0;
        if (!seat.folded) seat.last = null;
      }
    },
    move(move) {
      const { entry, added, streetTotal, isAllIn } = move;
      const { action, amount, isTimeout } = entry;
      const seat = seats.get(entry.seat);
      const text = `${describeAction(action, amount, isFirstBet(move))}${isAllIn ? ' (all-in)' : ''}`;
      actions.push({ seat: entry.seat, phase: entry.street, text, isTimeout });
      pot += added;
      if (seat === undefined) return;
      if (seat.stack !== null) seat.stack -= added;
      seat.bet = streetTotal;
      seat.last = text;
      seat.folded = action === 'fold';
    },
    expect(next, cost) {
      toCall = cost;
      for (const seat of seats.values()) seat.isActing = seat.seat === next;
    },
    show(shown, ranks) {
      for (const { seat, cards: own } of shown) {
        const view = seats.get(seat);
        if (view === undefined) continue;
        view.cards = [...(own ?? [])];
        view.rank = ranks.get(seat) ?? null;
      }
    },
    pay(won, after) {
      for (const { seat, stackAfter } of after) {
        const view = seats.get(seat);
        if (view === undefined) continue;
        const chips = won.get(seat) ?? 0;
        view.bet = 0;
        view.stack = stackAfter;
        view.won = chips > 0 ? chips : null;
      }
      for (const view of seats.values()) view.isActing = false;
    },
    view: () => ({
      hand: hand.handNumber,
      phase: street,
      board: [...board],
      pot,
      toCall,
      seats: Array.from(seats.values(), (seat) => ({ ...seat, cards: [...seat.cards] })),
      actions: [...actions],
    }),
  };
}

/** From the start of the hand. */
function isOpen(seat: number, hero: number | null, cards: CardsShown): boolean {
  return cards === 'all' || (cards === 'seen' && (hero === null || seat === hero));
}

function streetText(street: Street, dealt: readonly string[]): string {
  const name = `${street.slice(0, 1).toUpperCase()}${street.slice(1)}`;
  return `${name}: ${dealt.join(' ')}`;
}

function actionText(move: ChipMove, name: string): string {
  const { entry, isAllIn } = move;
  const done = {
    post_small_blind: `posts the small blind of ${entry.amount}`,
    post_big_blind: `posts the big blind of ${entry.amount}`,
    post_ante: `posts an ante of ${entry.amount}`,
    fold: 'folds',
    check: 'checks',
    call: `calls ${entry.amount}`,
    raise: `${isFirstBet(move) ? 'bets' : 'raises to'} ${entry.amount}`,
  }[entry.action];
  return `${name} ${done}${isAllIn ? ' and is all-in' : ''}${entry.isTimeout ? ', as its clock ran out' : ''}`;
}

function showText({ seat, name, cards }: HistorySeat, ranks: ReadonlyMap<number, string>): string {
  const rank = ranks.get(seat);
  return `${name} shows ${cards?.join(' ') ?? 'its cards'}${rank === undefined ? '' : ` (${rank})`}`;
}

function endText(
  { seats }: HandHistory,
  won: ReadonlyMap<number, number>,
  uncalled: { seat: number; amount: number } | null,
): string {
  const nameOf = (seat: number): string => seats.find((own) => own.seat === seat)?.name ?? `Seat ${seat}`;
  const parts = [...won].flatMap(([seat, chips]) => (chips > 0 ? [`${nameOf(seat)} wins ${chips}`] : []));
  if (uncalled !== null) parts.push(`${uncalled.amount} uncalled to ${nameOf(uncalled.seat)}`);
  return parts.join(', ');
}
