/**
 * Types of what stands at more than one place of a chart. Such a part is a constant with a type: what reads a chart as
 * text resolves that, but neither a function call, nor a spread, nor `as const`.
 */
export interface ChartSetup {
  createStateConfig: (config: never) => unknown;
}

export type StateOf<Setup extends ChartSetup> = Parameters<Setup['createStateConfig']>[0];

/**
 * A state of this chart that has no states of its own. It has no id either: under `exactOptionalPropertyTypes` the types of
 * XState refuse a chart with a part of which they do not know whether it has one.
 */
export type LeafState<Setup extends ChartSetup> = Omit<StateOf<Setup>, 'id' | 'initial' | 'states'>;

/** A transition of this chart, whatever event it belongs to. */
export type Transition<Setup extends ChartSetup> = Exclude<
  NonNullable<StateOf<Setup>['after']>[number],
  string | readonly unknown[] | undefined
>;
