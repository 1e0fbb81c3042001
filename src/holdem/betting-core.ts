/**
 * The betting of a hand in whole numbers, over and over in the same memory: nothing is made for a hand or a turn. `betting.ts`
 * and the table are views of it, so that there is one set of rules (docs/protocol.md 6).
 */
import { byteAt, type ChipList, chipsAt, createChips } from './chip-lists.js';

/** The bet that a seat last acted on, where it has not acted on this street. */
const notActed = -1;

/**
 * All lists are by seat. Use: fill in `stacks`, `begin`, post, then `findTurn` and one of `fold`, `check`, `call`, `raiseTo`
 * until it finds none, and `openStreet` for the next one. Nothing is checked here.
 */
export class BettingCore {
  readonly seatCount: number;
  /** Chips in front of each seat. */
  readonly stacks: ChipList;
  /** Chips put in during this hand, but for dead ones. */
  readonly committed: ChipList;
  /** Chips put in on this street. */
  readonly streetBets: ChipList;
  /** 1 for a seat that has folded or is not dealt in. */
  readonly folded: Uint8Array;
  /** Chips that nobody has to match. */
  dead = 0;
  /** Seats still in the hand. */
  liveCount = 0;

  /** The seat of `findTurn`; -1 when the street is over. */
  turn = -1;
  /** What a call costs the seat in turn. */
  toCall = 0;
  /** Totals for the street that it may raise to; 0 when raising is not legal. */
  minRaise = 0;
  maxRaise = 0;
  /** The total of a whole raise, also where the seat has fewer chips; 0 when raising is not legal. */
  fullRaise = 0;

  private readonly actedAt: ChipList;
  /** Live seats with chips left. */
  private activeCount = 0;
  /** All chips put in. */
  private total = 0;
  /** The live seat that can put the most into this hand, and how much; how much the next one can. Looked for when asked. */
  private deepestSeat = -1;
  private deepest = 0;
  private nextDeepest = 0;
  private bigBlind = 0;
  private currentBet = 0;
  private lastRaise = 0;

  /** @param most the most chips that a hand may have in play. */
  constructor(seatCount: number, most: number) {
    this.seatCount = seatCount;
    this.stacks = createChips(seatCount, most);
    this.committed = createChips(seatCount, most);
    this.streetBets = createChips(seatCount, most);
    this.actedAt = createChips(seatCount, most);
    this.folded = new Uint8Array(seatCount);
  }

