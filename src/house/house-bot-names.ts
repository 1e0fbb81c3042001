/** The names of the house bots, separate from the bots, so that a command can list them without loading them. */
export const houseBotDescriptions = {
  'calling-station': 'checks or calls, never bets and never folds',
  random: 'any legal action, any legal size',
  'tight-aggressive': 'few hands, played hard: position, pot odds, draws, push or fold when short',
  equity: 'deals itself 1500 ends of the hand for each decision, and learns how often the others bet',
} as const;

export type HouseBotName = keyof typeof houseBotDescriptions;

/** In the order in which they are listed. */
export const houseBotNames = Object.keys(houseBotDescriptions) as HouseBotName[];
