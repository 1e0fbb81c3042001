/** Which states, transitions and guards of a chart were taken, seen through XState's inspection or told. */
import type { AnyStateMachine, AnyStateNode, InspectionEvent } from 'xstate';
import { type ChartGoals, goalsOf, heldBackIn, initialNodesOf, takenBy } from './chart.js';

/** The goals that were never taken. */
export type Missing = { [Kind in keyof ChartGoals]: string[] };

/** What a chart's coverage is checked against. */
export interface CoverageLimits {
  /** Goals that cannot be taken, by their names in the report. One that was taken after all is an error, too. */
  except?: readonly string[];
}

/** Thrown by `assertComplete`; its message names every goal that was missed. */
export class CoverageError extends Error {
  override readonly name = 'CoverageError';
  readonly code = 'coverage_incomplete';
}

/** The coverage of one chart, over as many runs as were inspected. */
export interface ChartCoverage {
  /** For `createActor(logic, { inspect })`. Other machines of the same system are not counted. */
  readonly inspect: (event: InspectionEvent) => void;
  /** How many there are of each kind. */
  readonly size: { readonly [Kind in keyof ChartGoals]: number };
  missing(): Missing;
  /** Lines of text: counts, then each goal, `+` covered or `-` missed. */
  report(): string;
  /** @throws {CoverageError} when a goal was missed, or one of `except` was not. */
  assertComplete(limits?: CoverageLimits): void;
}

/** Watches which parts of `machine` are taken, whatever ports it was given. */
export function chartCoverage(machine: AnyStateMachine): ChartCoverage {
  const goals = goalsOf(machine);
  const seen = { states: new Set<string>(), transitions: new Set<string>(), refusals: new Set<string>() };
  const restingIn = new WeakMap<object, readonly AnyStateNode[]>();
  const kinds = ['states', 'transitions', 'refusals'] as const;

  const missing = (): Missing => ({
    states: goals.states.filter((id) => !seen.states.has(id)),
    transitions: goals.transitions.filter((name) => !seen.transitions.has(name)),
    refusals: goals.refusals.filter((name) => !seen.refusals.has(name)),
  });

  return {
    inspect(event) {
      if (event.type !== '@xstate.microstep' && event.type !== '@xstate.snapshot') return;
      const { snapshot } = event as { snapshot: { _nodes?: AnyStateNode[]; machine?: AnyStateMachine } };
      if (snapshot.machine?.id !== machine.id) return;
      const { _nodes: nodes = [] } = snapshot;
      for (const node of nodes) seen.states.add(`#${node.id}`);
      if (event.type === '@xstate.microstep') {
        const before = restingIn.get(event.actorRef) ?? initialNodesOf(snapshot.machine.root);
        // XState does not tell where a machine starts if it goes on at once.
        for (const node of before) seen.states.add(`#${node.id}`);
        const { transitions, refusals } = takenBy(before, event.event, event._transitions);
        for (const name of transitions) seen.transitions.add(name);
        for (const name of refusals) seen.refusals.add(name);
      } else {
        for (const name of heldBackIn(nodes)) seen.refusals.add(name);
      }
      restingIn.set(event.actorRef, nodes);
    },
    size: {
      states: goals.states.length,
      transitions: goals.transitions.length,
      refusals: goals.refusals.length,
    },
    missing,
    report() {
      const lost = missing();
      return kinds
        .flatMap((kind) => {
          const total = goals[kind].length;
          const marks = goals[kind].map((name) => `  ${lost[kind].includes(name) ? '-' : '+'} ${name}`);
          return [`${machine.id}: ${total - lost[kind].length} of ${total} ${kind}`, ...marks];
        })
        .join('\n');
    },
    assertComplete({ except = [] } = {}) {
      const lost = missing();
      const names = kinds.flatMap((kind) => lost[kind]);
      const missed = names.filter((name) => !except.includes(name));
      const stale = except.filter((name) => !names.includes(name));
      const lines = [
        ...missed.map((name) => `  never taken: ${name}`),
        ...stale.map((name) => `  excepted, but taken (or unknown): ${name}`),
      ];
      if (lines.length > 0) {
        throw new CoverageError(
          `The chart ${machine.id} is not covered as it should be:\n${lines.join('\n')}`,
        );
      }
    },
  };
}
