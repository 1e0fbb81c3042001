/** One hand from the posts to the payouts. */
import type { JsonObject } from '../protocol/frames.js';
import { type BettingOptions, createBetting } from './betting.js';
import type { Positions, Posts } from './blinds.js';
import type { Deck } from './deck.js';
import { type HandRank, rankHand } from './hand-rank.js';
import { settle } from './pots.js';
import { showdownOrder } from './showdown.js';
import { type HistoryEntry, IllegalActionError, type TableEvent, type TableTurn } from './table-types.js';

export interface HandSetup extends Positions, Posts {
  hand: number;
  /** By seat; a seat with none sits out. */
  stacks: readonly number[];
  deck: Deck;
}

interface HandOutcome {
  stacks: number[];
  winners: number[];
}

export interface Hand {
  /** What is in front of each seat now, before the payouts. */
  readonly stacks: number[];
  readonly turn: TableTurn | null;
  /** Null while the hand is in play. */
  readonly outcome: HandOutcome | null;
  start(): TableEvent[];
  act(action: { action: string; params?: JsonObject }, isTimeout: boolean): TableEvent[];
}

const streets = [
  { phase: 'preflop', boardSize: 0 },
  { phase: 'flop', boardSize: 3 },
  { phase: 'turn', boardSize: 4 },
  { phase: 'river', boardSize: 5 },
] as const;

type Street = (typeof streets)[number];

