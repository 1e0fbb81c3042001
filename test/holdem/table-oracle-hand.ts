/**
 * A hand told from its actions alone (see table-oracle.ts): every number is worked out anew from the list of what
 * happened so far, nothing is carried along.
 */
import { bestFive, categoryNames, inPlayOrder, naiveSplit } from './table-oracle.js';

export interface NaiveHandSetup {
  hand: number;
  dealerSeat: number;
  smallBlindSeat: number;
  bigBlindSeat: number;
  stacks: readonly number[];
  smallBlind: number;
  bigBlind: number;
  /** What everybody posts, or what each seat posts for the main pot. */
  ante: number | readonly number[];
  /** Seats that sit out. Default: none. */
  out?: readonly number[];
  /** Default: false. */
  oddChipsFromButton?: boolean;
  cards: readonly string[];
  commitment: string;
}

export interface NaiveAction {
  action: string;
  /** Of a raise. */
  amount?: number;
  isTimeout?: boolean;
}

interface Entry {
  seat: number;
  action: string;
  amount: number;
  street: string;
  isTimeout: boolean;
}

/** A turn of the table with its cards as text. */
export interface NaiveTurn {
  seat: number;
  validActions: string[];
  toCall: number;
  minRaise: number;
  maxRaise: number;
  fullRaise: number;
  hand: number;
  dealerSeat: number;
  street: string;
  board: string[];
  holeCards: string[][];
  pot: number;
  stacks: number[];
  history: Entry[];
}

export interface NaiveHand {
  /** All facts that the table tells, with its cards as text. */
  facts: Record<string, unknown>[];
  /** The decision after the last action; null when the hand is over. */
  turn: NaiveTurn | null;
  /** By seat; after the payouts when the hand is over. */
  stacks: number[];
  winners: number[];
}

const streets = { preflop: 0, flop: 3, turn: 4, river: 5 };
const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

/** All seats clockwise, the one after `seat` first and `seat` last. */
const after = (seat: number, count: number) =>
  Array.from({ length: count }, (_, step) => (seat + 1 + step) % count);

/** What a seat has put in on this street, or in the whole hand. */
function paid(entries: readonly Entry[], seat: number, street?: string): number {
  const bets = new Map<string, number>();
  let dead = 0;
  for (const entry of entries) {
    if (entry.seat !== seat || (street !== undefined && entry.street !== street)) continue;
    const { action, amount } = entry;
    if (action === 'post_ante') dead += amount;
    else bets.set(entry.street, action === 'raise' ? amount : (bets.get(entry.street) ?? 0) + amount);
  }
  return dead + total([...bets.values()]);
}

