/** The odds of match-ups before the flop: a file of the package, made by `npm run match-ups`, and read when it is first asked. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { findOwnFile } from '../files/own-files.js';
import { matchUpCount, matchUpPlace } from './match-up-places.js';

/** Five of the 48 cards that two hands leave. */
export const boardsBeforeFlop = 1_712_304;

export const matchUpFile = 'tables/match-ups.br';

/** How many boards the first hand wins, and how many are split. */
export interface MatchUpOdds {
  readonly wins: number;
  readonly ties: number;
}

interface MatchUpTable {
  readonly wins: Uint32Array;
  readonly ties: Uint32Array;
}

let table: MatchUpTable | null = null;

/**
 * Of numbers of cards, places in `allCards`.
 *
 * @throws RangeError unless these are four different cards.
 * @throws {OptionError} when a bundler has taken the code out of the package, and the package is not installed.
 */
export function matchUpOdds(hand: readonly number[], other: readonly number[]): MatchUpOdds {
  const { place, isMirrored } = matchUpPlace(hand, other);
  table ??= unpackMatchUps(readFileSync(findOwnFile(matchUpFile, 'odds before the flop')));
  const wins = table.wins[place] as number;
  const ties = table.ties[place] as number;
  return { wins: isMirrored ? boardsBeforeFlop - wins - ties : wins, ties };
}

/** Neighbours have much the same odds: what is kept is by how much each differs from the one before it. */
const bytesOfDifference = 3;

/** @param odds by place. */
export function packMatchUps(odds: readonly MatchUpOdds[]): Buffer {
  const columns = [odds.map(({ wins }) => wins), odds.map(({ ties }) => ties)];
  const bytes = Buffer.concat(columns.map(packColumn));
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

export function unpackMatchUps(packed: Uint8Array): MatchUpTable {
  const bytes = brotliDecompressSync(packed);
  const size = matchUpCount * bytesOfDifference;
  return { wins: unpackColumn(bytes.subarray(0, size)), ties: unpackColumn(bytes.subarray(size)) };
}

/** All lowest bytes come first, then all middle ones, then all highest. */
function packColumn(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * bytesOfDifference);
  for (const [index, value] of values.entries()) {
    const difference = value - (values[index - 1] ?? 0);
    const unsigned = difference < 0 ? -2 * difference - 1 : 2 * difference;
    for (let byte = 0; byte < bytesOfDifference; byte += 1)
      bytes[byte * values.length + index] = (unsigned >>> (8 * byte)) & 255;
  }
  return bytes;
}

function unpackColumn(bytes: Uint8Array): Uint32Array {
  const values = new Uint32Array(matchUpCount);
  let value = 0;
  for (let index = 0; index < matchUpCount; index += 1) {
    let unsigned = 0;
    for (let byte = 0; byte < bytesOfDifference; byte += 1)
      unsigned |= (bytes[byte * matchUpCount + index] ?? 0) << (8 * byte);
    value += unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2;
    values[index] = value;
  }
  return values;
}
