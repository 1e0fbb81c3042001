/** One hand from the posts to the payouts. */
import type { JsonObject } from '../protocol/frames.js';
import { deckCommitment, shuffledDeck } from './deck.js';
import { type HandRank, rankHand } from './hand-rank.js';
import { type BettingOptions, createBetting } from './table-betting.js';
import { settle } from './table-pots.js';
import { type HistoryEntry, IllegalActionError, type TableEvent, type TableTurn } from './table-types.js';

interface HandSetup {
  hand: number;
  dealerSeat: number;
  smallBlindSeat: number;
  bigBlindSeat: number;
  /** By seat; a seat with none sits out. */
  stacks: readonly number[];
  smallBlind: number;
  bigBlind: number;
  ante: number;
  deckSeed: string;
}

interface HandOutcome {
  stacks: number[];
  winners: number[];
}

export interface Hand {
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
  const { hand, dealerSeat, smallBlindSeat, bigBlindSeat, stacks } = setup;
  const deck = shuffledDeck(setup.deckSeed);
  const commitment = deckCommitment(setup.deckSeed, deck);
  const { holeCards, community } = deal(deck, dealerSeat, stacks);
  const betting = createBetting(stacks, setup.bigBlind);
  const history: HistoryEntry[] = [];
  let street: Street = streets[0];
  let turn: TableTurn | null = null;
  let outcome: HandOutcome | null = null;

  const board = () => community.slice(0, street.boardSize);
  const stacksNow = () => betting.seats.map((seat) => seat.stack);
  const historyNow = () => history.map((entry) => ({ ...entry }));
  const record = (seat: number, action: string, amount: number, isTimeout = false) => {
    history.push({ seat, action, amount, phase: street.phase, is_timeout: isTimeout });
  };

  function post(): void {
    if (setup.ante > 0) {
      for (const seat of betting.live()) record(seat, 'post_ante', betting.postAnte(seat, setup.ante));
    }
    record(smallBlindSeat, 'post_small_blind', betting.postBlind(smallBlindSeat, setup.smallBlind));
    record(bigBlindSeat, 'post_big_blind', betting.postBlind(bigBlindSeat, setup.bigBlind));
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
        your_hole_cards: [...(holeCards.get(seat) ?? [])],
        pot,
        post_blind_stacks: [...postBlindStacks],
        stacks: [...stacks],
        deck_commitment: commitment,
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
        your_hole_cards: [...(holeCards.get(seat) ?? [])],
        pot: betting.pot(),
        your_stack: stacksBySeat[seat] ?? 0,
        opponent_stacks: stacksBySeat.filter((_, other) => other !== seat),
        to_call: options.toCall,
        min_raise: options.minRaise,
        max_raise: options.maxRaise,
        action_history: historyNow(),
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
    const shown = new Map<number, HandRank>(
      live.length > 1
        ? live.map((seat) => [seat, rankHand([...(holeCards.get(seat) ?? []), ...board()])])
        : [],
    );
    const settlement = settle(
      betting.seats.map(({ committed, folded }, seat) => ({
        seat,
        committed,
        folded,
        strength: shown.get(seat)?.strength ?? 0,
      })),
    );
    const finalStacks = stacksNow();
    for (const { seat, amount } of [...settlement.payouts, settlement.returned ?? []].flat()) {
      finalStacks[seat] = (finalStacks[seat] ?? 0) + amount;
    }
    const winners = settlement.payouts.map(({ seat }) => seat);
    outcome = { stacks: finalStacks, winners };
    return {
      type: 'handEnded',
      hand,
      result: {
        hand_number: hand,
        winner_seats: [...winners],
        pot: settlement.pot,
        payouts: settlement.payouts,
        showdown: [...shown].map(([seat, { name, best }]) => ({
          seat,
          hole_cards: [...(holeCards.get(seat) ?? [])],
          hand_rank: name,
          best_hand: best,
        })),
        action_history: historyNow(),
        stacks: [...finalStacks],
        deck_commitment: commitment,
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
