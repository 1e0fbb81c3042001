/** Paths through a model, found with `xstate/graph`: which events to play so that every part of a chart is taken. */

import type { Snapshot } from 'xstate';
import { type AdjacencyMap, adjacencyMapToArray, getAdjacencyMap } from 'xstate/graph';
import { refuseUnknown } from '../protocol/known-names.js';
import type { Model, ModelCase, ModelState } from './model.js';
import { ModelError } from './model-error.js';

const defaults = {
  limit: 100_000,
  /** States that are named when a traversal reaches its limit, and how much of each. */
  keysTold: 5,
  keyChars: 300,
} as const;

/** What bounds a traversal. */
export interface PathOptions {
  /** Steps that are tried before the traversal fails with an error. Default: 100,000. */
  limit?: number;
  /** Whether a case may come in a state. Default: it may. */
  filter?: (state: ModelState, event: ModelCase) => boolean;
  /** States that are followed no further. Final states never are. */
  stopWhen?: (state: ModelState) => boolean;
}

const pathOptionNames: Readonly<Record<keyof PathOptions, true>> = {
  limit: true,
  filter: true,
  stopWhen: true,
};

/** One event of a path, and what must follow from it. */
export interface PathStep {
  readonly case: ModelCase;
  /** The state after it, with what was commanded and taken on the way. */
  readonly state: ModelState;
}

/** The events to play, and what must follow from each. */
export interface ModelPath {
  /** `variant: case, case, ...`; the variant alone if all there is to play is its start. */
  readonly title: string;
  /** What the path is for: the names of the goals that its last step takes. */
  readonly goals: readonly string[];
  readonly variant: string;
  readonly start: ModelState;
  readonly steps: readonly PathStep[];
}

/** A way to one step, and what that step takes. Without cases it is the start itself. */
interface Route {
  variant: string;
  cases: readonly ModelCase[];
  /** Where the last step is taken; at the start itself, the state that it leads to. */
  from: ModelState;
  taken: readonly string[];
}

/**
 * For every transition and every guard that says no: the shortest path to where that can happen, and that step. What is
 * taken at a start has a path without steps, unless another path begins there. What no path takes shows as missing in the
 * coverage of the played paths (`chartCoverage`).
 *
 * @throws {ModelError}
 */
export function edgePaths(model: Model, options: PathOptions = {}): ModelPath[] {
  refuseUnknown(options, pathOptionNames, 'edgePaths');
  return pathsFor(model, options, (route) => route.taken);
}

/**
 * For every state and every case: the shortest path to that state, and that event. States are told apart by their value,
 * by what is armed in them and what they remember (`Model.placeOf`), and not by their facets. A start after which nothing
 * can come has a path without steps.
 *
 * @throws {ModelError}
 */
export function casePaths(model: Model, options: PathOptions = {}): ModelPath[] {
  refuseUnknown(options, pathOptionNames, 'casePaths');
  return pathsFor(model, options, ({ from, cases }) => {
    const last = cases.at(-1);
    if (last !== undefined) return [`${model.placeOf(from)} ${last.name}`];
    return from.snapshot.status === 'active' && model.casesIn(from).length > 0 ? [] : [model.placeOf(from)];
  });
}

function pathsFor(
  model: Model,
  options: PathOptions,
  goalsOf: (route: Route) => readonly string[],
): ModelPath[] {
  const routes = Object.keys(model.variants).flatMap((variant) => routesOf(model, variant, options));
  const best = new Map<string, Route>();
  for (const route of routes) {
    for (const goal of goalsOf(route)) {
      const known = best.get(goal);
      if (known === undefined || route.cases.length < known.cases.length) best.set(goal, route);
    }
  }
  const chosen = withoutPrefixes([...new Set(best.values())]);
  return chosen.map((route) => {
    const goals = [...best].flatMap(([goal, taker]) => (taker === route ? [goal] : []));
    return pathOf(model, route, goals);
  });
}

/** The shortest way to every step that can be taken, those of the fewest steps first. */
function routesOf(model: Model, variant: string, options: PathOptions): Route[] {
  const start = startOf(model, variant);
  // Each state stands in the map as it was first met, which is on its shortest way.
  const steps = adjacencyMapToArray(traverse(model, variant, options)).map(({ state, event, nextState }) => ({
    variant,
    cases: [...state.way, event.case],
    from: state.model,
    taken: nextState.model.taken,
  }));
  return [{ variant, cases: [], from: start, taken: start.taken }, ...steps];
}

const startOf = (model: Model, variant: string): ModelState =>
  explained(model, { variant, way: [] }, () => model.start(variant));

interface Vertex {
  status: 'active';
  output: undefined;
  error: undefined;
  model: ModelState;
  /** How it was reached. */
  way: readonly ModelCase[];
}

