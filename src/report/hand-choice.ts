/** Which hands of many are in a report: the biggest pots, and the newest. */
import { chipsOf } from '../histories/hand-chips.js';
import { createMatchPacker, type PackableMatch, type PackTerms } from '../playback/match-packer.js';
import type { PackedHand } from '../playback/packed-hand.js';
import type { PackedHead, PackedMatch } from '../playback/packed-match.js';

export interface HandChoice {
  add(match: PackableMatch): void;
  /** Hands that were offered. */
  readonly total: number;
  /** In the order of matches and hands. */
  matches(): PackedMatch[];
}

interface Kept {
  readonly order: number;
  readonly head: PackedHead;
  readonly hand: PackedHand;
  /** The pot in big blinds. */
  readonly size: number;
}

/** @param most so many: all if there are no more, else half of them the biggest pots, and the others the newest. */
export function createHandChoice(most: number, terms: PackTerms): HandChoice {
  let kept: Kept[] = [];
  let total = 0;

  function drop(): void {
    if (kept.length <= most) return;
    const newest = kept.slice(kept.length - Math.floor(most / 2));
    const biggest = kept
      .slice(0, kept.length - newest.length)
      .toSorted((a, b) => b.size - a.size)
      .slice(0, most - newest.length);
    kept = [...biggest.toSorted((a, b) => a.order - b.order), ...newest];
  }

  return {
    get total() {
      return total;
    },
    add(match) {
      const { head, pack } = createMatchPacker(match, terms);
      for (const hand of match.hands) {
        const size = chipsOf(hand).pot / Math.max(1, hand.level.bigBlind);
        kept.push({ order: total, head, hand: pack(hand), size });
        total += 1;
      }
      if (kept.length > 2 * most) drop();
    },
    matches() {
      drop();
      const byMatch = new Map<PackedHead, PackedHand[]>();
      for (const { head, hand } of kept) {
        const own = byMatch.get(head) ?? [];
        byMatch.set(head, own);
        own.push(hand);
      }
      return [...byMatch].map(([head, hands]) => ({ ...head, hands }));
    },
  };
}
