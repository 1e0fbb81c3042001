/**
 * Complete hands of No-Limit Hold'em, one after the other in the same memory: nothing is made for a hand, a turn or an
 * action. What people and wires want of a hand is made when asked (engine-views.ts); the table is a view of this engine, so
 * that there is one set of rules (docs/protocol.md 6).
 */
import type { FastRandom } from '../chance/fast-random.js';
import { actionCodes, boardSizes } from './action-codes.js';
import { BettingCore } from './betting-core.js';
import { byteAt, type ChipList, chipsAt } from './chip-lists.js';
import { HandCards } from './hand-cards.js';
import { HandLog } from './hand-log.js';
import { IllegalActionError } from './illegal-action.js';
import { PositionCore } from './position-core.js';
import { SettlementCore } from './settlement-core.js';
import { strengthOf } from './strength.js';
import type { Ante, OddChips } from './table-types.js';

const limits = { minSeats: 2, maxSeats: 10 } as const;

/** Options of `HandEngine`. */
export interface HandEngineOptions {
  /** 2 to 10. */
  readonly seats: number;
  /** The most chips that all seats have together in any hand. Default: 2^31 - 1. */
  readonly maxChips?: number;
  /** Default: `lowest-seat`, the platform's rule. */
  readonly oddChips?: OddChips;
}

/**
 * Use: fill in `stacks`, `setBlinds`, `placeButton` or `moveButton`, then `deal` or `dealFrom`, and while `turn` is not -1 one of
 * `fold`, `check`, `call`, `raiseTo`. Lists are by seat and are the engine's own: read them, but for `stacks` and `sitsOut`
 * between hands. Amounts are chips, whole numbers. Cards are numbers, places in `allCards`.
 */
export class HandEngine {
  readonly seatCount: number;
  readonly oddChips: OddChips;
  readonly betting: BettingCore;
  readonly settlement: SettlementCore;
  readonly positions: PositionCore;
  readonly log: HandLog;
  /** What is in front of each seat; with its winnings when the hand is over. */
  readonly stacks: ChipList;
  /** Before the posts of the hand. */
  readonly startStacks: ChipList;
  /** 1 for a seat that sits out of the hands to come. */
  readonly sitsOut: Uint8Array;
  /** 1 for a seat that was dealt in. */
  readonly plays: Uint8Array;
  /** The numbers of the cards. */
  readonly cards: HandCards;
  /** By seat, two each; of seats that were not dealt in they mean nothing. */
  readonly holeCards: Uint8Array;
  /** Five, though fewer may be open: see `boardSize`. */
  readonly board: Uint8Array;
  /** Counted from 1 on by `deal`, or set before. */
  hand = 0;
  /** 0 to 3: preflop, flop, turn, river. */
  street = 0;
  isOver = true;
  /** The hand came to a show-down, and `settlement.strengths` are the seats' hands. */
  isShown = false;
  smallBlind = 1;
  bigBlind = 2;
  ante: Ante = 0;

  /** All chips in play, which no hand changes. */
  private chips = 0;

  constructor({ seats, maxChips = 2 ** 31 - 1, oddChips = 'lowest-seat' }: HandEngineOptions) {
    if (!Number.isInteger(seats) || seats < limits.minSeats || seats > limits.maxSeats) {
      throw new RangeError(`A hand has ${limits.minSeats} to ${limits.maxSeats} seats, not ${seats}.`);
    }
    this.seatCount = seats;
    this.oddChips = oddChips;
    this.betting = new BettingCore(seats, maxChips);
    this.settlement = new SettlementCore(seats, maxChips, this.betting);
    this.positions = new PositionCore(seats);
    this.log = new HandLog(maxChips);
    this.stacks = this.betting.stacks;
    this.startStacks = this.stacks.slice();
    this.sitsOut = new Uint8Array(seats);
    this.plays = new Uint8Array(seats);
    this.cards = new HandCards(seats);
    this.holeCards = this.cards.holeCards;
    this.board = this.cards.board;
  }

  /** The seat that has to act; -1 when the hand is over. */
  get turn(): number {
    return this.betting.turn;
  }

