/** One hand from the posts to the payouts. */
import { readAction, readLegalized } from './asked-action.js';
import { optionsNow } from './betting.js';
import { BettingCore } from './betting-core.js';
import { antesOf, type Positions, type Posts } from './blinds.js';
import type { Card } from './card.js';
import { byteAt, copyOfChips, sumOf } from './chip-lists.js';
import type { Deck } from './deck.js';
import type { HandAction, HandEnded, HandStarted, SeatAction, Street, TableFact } from './facts.js';
import { type HandRank, rankHand } from './hand-rank.js';
import { IllegalActionError } from './illegal-action.js';
import { settledBy } from './pots.js';
import { SettlementCore } from './settlement-core.js';
import { showdownOrder } from './showdown.js';
import type { ActOptions, OddChips, TableTurn } from './table-types.js';

export interface HandSetup extends Positions, Posts {
  hand: number;
  /** By seat. */
  stacks: readonly number[];
  /** By seat, whether it is dealt in. Default: every seat with chips. */
  playing?: readonly boolean[];
  /** Default: `lowest-seat`. */
  oddChips?: OddChips;
  deck: Deck;
  /** What other hands of the table were counted with. Default: new ones. */
  counters?: HandCounters;
}

/** The memory that the chips of a hand are counted in; one hand after the other may use it. */
export interface HandCounters {
  readonly betting: BettingCore;
  readonly settlement: SettlementCore;
}

/** @param stacks by seat; the chips of all hands that are counted with it. */
export function createCounters(stacks: readonly number[]): HandCounters {
  const most = sumOf(stacks);
  const betting = new BettingCore(stacks.length, most);
  const settlement = new SettlementCore(stacks.length, most, betting);
  return { betting, settlement };
}

export interface Hand {
  /** What is in front of each seat now, before the payouts. */
  readonly stacks: number[];
  readonly turn: TableTurn | null;
  /** Null while the hand is in play. */
  readonly outcome: HandEnded | null;
  start(): TableFact[];
  act(answer: unknown, options: ActOptions): TableFact[];
}

/** In their order, with the cards on the board. */
const streets: readonly { street: Street; boardSize: number }[] = [
  { street: 'preflop', boardSize: 0 },
  { street: 'flop', boardSize: 3 },
  { street: 'turn', boardSize: 4 },
  { street: 'river', boardSize: 5 },
];

