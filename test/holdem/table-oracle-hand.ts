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
  ante: number;
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
  phase: string;
  is_timeout: boolean;
}

export interface NaiveTurn {
  seat: number;
  validActions: string[];
  state: Record<string, unknown> & { to_call: number; min_raise: number; max_raise: number };
}

export interface NaiveHand {
  /** All that the table tells, `stateFor` written out by seat. */
  events: Record<string, unknown>[];
  /** The decision after the last action; null when the hand is over. */
  turn: NaiveTurn | null;
  /** By seat; after the payouts when the hand is over. */
  stacks: number[];
  winners: number[];
}

const phases = { preflop: 0, flop: 3, turn: 4, river: 5 };
const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

/** All seats clockwise, the one after `seat` first and `seat` last. */
const after = (seat: number, count: number) =>
  Array.from({ length: count }, (_, step) => (seat + 1 + step) % count);

/** What a seat has put in on the street of this phase, or in the whole hand. */
function paid(entries: readonly Entry[], seat: number, phase?: string): number {
  const bets = new Map<string, number>();
  let dead = 0;
  for (const entry of entries) {
    if (entry.seat !== seat || (phase !== undefined && entry.phase !== phase)) continue;
    const { action, amount } = entry;
    if (action === 'post_ante') dead += amount;
    else bets.set(entry.phase, action === 'raise' ? amount : (bets.get(entry.phase) ?? 0) + amount);
  }
  return dead + total([...bets.values()]);
}

