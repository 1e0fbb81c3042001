/** A turn of a bot, played up to on a real table: whatever its options say, its numbers fit together. */
import type { Turn } from '../bot/bot.js';
import { Action, type BotAnswer } from '../holdem/action.js';
import { type Card, formatCard, parseCards } from '../holdem/card.js';
import { shuffledDeck } from '../holdem/deck.js';
import type { GameState } from '../holdem/game-state.js';
import { createTable } from '../holdem/table.js';
import type { Ante, Table, TableTurn } from '../holdem/table-types.js';
import { viewOf } from '../holdem/view-of.js';
import { OptionError } from '../protocol/errors.js';
import type { JsonObject } from '../protocol/frames.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { messageOf } from '../protocol/message-of.js';
import { turnRequest } from '../sandbox/match/wire-of-hand.js';

const defaults = {
  holeCards: 'As Kd',
  startingStack: 10_000,
  seats: 2,
  seat: 0,
  dealer: 0,
  smallBlind: 50,
  bigBlind: 100,
  seed: 'turnOf',
  clockMs: 2_000,
} as const;

const limits = { minSeats: 2, maxSeats: 10 } as const;

/** What to play up to. All amounts are chips. */
export interface TurnSetup {
  /** Your two cards, such as `As Kd`, which are the default. */
  holeCards?: string;
  /** None, three, four or five cards. Default: none; or where `actions` lead on, what the seed deals. */
  board?: string;
  /**
   * What was done in the hand before this turn, in order, whoever had to: `fold`, `check`, `call`, `raise 300` (the
   * total to raise to), `all-in`. Default: everybody calls and checks until it is your turn on the street of `board`.
   */
  actions?: readonly string[];
  /** How many sit at the table, 2 to 10. Default: as many as `stacks` has, else 2. */
  seats?: number;
  /** What each seat begins the hand with, by seat. Default: 10000 each. */
  stacks?: readonly number[];
  /** Yours. Default: 0. */
  seat?: number;
  /** That of the button, which between two players posts the small blind and acts first before the flop. Default: 0. */
  dealer?: number;
  /** Default: 50. */
  smallBlind?: number;
  /** Default: 100. */
  bigBlind?: number;
  /** Default: 0. */
  ante?: Ante;
  /** Of the cards that are not named. */
  seed?: string;
  /** The time for the decision, in milliseconds: `turn.deadline` is so long from now. Default: 2000. */
  clockMs?: number;
}

const turnOptionNames: Readonly<Record<keyof TurnSetup, true>> = {
  holeCards: true,
  board: true,
  actions: true,
  seats: true,
  stacks: true,
  seat: true,
  dealer: true,
  smallBlind: true,
  bigBlind: true,
  ante: true,
  seed: true,
  clockMs: true,
};

/** The arguments of `decide`, and what the bot proposed and noted meanwhile. */
export interface BotTurn {
  state: GameState;
  turn: Turn;
  /** Every answer given to `turn.propose`, in order. */
  proposals: BotAnswer[];
  /** Everything given to `turn.note`, in order. */
  notes: JsonObject[];
}

/**
 * A turn to put a bot before: `const { state, turn } = turnOf({ holeCards: '7d 2c', actions: ['all-in'], dealer: 1 })`.
 *
 * @throws {OptionError} for what no hand can be: a card twice, an action that is not legal there, actions after which
 * it is another seat's turn. The message says what was possible.
 */
export function turnOf(setup: TurnSetup = {}): BotTurn {
  refuseUnknown(setup, turnOptionNames, 'turnOf');
  const { seat = defaults.seat, clockMs = defaults.clockMs } = setup;
  const onTable = turnAt(setup);
  const deadline = Date.now() + clockMs;
  const ids = { requestId: `turn-${onTable.history.length}`, roundId: `hand-${onTable.hand}` };
  const proposals: BotAnswer[] = [];
  const notes: JsonObject[] = [];
  const turn: Turn = {
    matchId: 'a-test',
    requestId: ids.requestId,
    deadline,
    signal: new AbortController().signal,
    raw: turnRequest(onTable, { requestId: ids.requestId, clockMs, deadline }),
    game: null,
    rejection: null,
    propose: (answer) => void proposals.push(answer),
    note: (note) => void notes.push(note),
  };
  return { state: { ...viewOf(onTable, seat), ...ids }, turn, proposals, notes };
}

function turnAt(setup: TurnSetup): TableTurn {
  const { seat = defaults.seat } = setup;
  const board = cardsOf('board', setup.board ?? '');
  if (![0, 3, 4, 5].includes(board.length)) {
    throw new OptionError('board', `A board has 0, 3, 4 or 5 cards, this one has ${board.length}.`);
  }
  const table = tableOf(setup, board);
  if (setup.actions === undefined) callAlong(table, seat, board.length);
  else for (const action of setup.actions) act(table, action);
  const { turn } = table;
  if (turn === null)
    throw new OptionError(
      'actions',
      'The hand is over after these actions, and nobody is in turn: leave out the last one.',
    );
  if (turn.seat !== seat) {
    throw new OptionError(
      'actions',
      `After these actions it is the turn of seat ${turn.seat}, not of yours, ${seat}: say what ${turn.seat} does, or set seat or dealer.`,
    );
  }
  if (setup.board !== undefined && turn.board.length !== board.length) {
    throw new OptionError(
      'actions',
      `These actions lead to the ${turn.street}, where the board has ${turn.board.length} cards; yours has ${board.length}.`,
    );
  }
  return turn;
}

