/** Masks secrets in a text that comes in pieces and is shown as one. */
import { credentialMark, type Mask, replaceSpans } from './redact.js';

const defaults = {
  /** How much of a secret may be shown: text that begins like a secret for fewer characters is written at once. */
  shownLength: 4,
  /** A beginning of this length is masked when the text ends with it. */
  maskedLength: 16,
} as const;

export interface StreamMask {
  /** Returns what can be shown now. A possible beginning of a secret is held back until the next piece. */
  push(text: string): string;
  /** Returns what was held back. */
  end(): string;
}

export function createStreamMask(mask: Mask): StreamMask {
  /** A possible beginning of a secret, and how much of it was shown. */
  let begun = '';
  let shown = 0;

  return {
    push(text) {
      const whole = begun + text;
      const spans = mask.spans(whole);
      const { at, length } = mask.beginning(whole);
      // A secret that may still continue is not complete.
      const complete = spans.filter(([, end]) => length === 0 || end <= at);
      const isHeld = length > defaults.shownLength;
      const out = replaceSpans(whole, complete, shown, Math.max(shown, isHeld ? at : whole.length));
      begun = length === 0 ? '' : whole.slice(at);
      shown = Math.max(0, (isHeld ? Math.max(at, shown) : whole.length) - at);
      return out;
    },
    end() {
      const rest = begun.slice(shown);
      const isSecret = mask.beginning(begun).length >= defaults.maskedLength;
      begun = '';
      shown = 0;
      return isSecret && rest !== '' ? credentialMark : rest;
    },
  };
}
