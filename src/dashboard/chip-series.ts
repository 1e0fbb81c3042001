import type { ChipsView } from './page-view.js';

const defaults = { maxPoints: 1_024 } as const;

export interface ChipSeries {
  readonly isEmpty: boolean;
  /** The stacks by seat after a hand. */
  add(hand: number, stacks: readonly number[]): void;
  view(): ChipsView;
}

/**
 * The stacks over a match. When there are too many points every other one is removed, but never the first or the
 * last.
 */
export function createChipSeries(): ChipSeries {
  let points: { hand: number; stacks: readonly number[] }[] = [];

  return {
    get isEmpty() {
      return points.length === 0;
    },
    add(hand, stacks) {
      if (points.at(-1)?.hand === hand) points.pop();
      points.push({ hand, stacks: [...stacks] });
      if (points.length > defaults.maxPoints) {
        points = points.filter((_, index) => index % 2 === 0 || index === points.length - 1);
      }
    },
    view() {
      const seats = Math.max(0, ...points.map(({ stacks }) => stacks.length));
      return {
        hands: points.map(({ hand }) => hand),
        stacks: Array.from({ length: seats }, (_, seat) => points.map(({ stacks }) => stacks[seat] ?? 0)),
      };
    },
  };
}
