/** When a machine was away, from and to: the same absence may be asked for twice, and its faults may overlap. */
export type Span = readonly [from: number, to: number];

export interface Spans {
  readonly all: readonly Span[];
  readonly isOpen: boolean;
  /** Nothing where one is open: what is asleep does not fall asleep. */
  open(at: number): void;
  /** Nothing where none is open: a later end would lengthen one that is over. */
  close(at: number): void;
}

export function openSpans(): Spans {
  const all: [number, number][] = [];
  const isOpen = (): boolean => all.at(-1)?.[1] === Number.POSITIVE_INFINITY;
  return {
    all,
    get isOpen() {
      return isOpen();
    },
    open(at) {
      if (!isOpen()) all.push([at, Number.POSITIVE_INFINITY]);
    },
    close(at) {
      const last = all.at(-1);
      if (last !== undefined && isOpen()) last[1] = at;
    },
  };
}

export const isWithin = (spans: readonly Span[], at: number): boolean =>
  spans.some(([from, to]) => at >= from && at <= to);
