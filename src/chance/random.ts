/**
 * Reproducible randomness: a counter hashed with a seed by SHA-256. The same seed gives the same numbers on every
 * machine, which is what makes a sandbox match repeatable.
 */
import crypto from 'node:crypto';

const uint32Range = 2 ** 32;
const mantissaRange = 2 ** 53;

/** In one call, which costs a third of what `createHash` does; Node has it from 20.12 on. */
const digestOf: (text: string, encoding: 'hex' | 'binary') => string =
  typeof crypto.hash === 'function'
    ? (text, encoding) => crypto.hash('sha256', text, encoding)
    : (text, encoding) => crypto.createHash('sha256').update(text).digest(encoding);

/** Hex SHA-256 of a text. */
export function sha256(text: string): string {
  return digestOf(text, 'hex');
}

/** An endless stream of whole numbers from 0 to 2^32 - 1. */
export function createUint32Stream(seed: string): () => number {
  // A character for each byte.
  let block = '';
  let offset = 0;
  let counter = 0;
  return () => {
    if (offset >= block.length) {
      block = digestOf(`${counter}:${seed}`, 'binary');
      counter += 1;
      offset = 0;
    }
    const high = (block.charCodeAt(offset) << 8) | block.charCodeAt(offset + 1);
    const low = (block.charCodeAt(offset + 2) << 8) | block.charCodeAt(offset + 3);
    offset += 4;
    return high * 2 ** 16 + low;
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
