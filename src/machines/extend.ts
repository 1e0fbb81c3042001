/**
 * The charts with more states or events of an author's own. XState keeps no types of the literal that a machine was made
 * of, and `setup.extend` adds no events: both are told here, and nothing is done to the charts themselves.
 */
import type { AnyStateMachine, EventObject, SetupReturn, SnapshotFrom } from 'xstate';
import type { LeafState, StateOf } from './chart-parts.js';
import { lobbyMachine, lobbySetup } from './lobby.js';
import { matchMachine, matchSetup } from './match.js';

/** A setup with the same guards, actions, delays and actors, whose charts know `More` events as well. */
export type SetupWith<Setup, More extends EventObject> =
  Setup extends SetupReturn<
    infer Context,
    infer Event,
    infer Actors,
    infer Children,
    infer Actions,
    infer Guards,
    infer Delay,
    infer Tag,
    infer Input,
    infer Output,
    infer Emitted,
    infer StateMeta,
    infer TransitionMeta
  >
    ? SetupReturn<
        Context,
        Event | More,
        Actors,
        Children,
        Actions,
        Guards,
        Delay,
        Tag,
        Input,
        Output,
        Emitted,
        StateMeta,
        TransitionMeta
      >
    : never;

interface MachineSetup {
  createMachine: (config: never) => unknown;
  createStateConfig: (config: never) => unknown;
}

type KeyIn<Value> = Value extends object ? keyof Value : never;
type Below<Value, Name extends PropertyKey> = Value extends Record<Name, infer Inner> ? Inner : never;

/** The states of this state value, by name. */
type StatesOf<Setup extends MachineSetup, Value> = Record<Extract<Value, string>, LeafState<Setup>> & {
  [Name in KeyIn<Value>]: Omit<StateOf<Setup>, 'states'> & { states: StatesOf<Setup, Below<Value, Name>> };
};

/** The chart of this machine, as `createMachine` of the setup takes it. */
type ChartOf<Setup extends MachineSetup, Machine extends AnyStateMachine> = Omit<
  Parameters<Setup['createMachine']>[0],
  'states'
> & { states: StatesOf<Setup, SnapshotFrom<Machine>['value']> };

/** What a chart of one's own is made of. */
export interface ChartToExtend<Setup extends MachineSetup, Machine extends AnyStateMachine> {
  /** It knows the new events. More guards, actions and delays: `setup.extend({ guards, actions, delays })`. */
  readonly setup: Setup;
  /** The chart, to be spread into `setup.createMachine({ ...chart, ... })`. */
  readonly chart: ChartOf<Setup, Machine>;
}

/**
 * The lobby chart, to make one of it that has more states, or more events:
 *
 * ```ts
 * const { setup, chart } = extendLobby<{ type: 'agent.pause' }>();
 * const lobby = setup.createMachine({ ...chart, on: { ...chart.on, 'agent.pause': '.backoff' } });
 * ```
 */
export function extendLobby<More extends EventObject = never>(): ChartToExtend<
  SetupWith<typeof lobbySetup, More>,
  typeof lobbyMachine
> {
  return { setup: lobbySetup, chart: lobbyMachine.config } as never;
}

/** The match chart, to make one of it that has more states, or more events, as `extendLobby` does. */
export function extendMatch<More extends EventObject = never>(): ChartToExtend<
  SetupWith<typeof matchSetup, More>,
  typeof matchMachine
> {
  return { setup: matchSetup, chart: matchMachine.config } as never;
}
