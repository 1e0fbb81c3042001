/** What bots print, without secrets: its pieces are put together by whoever reads them. */
import type { Mask } from '../../protocol/redact.js';
import { createStreamMask } from '../../protocol/stream-mask.js';

export interface MaskedOutput {
  /** What can be shown is written at once; the beginning of a secret waits for what comes next. */
  write(text: string): void;
  /** Writes what is still held back. */
  end(): void;
}

export function createMaskedOutput(mask: Mask, write: (text: string) => void): MaskedOutput {
  const stream = createStreamMask(mask);
  const tell = (text: string): void => {
    if (text !== '') write(text);
  };
  return {
    write: (text) => tell(stream.push(text)),
    end: () => tell(stream.end()),
  };
}