/** Tells a hand up to its end, or to where the actions end. An action that is not offered is an error. */
export function naiveHand(setup: NaiveHandSetup, actions: readonly NaiveAction[]): NaiveHand {
  const { hand, dealerSeat, smallBlindSeat, bigBlindSeat, stacks, bigBlind, ante, cards } = setup;
  const count = stacks.length;
  const seats = stacks.map((_, seat) => seat);
  const script = [...actions];
  const events: NaiveHand['events'] = [];
  const history: Entry[] = [];
  const left = (seat: number) => stacks[seat]! - paid(history, seat);
  const stacksNow = () => seats.map(left);
  const pot = () => total(seats.map((seat) => paid(history, seat)));
  const isIn = (seat: number) =>
    stacks[seat]! > 0 && !history.some((entry) => entry.seat === seat && entry.action === 'fold');
  const note = (seat: number, action: string, amount: number, phase: string, isTimeout = false) =>
    history.push({ seat, action, amount, phase, is_timeout: isTimeout });

  const dealt = after(dealerSeat, count).filter((seat) => stacks[seat]! > 0);
  const hole = seats.map((seat) =>
    dealt.includes(seat) ? [cards[dealt.indexOf(seat)]!, cards[dealt.length + dealt.indexOf(seat)]!] : [],
  );
  const boardAt = (phase: string) =>
    cards.slice(2 * dealt.length, 2 * dealt.length + phases[phase as keyof typeof phases]);

  note(smallBlindSeat, 'post_small_blind', Math.min(setup.smallBlind, stacks[smallBlindSeat]!), 'preflop');
  note(bigBlindSeat, 'post_big_blind', Math.min(bigBlind, stacks[bigBlindSeat]!), 'preflop');
  const antes = seats.map((seat) => Math.min(ante, left(seat)));
  for (const seat of seats) if (antes[seat]! > 0) note(seat, 'post_ante', antes[seat]!, 'preflop');
  events.push({
    type: 'handStarted',
    hand,
    dealerSeat,
    states: seats.map((seat) => ({
      hand_number: hand,
      dealer_seat: dealerSeat,
      your_hole_cards: hole[seat],
      pot: pot(),
      post_blind_stacks: stacksNow(),
      stacks: [...stacks],
      deck_commitment: setup.commitment,
    })),
  });

  function turnOf(seat: number, phase: string): NaiveTurn | null {
    const raises = history.filter((entry) => entry.phase === phase && entry.action === 'raise');
    const levels = [phase === 'preflop' ? bigBlind : 0, ...raises.map(({ amount }) => amount)];
    const level = levels.at(-1)!;
    const fullRaise = Math.max(bigBlind, ...levels.slice(1).map((amount, index) => amount - levels[index]!));
    const own = history.filter(
      (entry) => entry.phase === phase && entry.seat === seat && !entry.action.startsWith('post'),
    );
    // The bet this seat spoke to last: the newest raise up to and including its own last word.
    const lastWord = own.length > 0 ? history.indexOf(own.at(-1)!) : -1;
    const seen = levels[raises.filter((raise) => history.indexOf(raise) <= lastWord).length]!;
    const rivals = seats.filter((other) => other !== seat && isIn(other));
    const cover = Math.max(...rivals.map((rival) => stacks[rival]!));
    const anteOfSeat = phase === 'preflop' ? antes[seat]! : 0;
    const bet = paid(history, seat, phase) - anteOfSeat;
    const owed = Math.max(0, Math.min(level - bet, cover - paid(history, seat), left(seat)));
    const canBeAnswered = rivals.some((rival) => left(rival) > 0);
    if (!isIn(seat) || left(seat) === 0) return null;
    if (owed === 0 && (own.length > 0 || !canBeAnswered)) return null;
    const most = bet + left(seat);
    const isOpen = own.length === 0 || level - seen >= fullRaise;
    const canRaise = canBeAnswered && most > level && isOpen;
    return {
      seat,
      validActions: (owed === 0 ? ['check'] : ['fold', 'call']).concat(canRaise ? ['raise'] : []),
      state: {
        hand_number: hand,
        phase,
        board: boardAt(phase),
        your_hole_cards: hole[seat],
        pot: pot(),
        your_stack: left(seat),
        opponent_stacks: seats.filter((other) => other !== seat).map(left),
        to_call: owed,
        min_raise: canRaise ? Math.min(level + fullRaise, most) : 0,
        max_raise: canRaise ? most : 0,
        action_history: history.map((entry) => ({ ...entry })),
      },
    };
  }

  function end(phase: string): NaiveHand {
    const live = seats.filter(isIn);
    const isShown = live.length > 1;
    const hands = seats.map((seat) =>
      isShown && isIn(seat) ? bestFive([...hole[seat]!, ...boardAt(phase)]) : null,
    );
    const { returned, won } = naiveSplit(
      seats.map((seat) => ({
        committed: paid(history, seat),
        folded: !isIn(seat),
        score: hands[seat]?.score ?? [0],
      })),
    );
    const winners = seats.filter((seat) => won[seat]! > 0);
    const paidOut = seats.map((seat) => won[seat]! + returned[seat]!);
    const spoken = history.filter(({ action }) => !action.startsWith('post'));
    const lastRaiser = spoken
      .filter(({ phase: at, action }) => at === spoken.at(-1)!.phase && action === 'raise')
      .at(-1);
    const clockwise = after(
      lastRaiser === undefined ? dealerSeat : (lastRaiser.seat + count - 1) % count,
      count,
    );
    const finalStacks = seats.map((seat) => left(seat) + paidOut[seat]!);
    events.push({
      type: 'handEnded',
      hand,
      result: {
        hand_number: hand,
        winner_seats: winners,
        pot: pot(),
        payouts: seats.filter((seat) => paidOut[seat]! > 0).map((seat) => ({ seat, amount: paidOut[seat] })),
        showdown: (isShown ? clockwise.filter(isIn) : []).map((seat) => ({
          seat,
          hole_cards: hole[seat],
          hand_rank: categoryNames[hands[seat]!.score[0]!],
          best_hand: inPlayOrder(hands[seat]!.five),
        })),
        action_history: history.map((entry) => ({ ...entry })),
        stacks: finalStacks,
        deck_commitment: setup.commitment,
        deck_reveal: null,
      },
    });
    return { events, turn: null, stacks: finalStacks, winners };
  }

  for (const phase of Object.keys(phases)) {
    if (phase !== 'preflop') events.push({ type: 'phaseChanged', state: { phase, board: boardAt(phase) } });
    let waiting = after(phase === 'preflop' ? bigBlindSeat : dealerSeat, count);
    while (waiting.length > 0 && seats.filter(isIn).length > 1) {
      const seat = waiting.shift()!;
      const turn = turnOf(seat, phase);
      if (turn === null) continue;
      const next = script.shift();
      if (next === undefined) return { events, turn, stacks: stacksNow(), winners: [] };
      const { action, isTimeout = false } = next;
      const { to_call: owed, min_raise: min, max_raise: max } = turn.state;
      if (!turn.validActions.includes(action)) throw new Error(`${action} is not offered.`);
      const raiseTo = Math.min(max, Math.max(min, next.amount ?? 0));
      const amount = action === 'raise' ? raiseTo : action === 'call' ? owed : 0;
      note(seat, action, amount, phase, isTimeout);
      if (action === 'raise') waiting = after(seat, count).slice(0, -1);
      const details = { action, amount, pot: pot(), stacks: stacksNow(), is_timeout: isTimeout };
      events.push({ type: 'acted', seat, details });
    }
    if (seats.filter(isIn).length === 1) return end(phase);
  }
  return end('river');
}
