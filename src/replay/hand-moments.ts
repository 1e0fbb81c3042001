/** Plays a hand that is known on our betting rules: what happened at the table, and each turn as its seat had it. */
import { chipsOf, type HandChips } from '../histories/hand-chips.js';
import type { HandHistory } from '../histories/hand-history.js';
import { problemsOf } from '../histories/problems.js';
import { type Betting, createBetting } from '../holdem/betting.js';
import { type Card, parseCard } from '../holdem/card.js';
import type { HandAction, HandEnded, SeatAction, ShownHand, Street, TableFact } from '../holdem/facts.js';
import { rankHand } from '../holdem/hand-rank.js';
import { showdownOrder } from '../holdem/showdown.js';
import type { TableTurn } from '../holdem/table-types.js';
import { UnplayableError } from './unplayable.js';

/** What happened, or a turn of the watched seat with what it did there. */
export type HandMoment =
  | { readonly type: 'fact'; readonly fact: TableFact }
  | { readonly type: 'turn'; readonly turn: TableTurn; readonly did: HandAction };

export interface WatchedHand {
  readonly moments: readonly HandMoment[];
  readonly chips: HandChips;
}

const boardSizes: readonly (readonly [Street, number])[] = [
  ['flop', 3],
  ['turn', 4],
  ['river', 5],
];

export interface WatchTerms {
  /** The seat whose turns are of interest. */
  watched: number;
  /** Of the hand in the match. */
  number: number;
  /** Seats of the table, those included that are out. */
  seatCount: number;
}

/**
 * The hand from its first fact to its last one; one that was cut off has no last one. What no source tells, the commitment
 * to the deck, is empty.
 *
 * @throws {UnplayableError} where our rules do not lead through it.
 */
export function watchHand(hand: HandHistory, { watched, number, seatCount }: WatchTerms): WatchedHand {
  assertWhole(hand, watched);
  const chips = chipsOf(hand);
  const cards = cardsOf(hand, seatCount);
  const { stacks, holeCards } = cards;
  const board = cards.board;
  const betting = createBetting(
    stacks,
    hand.level.bigBlind,
    holeCards.map((_, seat) => hand.seats.some((dealt) => dealt.seat === seat)),
  );
  const moments: HandMoment[] = [];
  const add = (fact: TableFact): void => void moments.push({ type: 'fact', fact });
  const { history, dealerSeat } = hand;
  const posts = history.filter(({ action }) => action.startsWith('post_'));
  for (const post of posts) putIn(betting, post, chips.areAntesDead);
  add({
    type: 'handStarted',
    hand: number,
    dealerSeat,
    stacks,
    posts,
    stacksAfterPosts: stacksOf(betting),
    pot: betting.pot(),
    holeCards,
    deckCommitment: '',
  });

  let street = 'preflop' as Street;
  let open: readonly Card[] = [];
  const openUpTo = (size: number): void => {
    for (const [name, count] of boardSizes) {
      if (count <= open.length || count > size) continue;
      street = name;
      open = board.slice(0, count);
      betting.openStreet();
      add({ type: 'streetOpened', street, board: open });
    }
  };

  let last = history.findLast(({ action }) => action === 'post_big_blind')?.seat ?? dealerSeat;
  for (const [index, did] of history.entries()) {
    if (did.action.startsWith('post_')) continue;
    if (did.street !== street) {
      if (betting.nextToAct(last) !== null) throw unruly(did, 'somebody else still had to act before it');
      openUpTo(boardSizes.find(([name]) => name === did.street)?.[1] ?? 0);
      if (did.street !== street) throw unruly(did, 'its board was not dealt');
      last = dealerSeat;
    }
    const { seat } = did;
    if (betting.nextToAct(last) !== seat) throw unruly(did, 'it was not its turn');
    if (seat === watched) {
      const options = betting.optionsOf(seat);
      const turn: TableTurn = {
        seat,
        validActions: options.validActions,
        toCall: options.toCall,
        minRaise: options.minRaise,
        maxRaise: options.maxRaise,
        fullRaise: options.fullRaise,
        hand: number,
        dealerSeat,
        street,
        board: open,
        holeCards,
        pot: betting.pot(),
        stacks: stacksOf(betting),
        history: history.slice(0, index),
      };
      moments.push({ type: 'turn', turn, did });
    }
    act(betting, did);
    last = seat;
    const { amount, isTimeout } = did;
    const action = did.action as SeatAction;
    const [pot, left] = [betting.pot(), stacksOf(betting)];
    add({ type: 'acted', seat, action, amount, street, isTimeout, pot, stacks: left });
  }
  if (hand.isFinished) {
    if (betting.liveCount() > 1) openUpTo(board.length);
    add(endOf(hand, { chips, number, board: open, cards, live: betting.live() }));
  }
  return { moments, chips };
}

