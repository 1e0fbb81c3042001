/** Small machines, each about one feature of XState, and the random walks that are taken through them. */
import type { AnyEventObject, AnyStateMachine, MachineContext } from 'xstate';
import { createDraw, type Draw } from './draw.js';
import { Lockstep, type LockstepOptions, type Step } from './lockstep.js';
import { type WalkReport, walk } from './walk.js';
import type { WorldParts } from './world.js';

/** What small machines are made with. */
export interface SmallParts extends WorldParts {
  /** A custom action that writes down what it was called with. */
  act(name: string): (args: { context: unknown; event: unknown }, params?: unknown) => void;
}

export interface SmallMachine {
  /** The feature. */
  readonly name: string;
  /** Whether steps are handed to XState after the start; if so, words of each reason that is told. */
  readonly told: 'never' | readonly string[];
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

const limits = { asked: 12 } as const;

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
  /** Names the walk. */
  seed: string;
  steps: number;
  compile?: LockstepOptions['compile'];
}

/** @throws {WalkError} when both differ. */
export function walkThrough({ machine, seed, steps, compile }: WalkOptions): WalkReport {
  const draw = createDraw(`${machine.name}:${seed}`);
  const inspected = !draw.once(4);
  return walk(`${machine.name}, ${inspected ? '' : 'not '}inspected`, (played) => {
    const { make, input, events } = machine;
    const pair = new Lockstep({
      make: (parts) => make(noting(parts)),
      inspected,
      asked: events.slice(0, limits.asked),
      ...(input && { input }),
      ...(compile && { compile }),
    });
    const play = (step: Step) => {
      played.push(step);
      pair.play(step);
    };
    while (played.length < steps && !pair.isOver) {
      const hasOthers = Object.keys(pair.plain.actor.getSnapshot().children ?? {}).length > 0;
      play(drawStep(draw, machine, hasOthers));
    }
    const interpreted = [...pair.interpreted];
    // A machine that has ended does nothing any more.
    play({ do: 'send', event: draw.of(events) });
    play({ do: 'stop' });
    return { interpreted };
  });
}
