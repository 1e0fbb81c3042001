/** Reads the hands of both sources: `/hands` and `/replay` (docs/protocol.md 7). */
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import { type ChipAction, isRaise, walkChips } from './chip-walk.js';
import { rowsOf, textOf, textsOf, wholeOf } from './fields.js';
import { type ChipsBySeat, meaningsOf, type RaiseMeaning, type RecordedChips } from './raise-meaning.js';
import type { RecordedAction, RecordedHand, ShownCards, UnreadableHand } from './recorded-hand.js';

/** The hands of a match that could be read, and those that could not. */
export interface ReadHands {
  hands: RecordedHand[];
  unreadable: UnreadableHand[];
}

/** A hand before the meaning of its raises is settled. */
interface RawHand extends RecordedChips {
  handNumber: number | null;
  board: string[];
  holeCards: Record<number, string[]>;
  winnerSeats: number[];
  showdown: ShownCards[];
}

/** Why a hand cannot be read. */
class Unreadable extends Error {}

const card = /^[2-9TJQKA][cdhs]$/;
const maxBoard = 5;

/** Hands as `/hands` tells them, where the amount of a raise is known to be the chips added. */
export function readHandRows(rows: readonly unknown[]): ReadHands {
  return readEach(rows, readHandRow, 'added');
}

/** Hands as `/replay` tells them, where it is not known. */
export function readReplayRows(rows: readonly unknown[]): ReadHands {
  return readEach(rows, readReplayRow, null);
}

function readEach(
  rows: readonly unknown[],
  read: (row: JsonObject) => RawHand,
  usual: 'added' | null,
): ReadHands {
  const unreadable: UnreadableHand[] = [];
  const raw = rows.flatMap((row, index) => {
    try {
      if (!isObject(row)) throw new Unreadable('It is not an object.');
      return [read(row)];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const handNumber = isObject(row) ? wholeOf(row['hand_number']) : null;
      unreadable.push({ index, handNumber, why: error.message });
      return [];
    }
  });
  const meanings = meaningsOf(raw, usual);
  return { hands: raw.map((hand, index) => settled(hand, meanings[index] ?? 'unknown')), unreadable };
}

function settled(hand: RawHand, raises: RaiseMeaning): RecordedHand {
  return { ...hand, raises, actions: countedActions(hand.actions, raises) };
}

/** After a raise of unknown size nothing on the street is known but what a call adds. */
function countedActions(actions: readonly ChipAction[], raises: RaiseMeaning): RecordedAction[] {
  const steps = walkChips(actions, raises === 'total' ? 'total' : 'added');
  let open: string | null = null;
  return actions.map((action, index) => {
    const { added = 0, streetTotal = 0 } = steps[index] ?? {};
    const isOpen = raises === 'unknown' && isRaise(action.action);
    if (isOpen) open = action.phase;
    return {
      ...action,
      added: isOpen ? null : added,
      streetTotal: open === action.phase ? null : streetTotal,
    };
  });
}

// --- /hands ---

function readHandRow(row: JsonObject): RawHand {
  return {
    handNumber: wholeOf(row['hand_number']),
    board: readBoard(row['board']),
    holeCards: readCards(row['hole_cards']),
    winnerSeats: readWinners(row),
    actions: readActions(row['actions'], ({ phase, action }) => ({
      phase: textOf(phase),
      action: textOf(action),
    })),
    startingStacks: null,
    stacksAfter: null,
    showdown: [],
  };
}

/** One text without separators; a list is read as well. */
function readBoard(value: unknown): string[] {
  const text = Array.isArray(value) ? textsOf(value).join('') : value;
  if (text === null || text === undefined) return [];
  const cards = typeof text === 'string' ? (text.replace(/[\s,]/g, '').match(/.{1,2}/gs) ?? []) : [''];
  if (cards.length <= maxBoard && cards.every((each) => card.test(each))) return cards;
  throw new Unreadable('Its board is not a text of cards.');
}

function readWinners(row: JsonObject): number[] {
  const many = row['winner_seats'];
  const seats = Array.isArray(many) ? many : [row['winner_seat']];
  return seats.map(wholeOf).filter((seat) => seat !== null);
}

// --- /replay ---

function readReplayRow(row: JsonObject): RawHand {
  const streets = rowsOf(row['streets']);
  if (streets === null || streets.skipped > 0) throw new Unreadable('It has no list of streets.');
  const actions = streets.rows.flatMap(({ street, actions: own }) =>
    readActions(own, ({ action_type, action }) => ({
      phase: textOf(street),
      action: textOf(action_type) ?? textOf(action),
    })),
  );
  return {
    handNumber: wholeOf(row['hand_number']),
    board: readBoard(row['community_cards']),
    holeCards: readCards(row['hole_cards']),
    winnerSeats: readWinners(row),
    actions,
    startingStacks: readStacks(row['starting_stacks'], 'starting_stack'),
    stacksAfter: readStacks(row['stacks_after'], 'stack'),
    showdown: readShown(row['showdown']),
  };
}

/** A map by seats as text, or a list of objects with this field. Null when a stack is missing or cannot be read. */
function readStacks(value: unknown, field: string): ChipsBySeat | null {
  const list = rowsOf(value)?.rows.map((row) => [row['seat'], row[field] ?? row['stack']] as const);
  const pairs = list ?? (isObject(value) ? Object.entries(value) : []);
  const stacks: Record<number, number> = {};
  for (const [seatText, chipsText] of pairs) {
    const [seat, chips] = [wholeOf(seatText), wholeOf(chipsText)];
    if (seat === null || chips === null) return null;
    stacks[seat] = chips;
  }
  return pairs.length === 0 ? null : stacks;
}

function readShown(value: unknown): ShownCards[] {
  return (rowsOf(value)?.rows ?? []).flatMap(({ seat: seatText, hole_cards, hand_rank }) => {
    const seat = wholeOf(seatText);
    return seat === null ? [] : [{ seat, cards: textsOf(hole_cards), rank: textOf(hand_rank) }];
  });
}

// --- both ---

function readActions(
  value: unknown,
  words: (row: JsonObject) => { phase: string | null; action: string | null },
): ChipAction[] {
  const list = rowsOf(value);
  if (list === null || list.skipped > 0) throw new Unreadable('It has no list of actions.');
  return list.rows.map((row) => {
    const { phase, action } = words(row);
    const seat = wholeOf(row['seat']);
    const amount = row['amount'] === undefined || row['amount'] === null ? 0 : wholeOf(row['amount']);
    if (phase === null || action === null || seat === null || amount === null)
      throw new Unreadable('One of its actions has no seat, street, verb or amount.');
    return { seat, action, phase, amount };
  });
}

/** Cards by the seat as text; seats whose cards are not told, or are none, are left out. */
function readCards(value: unknown): Record<number, string[]> {
  const cards: Record<number, string[]> = {};
  for (const [seatText, own] of Object.entries(isObject(value) ? value : {})) {
    const seat = wholeOf(seatText);
    const known = textsOf(own);
    if (seat !== null && known.length > 0 && known.every((each) => card.test(each))) cards[seat] = known;
  }
  return cards;
}