export function createHand(setup: HandSetup): Hand {
  const { hand, dealerSeat, smallBlindSeat, bigBlindSeat, stacks, deck } = setup;
  const { playing = stacks.map((stack) => stack > 0), oddChips = 'lowest-seat' } = setup;
  const { holeCards, community } = deal(deck.cards, dealerSeat, playing);
  const { betting, settlement } = setup.counters ?? createCounters(stacks);
  betting.stacks.set(stacks);
  betting.begin(setup.bigBlind);
  for (const [seat, plays] of playing.entries()) if (!plays) betting.sitOut(seat);
  const history: HandAction[] = [];
  let street: Street = 'preflop';
  let board: readonly Card[] = [];
  let turn: TableTurn | null = null;
  let outcome: HandEnded | null = null;

  const stacksNow = () => copyOfChips(betting.stacks);
  const isLive = (seat: number): boolean => byteAt(betting.folded, seat) === 0;
  // Entries are shared by all that tells the history, so nobody may change one.
  const record = (seat: number, action: HandAction['action'], amount: number, isTimeout = false) => {
    history.push(Object.freeze({ seat, action, amount, street, isTimeout }));
  };

  function post(): void {
    record(smallBlindSeat, 'post_small_blind', betting.postBlind(smallBlindSeat, setup.smallBlind));
    record(bigBlindSeat, 'post_big_blind', betting.postBlind(bigBlindSeat, setup.bigBlind));
    const { chips, areDead } = antesOf(setup.ante, bigBlindSeat, playing);
    for (let seat = 0; seat < stacks.length; seat += 1) {
      if (!isLive(seat)) continue;
      const paid = betting.postAnte(seat, chips[seat] ?? 0, areDead);
      if (paid > 0) record(seat, 'post_ante', paid);
    }
  }

  function handStarted(): HandStarted {
    return {
      type: 'handStarted',
      hand,
      dealerSeat,
      stacks: [...stacks],
      posts: [...history],
      stacksAfterPosts: stacksNow(),
      pot: betting.pot(),
      holeCards,
      deckCommitment: deck.commitment,
    };
  }

  function openTurn(seat: number): TableTurn {
    const { validActions, toCall, minRaise, maxRaise, fullRaise } = optionsNow(betting);
    return {
      seat,
      validActions,
      toCall,
      minRaise,
      maxRaise,
      fullRaise,
      hand,
      dealerSeat,
      street,
      board,
      holeCards,
      pot: betting.pot(),
      stacks: stacksNow(),
      history: [...history],
    };
  }

  /** Goes on after `seat` until somebody has a decision or the hand is over. */
  function proceed(seat: number): TableFact[] {
    if (betting.liveCount === 1) return [end()];
    betting.findTurn(seat);
    if (betting.turn !== -1) {
      turn = openTurn(betting.turn);
      return [];
    }
    const following = streets[streets.findIndex((one) => one.street === street) + 1];
    if (following === undefined) return [end()];
    street = following.street;
    board = Object.freeze(community.slice(0, following.boardSize));
    betting.openStreet();
    return [{ type: 'streetOpened', street, board }, ...proceed(dealerSeat)];
  }

  function end(): HandEnded {
    const live = [...stacks.keys()].filter(isLive);
    const order = live.length > 1 ? showdownOrder(live, history, dealerSeat, stacks.length) : [];
    const ranks = new Map<number, HandRank>(
      order.map((seat) => [seat, rankHand([...(holeCards[seat] ?? []), ...board])]),
    );
    for (const seat of live) settlement.strengths[seat] = ranks.get(seat)?.strength ?? 0;
    settlement.settle(betting.dead, oddChips === 'lowest-seat' ? 0 : dealerSeat + 1);
    const { pot, pots, uncalled, payouts, winners } = settledBy(settlement, betting.dead);
    const finalStacks = stacksNow();
    for (const { seat, amount } of payouts) finalStacks[seat] = (finalStacks[seat] ?? 0) + amount;
    outcome = {
      type: 'handEnded',
      hand,
      board,
      pot,
      pots,
      uncalled,
      payouts,
      winners,
      shown: [...ranks].map(([seat, { name, best }]) => ({
        seat,
        holeCards: holeCards[seat] ?? [],
        rank: name,
        best,
      })),
      history: [...history],
      stacks: finalStacks,
      deckCommitment: deck.commitment,
    };
    return outcome;
  }

  /** Does it, and returns the amount that the history shows for it. */
  function apply(seat: number, action: SeatAction, total: number): number {
    switch (action) {
      case 'fold':
        betting.fold(seat);
        return 0;
      case 'check':
        betting.check(seat);
        return 0;
      case 'call':
        return betting.call(seat);
      case 'raise':
        betting.raiseTo(seat, total);
        return total;
    }
  }

  return {
    get stacks() {
      return stacksNow();
    },
    get turn() {
      return turn;
    },
    get outcome() {
      return outcome;
    },

    start() {
      post();
      return [handStarted(), ...proceed(bigBlindSeat)];
    },

    act(answer, { isTimeout = false, legalize = false }) {
      if (turn === null) throw new IllegalActionError('no_turn', 'Nobody is in turn.');
      // Neither is read from the turn, so that a caller that changed it cannot change who acts and what is legal.
      const seat = betting.turn;
      const options = optionsNow(betting);
      const { action, total } = legalize ? readLegalized(answer, options) : readAction(answer, options);
      const amount = apply(seat, action, total);
      record(seat, action, amount, isTimeout);
      turn = null;
      const played = { seat, action, amount, street, isTimeout, pot: betting.pot(), stacks: stacksNow() };
      return [{ type: 'acted', ...played }, ...proceed(seat)];
    },
  };
}

/** One card at a time, the first to the seat left of the dealer. */
function deal(deck: readonly Card[], dealerSeat: number, playing: readonly boolean[]) {
  const order = playing
    .map((_, step) => (dealerSeat + 1 + step) % playing.length)
    .filter((seat) => playing[seat]);
  const holeCards: Card[][] = playing.map(() => []);
  for (const round of [0, 1]) {
    for (const [index, seat] of order.entries()) {
      const card = deck[round * order.length + index];
      if (card !== undefined) holeCards[seat]?.push(card);
    }
  }
  // Shared by all that tells them, so nobody may change them.
  for (const cards of holeCards) Object.freeze(cards);
  return {
    holeCards: Object.freeze(holeCards),
    community: deck.slice(2 * order.length, 2 * order.length + 5),
  };
}
