/** The statistics of a profile: what each counts. docs/scouting.md has the same table for users. */

/** Shares: hits of chances. A chance is an action of the seat, or a hand that it was dealt; posts are no actions. */
export const shareNames = [
  'vpip',
  'pfr',
  'threeBet',
  'foldToThreeBet',
  'foldToBet',
  'callShare',
  'bigBet',
  'smallBet',
  'bigBetAir',
  'smallBetAir',
  'riverBluff',
  'showdown',
  'showdownWon',
] as const;

/** The shares of a profile, such as `vpip` or `threeBet`. */
export type ShareName = (typeof shareNames)[number];

/** What a share counts, in words: `hits` of its `chances`. */
export interface ShareDefinition {
  /** As tables have it. */
  readonly label: string;
  readonly hits: string;
  readonly chances: string;
}

/** What each share counts. */
export const shareDefinitions: Readonly<Record<ShareName, ShareDefinition>> = {
  vpip: {
    label: 'VPIP',
    hits: 'hands with a call or raise before the flop',
    chances: 'hands dealt, walks included',
  },
  pfr: { label: 'PFR', hits: 'hands with a raise before the flop', chances: 'hands dealt, walks included' },
  threeBet: {
    label: 'three-bet',
    hits: 'raises among the chances',
    chances: 'folds, calls and raises with exactly one raise before the flop before them',
  },
  foldToThreeBet: {
    label: 'fold to three-bet',
    hits: 'folds among the chances',
    chances: 'actions with two raises before the flop before them, the last action being a raise',
  },
  foldToBet: {
    label: 'fold to bet',
    hits: 'folds among the chances',
    chances: "bets faced: actions directly after another seat's raise on the same street",
  },
  callShare: {
    label: 'call share',
    hits: 'calls among the chances',
    chances: 'calls and raises of bets faced',
  },
  bigBet: {
    label: 'big bet',
    hits: 'of 0.7 of the pot or more',
    chances: 'first bets of a street after the flop was dealt',
  },
  smallBet: { label: 'small bet', hits: 'of 0.6 of the pot or less', chances: 'as above' },
  bigBetAir: {
    label: 'air in big bets',
    hits: 'with an equity under 0.4 against a random hand',
    chances: 'big bets with cards that are known',
  },
  smallBetAir: {
    label: 'air in small bets',
    hits: 'as above',
    chances: 'small bets with cards that are known',
  },
  riverBluff: {
    label: 'river bluff',
    hits: 'with an equity under 0.5 against a random hand, all of them counted',
    chances: 'bets and raises on the river with cards that are known',
  },
  showdown: {
    label: 'show-down',
    hits: 'hands in which two seats or more did not fold, this one and another of them having acted',
    chances: 'hands dealt, walks included',
  },
  showdownWon: {
    label: 'won at show-down',
    hits: 'that took a part of the pot',
    chances: 'show-downs with a known end',
  },
};

/** Where the bands of raise sizes begin: chips added by the pot before them. */
export const sizeBands = [0, 0.5, 1, 2, 4] as const;

/** The bands of `sizeBands` as tables have them: parts of the pot. */
export const sizeBandLabels: readonly string[] = ['under 1/2', '1/2 to 1', '1 to 2', '2 to 4', '4 and more'];

/** Shares of the pot from which a bet is big and up to which it is small, and equities below which it is air or a bluff. */
export const profileLimits = { bigFrom: 0.7, smallTo: 0.6, airBelow: 0.4, bluffBelow: 0.5 } as const;

/** Folds, checks and calls, raises. */
export type Answers = [folds: number, calls: number, raises: number];

/** What was counted of a bot, of one hand or of many. */
export interface ProfileCounts {
  /** For each of `shareNames` hits and chances. */
  readonly shares: number[];
  /** Of all raises, by `sizeBands`: before the flop, and after it. */
  readonly sizes: { readonly preflop: number[]; readonly postflop: number[] };
  /** By `street:letters`, what went before on the street: `T` the bot, `U` another, with the first letter of what it did. */
  readonly nodes: Map<string, Answers>;
}

export const noProfileCounts = (): ProfileCounts => ({
  shares: Array.from({ length: 2 * shareNames.length }, () => 0),
  sizes: { preflop: sizeBands.map(() => 0), postflop: sizeBands.map(() => 0) },
  nodes: new Map(),
});

const places: Readonly<Record<string, number>> = Object.fromEntries(
  shareNames.map((name, index) => [name, 2 * index]),
);

/** Where the hits of a share stand in `shares`; its chances stand behind them. */
export function placeOfShare(name: ShareName): number {
  return places[name] ?? 0;
}

/** Adds the second to the first. */
export function addCounts(to: ProfileCounts, from: ProfileCounts): void {
  addEach(to.shares, from.shares);
  addEach(to.sizes.preflop, from.sizes.preflop);
  addEach(to.sizes.postflop, from.sizes.postflop);
  for (const [node, answers] of from.nodes) {
    const own = to.nodes.get(node);
    if (own === undefined) to.nodes.set(node, [...answers]);
    else addEach(own, answers);
  }
}

function addEach(to: number[], from: readonly number[]): void {
  for (const [index, count] of from.entries()) to[index] = (to[index] ?? 0) + count;
}
