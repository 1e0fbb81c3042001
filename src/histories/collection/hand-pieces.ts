/**
 * What records tell of one hand, piece by piece, and the hand that follows from it. The pieces of a hand may stand in two
 * files: another process has gone on with the match.
 */
import type { HandAction, PostAction, Street } from '../../holdem/facts.js';
import { blindSeatsOf, inDealingOrder } from '../formats/dealing-order.js';
import { HandRefusedError } from '../formats/hand-refusal.js';
import type { HandHistory, HandLevel, HandSource, HistorySeat } from '../hand-history.js';
import { dealerOf } from '../played-histories.js';

/** How a hand began. Chips are listed by seat. */
export interface HandBeginning {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null: not told; the blinds tell it. */
  readonly dealerSeat: number | null;
  /** Before the posts. */
  readonly stacks: readonly number[];
  /** After them; null: not told. */
  readonly stacksAfterPosts: readonly number[] | null;
  /** Seats that were dealt in; null: all that had chips. */
  readonly dealt: readonly number[] | null;
}

/** How a hand ended. */
export interface HandEnding {
  /** The whole hand; empty: not told. Null: it has what is no action of Hold'em. */
  readonly history: readonly HandAction[] | null;
  /** By seat, after the payouts; null: not told. */
  readonly stacks: readonly number[] | null;
  /** Cards that were turned up, by seat. */
  readonly cards: ReadonlyMap<number, readonly string[]>;
  /** Cards that play in the shown hands, of board and hole cards. */
  readonly best: readonly string[];
}

export interface HandPieces {
  readonly handNumber: number;
  beginning: HandBeginning | null;
  /** A beginning that was worked out from a turn, for want of the other. */
  turn: HandBeginning | null;
  ending: HandEnding | null;
  /** Of our bot, whose seat may be told later. */
  own: readonly string[] | null;
  /** By seat: of a table whose cards are face up. */
  readonly cards: Map<number, readonly string[]>;
  board: readonly string[];
  /** What was seen to happen, from the first action on. */
  seen: readonly HandAction[];
}

export const noPieces = (handNumber: number): HandPieces => ({
  handNumber,
  beginning: null,
  turn: null,
  ending: null,
  own: null,
  cards: new Map(),
  board: [],
  seen: [],
});

/** Adds what another view of the same hand has, without the cards that only that view may see. */
export function addPieces(pieces: HandPieces, more: HandPieces): void {
  pieces.beginning ??= more.beginning;
  pieces.turn ??= more.turn;
  pieces.ending ??= more.ending;
  if (more.board.length > pieces.board.length) pieces.board = more.board;
  if (more.seen.length > pieces.seen.length) pieces.seen = more.seen;
}

/** What is the same for all hands of a match. */
export interface HandTerms {
  readonly source: HandSource;
  readonly matchId: string;
  readonly names: ReadonlyMap<number, string>;
  readonly hero: number | null;
}

/** @throws {HandRefusedError} for a hand of which too much is missing. */
export function handOfPieces(pieces: HandPieces, level: HandLevel, terms: HandTerms): HandHistory {
  const { handNumber, ending } = pieces;
  const beginning = pieces.beginning ?? pieces.turn;
  if (beginning === null)
    throw new HandRefusedError(
      'no_start',
      'Its beginning was not recorded, so that its stacks are not known: it is in no sum.',
    );
  const { stacks } = beginning;
  const dealt = beginning.dealt ?? [...stacks.keys()].filter((seat) => (stacks[seat] ?? 0) > 0);
  const history = historyOf(pieces, beginning, dealt, level);
  const after = ending?.stacks ?? null;
  const board = boardOf(pieces, history);
  const isShowdown = ending !== null && ending.cards.size > 1;
  const seats = dealt.map((seat): HistorySeat => {
    const shown = ending?.cards.get(seat) ?? null;
    return {
      seat,
      name: terms.names.get(seat) ?? `Seat ${seat}`,
      stack: stacks[seat] ?? null,
      stackAfter: after?.[seat] ?? null,
      cards: pieces.cards.get(seat) ?? (seat === terms.hero ? pieces.own : null) ?? shown,
      hasShown: isShowdown && shown !== null,
    };
  });
  return {
    source: terms.source,
    matchId: terms.matchId,
    handNumber,
    startedAt: beginning.at,
    level,
    dealerSeat: beginning.dealerSeat ?? dealerOf(history, dealt),
    seats,
    history,
    board,
    hero: terms.hero !== null && dealt.includes(terms.hero) ? terms.hero : null,
    isFinished: ending !== null && after !== null,
  };
}

function historyOf(
  { ending, seen }: HandPieces,
  beginning: HandBeginning,
  dealt: readonly number[],
  level: HandLevel,
): readonly HandAction[] {
  if (ending?.history === null)
    throw new HandRefusedError('unreadable', "Its history has what is no action of No-Limit Hold'em.");
  if (ending !== null && ending.history.length > 0) return ending.history;
  const hasPosts = seen[0]?.action.startsWith('post_') === true;
  return hasPosts ? seen : [...postsOf(beginning, dealt, level), ...seen];
}