function assertWhole(hand: HandHistory, watched: number): void {
  const problems = problemsOf(hand);
  if (problems.length > 0) throw new UnplayableError('unsound', problems.join(' '));
  const isKnown = hand.seats.every(
    ({ stack, stackAfter }) => stack !== null && (stackAfter !== null || !hand.isFinished),
  );
  if (!isKnown)
    throw new UnplayableError(
      'no_stacks',
      "The stacks are not known: of the platform's records /replay tells them, and /hands does not.",
    );
  const own = hand.seats.find(({ seat }) => seat === watched);
  if (own !== undefined && own.cards?.length !== 2)
    throw new UnplayableError('no_cards', `The cards of seat ${watched} (${own.name}) are not known.`);
}

interface KnownCards {
  /** By seat; 0 of a seat that was not dealt in. */
  readonly stacks: number[];
  /** By seat; none where they are not known. */
  readonly holeCards: readonly Card[][];
  readonly board: readonly Card[];
}

function cardsOf({ seats, board }: HandHistory, seatCount: number): KnownCards {
  const stacks = Array.from({ length: seatCount }, () => 0);
  const holeCards: Card[][] = stacks.map(() => []);
  for (const { seat, stack, cards } of seats) {
    stacks[seat] = stack ?? 0;
    holeCards[seat] = (cards ?? []).flatMap((text) => parseCard(text) ?? []);
  }
  return { stacks, holeCards, board: board.flatMap((text) => parseCard(text) ?? []) };
}

const stacksOf = ({ seats }: Betting): number[] => seats.map(({ stack }) => stack);

function putIn(betting: Betting, post: HandAction, isDead: boolean): void {
  const { seat, action, amount } = post;
  const paid =
    action === 'post_ante' ? betting.postAnte(seat, amount, isDead) : betting.postBlind(seat, amount);
  if (paid !== amount) throw unruly(post, `it has ${paid}`);
}

/** Amounts are those of the history: other sites may let a raise be smaller than ours do. */
function act(betting: Betting, did: HandAction): void {
  const { seat, action, amount } = did;
  switch (action) {
    case 'fold':
      return betting.fold(seat);
    case 'check':
      if (betting.optionsOf(seat).toCall > 0) throw unruly(did, 'there was a bet to call');
      return betting.check(seat);
    case 'call': {
      const paid = betting.call(seat);
      if (paid !== amount) throw unruly(did, `a call would have been ${paid}`);
      return;
    }
    case 'raise':
      return betting.raiseTo(seat, amount);
    case 'post_small_blind':
    case 'post_big_blind':
    case 'post_ante':
      throw unruly(did, 'posts come first');
  }
}

function unruly({ seat, action, amount, street }: HandAction, why: string): UnplayableError {
  const what = amount > 0 ? `${action} ${amount}` : action;
  return new UnplayableError('other_rules', `Seat ${seat}: ${what} on the ${street}, and ${why}.`);
}

interface Ending {
  chips: HandChips;
  number: number;
  /** As far as it was opened. */
  board: readonly Card[];
  cards: KnownCards;
  live: readonly number[];
}

function endOf(hand: HandHistory, { chips, number, board, cards, live }: Ending): HandEnded {
  const { put, won, uncalled } = chips;
  const stacks = cards.stacks.map(() => 0);
  for (const { seat, stackAfter } of hand.seats) stacks[seat] = stackAfter ?? 0;
  const all = [...put.values()].reduce((sum, amount) => sum + amount, 0);
  return {
    type: 'handEnded',
    hand: number,
    board,
    pot: all,
    // No frame tells them.
    pots: [],
    uncalled,
    payouts: hand.seats.flatMap(({ seat, stack, stackAfter }) => {
      const amount = (stackAfter ?? 0) - (stack ?? 0) + (put.get(seat) ?? 0);
      return amount > 0 ? [{ seat, amount }] : [];
    }),
    winners: hand.seats.flatMap(({ seat }) => ((won?.get(seat) ?? 0) > 0 ? [seat] : [])),
    shown: shownIn(hand, cards, live),
    history: hand.history,
    stacks,
    deckCommitment: '',
  };
}

function shownIn(hand: HandHistory, { stacks, holeCards, board }: KnownCards, live: readonly number[]) {
  const showing = new Set(hand.seats.flatMap(({ seat, hasShown }) => (hasShown ? [seat] : [])));
  if (live.length < 2 || board.length < 5) return [];
  return showdownOrder(live, hand.history, hand.dealerSeat, stacks.length).flatMap((seat): ShownHand[] => {
    const own = holeCards[seat] ?? [];
    if (!showing.has(seat) || own.length !== 2) return [];
    const { name, best } = rankHand([...own, ...board]);
    return [{ seat, holeCards: own, rank: name, best }];
  });
}