export function createHand(setup: HandSetup): Hand {
  const { hand, dealerSeat, smallBlindSeat, bigBlindSeat, stacks, deck } = setup;
  const { holeCards, community } = deal(deck.cards, dealerSeat, stacks);
  const betting = createBetting(stacks, setup.bigBlind);
  const history: HistoryEntry[] = [];
  let street: Street = streets[0];
  let turn: TableTurn | null = null;
  let outcome: HandOutcome | null = null;

  const cardsOf = (seat: number) => [...(holeCards.get(seat) ?? [])];
  const board = () => community.slice(0, street.boardSize);
  const stacksNow = () => betting.seats.map((seat) => seat.stack);
  // Entries are shared by all snapshots of the history, so nobody may change one.
  const record = (seat: number, action: string, amount: number, isTimeout = false) => {
    history.push(Object.freeze({ seat, action, amount, phase: street.phase, is_timeout: isTimeout }));
  };

  function post(): void {
    record(smallBlindSeat, 'post_small_blind', betting.postBlind(smallBlindSeat, setup.smallBlind));
    record(bigBlindSeat, 'post_big_blind', betting.postBlind(bigBlindSeat, setup.bigBlind));
    for (const seat of betting.live()) {
      const paid = betting.postAnte(seat, setup.ante);
      if (paid > 0) record(seat, 'post_ante', paid);
    }
  }

  function handStarted(): TableEvent {
    const pot = betting.pot();
    const postBlindStacks = stacksNow();
    return {
      type: 'handStarted',
      hand,
      dealerSeat,
      stateFor: (seat) => ({
        hand_number: hand,
        dealer_seat: dealerSeat,
        your_hole_cards: cardsOf(seat),
        pot,
        post_blind_stacks: [...postBlindStacks],
        stacks: [...stacks],
        deck_commitment: deck.commitment,
      }),
    };
  }

  function openTurn(seat: number): TableTurn {
    const options = betting.optionsOf(seat);
    const stacksBySeat = stacksNow();
    return {
      seat,
      validActions: options.validActions,
      state: {
        hand_number: hand,
        phase: street.phase,
        board: board(),
        your_hole_cards: cardsOf(seat),
        pot: betting.pot(),
        your_stack: stacksBySeat[seat] ?? 0,
        opponent_stacks: stacksBySeat.filter((_, other) => other !== seat),
        to_call: options.toCall,
        min_raise: options.minRaise,
        max_raise: options.maxRaise,
        action_history: [...history],
      },
    };
  }

  /** Goes on after `seat` until somebody has a decision or the hand is over. */
  function proceed(seat: number): TableEvent[] {
    if (betting.live().length === 1) return [end()];
    const next = betting.nextToAct(seat);
    if (next !== null) {
      turn = openTurn(next);
      return [];
    }
    const following = streets[streets.indexOf(street) + 1];
    if (following === undefined) return [end()];
    street = following;
    betting.openStreet();
    return [{ type: 'phaseChanged', state: { phase: street.phase, board: board() } }, ...proceed(dealerSeat)];
  }

  function end(): TableEvent {
    const live = betting.live();
    const shown = live.length > 1 ? showdownOrder(live, history, dealerSeat, stacks.length) : [];
    const ranks = new Map<number, HandRank>(
      shown.map((seat) => [seat, rankHand([...cardsOf(seat), ...board()])]),
    );
    const { winners, pot, payouts } = settle(
      betting.seats.map(({ committed, folded }, seat) => ({
        seat,
        committed,
        folded,
        strength: ranks.get(seat)?.strength ?? 0,
      })),
    );
    const finalStacks = stacksNow();
    for (const { seat, amount } of payouts) finalStacks[seat] = (finalStacks[seat] ?? 0) + amount;
    outcome = { stacks: finalStacks, winners };
    return {
      type: 'handEnded',
      hand,
      result: {
        hand_number: hand,
        winner_seats: [...winners],
        pot,
        payouts,
        showdown: shown.map((seat) => ({
          seat,
          hole_cards: cardsOf(seat),
          hand_rank: ranks.get(seat)?.name ?? '',
          best_hand: ranks.get(seat)?.best ?? [],
        })),
        action_history: [...history],
        stacks: [...finalStacks],
        deck_commitment: deck.commitment,
        deck_reveal: null,
      },
    };
  }

  /** Does what was asked and returns the amount the history shows for it. */
  function apply(seat: number, action: string, params: JsonObject | undefined): number {
    switch (action) {
      case 'fold':
        betting.fold(seat);
        return 0;
      case 'check':
        betting.check(seat);
        return 0;
      case 'call':
        return betting.call(seat);
      default: {
        const total = raiseTotal(params?.['amount'], betting.optionsOf(seat));
        betting.raiseTo(seat, total);
        return total;
      }
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

    act({ action, params }, isTimeout) {
      if (turn === null) throw new IllegalActionError('no_turn', 'Nobody is in turn.');
      const { seat } = turn;
      // Asked anew, so that a caller that changed the turn it was given cannot change what is legal.
      const { validActions } = betting.optionsOf(seat);
      if (!validActions.includes(action)) {
        throw new IllegalActionError(
          'action_not_allowed',
          `"${action}" is not possible here; legal are ${validActions.join(', ')}.`,
        );
      }
      const amount = apply(seat, action, params);
      record(seat, action, amount, isTimeout);
      turn = null;
      const details = { action, amount, pot: betting.pot(), stacks: stacksNow(), is_timeout: isTimeout };
      return [{ type: 'acted', seat, details }, ...proceed(seat)];
    },
  };
}

function raiseTotal(amount: unknown, { minRaise, maxRaise }: BettingOptions): number {
  if (typeof amount !== 'number' || !Number.isInteger(amount)) {
    throw new IllegalActionError(
      'bad_amount',
      'A raise needs `params.amount`, a whole number of chips to raise to.',
    );
  }
  return Math.min(Math.max(amount, minRaise), maxRaise);
}

/** One card at a time, the first to the seat left of the dealer. */
function deal(deck: readonly string[], dealerSeat: number, stacks: readonly number[]) {
  const order = stacks
    .map((_, step) => (dealerSeat + 1 + step) % stacks.length)
    .filter((seat) => (stacks[seat] ?? 0) > 0);
  const holeCards = new Map(
    order.map((seat, index) => [
      seat,
      [deck[index], deck[order.length + index]].filter((card) => card !== undefined),
    ]),
  );
  return { holeCards, community: deck.slice(2 * order.length, 2 * order.length + 5) };
}
