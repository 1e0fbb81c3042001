/** The table of a match as one seat sees it, and how each fact changes it. */
import type { SeenAct, SeenAction, SeenHand, SeenResult, SeenStreet, SeenTurn } from './seen-facts.js';

const limits = { seats: 10, actions: 64 } as const;

export interface SeenTable {
  /** A hand or a turn was seen; before that, what is here tells of chips only. */
  readonly hasHand: boolean;
  readonly hand: number | null;
  /** `preflop`, `flop`, `turn`, `river`, or the game's own word; `showdown` or `hand over` after a hand. */
  readonly phase: string;
  readonly board: readonly string[];
  readonly pot: number;
  readonly toCall: number | null;
  readonly dealerSeat: number | null;
  /** Whose decision is open. */
  readonly actingSeat: number | null;
  readonly seats: readonly SeenSeat[];
  /** Of this hand, the oldest first; the newest 64 at most. */
  readonly actions: readonly SeenAction[];
}

export interface SeenSeat {
  readonly stack: number | null;
  /** Put in on this street. */
  readonly bet: number;
  /** Two cards like `Ah`; empty when face down. */
  readonly cards: readonly string[];
  /** It has no cards: they were given up, or a seat without chips was dealt none. */
  readonly folded: boolean;
  /** What it did last in this hand. */
  readonly last: Pick<SeenAction, 'action' | 'amount'> | null;
  /** Paid out of the pot when the hand ended. */
  readonly won: number | null;
  /** What it showed: `Full House`. */
  readonly rank: string | null;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };
/** A table that is being made: its lists and seats are its own. */
type TableDraft = Draft<Omit<SeenTable, 'seats' | 'actions'>> & {
  seats: Draft<SeenSeat>[];
  actions: SeenAction[];
};

const newSeat = (stack: number | null = null): Draft<SeenSeat> => ({
  stack,
  bet: 0,
  cards: [],
  folded: false,
  last: null,
  won: null,
  rank: null,
});

/** A table with so many seats before its first hand. */
export function newSeenTable(seats: number): SeenTable {
  return {
    hasHand: false,
    hand: null,
    phase: '',
    board: [],
    pot: 0,
    toCall: null,
    dealerSeat: null,
    actingSeat: null,
    seats: Array.from({ length: Math.min(seats, limits.seats) }, () => newSeat()),
    actions: [],
  };
}

function draftOf(table: SeenTable): TableDraft {
  return { ...table, seats: table.seats.map((seat) => ({ ...seat })), actions: table.actions.slice() };
}

/** The seat, which nobody may have named; null for what cannot be one. */
function seatAt({ seats }: TableDraft, seatIndex: number | null): Draft<SeenSeat> | null {
  if (seatIndex === null || !Number.isInteger(seatIndex)) return null;
  if (seatIndex < 0 || seatIndex >= limits.seats) return null;
  while (seats.length <= seatIndex) seats.push(newSeat());
  return seats[seatIndex] ?? null;
}

function setStacks(table: TableDraft, stacks: readonly number[]): void {
  for (const [seatIndex, chips] of stacks.entries()) {
    const seat = seatAt(table, seatIndex);
    if (seat !== null) seat.stack = chips;
  }
}

/** Another hand: only stacks stay. */
function clear(table: TableDraft): void {
  table.seats = table.seats.map(({ stack }) => newSeat(stack));
  table.board = [];
  table.phase = 'preflop';
  table.toCall = null;
  table.dealerSeat = null;
  table.actingSeat = null;
  table.actions = [];
}

function turnStreet(table: TableDraft, phase: string): void {
  if (phase === '' || phase === table.phase) return;
  table.phase = phase;
  for (const seat of table.seats) seat.bet = 0;
}

/** Chips that an action added on this street, for what is shown in front of the seat. */
function bet(seat: Draft<SeenSeat>, { action, amount }: SeenAction): void {
  if (action === 'raise') seat.bet = amount;
  else if (action !== 'post_ante') seat.bet += amount;
}

function record(table: TableDraft, played: SeenAction): Draft<SeenSeat> | null {
  const seat = seatAt(table, played.seat);
  if (seat === null) return null;
  seat.last = { action: played.action, amount: played.amount };
  if (played.action === 'fold') seat.folded = true;
  table.actions.push(played);
  if (table.actions.length > limits.actions) table.actions.shift();
  return seat;
}

