/** What the hands of an arena are told apart by. */
import type { Position } from '../histories/positions.js';

/** Where a bot sat. Heads-up the button posts the small blind. */
export const positionGroups = [
  'BTN',
  'SB',
  'BB',
  'UTG',
  'MP',
  'HJ',
  'CO',
] as const satisfies readonly Position[];

/** How a hand ended: all but one seat folded on that street, it was all-in with cards to come, or was played to a show-down. */
export const endingGroups = [
  'fold preflop',
  'fold flop',
  'fold turn',
  'fold river',
  'all-in early',
  'show-down',
] as const;

/** The lesser of what a bot had and the most that another one had, in big blinds, before the posts. */
export const depthGroups = [
  'under 10 bb',
  '10 to 20',
  '20 to 40',
  '40 to 75',
  '75 to 150',
  'over 150',
] as const;

/** The upper ends of the depths but the last one, in big blinds; each is of the next depth. */
const depthEnds = [10, 20, 40, 75, 150] as const;

export type DetailGroup =
  | (typeof positionGroups)[number]
  | (typeof endingGroups)[number]
  | (typeof depthGroups)[number];

/** Each hand is in one group of each kind. */
export const groupsByKind = {
  position: positionGroups,
  ending: endingGroups,
  depth: depthGroups,
} as const satisfies Record<string, readonly DetailGroup[]>;

export type DetailKind = keyof typeof groupsByKind;

/** In the order of their places. */
export const detailGroups: readonly DetailGroup[] = Object.values(groupsByKind).flat();

export const firstEnding = positionGroups.length;
const firstDepth = firstEnding + endingGroups.length;

/** The place of a depth among all groups. */
export function depthPlace(bigBlinds: number): number {
  let at = 0;
  while (at < depthEnds.length && bigBlinds >= (depthEnds[at] as number)) at += 1;
  return firstDepth + at;
}
