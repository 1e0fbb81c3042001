/** Alone, so that the command's flags can be told without loading what makes a report. */
export const reportDefaults = {
  /** Hands that can be played again. */
  hands: 4_000,
  /** Lines of a plot. */
  lines: 6,
  /** With more hands there are no texts in other formats: those take the most room. */
  handsWithTexts: 1_000,
} as const;
