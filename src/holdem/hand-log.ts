/** The history of a hand in typed lists, which are used again for the next one. */
import { byteAt, type ChipList, chipsAt, createChips } from './chip-lists.js';

const defaults = { entries: 256 } as const;

export class HandLog {
  /** How many entries there are: posts, then what was done in turn. */
  length = 0;
  private readonly maxChips: number;
  private seats = new Uint8Array(defaults.entries);
  /** Action, street and whether somebody else answered, in one byte. */
  private codes = new Uint8Array(defaults.entries);
  private amounts: ChipList;

  constructor(maxChips: number) {
    this.maxChips = maxChips;
    this.amounts = createChips(defaults.entries, maxChips);
  }

  clear(): void {
    this.length = 0;
  }

  add(seat: number, action: number, amount: number, street: number, isTimeout: boolean): void {
    if (this.length === this.seats.length) this.grow();
    this.seats[this.length] = seat;
    this.codes[this.length] = action | (street << 3) | (isTimeout ? 32 : 0);
    this.amounts[this.length] = amount;
    this.length += 1;
  }

  seatAt(index: number): number {
    return byteAt(this.seats, index);
  }

  /** One of `actionCodes`. */
  actionAt(index: number): number {
    return byteAt(this.codes, index) & 7;
  }

  /** As in `HandAction`. */
  amountAt(index: number): number {
    return chipsAt(this.amounts, index);
  }

  streetAt(index: number): number {
    return (byteAt(this.codes, index) >> 3) & 3;
  }

  isTimeoutAt(index: number): boolean {
    return (byteAt(this.codes, index) & 32) !== 0;
  }

  private grow(): void {
    const { seats, codes, amounts } = this;
    const length = 2 * seats.length;
    this.seats = new Uint8Array(length);
    this.codes = new Uint8Array(length);
    this.amounts = createChips(length, this.maxChips);
    this.seats.set(seats);
    this.codes.set(codes);
    this.amounts.set(amounts);
  }
}
