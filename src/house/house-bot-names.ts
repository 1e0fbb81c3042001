/** The names of the house bots, separate from the bots, so that a command can list them without loading them. */
export const houseBotDescriptions = {
  random: 'any legal action, any legal size',
  'calling-station': 'checks or calls, never bets and never folds',
  nit: 'few hands; puts chips in with the best of them only, and never bluffs',
  folder: 'plays many hands, and folds them to nearly every bet and raise',
  maniac: 'raises with most hands on every street, whatever it has',
  'thin-value': 'calls much, bets small with all that is ahead, and never bluffs',
  'tight-aggressive': 'few hands, played hard: position, pot odds, draws, push or fold when short',
  reraiser: 'raises or folds, and hardly ever calls',
  equity: 'deals itself 1500 ends of the hand for each decision, and learns how often the others bet',
} as const;

export type HouseBotName = keyof typeof houseBotDescriptions;

/** The weakest first (docs/benchmarks.md has the measurement). */
export const houseBotNames = Object.keys(houseBotDescriptions) as HouseBotName[];

/** The default opponent. It never folds, so that every hand of a beginner's bot comes to a showdown. */
export const defaultHouseBot: HouseBotName = 'calling-station';