/** A hand begins, seen from this seat. */
export function afterHandFacts(before: SeenTable, facts: SeenHand, viewer: number | null): SeenTable {
  const table = draftOf(before);
  if (facts.hand === null || facts.hand !== table.hand) clear(table);
  table.hasHand = true;
  table.hand = facts.hand;
  const { stacks, postBlindStacks } = facts;
  setStacks(table, postBlindStacks.length > 0 ? postBlindStacks : stacks);
  for (const [seatIndex, chips] of postBlindStacks.entries()) {
    const seat = seatAt(table, seatIndex);
    if (seat !== null) seat.bet = Math.max(0, (stacks[seatIndex] ?? chips) - chips);
  }
  // Who has no chips is dealt nothing. A frame without the stacks before the blinds leaves those of the last hand.
  for (const [seatIndex, seat] of table.seats.entries()) {
    seat.folded ||= (stacks[seatIndex] ?? before.seats[seatIndex]?.stack) === 0;
  }
  table.pot = facts.pot ?? 0;
  table.dealerSeat = facts.dealerSeat;
  const holder = seatAt(table, viewer);
  if (holder !== null) holder.cards = facts.holeCards;
  return table;
}

/** A decision is open for this seat; what was missed while the connection was away is in its history. */
export function afterTurnFacts(before: SeenTable, facts: SeenTurn, seatIndex: number | null): SeenTable {
  const table = draftOf(before);
  const isNew = facts.hand !== table.hand;
  if (isNew) clear(table);
  table.hasHand = true;
  table.hand = facts.hand;
  turnStreet(table, facts.phase);
  table.board = facts.board;
  table.pot = facts.pot ?? table.pot;
  table.toCall = facts.toCall;
  const own = seatAt(table, seatIndex);
  if (own !== null && seatIndex !== null) {
    own.cards = facts.holeCards;
    own.stack = facts.yourStack;
    for (const [index, chips] of facts.opponentStacks.entries()) {
      const other = seatAt(table, index < seatIndex ? index : index + 1);
      if (other !== null) other.stack = chips;
    }
  }
  table.actions = [];
  for (const seat of table.seats) seat.bet = 0;
  for (const played of facts.history) {
    const seat = record(table, played);
    if (seat !== null && played.phase === table.phase) bet(seat, played);
  }
  if (isNew && facts.history.some(({ action }) => action.startsWith('post_'))) {
    // The start of the hand was missed. Without chips and without even a blind a seat was dealt nothing.
    for (const seat of table.seats) seat.folded ||= seat.stack === 0 && seat.last === null;
  }
  table.actingSeat = own === null ? null : seatIndex;
  return table;
}

/** A seat has acted. */
export function afterAct(before: SeenTable, facts: SeenAct, seatIndex: number | null): SeenTable {
  const { action, amount, isTimeout, pot, stacks } = facts;
  const table = draftOf(before);
  const played: SeenAction = { seat: seatIndex, phase: table.phase, action, amount, isTimeout };
  const seat = record(table, played);
  if (seat === null) return before;
  bet(seat, played);
  table.pot = pot ?? table.pot;
  setStacks(table, stacks);
  table.toCall = null;
  if (table.actingSeat === seatIndex) table.actingSeat = null;
  return table;
}

/** A new street. */
export function afterStreet(before: SeenTable, { phase, board }: SeenStreet): SeenTable {
  const table = draftOf(before);
  turnStreet(table, phase);
  table.board = board;
  return table;
}

/** A hand is over. */
export function afterResult(before: SeenTable, { pot, stacks, showdown, payouts }: SeenResult): SeenTable {
  const table = draftOf(before);
  table.pot = pot ?? table.pot;
  setStacks(table, stacks);
  table.toCall = null;
  table.actingSeat = null;
  // One entry is the seat that was left when the others had folded (docs/protocol.md 6).
  table.phase = showdown.length > 1 ? 'showdown' : 'hand over';
  for (const seat of table.seats) seat.bet = 0;
  for (const { seat: seatIndex, cards, rank } of showdown) {
    const seat = seatAt(table, seatIndex);
    if (seat === null) continue;
    seat.cards = cards;
    seat.rank = rank === '' ? null : rank;
  }
  for (const { seat: seatIndex, amount } of payouts) {
    const seat = seatAt(table, seatIndex);
    if (seat !== null) seat.won = (seat.won ?? 0) + amount;
  }
  // Who lost the last chips and showed nothing has given the cards up.
  for (const seat of table.seats) {
    seat.folded ||= seat.stack === 0 && seat.won === null && seat.cards.length === 0;
  }
  return table;
}
