/** The table of a match, put together from what is told of it: the frames of a seat, or the events of a platform. */
import type { SeatView, TableView } from './page-view.js';
import { cardsOf, type Fields, fieldsOf, listOf, numberOf, numbersOf, textOf } from './wire.js';

const limits = { seats: 10, actions: 64 } as const;

type Seat = SeatView;
type Played = TableView['actions'][number];

export interface TableFold {
  /** Who sits where. `self` is our own seat, null where no side is taken. */
  seat(names: readonly string[], self: number | null): void;
  /** `round_start.state`, as the seat `viewer` sees it; a platform tells it once for each seat. */
  hand(state: Fields, viewer: number | null): void;
  /** `turn_request.state` of a seat: what the seat knows is what is shown. */
  turn(seat: number | null, state: Fields): void;
  acting(seat: number | null): void;
  /** `turn_result`. */
  acted(seat: number | null, details: Fields): void;
  /** `phase_change.state`. */
  street(state: Fields): void;
  /** `round_result.result`. */
  result(result: Fields): void;
  readonly stacks: number[];
  view(): TableView | null;
}

const verbs: Readonly<Record<string, string>> = {
  post_small_blind: 'small blind',
  post_big_blind: 'big blind',
  post_ante: 'ante',
  raise: 'raise to',
};

export function describeAction(action: string, amount: number): string {
  const verb = verbs[action] ?? action.replaceAll('_', ' ');
  return amount > 0 ? `${verb} ${amount}` : verb;
}

export function newSeat(seat: number, name: string, isSelf: boolean): Seat {
  return {
    seat,
    name,
    isSelf,
    stack: null,
    bet: 0,
    cards: [],
    folded: false,
    isDealer: false,
    isActing: false,
    last: null,
    won: null,
    rank: null,
  };
}

