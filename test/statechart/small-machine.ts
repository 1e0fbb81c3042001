/** Small machines, each about one feature of XState, and the random walks that are taken through them. */
import type { AnyEventObject, AnyStateMachine, MachineContext } from 'xstate';
import { createFastUint32Stream } from '../../src/chance/random.js';
import { Lockstep, type LockstepOptions, type Step } from './lockstep.js';
import { MirrorError } from './mirror.js';
import type { WorldParts } from './world.js';

/** What small machines are made with. */
export interface SmallParts extends WorldParts {
  /** A custom action that writes down what it was called with. */
  act(name: string): (args: { context: unknown; event: unknown }, params?: unknown) => void;
}

export interface SmallMachine {
  /** The feature. */
  readonly name: string;
  /** How many of its steps are handed to XState after the start. */
  readonly told: 'never' | 'sometimes' | 'always';
  readonly make: (parts: SmallParts) => AnyStateMachine;
  /** What may come. */
  readonly events: readonly AnyEventObject[];
  /** What its ports and children may tell or be sent. Default: the events. */
  readonly others?: readonly AnyEventObject[];
  readonly input?: (parts: { now: () => number }) => unknown;
}

/** Types of machines whose contexts and events are of any kind. */
export const loose = {} as { context: MachineContext; events: AnyEventObject };

const noting = (parts: WorldParts): SmallParts => ({
  ...parts,
  act: (name) => (args, params) => parts.note(name, args.context, args.event, params),
});

/** Random numbers of one walk. */
export interface Draw {
  below(bound: number): number;
  of<T>(list: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

export function createDraw(seed: string): Draw {
  const next = createFastUint32Stream(seed);
  const below = (bound: number) => next() % bound;
  return { below, of: (list) => list[below(list.length)] as never, once: (times) => below(times) === 0 };
}

const waits = [0, 1, 5, 10, 50, 200];

function drawStep(
  { below, of, once }: Draw,
  { events, others = events }: SmallMachine,
  hasOthers: boolean,
): Step {
  if (once(40)) return { do: 'restore' };
  if (once(60)) return { do: once(2) ? 'observe' : 'inspect' };
  if (once(5)) return { do: 'wait', ms: of(waits) };
  if (hasOthers && once(4)) {
    if (once(12)) return { do: 'crash', index: below(8) };
    return { do: once(2) ? 'tell' : 'send to child', index: below(8), event: of(others) };
  }
  return { do: 'send', event: of(events) };
}

export interface WalkOptions {
  machine: SmallMachine;
  /** Names the walk, with its number. */
  seed: string;
  steps: number;
  compile?: LockstepOptions['compile'];
}

export interface WalkReport {
  steps: number;
  /** Reasons of the steps that were handed to XState, without those of a stop. */
  interpreted: readonly string[];
}

/** @throws {Error} with the steps of the walk, when both differ. */
export function walkThrough({ machine, seed, steps, compile }: WalkOptions): WalkReport {
  const draw = createDraw(`${machine.name}:${seed}`);
  const inspected = !draw.once(4);
  const played: Step[] = [];
  try {
    const { make, input, events } = machine;
    const pair = new Lockstep({
      make: (parts) => make(noting(parts)),
      inspected,
      asked: events,
      ...(input && { input }),
      ...(compile && { compile }),
    });
    while (played.length < steps && !pair.isOver) {
      const hasOthers = Object.keys(pair.plain.actor.getSnapshot().children ?? {}).length > 0;
      const step = drawStep(draw, machine, hasOthers);
      played.push(step);
      pair.play(step);
    }
    const interpreted = [...pair.interpreted];
    const last: Step = { do: 'send', event: draw.of(events) };
    played.push(last);
    pair.play(last);
    pair.end();
    return { steps: played.length, interpreted };
  } catch (error) {
    if (!(error instanceof MirrorError)) throw error;
    const way = played.map((step) => JSON.stringify(step)).join('\n  ');
    const what = `"${machine.name}", seed "${seed}", ${inspected ? '' : 'not '}inspected`;
    throw new Error(`${what}: the compiled machine differs ${error.message}\nThe steps were:\n  ${way}`, {
      cause: error,
    });
  }
}
