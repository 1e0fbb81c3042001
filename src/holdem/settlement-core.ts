/**
 * Who gets what at the end of a hand, in whole numbers and in the same memory each time: uncalled bets, side pots, shares and
 * odd chips (docs/protocol.md 6). `pots.ts` tells it as facts.
 */
import { byteAt, type ChipList, chipsAt, createChips } from './chip-lists.js';

/**
 * All lists are by seat. Fill in `committed`, `folded` and, where two seats or more are left, `strengths`; `settle` says what
 * comes of it in `won`, `uncalled` and the pots. Sets of seats are bits: seat 0 is 1, seat 1 is 2, and so on.
 */
export class SettlementCore {
  readonly seatCount: number;
  /** Chips put in during the hand, but for dead ones. */
  readonly committed: ChipList;
  /** 1 for a seat that is out of the hand. */
  readonly folded: Uint8Array;
  /** Higher wins. */
  readonly strengths: Int32Array;

  /** What each seat takes out of the pots; what nobody called is not in it. */
  readonly won: ChipList;
  /** The seat whose stake nobody else reached; -1 when there is none. */
  uncalledSeat = -1;
  /** The part of its stake that comes back. */
  uncalled = 0;
  potCount = 0;
  /** By pot, the main pot first. */
  readonly potAmounts: ChipList;
  /** By pot: the seats that contend for it. */
  readonly potEligible: Int32Array;
  /** By pot: the seats that share it. */
  readonly potWinners: Int32Array;
  /** By pot, then by seat: what the seat gets of it. */
  readonly potShares: ChipList;

  /**
   * @param most the most chips that a hand may have in play.
   * @param shared lists of another object to settle from. Default: lists of its own.
   */
  constructor(
    seatCount: number,
    most: number,
    shared?: { readonly committed: ChipList; readonly folded: Uint8Array },
  ) {
    this.seatCount = seatCount;
    this.committed = shared?.committed ?? createChips(seatCount, most);
    this.folded = shared?.folded ?? new Uint8Array(seatCount);
    this.strengths = new Int32Array(seatCount);
    this.won = createChips(seatCount, most);
    // A pot for each depth, and one of dead chips.
    const maxPots = seatCount + 1;
    this.potAmounts = createChips(maxPots, most);
    this.potEligible = new Int32Array(maxPots);
    this.potWinners = new Int32Array(maxPots);
    this.potShares = createChips(maxPots * seatCount, most);
  }

  /**
   * @param dead chips of the main pot that nobody had to match.
   * @param oddChipsFrom odd chips go to the winners from this seat on, clockwise.
   */
  settle(dead: number, oddChipsFrom: number): void {
    this.potCount = 0;
    for (let seat = 0; seat < this.seatCount; seat += 1) this.won[seat] = 0;
    this.returnUncalled();
    let live = 0;
    let all = dead;
    let shallowest = Number.POSITIVE_INFINITY;
    let deepest = 0;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      const stake = this.stakeOf(seat);
      all += stake;
      if (byteAt(this.folded, seat) !== 0) continue;
      live |= 1 << seat;
      if (stake < shallowest) shallowest = stake;
      if (stake > deepest) deepest = stake;
    }
    if (shallowest === deepest && deepest > 0) this.addPot(all, live, oddChipsFrom);
    else this.cutPots(dead, live, oddChipsFrom);
  }

  /** A pot for each depth of the seats still in the hand. */
  private cutPots(dead: number, live: number, oddChipsFrom: number): void {
    let floor = 0;
    let rest = dead;
    for (;;) {
      const depth = this.depthAbove(floor);
      if (depth === Number.POSITIVE_INFINITY) break;
      const eligible = this.reaching(depth);
      // Dead chips are for everybody who is in: part of the main pot, if all of them contend for that.
      if (rest > 0 && eligible !== live) {
        this.addPot(rest, live, oddChipsFrom);
        rest = 0;
      }
      this.addPot(rest + this.layer(floor, depth), eligible, oddChipsFrom);
      rest = 0;
      floor = depth;
    }
    if (rest > 0) this.addPot(rest, live, oddChipsFrom);
  }

  /** The part of the deepest stake that no other stake reaches. */
  private returnUncalled(): void {
    let deepest = 0;
    let next = 0;
    for (let seat = 1; seat < this.seatCount; seat += 1) {
      const stake = chipsAt(this.committed, seat);
      const most = chipsAt(this.committed, deepest);
      if (stake > most) {
        next = most;
        deepest = seat;
      } else if (stake > next) next = stake;
    }
    const amount = chipsAt(this.committed, deepest) - next;
    const isReturned = amount > 0 && byteAt(this.folded, deepest) === 0;
    this.uncalledSeat = isReturned ? deepest : -1;
    this.uncalled = isReturned ? amount : 0;
  }

  /** Without what nobody called. */
  private stakeOf(seat: number): number {
    const stake = chipsAt(this.committed, seat);
    return seat === this.uncalledSeat ? stake - this.uncalled : stake;
  }

  /** The least that a seat still in the hand put in above this; infinite: none did. */
  private depthAbove(floor: number): number {
    let depth = Number.POSITIVE_INFINITY;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      if (byteAt(this.folded, seat) !== 0) continue;
      const stake = this.stakeOf(seat);
      if (stake > floor && stake < depth) depth = stake;
    }
    return depth;
  }

  private reaching(depth: number): number {
    let seats = 0;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      if (byteAt(this.folded, seat) === 0 && this.stakeOf(seat) >= depth) seats |= 1 << seat;
    }
    return seats;
  }

  /** Chips between two depths. What folded seats put in beyond the deepest joins the last pot. */
  private layer(floor: number, depth: number): number {
    const isLast = this.depthAbove(depth) === Number.POSITIVE_INFINITY;
    let chips = 0;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      const stake = this.stakeOf(seat);
      const top = isLast || stake < depth ? stake : depth;
      if (top > floor) chips += top - floor;
    }
    return chips;
  }

  /** Shares are equal; odd chips go one by one to the seats from `first` on, clockwise. */
  private addPot(amount: number, eligible: number, first: number): void {
    const pot = this.potCount;
    this.potCount += 1;
    const winners = this.bestOf(eligible);
    this.potAmounts[pot] = amount;
    this.potEligible[pot] = eligible;
    this.potWinners[pot] = winners;
    let count = 0;
    for (let rest = winners; rest !== 0; rest &= rest - 1) count += 1;
    const share = Math.floor(amount / count);
    let odd = amount - share * count;
    for (let step = 0; step < this.seatCount; step += 1) {
      const seat = (first + step) % this.seatCount;
      if ((winners & (1 << seat)) === 0) continue;
      const chips = odd > 0 ? share + 1 : share;
      odd -= 1;
      this.potShares[pot * this.seatCount + seat] = chips;
      this.won[seat] = chipsAt(this.won, seat) + chips;
    }
  }

  private bestOf(eligible: number): number {
    let best = Number.NEGATIVE_INFINITY;
    let winners = 0;
    for (let seat = 0; seat < this.seatCount; seat += 1) {
      if ((eligible & (1 << seat)) === 0) continue;
      const strength = chipsAt(this.strengths, seat);
      if (strength > best) {
        best = strength;
        winners = 1 << seat;
      } else if (strength === best) winners |= 1 << seat;
    }
    return winners;
  }
}
