/** Time and chance of a model, which are the same on every run. */

/** Epoch milliseconds at the start of a model, as a virtual clock begins. */
export const modelStartMs = 1_700_000_000_000;

/** Jitter of the largest share takes nothing off a delay, so reconnect delays are those of the policy. */
export const modelRandom = (): number => 1 - Number.EPSILON;

/** Clock and chance of a machine: given by the model, and again by whoever plays its paths. */
export interface ModelWorld {
  /** Epoch milliseconds. */
  now: () => number;
  /** Uniform in [0, 1); a constant, so that paths can be played again. */
  random: () => number;
}
