import { isObject, isWhole } from '../protocol/checks.js';
import type { JsonObject, TurnRequest } from '../protocol/frames.js';
import { type Card, parseCard } from './card.js';
import type { Offer } from './legal-answer.js';

/** One entry of `GameState.actionHistory`; blinds and antes are entries too (`post_small_blind`, ...). */
export interface HistoryAction {
  seat: number;
  action: string;
  /** `raise`: the raise-to total. `call` and posts: the chips added. In chips. */
  amount?: number;
  phase?: string;
  /** The server played for that seat because its clock ran out. */
  isTimeout?: boolean;
}

/** The table as the bot sees it when it is asked to decide. All amounts are chips. */
export interface GameState {
  handNumber: number;
  /** `preflop`, `flop`, `turn` or `river`; a free string, so that other tables can be shown too. */
  phase: string;
  holeCards: Card[];
  board: Card[];
  /** Includes the bets of this street. */
  pot: number;
  yourStack: number;
  /** In seat order, without your own. */
  opponentStacks: number[];
  yourSeat: number;
  dealerSeat: number;
  /** What a call costs; 0 when a check is possible. */
  toCall: number;
  /** Smallest total to raise to on this street; 0 when raising is not legal. */
  minRaise: number;
  /** Largest total to raise to on this street, which is an all-in; 0 when raising is not legal. */
  maxRaise: number;
  validActions: string[];
  actionHistory: HistoryAction[];
  roundId: string;
  requestId: string;
}

/** A `turn_request`, or what there is of one. */
export type TurnFrame = Partial<Omit<TurnRequest, 'state'>> & { state?: JsonObject | null | undefined };

/** What a turn does not say and earlier frames did (docs/protocol.md 6). */
export interface KnownHand {
  /** From `match_start`. */
  seat: number | null;
  /** From the newest `round_start`. */
  dealerSeat: number | null;
  /** From the newest `round_start`. */
  roundId?: string | null;
  /** The number of the hand that it began. Left out or null: the one that is played. */
  handNumber?: number | null;
}

/**
 * Reads a `turn_request` into the state a bot decides on. Never throws: a field of the wrong type becomes 0, `''`
 * or `[]`, and what is not a card is left out and told.
 *
 * What `state` says counts before what the frame says, and that before earlier frames. A `phase` that is missing is told
 * from the number of cards on the board.
 *
 * @param known from earlier frames. Where nothing names it, your seat is 0, and the dealer's is what the blinds tell, else 0.
 * @param onUnread told each list of cards that is none, and each entry of one that is no card, with the field it is in.
 */
export function parseGameState(
  frame: TurnFrame,
  known: KnownHand = { seat: null, dealerSeat: null },
  onUnread: OnUnread = ignore,
): GameState {
  const turn = asRecord(frame);
  const state = asRecord(turn['state']);
  const handNumber = asWhole(state['hand_number']);
  const { your_seat: saidSeat, dealer_seat: saidDealer } = state;
  const yourSeat = isWhole(saidSeat) ? saidSeat : (known.seat ?? asWhole(turn['seat']));
  const yourStack = asNumber(state['your_stack']);
  const opponentStacks = asList(state['opponent_stacks']).map(asNumber);
  const actionHistory = parseHistory(state['action_history']);
  // What was said of an earlier hand says nothing of this one, whose `round_start` was lost with a connection.
  const isOfThisHand = (known.handNumber ?? handNumber) === handNumber;
  const dealerSeat =
    (isWhole(saidDealer) ? saidDealer : null) ??
    (isOfThisHand ? known.dealerSeat : null) ??
    dealerByPosts({ yourSeat, yourStack, opponentStacks, actionHistory }) ??
    0;
  const maxRaise = asNumber(state['max_raise']);
  const holeCards = asCards(state, 'your_hole_cards', onUnread);
  const board = asCards(state, 'board', onUnread);
  const toldRoundId = asString(state['round_id']) || asString(turn['round_id']);
  // Each by its name: V8 makes a slow dictionary of what is spread into so large an object.
  return {
    yourSeat,
    yourStack,
    opponentStacks,
    actionHistory,
    dealerSeat,
    handNumber,
    phase: asString(state['phase']) || phaseByBoard(board),
    holeCards,
    board,
    pot: asNumber(state['pot']),
    toCall: asNumber(state['to_call']),
    minRaise: asLowest(state['min_raise'], maxRaise),
    maxRaise,
    validActions: validActionsOf(turn, state),
    roundId: toldRoundId || ((isOfThisHand ? known.roundId : null) ?? ''),
    requestId: asString(turn['request_id']),
  };
}