  /** What a call costs the seat in turn; 0 when it may check. */
  get toCall(): number {
    return this.betting.toCall;
  }

  /** Totals for the street that it may raise to; 0 when raising is not legal. */
  get minRaise(): number {
    return this.betting.minRaise;
  }

  get maxRaise(): number {
    return this.betting.maxRaise;
  }

  get boardSize(): number {
    return boardSizes[this.street] as number;
  }

  /** All chips that were put in during this hand, bets of the street included. */
  get pot(): number {
    return this.betting.pot();
  }

  /** The same for every hand until it is set again. */
  setBlinds(smallBlind: number, bigBlind: number, ante: Ante = 0): void {
    this.smallBlind = smallBlind;
    this.bigBlind = bigBlind;
    this.ante = ante;
  }

  /** The button of the next hand is here, or at the next seat that plays. */
  placeButton(seat: number): void {
    this.findPlaying();
    this.positions.place(seat, this.plays);
  }

  /** The button of the next hand is where it belongs after the last one. */
  moveButton(): void {
    this.findPlaying();
    this.positions.move(this.plays);
  }

  /** Shuffles the cards in use, posts and deals. Runs to the end where nobody has a decision. */
  deal(random: FastRandom): void {
    this.findPlaying();
    const used = this.cardsInUse();
    this.cards.shuffle(random, used);
    this.begin(used);
  }

  /**
   * The same with these cards on top: one to each seat from the left of the button, once more round, then the board.
   *
   * @throws RangeError when they are too few, or not all different.
   */
  dealFrom(cards: ArrayLike<number>): void {
    this.findPlaying();
    const used = this.cardsInUse();
    this.cards.take(cards, used);
    this.begin(used);
  }

  /** @throws IllegalActionError where there is nothing to call, so that checking is free. */
  fold(isTimeout = false): void {
    const seat = this.requireTurn();
    if (this.betting.toCall === 0) throw this.refused('fold');
    this.betting.fold(seat);
    this.log.add(seat, actionCodes.fold, 0, this.street, isTimeout);
    this.proceed(seat);
  }

  /** @throws IllegalActionError where there is a bet to call. */
  check(isTimeout = false): void {
    const seat = this.requireTurn();
    if (this.betting.toCall > 0) throw this.refused('check');
    this.betting.check(seat);
    this.log.add(seat, actionCodes.check, 0, this.street, isTimeout);
    this.proceed(seat);
  }

  /** @throws IllegalActionError where there is nothing to call. */
  call(isTimeout = false): void {
    const seat = this.requireTurn();
    if (this.betting.toCall === 0) throw this.refused('call');
    this.log.add(seat, actionCodes.call, this.betting.call(seat), this.street, isTimeout);
    this.proceed(seat);
  }

  /**
   * @param total for the street, from `minRaise` to `maxRaise`.
   * @throws IllegalActionError for another total, and where raising is not legal.
   */
  raiseTo(total: number, isTimeout = false): void {
    const seat = this.requireTurn();
    const { minRaise, maxRaise } = this.betting;
    if (maxRaise === 0) throw this.refused('raise');
    if (!(total >= minRaise && total <= maxRaise) || Math.floor(total) !== total) {
      throw new IllegalActionError(
        'bad_amount',
        `A raise is to a whole number from ${minRaise} to ${maxRaise}, not to ${total}.`,
      );
    }
    this.betting.raiseTo(seat, total);
    this.log.add(seat, actionCodes.raise, total, this.street, isTimeout);
    this.proceed(seat);
  }

  /** Ends a hand in play without a result: everybody has again what it began the hand with. */
  abandon(): void {
    if (this.isOver) return;
    this.stacks.set(this.startStacks);
    this.betting.turn = -1;
    this.isOver = true;
  }

  private refused(action: string): IllegalActionError {
    const { toCall, maxRaise } = this.betting;
    const legal = `${toCall > 0 ? 'fold, call' : 'check'}${maxRaise > 0 ? ', raise' : ''}`;
    return new IllegalActionError(
      'action_not_allowed',
      `"${action}" is not possible here; legal are ${legal}.`,
    );
  }