/** Who posted what, from the stacks before and after the posts. A short stack pays its blind before its ante. */
function postsOf(beginning: HandBeginning, dealt: readonly number[], level: HandLevel): HandAction[] {
  const { stacks, stacksAfterPosts, dealerSeat } = beginning;
  if (stacksAfterPosts === null || dealerSeat === null || dealt.length < 2) return [];
  const order = inDealingOrder(
    dealt.map((seat) => ({ seat })),
    dealerSeat,
  );
  const { small, big } = blindSeatsOf(order);
  const posts: HandAction[] = [];
  const antes: HandAction[] = [];
  const putOf = (seat: number): number => (stacks[seat] ?? 0) - (stacksAfterPosts[seat] ?? 0);
  const rest = order.filter(({ seat }) => seat !== small.seat && seat !== big.seat);
  const ante = rest.length === 0 ? level.ante : Math.max(...rest.map(({ seat }) => putOf(seat)));
  for (const { seat } of [small, big, ...rest]) {
    const put = putOf(seat);
    const blind = seat === small.seat ? level.smallBlind : seat === big.seat ? level.bigBlind : 0;
    // The level may have risen with this hand: what is not the ante is the blind.
    const isWhole = (stacksAfterPosts[seat] ?? 0) > 0 && blind > 0 && put > blind;
    const ofBlind = isWhole ? put - Math.min(ante, put - blind) : Math.min(put, blind);
    notePost(posts, seat, seat === small.seat ? 'post_small_blind' : 'post_big_blind', ofBlind);
    notePost(antes, seat, 'post_ante', put - ofBlind);
  }
  return [...posts, ...antes.toSorted((a, b) => a.seat - b.seat)];
}

function notePost(list: HandAction[], seat: number, action: PostAction, amount: number): void {
  if (amount > 0) list.push({ seat, action, amount, street: 'preflop', isTimeout: false });
}

const boardSizes: Readonly<Record<Street, number>> = { preflop: 0, flop: 3, turn: 4, river: 5 };

function boardOf({ board, own, ending }: HandPieces, history: readonly HandAction[]): readonly string[] {
  const street = history.at(-1)?.street ?? 'preflop';
  const isShowdown = ending !== null && ending.cards.size > 1;
  const least = isShowdown ? boardSizes.river : boardSizes[street];
  if (board.length >= least) return board;
  // At an all-in the best hands have the cards that were dealt last.
  const known = new Set([...board, ...(own ?? []), ...[...(ending?.cards.values() ?? [])].flat()]);
  const rest = [...new Set(ending?.best)].filter((card) => !known.has(card));
  if (board.length + rest.length === boardSizes.river) return [...board, ...rest];
  throw new HandRefusedError(
    'no_board',
    `${least} cards of its board were dealt and only ${board.length} recorded: it is in no sum.`,
  );
}

/**
 * The level of a hand. What a stack posted that could post all of it is the level; a blind that both seats could not post
 * in whole follows the other one, and else stays as it was.
 *
 * @param stacks by seat, before the posts.
 */
export function levelOfPosts(
  before: HandLevel,
  history: readonly HandAction[],
  stacks: readonly number[],
): HandLevel {
  const small = mostOf(history, 'post_small_blind', stacks);
  const big = mostOf(history, 'post_big_blind', stacks);
  const ante = mostOf(history, 'post_ante', stacks);
  // Nobody posted an ante, and the big blind could have.
  const isWithoutAnte = ante.any === 0 && big.isWhole;
  const ratio = before.smallBlind > 0 ? before.bigBlind / before.smallBlind : 2;
  const smallBlind = small.isWhole
    ? small.any
    : Math.max(before.smallBlind, small.any, big.any > before.bigBlind ? Math.floor(big.any / ratio) : 0);
  const bigBlind = big.isWhole
    ? big.any
    : Math.max(before.bigBlind, big.any, smallBlind > before.smallBlind ? Math.round(smallBlind * ratio) : 0);
  return {
    smallBlind,
    bigBlind,
    ante: ante.isWhole ? ante.any : isWithoutAnte ? 0 : Math.max(before.ante, ante.any),
  };
}

/** The most that was posted of this; `isWhole`: by a stack that had more. */
function mostOf(
  history: readonly HandAction[],
  action: PostAction,
  stacks: readonly number[],
): { any: number; isWhole: boolean } {
  let any = 0;
  let isWhole = false;
  for (const entry of history) {
    if (entry.action !== action) continue;
    if (entry.amount < (stacks[entry.seat] ?? 0)) isWhole = true;
    any = Math.max(any, entry.amount);
  }
  return { any, isWhole };
}
