/**
 * A game for tests: blinds that stay, and stacks of a hundred big blinds. The default of the platform is a season's match,
 * whose blinds rise.
 */
export const shortGame = {
  startingStack: 1_000,
  smallBlind: 5,
  bigBlind: 10,
  blindSchedule: [],
  maxHands: 1_000,
  decisionTimeoutMs: 5_000,
} as const;
