/** Text that waits to be written, up to a limit. One line with a count replaces the lines beyond it. */

const lineFeed = 0x0a;

export interface BacklogOptions {
  /** The limit in bytes; only a single text may be longer. */
  maxBytes: number;
  /** The line, without its end, that replaces so many lost lines. */
  gapLine: (lines: number) => string;
}

export interface OutputBacklog {
  /** Takes all of the text or none of it. */
  push(text: string | Uint8Array): void;
  /** The oldest text, at least so many bytes if there are as many; empty when there is none. */
  take(bytes: number): Buffer;
  /** Bytes that are held now. */
  readonly bytes: number;
  /** Lines that are held, and lost lines that are not reported yet. */
  lines(): number;
}

/**
 * The first text is kept, and text that comes while there is no room is dropped: so there is one gap, behind the text
 * that is held. New text is taken again when half of that has been written.
 */
export function createOutputBacklog({ maxBytes, gapLine }: BacklogOptions): OutputBacklog {
  let held: Buffer[] = [];
  let bytes = 0;
  let isLineOpen = false;
  /** Lines lost since the last report. */
  let lost = 0;
  /** The next text continues a line whose beginning was lost. */
  let isLostLineOpen = false;

  function hold(text: Buffer): void {
    if (text.length === 0) return;
    held.push(text);
    bytes += text.length;
    isLineOpen = text.at(-1) !== lineFeed;
  }

  function lose(text: Buffer): void {
    lost += linesIn(text) - (isLostLineOpen ? 1 : 0);
    isLostLineOpen = text.at(-1) !== lineFeed;
  }

  function closeGap(): void {
    if (lost === 0) return;
    hold(Buffer.from(`${isLineOpen ? '\n' : ''}${gapLine(lost)}\n`));
    lost = 0;
  }

  return {
    push(text) {
      const all = Buffer.from(text);
      const isFull = bytes > 0 && bytes + all.length > maxBytes;
      if (isFull || (lost > 0 && bytes > maxBytes / 2)) {
        if (all.length > 0) lose(all);
        return;
      }
      closeGap();
      const end = isLostLineOpen ? all.indexOf(lineFeed) : -1;
      // The rest of a line makes no sense without its beginning.
      if (isLostLineOpen && end < 0) return;
      isLostLineOpen = false;
      hold(all.subarray(end + 1));
    },
    take(atLeast) {
      if (bytes === 0) closeGap();
      let count = 0;
      let size = 0;
      while (count < held.length && size < atLeast) {
        size += held[count]?.length ?? 0;
        count += 1;
      }
      const taken = Buffer.concat(held.slice(0, count));
      held = held.slice(count);
      bytes -= size;
      return taken;
    },
    get bytes() {
      return bytes;
    },
    lines: () => held.reduce((sum, text) => sum + linesIn(text), lost),
  };
}

/** Counts lines; also a last line without an end. */
export function linesIn(text: Uint8Array): number {
  let lines = 0;
  for (let at = text.indexOf(lineFeed); at >= 0; at = text.indexOf(lineFeed, at + 1)) lines += 1;
  return text.length > 0 && text.at(-1) !== lineFeed ? lines + 1 : lines;
}
