/** The dialects that the platform can speak, the default first (docs/protocol.md 10). */
export const dialectNames = ['played', 'documents', 'legacy'] as const;

/**
 * `played`: as players saw it. `documents`: as the newest documents have it. `legacy`: as older servers spoke.
 */
export type DialectName = (typeof dialectNames)[number];
