/** Lists of chips and small numbers whose index is known to be inside them. */

/** Whole numbers of chips. Short ones are several times as fast to read where numbers are handed on to objects. */
export type ChipList = Int32Array | Float64Array;

/** @param most the most chips that an entry may hold. */
export function createChips(length: number, most: number): ChipList {
  return most < 2 ** 31 ? new Int32Array(length) : new Float64Array(length);
}

export const chipsAt = (list: ChipList, index: number): number => list[index] as number;
export const byteAt = (list: Uint8Array, index: number): number => list[index] as number;

/** @returns a copy to keep. */
export function copyOfChips(list: ChipList): number[] {
  const chips: number[] = [];
  for (let index = 0; index < list.length; index += 1) chips.push(chipsAt(list, index));
  return chips;
}

export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
