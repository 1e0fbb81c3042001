/** Takes secrets out of a text that comes in pieces, whose reader sees it as one. */
import { type Mask, replaceSpans } from './redact.js';

const defaults = {
  /** So much of a secret may be shown: words that only begin like one go out at once. */
  shownLength: 4,
  /** Of a text that ends with so much of a secret, or goes on with too much that is not shown, this is not told. */
  toldLength: 16,
} as const;

export interface StreamMask {
  /** What can be shown now; the beginning of a secret waits for what comes next. */
  push(text: string): string;
  /** The rest. */
  end(): string;
}

export function createStreamMask(mask: Mask): StreamMask {
  /** What may be the beginning of a secret, and how much of it was shown. */
  let begun = '';
  let shown = 0;

  return {
    push(text) {
      const whole = begun + text;
      const spans = mask.spans(whole);
      const { at, length } = mask.beginning(whole);
      // A secret that may still go on has no end yet.
      const complete = spans.filter(([, end]) => length === 0 || end <= at);
      const isHeld = length > defaults.shownLength;
      const out = replaceSpans(whole, complete, shown, Math.max(shown, isHeld ? at : whole.length));
      begun = length === 0 ? '' : whole.slice(at);
      shown = Math.max(0, (isHeld ? Math.max(at, shown) : whole.length) - at);
      return out;
    },
    end() {
      const rest = begun.slice(shown);
      const isTelling = mask.beginning(begun).length >= defaults.toldLength;
      begun = '';
      shown = 0;
      return isTelling && rest !== '' ? '[token]' : rest;
    },
  };
}
