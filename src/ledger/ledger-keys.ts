/** What rows can be grouped by. */
export const ledgerKeys = ['version', 'opponent', 'format', 'day'] as const;

export type LedgerKey = (typeof ledgerKeys)[number];