interface Move {
  type: string;
  case: ModelCase;
}

const vertexOf = (model: ModelState, way: readonly ModelCase[]): Vertex => ({
  status: 'active',
  output: undefined,
  error: undefined,
  model,
  way,
});

function traverse(
  model: Model,
  variant: string,
  { limit = defaults.limit, filter, stopWhen }: PathOptions,
): AdjacencyMap<Vertex, Move> {
  if (!(limit >= 1)) {
    throw new ModelError(
      'options_invalid',
      `The limit of a traversal must be a number of steps, not ${limit}.`,
    );
  }
  const depth = model.depths[variant] ?? Number.POSITIVE_INFINITY;
  const told = <T>(part: string, { way }: Vertex, run: () => T): T =>
    explained(model, { variant, way, what: `${part} of the model of ${model.machine.id}` }, run);
  /** The last new ones, to be told if there is no end of them. */
  const lastKeys = new Set<string>();
  const keyOf = (vertex: Vertex): string => {
    const key = told('facets', vertex, () => model.keyOf(vertex.model));
    lastKeys.delete(key);
    lastKeys.add(key);
    for (const oldest of lastKeys) if (lastKeys.size > defaults.keysTold) lastKeys.delete(oldest);
    return key;
  };
  const logic = {
    transition: ({ model: state, way }: Vertex, move: Move) =>
      explained(model, { variant, way, one: move.case }, () =>
        vertexOf(model.step(state, move.case), [...way, move.case]),
      ),
    getInitialSnapshot: () => vertexOf(startOf(model, variant), []),
    getPersistedSnapshot: (vertex: Vertex): Snapshot<unknown> => vertex,
  };
  try {
    return getAdjacencyMap(logic, {
      events: (vertex) =>
        told('when', vertex, () => model.casesIn(vertex.model)).map((one) => ({ type: one.name, case: one })),
      serializeState: keyOf,
      serializeEvent: (move) => moveText(move.case),
      filterEvents: (vertex, move) => filter?.(vertex.model, move.case) ?? true,
      stopWhen: ({ model: state }) =>
        state.snapshot.status !== 'active' || state.depth >= depth || stopWhen?.(state) === true,
      limit,
    });
  } catch (error) {
    if ((error as Error | undefined)?.message !== 'Traversal limit exceeded') throw error;
    throw new ModelError(
      'traversal_limit',
      `The traversal of ${model.machine.id} in the variant "${variant}" was ended at its limit of ${limit} steps. The ` +
        `last states that it met:\n${[...lastKeys].map((key) => `  ${shortened(key)}`).join('\n')}\n` +
        'If they differ in facets that grow, give bounded ones; otherwise use stopWhen or depths, or raise the limit.',
      { cause: error },
    );
  }
}

/** Where a traversal is. */
interface Place {
  variant: string;
  way: readonly ModelCase[];
  one?: ModelCase;
  /** Whose code runs there. Default: the machine's. */
  what?: string;
}

/** Says where in a traversal the machine threw, or a function of the model. */
function explained<T>({ machine }: Model, { variant, way, one, what }: Place, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    const where = one === undefined ? after(way) : `${after(way)} in the case "${one.name}"`;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(
      'step_failed',
      `${what ?? `The machine ${machine.id}`} failed in the variant "${variant}", ${where}: ${why}`,
      { cause },
    );
  }
}

const after = (way: readonly ModelCase[]): string =>
  way.length === 0 ? 'at its start' : `after "${way.map(({ name }) => name).join(', ')}"`;

/** Tells a timer from a case of the same name, and keeps names that are numbers in the order of the cases. */
const moveText = ({ name, timer }: ModelCase): string =>
  timer === undefined ? `case ${name}` : `timer ${timer}`;

const shortened = (text: string): string =>
  text.length <= defaults.keyChars ? text : `${text.slice(0, defaults.keyChars)}...`;

/** Leaves out every path that another one begins with. */
function withoutPrefixes(routes: readonly Route[]): Route[] {
  const wayOf = ({ variant, cases }: Route, length = cases.length) =>
    [variant, ...cases.slice(0, length).map(moveText)].join('\n');
  const prefixes = new Set(routes.flatMap((route) => route.cases.map((_case, index) => wayOf(route, index))));
  return routes.filter((route) => !prefixes.has(wayOf(route)));
}

function pathOf(model: Model, { variant, cases }: Route, goals: readonly string[]): ModelPath {
  const start = model.start(variant);
  let state = start;
  const steps = cases.map((one) => {
    state = model.step(state, one);
    return { case: one, state };
  });
  const names = cases.map(({ name }) => name).join(', ');
  return { title: names === '' ? variant : `${variant}: ${names}`, goals, variant, start, steps };
}