  private requireTurn(): number {
    const { turn } = this.betting;
    if (turn === -1) throw new IllegalActionError('no_turn', 'Nobody is in turn.');
    return turn;
  }

  private findPlaying(): void {
    if (!this.isOver) throw new Error(`Hand ${this.hand} is still in play.`);
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      this.plays[seat] = chipsAt(this.stacks, seat) > 0 && byteAt(this.sitsOut, seat) === 0 ? 1 : 0;
    }
  }

  private cardsInUse(): number {
    let used = 5;
    for (let seat = 0; seat < this.seatCount; seat += 1) used += 2 * byteAt(this.plays, seat);
    if (used < 9) throw new Error('A hand needs two seats with chips or more.');
    return used;
  }

  private begin(used: number): void {
    const { betting, seatCount } = this;
    this.cards.requireDifferent(used);
    this.isOver = false;
    this.isShown = false;
    this.hand += 1;
    this.street = 0;
    this.log.clear();
    this.chips = 0;
    for (let seat = 0; seat < seatCount; seat += 1) {
      const stack = chipsAt(this.stacks, seat);
      this.startStacks[seat] = stack;
      this.chips += stack;
    }
    betting.begin(this.bigBlind);
    for (let seat = 0; seat < seatCount; seat += 1) if (byteAt(this.plays, seat) === 0) betting.sitOut(seat);
    this.cards.give(this.positions.dealerSeat, this.plays, betting.liveCount);
    this.post();
    this.proceed(this.positions.bigBlindSeat);
  }

  private post(): void {
    const { betting, log } = this;
    const { smallBlindSeat, bigBlindSeat } = this.positions;
    log.add(
      smallBlindSeat,
      actionCodes.postSmallBlind,
      betting.postBlind(smallBlindSeat, this.smallBlind),
      0,
      false,
    );
    log.add(bigBlindSeat, actionCodes.postBigBlind, betting.postBlind(bigBlindSeat, this.bigBlind), 0, false);
    if (this.ante === 0) return;
    const isDead = typeof this.ante !== 'number';
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      if (byteAt(this.plays, seat) === 0) continue;
      const paid = betting.postAnte(seat, anteAt(this.ante, seat, bigBlindSeat), isDead);
      if (paid > 0) log.add(seat, actionCodes.postAnte, paid, 0, false);
    }
  }

  /** Goes on after `seat` until somebody has a decision or the hand is over. */
  private proceed(seat: number): void {
    const { betting } = this;
    let from = seat;
    while (betting.liveCount > 1) {
      betting.findTurn(from);
      if (betting.turn !== -1) return;
      if (this.street === 3) break;
      this.street += 1;
      betting.openStreet();
      from = this.positions.dealerSeat;
    }
    this.end();
  }

  private end(): void {
    const { betting, settlement, seatCount } = this;
    betting.turn = -1;
    this.isOver = true;
    this.isShown = betting.liveCount > 1;
    if (this.isShown) {
      for (let seat = 0; seat < seatCount; seat += 1) {
        if (byteAt(betting.folded, seat) !== 0) continue;
        const first = byteAt(this.holeCards, 2 * seat);
        settlement.strengths[seat] = strengthOf(first, byteAt(this.holeCards, 2 * seat + 1), this.board);
      }
    }
    settlement.settle(betting.dead, this.oddChips === 'lowest-seat' ? 0 : this.positions.dealerSeat + 1);
    let chips = 0;
    for (let seat = 0; seat < seatCount; seat += 1) {
      const back = seat === settlement.uncalledSeat ? settlement.uncalled : 0;
      const stack = chipsAt(this.stacks, seat) + chipsAt(settlement.won, seat) + back;
      this.stacks[seat] = stack;
      chips += stack;
    }
    if (chips !== this.chips)
      throw new Error(`Hand ${this.hand} began with ${this.chips} chips and ends with ${chips}.`);
  }
}

function anteAt(ante: Ante, seat: number, bigBlindSeat: number): number {
  if (typeof ante === 'number') return ante;
  if ('bigBlind' in ante) return seat === bigBlindSeat ? ante.bigBlind : 0;
  return ante[seat] ?? 0;
}