/**
 * Who deals, by who posted the small blind: for a hand whose beginning was not seen. The button is at the last seat
 * before that which is in the hand; between two players it is that seat itself. Null when nobody posted it.
 */
function dealerByPosts({
  actionHistory,
  yourSeat,
  yourStack,
  opponentStacks,
}: Pick<GameState, 'actionHistory' | 'yourSeat' | 'yourStack' | 'opponentStacks'>): number | null {
  const smallBlind = actionHistory.find(({ action }) => action === 'post_small_blind')?.seat;
  if (smallBlind === undefined) return null;
  const stacks = opponentStacks.toSpliced(yourSeat, 0, yourStack);
  const acted = new Set(actionHistory.map(({ seat }) => seat));
  // Who has no chips is all-in, which takes an action, or was out before.
  const playing = [...stacks.keys()].filter((seat) => (stacks[seat] ?? 0) > 0 || acted.has(seat));
  if (playing.length <= 2) return smallBlind;
  return playing.findLast((seat) => seat < smallBlind) ?? playing.at(-1) ?? null;
}

/** `preflop` also for a board that no street has. */
function phaseByBoard(board: readonly Card[]): string {
  const phases: Readonly<Record<number, string>> = { 3: 'flop', 4: 'turn', 5: 'river' };
  return phases[board.length] ?? 'preflop';
}

/** What a `turn_request` offers. Never throws: a limit that is not a number is unknown. */
export function offerOf(frame: TurnFrame): Offer {
  const turn = asRecord(frame);
  const state = asRecord(turn['state']);
  return {
    validActions: validActionsOf(turn, state),
    minRaise: asLimit(state['min_raise']),
    maxRaise: asLimit(state['max_raise']),
  };
}

function asLimit(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Told what could not be read as cards, and in which field of `state`. */
export type OnUnread = (field: string, found: unknown) => void;

function ignore(): void {}

/**
 * Reads the `action_history` of a `turn_request` or a `round_result`: what is not an entry is left out, and so are fields
 * of the wrong type. Never throws.
 */
export function parseHistory(value: unknown): HistoryAction[] {
  const history: HistoryAction[] = [];
  // Field by field: this is the longest part of a turn, and spreading what may be there takes ten times as long.
  for (const item of asList(value)) {
    const { seat, action, amount, phase, is_timeout: isTimeout } = asRecord(item);
    if (typeof action !== 'string') continue;
    const entry: HistoryAction = { seat: asWhole(seat), action };
    if (typeof amount === 'number' && Number.isFinite(amount)) entry.amount = amount;
    if (typeof phase === 'string') entry.phase = phase;
    if (typeof isTimeout === 'boolean') entry.isTimeout = isTimeout;
    history.push(entry);
  }
  return history;
}

type Fields = Readonly<Record<string, unknown>>;

/** A list in `state` counts before that of the frame. */
function validActionsOf({ valid_actions: ofFrame }: Fields, { valid_actions: ofState }: Fields): string[] {
  return asList(Array.isArray(ofState) ? ofState : ofFrame).filter((action) => typeof action === 'string');
}

function asRecord(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asCards(state: Fields, field: string, onUnread: OnUnread): Card[] {
  const value = state[field];
  if (value !== undefined && value !== null && !Array.isArray(value)) onUnread(field, value);
  const cards: Card[] = [];
  for (const item of asList(value)) {
    const card = parseCard(item);
    if (card === null) onUnread(field, item);
    else cards.push(card);
  }
  return cards;
}

function asNumber(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The least raise. A short stack may be told more than it has (docs/protocol.md 6): what it has is what counts then. */
function asLowest(value: unknown, maxRaise: number): number {
  return Math.min(asNumber(value), maxRaise);
}

/** A seat, or a number of something. */
function asWhole(value: unknown): number {
  return isWhole(value) ? value : 0;
}

function asString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
