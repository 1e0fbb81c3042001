export const replayDefaults = {
  repeat: 1,
  maxRepeat: 10_000,
  /** The shortest clock of the platform: what a turn without one means (docs/protocol.md 4). */
  clockMs: 2_000,
  /** Most matches at once, of a bot that has a thread or a process for each. */
  maxJobs: 8,
} as const;
