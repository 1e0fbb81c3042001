/** The hands of a match as pages get them. */
import type { HandHistory } from '../histories/hand-history.js';
import type { PackedHand } from './packed-hand.js';

/** A match in a page, or in a file for one. All text is printable. */
export interface PackedMatch {
  /** Null: the files do not tell it. */
  readonly id: string | null;
  readonly source: HandHistory['source'];
  /** Epoch milliseconds; null: unknown. */
  readonly startedAt: number | null;
  /** Everybody that the hands name. */
  readonly names: readonly string[];
  /** Our bot's seat; null: none is ours, or it is not known. */
  readonly seat: number | null;
  /** The others, or everybody where no seat is ours. */
  readonly opponents: readonly string[];
  /** What our bot was called when it played; null: not known. */
  readonly version: string | null;
  /** How many hands the match has; `hands` may be a part of them. */
  readonly total: number;
  readonly hands: readonly PackedHand[];
  /** The hands in the formats of other programs; not there: none were made. */
  readonly texts?: PackedTexts;
}

/** By format, for each hand its text, or null where the format cannot tell it; `packed` is JSON, deflated, in base64. */
export type PackedTexts = Readonly<
  Record<string, { readonly packed: string } | { readonly texts: readonly (string | null)[] }>
>;

/** A match without its hands. */
export type PackedHead = Omit<PackedMatch, 'hands' | 'texts'>;