function tableOf(setup: TurnSetup, board: readonly Card[]): Table {
  const { dealer = defaults.dealer, seat = defaults.seat, seed = defaults.seed } = setup;
  const { smallBlind = defaults.smallBlind, bigBlind = defaults.bigBlind, ante = 0 } = setup;
  const count = setup.seats ?? setup.stacks?.length ?? defaults.seats;
  const stacks = setup.stacks ?? Array.from({ length: count }, () => defaults.startingStack);
  if (count < limits.minSeats || count > limits.maxSeats) {
    throw new OptionError(
      'seats',
      `A table has ${limits.minSeats} to ${limits.maxSeats} seats, not ${count}.`,
    );
  }
  if (!Number.isInteger(seat) || seat < 0 || seat >= count) {
    throw new OptionError('seat', `There are seats 0 to ${count - 1}.`);
  }
  const holeCards = cardsOf('holeCards', setup.holeCards ?? defaults.holeCards);
  if (holeCards.length !== 2) {
    throw new OptionError('holeCards', `A hand has two cards, this one has ${holeCards.length}.`);
  }
  const named = [...holeCards, ...board];
  const twice = named.find((card, index) => named.indexOf(card) !== index);
  if (twice !== undefined) {
    const option = holeCards.includes(twice) && board.includes(twice) ? 'board' : 'holeCards';
    throw new OptionError(option, `The card ${formatCard(twice)} is there twice.`);
  }
  const others = shuffledDeck(seed).filter((card) => !named.includes(card));
  const deckFor = (): Card[] => deckWith({ holeCards, board, others, seat, dealer, stacks });
  try {
    const table = createTable({
      seats: count,
      stacks,
      smallBlind,
      bigBlind,
      ante,
      dealer,
      seed,
      deckFor,
      maxHands: 1,
    });
    table.startHand();
    return table;
  } catch (error) {
    if (error instanceof RangeError) throw new OptionError('turnOf', error.message);
    throw error;
  }
}

interface NamedCards {
  holeCards: readonly Card[];
  board: readonly Card[];
  others: readonly Card[];
  seat: number;
  dealer: number;
  stacks: readonly number[];
}

/** The deck in the order in which it is dealt: a card to each seat from the left of the button, one more, the board. */
function deckWith({ holeCards, board, others, seat, dealer, stacks }: NamedCards): Card[] {
  const from = (first: number): number[] =>
    stacks.map((_, step) => (first + step) % stacks.length).filter((at) => (stacks[at] ?? 0) > 0);
  // A button at an empty seat moves on.
  const [button = dealer] = from(dealer);
  const dealt = from(button + 1);
  const place = dealt.indexOf(seat);
  if (place < 0) throw new OptionError('stacks', `Seat ${seat}, yours, has no chips.`);
  const deck = others.slice(0, 2 * dealt.length - 2);
  deck.splice(place, 0, ...holeCards.slice(0, 1));
  deck.splice(dealt.length + place, 0, ...holeCards.slice(1));
  return [...deck, ...board];
}

/** Everybody calls and checks, until this seat is in turn with so many cards on the board. */
function callAlong(table: Table, seat: number, boardLength: number): void {
  for (;;) {
    const { turn } = table;
    if (turn === null || turn.board.length > boardLength) {
      throw new OptionError(
        'seat',
        `Seat ${seat} has no turn in a hand in which everybody calls: set actions.`,
      );
    }
    if (turn.seat === seat && turn.board.length === boardLength) return;
    table.act(turn.toCall > 0 ? Action.call() : Action.check());
  }
}

function act(table: Table, text: string): void {
  const { turn } = table;
  if (turn === null) throw new OptionError('actions', `The hand is over before "${text}".`);
  try {
    table.act(answerOf(text, turn));
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const { seat, street, toCall, minRaise, maxRaise, validActions } = turn;
    const raises = maxRaise > 0 ? `, raises to ${minRaise} to ${maxRaise}` : '';
    throw new OptionError(
      'actions',
      `"${text}" is not possible for seat ${seat} on the ${street} (${validActions.join(', ')}; ${toCall} to call${raises}): ${messageOf(error)}`,
    );
  }
}

function answerOf(text: string, { minRaise, maxRaise, validActions }: TableTurn): Action {
  const [, name = '', amount] = /^(fold|check|call|raise|all-in)(?: (\d+))?$/.exec(text) ?? [];
  if (name === '' || (name === 'raise') !== (amount !== undefined)) {
    throw new OptionError(
      'actions',
      `"${text}" is not an action: there are fold, check, call, "raise 300" and all-in.`,
    );
  }
  switch (name) {
    case 'fold':
      return Action.fold();
    case 'check':
      return Action.check();
    case 'call':
      return Action.call();
    case 'all-in':
      return validActions.includes('raise') ? Action.raiseTo(maxRaise) : Action.call();
    default: {
      const total = Number(amount);
      // The table would move it to the nearest legal one.
      if (total >= minRaise && total <= maxRaise) return Action.raiseTo(total);
      throw new RangeError('the amount is the total to raise to, and out of range.');
    }
  }
}

function cardsOf(option: string, text: string): Card[] {
  try {
    return parseCards(text);
  } catch (error) {
    throw new OptionError(option, messageOf(error));
  }
}
