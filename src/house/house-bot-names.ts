/** The names of the house bots, separate from the bots, so that a command can list them without loading them. */
export const houseBotDescriptions = {
  random: 'any legal action, any legal size',
  'calling-station': 'checks or calls, never bets and never folds',
  'tight-aggressive': 'few hands, played hard: position, pot odds, draws, push or fold when short',
  equity: 'deals itself 1500 ends of the hand for each decision, and learns how often the others bet',
} as const;

export type HouseBotName = keyof typeof houseBotDescriptions;

/** The weakest first (docs/benchmarks.md has the measurement). */
export const houseBotNames = Object.keys(houseBotDescriptions) as HouseBotName[];

/** The default opponent. It never folds, so that every hand of a beginner's bot comes to a showdown. */
export const defaultHouseBot: HouseBotName = 'calling-station';
