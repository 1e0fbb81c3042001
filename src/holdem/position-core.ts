/** Where button and blinds are, hand after hand, in the same memory. */
import { byteAt } from './chip-lists.js';

/**
 * The forward moving button, the rule of online tables: the button goes to the next seat that plays and the blinds are
 * the next two after it, whoever went out. So both blinds are posted in every hand and the button is never at an
 * empty seat; whoever sits behind a blind that went out may be spared one. Heads-up the dealer posts the small blind;
 * when the table has just become heads-up, nobody posts the big blind twice in a row.
 */
export class PositionCore {
  readonly seatCount: number;
  /** -1 before the first hand. */
  dealerSeat = -1;
  smallBlindSeat = -1;
  bigBlindSeat = -1;

  constructor(seatCount: number) {
    this.seatCount = seatCount;
  }

  /**
   * Of a hand that follows none: the button is at this seat, or else at the next one that plays.
   *
   * @param plays by seat, 1 where it plays in the hand; two or more do.
   */
  place(seat: number, plays: Uint8Array): void {
    this.bigBlindSeat = -1;
    this.follow(byteAt(plays, seat) === 1 ? seat : this.after(seat, plays), plays);
  }

  /** Of a hand that follows the last one. */
  move(plays: Uint8Array): void {
    if (this.dealerSeat === -1) this.place(0, plays);
    else this.follow(this.after(this.dealerSeat, plays), plays);
  }

  private follow(dealer: number, plays: Uint8Array): void {
    const next = this.after(dealer, plays);
    const afterNext = this.after(next, plays);
    if (afterNext !== dealer) {
      this.dealerSeat = dealer;
      this.smallBlindSeat = next;
      this.bigBlindSeat = afterNext;
      return;
    }
    const isSecondInARow = next === this.bigBlindSeat;
    this.dealerSeat = isSecondInARow ? next : dealer;
    this.smallBlindSeat = this.dealerSeat;
    this.bigBlindSeat = isSecondInARow ? dealer : next;
  }

  /** The nearest other seat that plays, clockwise; the same one where no other does. */
  private after(seat: number, plays: Uint8Array): number {
    let next = seat;
    for (let step = 0; step < this.seatCount; step += 1) {
      next = next + 1 >= this.seatCount ? 0 : next + 1;
      if (byteAt(plays, next) === 1) return next;
    }
    return seat;
  }
}
