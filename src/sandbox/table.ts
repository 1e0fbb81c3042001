/** A No-Limit Hold'em match for two to six seats, without sockets, clocks or chance beyond its seed. */
import { deckSeed } from './deck.js';
import { createHand, type Hand } from './table-hand.js';
import { IllegalActionError, type Table, type TableEvent, type TableOptions } from './table-types.js';

export { safeAction } from '../protocol/safe-action.js';
export {
  type ActionDetails,
  type HistoryEntry,
  IllegalActionError,
  type SeatStanding,
  type Table,
  type TableEvent,
  type TableOptions,
  type TableTurn,
} from './table-types.js';

const defaults = {
  ante: 0,
  maxHands: 1000,
} as const;

const limits = {
  minSeats: 2,
  maxSeats: 6,
} as const;

/**
 * Seats everybody with the same stack; seat 0 is the first dealer.
 *
 * @throws RangeError for an option that makes no game; the message names it.
 */
export function createTable(options: TableOptions): Table {
  const { seats, startingStack, smallBlind, bigBlind, ante, maxHands, seed } = checked(options);
  let stacks: number[] = Array.from({ length: seats }, () => startingStack);
  const handsWon = stacks.map(() => 0);
  /** How a seat went out: the later the better, then the more chips it began that hand with. */
  const exits = new Map<number, { hand: number; stack: number }>();
  let hand = 0;
  let current: Hand | null = null;
  let blinds: Blinds | null = null;
  let over = false;

  /** Takes over the outcome of a hand that is through. */
  function conclude(events: TableEvent[]): TableEvent[] {
    const outcome = current?.outcome ?? null;
    if (outcome === null) return events;
    for (const seat of outcome.winners) handsWon[seat] = (handsWon[seat] ?? 0) + 1;
    for (const [seat, stack] of stacks.entries()) {
      if (stack > 0 && outcome.stacks[seat] === 0) exits.set(seat, { hand, stack });
    }
    stacks = outcome.stacks;
    current = null;
    over = hand >= maxHands || seatsWithChips(stacks).length === 1;
    return over ? [...events, matchEnded()] : events;
  }

  function matchEnded(): TableEvent {
    return {
      type: 'matchEnded',
      standings: stacks.map((stack, seat) => ({
        seat,
        stack,
        netChips: stack - startingStack,
        handsWon: handsWon[seat] ?? 0,
      })),
      finishingOrder: finishingOrder(
        stacks.map((stack, seat) => exits.get(seat) ?? { hand: Number.POSITIVE_INFINITY, stack }),
      ),
      hands: hand,
    };
  }

  return {
    get turn() {
      return current?.turn ?? null;
    },
    get over() {
      return over;
    },
    get hand() {
      return hand;
    },

    startHand() {
      if (over) throw new Error('The match is over.');
      if (current !== null) throw new Error(`Hand ${hand} is still in play.`);
      hand += 1;
      blinds = nextBlinds(blinds, stacks);
      current = createHand({
        hand,
        ...blinds,
        stacks,
        smallBlind,
        bigBlind,
        ante,
        deckSeed: deckSeed(seed, hand),
      });
      return conclude(current.start());
    },

    act(action, { isTimeout = false } = {}) {
      if (current === null) throw new IllegalActionError('no_turn', 'No hand is in play.');
      return conclude(current.act(action, isTimeout));
    },
  };
}

interface Blinds {
  dealerSeat: number;
  smallBlindSeat: number;
  bigBlindSeat: number;
}

/**
 * The button moves to the next seat that has chips. Heads-up the dealer posts the small blind; when the table has
 * just become heads-up, nobody posts the big blind twice in a row.
 */
function nextBlinds(previous: Blinds | null, stacks: readonly number[]): Blinds {
  const dealerSeat = previous === null ? 0 : nextSeat(previous.dealerSeat, stacks);
  if (seatsWithChips(stacks).length > 2) {
    const smallBlindSeat = nextSeat(dealerSeat, stacks);
    return { dealerSeat, smallBlindSeat, bigBlindSeat: nextSeat(smallBlindSeat, stacks) };
  }
  const otherSeat = nextSeat(dealerSeat, stacks);
  return otherSeat === previous?.bigBlindSeat
    ? { dealerSeat: otherSeat, smallBlindSeat: otherSeat, bigBlindSeat: dealerSeat }
    : { dealerSeat, smallBlindSeat: dealerSeat, bigBlindSeat: otherSeat };
}

function nextSeat(seat: number, stacks: readonly number[]): number {
  let next = (seat + 1) % stacks.length;
  while (next !== seat && !((stacks[next] ?? 0) > 0)) next = (next + 1) % stacks.length;
  return next;
}

function seatsWithChips(stacks: readonly number[]): number[] {
  return stacks.flatMap((stack, seat) => (stack > 0 ? [seat] : []));
}

function finishingOrder(
  exits: readonly { hand: number; stack: number }[],
): { place: number; seat: number }[] {
  return exits
    .map(({ hand, stack }, seat) => ({
      seat,
      place:
        1 + exits.filter((other) => other.hand > hand || (other.hand === hand && other.stack > stack)).length,
    }))
    .toSorted((a, b) => a.place - b.place || a.seat - b.seat)
    .map(({ place, seat }) => ({ place, seat }));
}

function checked(options: TableOptions): Required<TableOptions> {
  const table = {
    ...options,
    ante: options.ante ?? defaults.ante,
    maxHands: options.maxHands ?? defaults.maxHands,
  };
  const { seats, startingStack, smallBlind, bigBlind, ante, maxHands, seed } = table;
  requireWhole('seats', seats, limits.minSeats, limits.maxSeats);
  requireWhole('startingStack', startingStack, 1, Math.floor(Number.MAX_SAFE_INTEGER / limits.maxSeats));
  requireWhole('smallBlind', smallBlind, 1, Number.MAX_SAFE_INTEGER);
  requireWhole('bigBlind', bigBlind, smallBlind, Number.MAX_SAFE_INTEGER);
  requireWhole('ante', ante, 0, Number.MAX_SAFE_INTEGER);
  requireWhole('maxHands', maxHands, 1, Number.MAX_SAFE_INTEGER);
  if (typeof seed !== 'string') throw new RangeError('Option `seed` must be a string.');
  return table;
}

function requireWhole(option: keyof TableOptions, value: unknown, min: number, max: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw new RangeError(
    `Option \`${option}\` must be a whole number from ${min} to ${max}, not ${String(value)}.`,
  );
}
