/** The longest time that a timer counts, in milliseconds: 24.8 days. Node fires longer ones at once. */
export const maxTimerMs = 2 ** 31 - 1;
