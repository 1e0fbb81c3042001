/**
 * Reproducible randomness: a counter hashed with a seed by SHA-256. The same seed gives the same numbers on every
 * machine, which is what makes a sandbox match repeatable.
 */
import { createHash } from 'node:crypto';

const uint32Range = 2 ** 32;
const mantissaRange = 2 ** 53;

/** Hex SHA-256 of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An endless stream of whole numbers from 0 to 2^32 - 1. */
export function createUint32Stream(seed: string): () => number {
  let block = Buffer.alloc(0);
  let offset = 0;
  let counter = 0;
  return () => {
    if (offset >= block.length) {
      block = createHash('sha256').update(`${counter}:${seed}`).digest();
      counter += 1;
      offset = 0;
    }
    const value = block.readUInt32BE(offset);
    offset += 4;
    return value;
  };
}

/**
 * A whole number from 0 to `bound - 1`, each as likely as any other: draws that would favour small numbers are thrown
 * away.
 */
export function drawBelow(bound: number, nextUint32: () => number): number {
  const limit = uint32Range - (uint32Range % bound);
  let value = nextUint32();
  while (value >= limit) value = nextUint32();
  return value % bound;
}

/** A seeded stand-in for `Math.random`: numbers in [0, 1) with 53 bits. */
export function createRandom(seed: string): () => number {
  const nextUint32 = createUint32Stream(`random:${seed}`);
  return () => {
    const high = nextUint32() >>> 5;
    const low = nextUint32() >>> 6;
    return (high * 2 ** 26 + low) / mantissaRange;
  };
}

/**
 * The same as `createUint32Stream`, some thirty times as fast: xoshiro128**, started from the SHA-256 of the seed. It
 * is for bots that draw numbers by the million; cards are dealt from the other stream.
 */
export function createFastUint32Stream(seed: string): () => number {
  const start = createUint32Stream(`fast:${seed}`);
  let [a, b, c, d] = [start(), start(), start(), start()];
  return () => {
    const value = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return value;
  };
}

function rotated(bits: number, left: number): number {
  return (bits << left) | (bits >>> (32 - left));
}