  /**
   * A hand before its posts. Seats without chips are out of it; others that sit out are folded by the caller, with `sitOut`.
   * Preflop the bet is the whole big blind, even when the seat that posts it cannot.
   */
  begin(bigBlind: number): void {
    this.bigBlind = bigBlind;
    this.currentBet = bigBlind;
    this.lastRaise = bigBlind;
    this.dead = 0;
    this.total = 0;
    this.liveCount = 0;
    this.deepestSeat = -1;
    this.turn = -1;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      this.committed[seat] = 0;
      this.streetBets[seat] = 0;
      this.actedAt[seat] = notActed;
      const isIn = chipsAt(this.stacks, seat) > 0;
      this.folded[seat] = isIn ? 0 : 1;
      if (isIn) this.liveCount += 1;
    }
    this.activeCount = this.liveCount;
  }

  /** The seat is not dealt in. */
  sitOut(seat: number): void {
    if (byteAt(this.folded, seat) === 0) this.fold(seat);
  }

  pot(): number {
    return this.total;
  }

  /** Goes in as far as the stack reaches. @returns the chips that went in. */
  postBlind(seat: number, blind: number): number {
    return this.bet(seat, blind);
  }

  /** As `postBlind`, but not towards the bet; a dead ante is nothing that others have to match. */
  postAnte(seat: number, ante: number, isDead: boolean): number {
    const paid = this.pay(seat, ante);
    if (isDead) {
      this.committed[seat] = chipsAt(this.committed, seat) - paid;
      this.dead += paid;
      this.deepestSeat = -1;
    }
    return paid;
  }

  /** Looks for the next seat after `after` that has a decision to make, and for what it may do. */
  findTurn(after: number): void {
    const { seatCount } = this;
    this.turn = -1;
    let seat = after;
    for (let step = 0; step < seatCount; step += 1) {
      seat = seat + 1 >= seatCount ? 0 : seat + 1;
      if (byteAt(this.folded, seat) !== 0 || chipsAt(this.stacks, seat) === 0) continue;
      const owed = this.owedBy(seat);
      if (owed === 0 && (chipsAt(this.actedAt, seat) !== notActed || this.activeCount === 1)) continue;
      this.turn = seat;
      this.limit(seat, owed);
      return;
    }
  }

  /** Sets `toCall` and the limits of a raise for a seat, whether it is in turn or not. */
  limitsOf(seat: number): void {
    this.limit(seat, this.owedBy(seat));
  }

  fold(seat: number): void {
    this.folded[seat] = 1;
    this.liveCount -= 1;
    if (chipsAt(this.stacks, seat) > 0) this.activeCount -= 1;
    this.deepestSeat = -1;
  }

  check(seat: number): void {
    this.actedAt[seat] = this.currentBet;
  }

  /** @returns the chips added. */
  call(seat: number): number {
    this.actedAt[seat] = this.currentBet;
    return this.bet(seat, this.owedBy(seat));
  }

  /** `total` for the street, within the limits. */
  raiseTo(seat: number, total: number): void {
    const raise = total - this.currentBet;
    if (raise > this.lastRaise) this.lastRaise = raise;
    this.currentBet = total;
    this.actedAt[seat] = total;
    this.bet(seat, total - chipsAt(this.streetBets, seat));
  }

  openStreet(): void {
    this.currentBet = 0;
    this.lastRaise = this.bigBlind;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      this.streetBets[seat] = 0;
      this.actedAt[seat] = notActed;
    }
  }

  /** Somebody else can still act, so that a bet of this seat can be answered. */
  private canBeAnswered(seat: number): boolean {
    const isActive = byteAt(this.folded, seat) === 0 && chipsAt(this.stacks, seat) > 0;
    return this.activeCount > (isActive ? 1 : 0);
  }

  /**
   * Nobody has to put in more than some opponent can match in this hand: it could only come back. That matters when
   * the big blind is short.
   */
  private owedBy(seat: number): number {
    let owed = this.currentBet - chipsAt(this.streetBets, seat);
    if (owed <= 0) return 0;
    if (this.deepestSeat === -1) this.findDeepest();
    const reach = seat === this.deepestSeat ? this.nextDeepest : this.deepest;
    const matched = reach - chipsAt(this.committed, seat);
    if (matched < owed) owed = matched;
    const stack = chipsAt(this.stacks, seat);
    if (stack < owed) owed = stack;
    return owed > 0 ? owed : 0;
  }

  /** What a seat can put in during a hand stays the same but for dead antes; who is in it changes. */
  private findDeepest(): void {
    let found = 0;
    let deepest = -1;
    let next = 0;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      if (byteAt(this.folded, seat) !== 0) continue;
      const depth = chipsAt(this.committed, seat) + chipsAt(this.stacks, seat);
      if (depth > deepest) {
        if (deepest > 0) next = deepest;
        deepest = depth;
        found = seat;
      } else if (depth > next) next = depth;
    }
    this.deepestSeat = found;
    this.deepest = deepest > 0 ? deepest : 0;
    this.nextDeepest = next;
  }

  /** A seat that has acted may raise again only when it faces a full raise, made at once or by several all-ins. */
  private limit(seat: number, owed: number): void {
    const acted = chipsAt(this.actedAt, seat);
    const isReopened = acted === notActed || this.currentBet - acted >= this.lastRaise;
    const most = chipsAt(this.streetBets, seat) + chipsAt(this.stacks, seat);
    const mayRaise = isReopened && most > this.currentBet && this.canBeAnswered(seat);
    const full = this.currentBet + this.lastRaise;
    this.toCall = owed;
    this.maxRaise = mayRaise ? most : 0;
    this.minRaise = mayRaise ? (full < most ? full : most) : 0;
    this.fullRaise = mayRaise ? full : 0;
  }

  private pay(seat: number, chips: number): number {
    const stack = chipsAt(this.stacks, seat);
    const paid = chips < stack ? chips : stack;
    this.stacks[seat] = stack - paid;
    this.total += paid;
    if (paid > 0 && paid === stack) this.activeCount -= 1;
    this.committed[seat] = chipsAt(this.committed, seat) + paid;
    return paid;
  }

  private bet(seat: number, chips: number): number {
    const paid = this.pay(seat, chips);
    this.streetBets[seat] = chipsAt(this.streetBets, seat) + paid;
    return paid;
  }
}