/** Tells a hand up to its end, or to where the actions end. An action that is not offered is an error. */
export function naiveHand(setup: NaiveHandSetup, actions: readonly NaiveAction[]): NaiveHand {
  const { hand, dealerSeat, smallBlindSeat, bigBlindSeat, stacks, bigBlind, ante, cards, out = [] } = setup;
  const count = stacks.length;
  const seats = stacks.map((_, seat) => seat);
  const script = [...actions];
  const facts: NaiveHand['facts'] = [];
  const history: Entry[] = [];
  const left = (seat: number) => stacks[seat]! - paid(history, seat);
  const stacksNow = () => seats.map(left);
  const pot = () => total(seats.map((seat) => paid(history, seat)));
  const plays = (seat: number) => stacks[seat]! > 0 && !out.includes(seat);
  const isIn = (seat: number) =>
    plays(seat) && !history.some((entry) => entry.seat === seat && entry.action === 'fold');
  const note = (seat: number, action: string, amount: number, street: string, isTimeout = false) =>
    history.push({ seat, action, amount, street, isTimeout });
  const historyNow = () => history.map((entry) => ({ ...entry }));

  const dealt = after(dealerSeat, count).filter(plays);
  const hole = seats.map((seat) =>
    dealt.includes(seat) ? [cards[dealt.indexOf(seat)]!, cards[dealt.length + dealt.indexOf(seat)]!] : [],
  );
  const boardAt = (street: string) =>
    cards.slice(2 * dealt.length, 2 * dealt.length + streets[street as keyof typeof streets]);

  note(smallBlindSeat, 'post_small_blind', Math.min(setup.smallBlind, stacks[smallBlindSeat]!), 'preflop');
  note(bigBlindSeat, 'post_big_blind', Math.min(bigBlind, stacks[bigBlindSeat]!), 'preflop');
  const anteOf = (seat: number) => (typeof ante === 'number' ? ante : ante[seat]!);
  const antes = seats.map((seat) => (plays(seat) ? Math.min(anteOf(seat), left(seat)) : 0));
  /** What others do not have to match. */
  const dead = typeof ante === 'number' ? seats.map(() => 0) : antes;
  for (const seat of seats) if (antes[seat]! > 0) note(seat, 'post_ante', antes[seat]!, 'preflop');
  facts.push({
    type: 'handStarted',
    hand,
    dealerSeat,
    stacks: [...stacks],
    posts: historyNow(),
    stacksAfterPosts: stacksNow(),
    pot: pot(),
    holeCards: hole,
    deckCommitment: setup.commitment,
  });

  function turnOf(seat: number, street: string): NaiveTurn | null {
    const raises = history.filter((entry) => entry.street === street && entry.action === 'raise');
    const levels = [street === 'preflop' ? bigBlind : 0, ...raises.map(({ amount }) => amount)];
    const level = levels.at(-1)!;
    const fullRaise = Math.max(bigBlind, ...levels.slice(1).map((amount, index) => amount - levels[index]!));
    const own = history.filter(
      (entry) => entry.street === street && entry.seat === seat && !entry.action.startsWith('post'),
    );
    // The bet this seat spoke to last: the newest raise up to and including its own last word.
    const lastWord = own.length > 0 ? history.indexOf(own.at(-1)!) : -1;
    const seen = levels[raises.filter((raise) => history.indexOf(raise) <= lastWord).length]!;
    const rivals = seats.filter((other) => other !== seat && isIn(other));
    const cover = Math.max(...rivals.map((rival) => stacks[rival]! - dead[rival]!));
    const anteOfSeat = street === 'preflop' ? antes[seat]! : 0;
    const bet = paid(history, seat, street) - anteOfSeat;
    const owed = Math.max(0, Math.min(level - bet, cover - paid(history, seat) + dead[seat]!, left(seat)));
    const canBeAnswered = rivals.some((rival) => left(rival) > 0);
    if (!isIn(seat) || left(seat) === 0) return null;
    if (owed === 0 && (own.length > 0 || !canBeAnswered)) return null;
    const most = bet + left(seat);
    const isOpen = own.length === 0 || level - seen >= fullRaise;
    const canRaise = canBeAnswered && most > level && isOpen;
    return {
      seat,
      validActions: (owed === 0 ? ['check'] : ['fold', 'call']).concat(canRaise ? ['raise'] : []),
      toCall: owed,
      minRaise: canRaise ? Math.min(level + fullRaise, most) : 0,
      maxRaise: canRaise ? most : 0,
      fullRaise: canRaise ? level + fullRaise : 0,
      hand,
      dealerSeat,
      street,
      board: boardAt(street),
      holeCards: hole,
      pot: pot(),
      stacks: stacksNow(),
      history: historyNow(),
    };
  }

  function end(street: string): NaiveHand {
    const live = seats.filter(isIn);
    const isShown = live.length > 1;
    const hands = seats.map((seat) =>
      isShown && isIn(seat) ? bestFive([...hole[seat]!, ...boardAt(street)]) : null,
    );
    const { returned, won, pots } = naiveSplit(
      seats.map((seat) => ({
        committed: paid(history, seat) - dead[seat]!,
        folded: !isIn(seat),
        score: hands[seat]?.score ?? [0],
      })),
      {
        dead: total(dead),
        oddChips: setup.oddChipsFromButton ? after(dealerSeat, count) : seats,
      },
    );
    const winners = seats.filter((seat) => won[seat]! > 0);
    const back = returned.findIndex((chips) => chips > 0);
    const paidOut = seats.map((seat) => won[seat]! + returned[seat]!);
    const lastRaiser = history
      .filter(({ street: at, action }) => at === 'river' && action === 'raise')
      .at(-1);
    const clockwise = after(
      lastRaiser === undefined ? dealerSeat : (lastRaiser.seat + count - 1) % count,
      count,
    );
    const finalStacks = seats.map((seat) => left(seat) + paidOut[seat]!);
    facts.push({
      type: 'handEnded',
      hand,
      board: boardAt(street),
      pot: pot(),
      pots,
      uncalled: back === -1 ? null : { seat: back, amount: returned[back] },
      payouts: seats.filter((seat) => paidOut[seat]! > 0).map((seat) => ({ seat, amount: paidOut[seat] })),
      winners,
      shown: (isShown ? clockwise.filter(isIn) : []).map((seat) => ({
        seat,
        holeCards: hole[seat],
        rank: categoryNames[hands[seat]!.score[0]!],
        best: inPlayOrder(hands[seat]!.five),
      })),
      history: historyNow(),
      stacks: finalStacks,
      deckCommitment: setup.commitment,
    });
    return { facts, turn: null, stacks: finalStacks, winners };
  }

  for (const street of Object.keys(streets)) {
    if (street !== 'preflop') facts.push({ type: 'streetOpened', street, board: boardAt(street) });
    let waiting = after(street === 'preflop' ? bigBlindSeat : dealerSeat, count);
    while (waiting.length > 0 && seats.filter(isIn).length > 1) {
      const seat = waiting.shift()!;
      const turn = turnOf(seat, street);
      if (turn === null) continue;
      const next = script.shift();
      if (next === undefined) return { facts, turn, stacks: stacksNow(), winners: [] };
      const { action, isTimeout = false } = next;
      if (!turn.validActions.includes(action)) throw new Error(`${action} is not offered.`);
      const raiseTo = Math.min(turn.maxRaise, Math.max(turn.minRaise, next.amount ?? 0));
      const amount = action === 'raise' ? raiseTo : action === 'call' ? turn.toCall : 0;
      note(seat, action, amount, street, isTimeout);
      if (action === 'raise') waiting = after(seat, count).slice(0, -1);
      const played = { seat, action, amount, street, isTimeout };
      facts.push({ type: 'acted', ...played, pot: pot(), stacks: stacksNow() });
    }
    if (seats.filter(isIn).length === 1) return end(street);
  }
  return end('river');
}
