/** Masks secrets in the output of bots, also those that are split between two writes. */
import type { Mask } from '../../protocol/redact.js';
import { createStreamMask } from '../../protocol/stream-mask.js';

export interface MaskedOutput {
  /** Writes what can be shown at once; a possible beginning of a secret waits for the next text. */
  write(text: string): void;
  /** Writes what was held back. */
  end(): void;
}

export function createMaskedOutput(mask: Mask, write: (text: string) => void): MaskedOutput {
  const stream = createStreamMask(mask);
  const show = (text: string): void => {
    if (text !== '') write(text);
  };
  return {
    write: (text) => show(stream.push(text)),
    end: () => show(stream.end()),
  };
}
