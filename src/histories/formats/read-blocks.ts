/** Reads a file block by block: one that cannot be read costs no other. */
import type { HandHistory } from '../hand-history.js';
import { problemsOf } from '../problems.js';
import { HandRefusedError, type RefusedHand } from './hand-refusal.js';

/** What was read from one file. `blocks` are `hands` and `refused`. */
export interface ReadHistories {
  /** How many pieces look like a hand, readable or not. */
  readonly blocks: number;
  readonly hands: readonly HandHistory[];
  readonly refused: readonly RefusedHand[];
  /** What was found out about the file: a sentence, and for how many hands it holds. */
  readonly remarks: ReadonlyMap<string, number>;
}

/** Takes down what was found out about a hand. */
export type Remark = (sentence: string) => void;

/** @param read throws a `HandRefusedError` for what is no hand; anything else that it throws is a fault of the reader. */
export function readBlocks<Block>(
  blocks: readonly Block[],
  read: (block: Block, remark: Remark) => HandHistory,
  numberOf: (block: Block) => number | null = () => null,
): ReadHistories {
  const hands: HandHistory[] = [];
  const refused: RefusedHand[] = [];
  const remarks = new Map<string, number>();
  for (const [index, block] of blocks.entries()) {
    const found = new Set<string>();
    let handNumber: number | null = null;
    try {
      handNumber = numberOf(block);
      const hand = read(block, (sentence) => found.add(sentence));
      ({ handNumber } = hand);
      requireSound(hand);
      hands.push(hand);
      for (const sentence of found) remarks.set(sentence, (remarks.get(sentence) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof HandRefusedError)) throw error;
      refused.push({ position: index + 1, handNumber, code: error.code, why: error.message });
    }
  }
  return { blocks: blocks.length, hands, refused, remarks };
}

/** @throws {HandRefusedError} for a hand that `problemsOf` finds fault with. */
export function requireSound(hand: HandHistory): void {
  const problems = problemsOf(hand);
  if (problems.length > 0) throw new HandRefusedError('unsound', problems.join(' '));
}

/** Text in lines, without a byte order mark and carriage returns. */
export function textLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
}