export function createTableFold(): TableFold {
  let seats: Seat[] = [];
  let self: number | null = null;
  let hand: number | null = null;
  let phase = '';
  let board: string[] = [];
  let pot = 0;
  let toCall: number | null = null;
  let actions: Played[] = [];
  let known = false;

  function at(seat: number): Seat | undefined {
    if (!Number.isInteger(seat) || seat < 0 || seat >= limits.seats) return undefined;
    while (seats.length <= seat)
      seats.push(newSeat(seats.length, `seat ${seats.length}`, seats.length === self));
    return seats[seat];
  }

  function stack(seat: number, chips: number): void {
    const found = at(seat);
    if (found !== undefined) found.stack = chips;
  }

  function setStacks(list: readonly number[]): void {
    for (const [seat, chips] of list.entries()) stack(seat, chips);
  }

  function forget(): void {
    for (const seat of seats) {
      Object.assign(seat, newSeat(seat.seat, seat.name, seat.isSelf), { stack: seat.stack });
    }
    board = [];
    phase = 'preflop';
    toCall = null;
    actions = [];
  }

  /** Chips that an action added on this street, for what is shown in front of the seat. */
  function bet(seat: Seat, action: string, amount: number): void {
    if (action === 'raise') seat.bet = amount;
    else if (action !== 'post_ante') seat.bet += amount;
  }

  function record(seatNumber: number, action: string, amount: number, isTimeout: boolean, street: string) {
    const seat = at(seatNumber);
    if (seat === undefined) return;
    const text = describeAction(action, amount);
    seat.last = text;
    if (action === 'fold') seat.folded = true;
    actions.push({ seat: seatNumber, phase: street, text, isTimeout });
    if (actions.length > limits.actions) actions.shift();
  }

  function turnStreet(next: string): void {
    if (next === '' || next === phase) return;
    phase = next;
    for (const seat of seats) seat.bet = 0;
  }

  /** The whole hand so far: what was missed while the connection was away is in it too. */
  function rebuild(history: readonly unknown[]): void {
    actions = [];
    for (const seat of seats) seat.bet = 0;
    for (const entry of history.map(fieldsOf)) {
      const seatNumber = numberOf(entry['seat']) ?? -1;
      const action = textOf(entry['action']);
      const amount = numberOf(entry['amount']) ?? 0;
      const street = textOf(entry['phase']);
      record(seatNumber, action, amount, entry['is_timeout'] === true, street);
      const seat = at(seatNumber);
      if (seat !== undefined && street === phase) bet(seat, action, amount);
    }
  }

  return {
    seat(names, own) {
      self = own;
      seats = names.slice(0, limits.seats).map((name, seat) => newSeat(seat, textOf(name), seat === own));
    },

    hand(state, viewer) {
      known = true;
      const number = numberOf(state['hand_number']);
      if (number === null || number !== hand) forget();
      hand = number;
      const before = numbersOf(state['stacks']);
      const after = numbersOf(state['post_blind_stacks']);
      setStacks(after.length > 0 ? after : before);
      for (const [seat, chips] of after.entries()) {
        const found = at(seat);
        if (found !== undefined) found.bet = Math.max(0, (before[seat] ?? chips) - chips);
      }
      // Who has no chips is dealt nothing.
      for (const one of seats) one.folded ||= before[one.seat] === 0;
      pot = numberOf(state['pot']) ?? 0;
      const dealer = numberOf(state['dealer_seat']);
      for (const seat of seats) seat.isDealer = seat.seat === dealer;
      const holder = viewer === null ? undefined : at(viewer);
      if (holder !== undefined) holder.cards = cardsOf(state['your_hole_cards']);
    },

    turn(seatNumber, state) {
      known = true;
      const number = numberOf(state['hand_number']);
      if (number !== hand) forget();
      hand = number;
      turnStreet(textOf(state['phase']));
      board = cardsOf(state['board']);
      pot = numberOf(state['pot']) ?? pot;
      toCall = numberOf(state['to_call']);
      const seat = seatNumber === null ? undefined : at(seatNumber);
      if (seat !== undefined) {
        seat.cards = cardsOf(state['your_hole_cards']);
        seat.stack = numberOf(state['your_stack']);
        const others = numbersOf(state['opponent_stacks']);
        const order = [...others.keys()].map((index) => (index < seat.seat ? index : index + 1));
        for (const [index, other] of order.entries()) stack(other, others[index] ?? 0);
      }
      rebuild(listOf(state['action_history']));
      for (const one of seats) one.isActing = one === seat;
    },

    acting(seatNumber) {
      for (const seat of seats) seat.isActing = seat.seat === seatNumber;
    },

    acted(seatNumber, details) {
      const seat = seatNumber === null ? undefined : at(seatNumber);
      if (seat === undefined) return;
      const action = textOf(details['action']);
      const amount = numberOf(details['amount']) ?? 0;
      record(seat.seat, action, amount, details['is_timeout'] === true, phase);
      bet(seat, action, amount);
      pot = numberOf(details['pot']) ?? pot;
      setStacks(numbersOf(details['stacks']));
      toCall = null;
      seat.isActing = false;
    },

    street(state) {
      turnStreet(textOf(state['phase']));
      board = cardsOf(state['board']);
    },

    result(result) {
      pot = numberOf(result['pot']) ?? pot;
      setStacks(numbersOf(result['stacks']));
      toCall = null;
      phase = listOf(result['showdown']).length > 0 ? 'showdown' : 'hand over';
      for (const seat of seats) {
        seat.isActing = false;
        seat.bet = 0;
      }
      for (const shown of listOf(result['showdown']).map(fieldsOf)) {
        const seat = at(numberOf(shown['seat']) ?? -1);
        if (seat === undefined) continue;
        seat.cards = cardsOf(shown['hole_cards']);
        seat.rank = textOf(shown['hand_rank']) || null;
      }
      for (const paid of listOf(result['payouts']).map(fieldsOf)) {
        const seat = at(numberOf(paid['seat']) ?? -1);
        if (seat !== undefined) seat.won = (seat.won ?? 0) + (numberOf(paid['amount']) ?? 0);
      }
    },

    get stacks() {
      return seats.map((seat) => seat.stack ?? 0);
    },

    view() {
      if (!known) return null;
      return {
        hand,
        phase,
        board: [...board],
        pot,
        toCall,
        seats: seats.map((seat) => ({ ...seat, cards: [...seat.cards] })),
        actions: [...actions],
      };
    },
  };
}
