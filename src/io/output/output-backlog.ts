/** Text that waits for room: bounded, and in place of what it cannot hold stands one line with its count. */

const lineFeed = 0x0a;

export interface BacklogOptions {
  /** More than this is held only when it is a single text. */
  maxBytes: number;
  /** The line, without its end, that stands for so many lost ones. */
  tellGap: (lines: number) => string;
}

export interface OutputBacklog {
  /** Takes all of the text or nothing of it. */
  push(text: string | Uint8Array): void;
  /** The oldest of what is held, at least so many bytes where there are; empty when nothing is held. */
  take(bytes: number): Buffer;
  /** What is held now. */
  readonly bytes: number;
  /** Lines that are held, and those that the next gap will tell. */
  lines(): number;
}

/**
 * What came first is kept, and what came while there was no room for it is not: so there is one gap, at the end of what
 * is held. It is closed once half of that has been taken.
 */
export function createOutputBacklog({ maxBytes, tellGap }: BacklogOptions): OutputBacklog {
  let held: Buffer[] = [];
  let bytes = 0;
  let isLineOpen = false;
  /** Lines lost since the last gap was told. */
  let lost = 0;
  /** The next text goes on with a line whose beginning was lost. */
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
    hold(Buffer.from(`${isLineOpen ? '\n' : ''}${tellGap(lost)}\n`));
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

/** The last one counts also when it has no end. */
export function linesIn(text: Uint8Array): number {
  let lines = 0;
  for (let at = text.indexOf(lineFeed); at >= 0; at = text.indexOf(lineFeed, at + 1)) lines += 1;
  return text.length > 0 && text.at(-1) !== lineFeed ? lines + 1 : lines;
}
