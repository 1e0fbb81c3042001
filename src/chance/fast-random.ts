/** Seeded random numbers by the million: xoshiro128**, which keeps its state in four words and makes nothing for a draw. */
import { createUint32Stream, drawBelow } from './random.js';

const uint32Range = 2 ** 32;
/** Products of such a bound and a drawn number are exact. */
const exactBound = 2 ** 21;

/** A stream of random numbers. The same seed gives the same numbers on every machine. */
export class FastRandom {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;
  private readonly nextUint32 = (): number => this.next();

  constructor(seed: string) {
    this.seed(seed);
  }

  /** Begins anew: the same seed gives the same numbers. */
  seed(seed: string): void {
    const start = createUint32Stream(`fast:${seed}`);
    this.seedWords(start(), start(), start(), start());
  }

  /** The same from four words of 32 bits, for seeds that were mixed elsewhere; not all of them are 0. */
  seedWords(a: number, b: number, c: number, d: number): void {
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
    if ((this.a | this.b | this.c | this.d) === 0) {
      throw new RangeError('A seed of four words needs one that is not 0: all numbers would be 0.');
    }
  }

  /** @returns a whole number from 0 to 2^32 - 1. */
  next(): number {
    const { b } = this;
    const product = Math.imul(b, 5);
    const value = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    this.c ^= this.a;
    this.d ^= b;
    this.b = b ^ this.c;
    this.a ^= this.d;
    this.c ^= b << 9;
    this.d = (this.d << 11) | (this.d >>> 21);
    return value;
  }

  /** The same numbers as so many calls of `next`. */
  drawInto(numbers: Uint32Array): void {
    let { a, b, c, d } = this;
    for (let at = 0; at < numbers.length; at += 1) {
      const product = Math.imul(b, 5);
      numbers[at] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** @returns a whole number from 0 to `bound - 1`, each exactly as likely as any other; `bound` is from 1 to 2^32. */
  below(bound: number): number {
    if (bound > exactBound) return drawBelow(bound, this.nextUint32);
    let value = this.next();
    let low = Math.imul(value, bound) >>> 0;
    if (low < bound) {
      const uneven = uint32Range % bound;
      while (low < uneven) {
        value = this.next();
        low = Math.imul(value, bound) >>> 0;
      }
    }
    return (value * bound - low) / uint32Range;
  }
}

/** Draws of a `FastRandom` as a function; cards of the platform are dealt from the other stream. */
export function createFastUint32Stream(seed: string): () => number {
  const random = new FastRandom(seed);
  return () => random.next();
}
