/** Paths through a model, found with `xstate/graph`: which events to play so that every part of a chart is taken. */
import type { Snapshot } from 'xstate';
import { type AdjacencyMap, adjacencyMapToArray, getAdjacencyMap } from 'xstate/graph';
import type { Model, ModelCase, ModelState } from './model.js';

const defaults = { limit: 100_000 } as const;

/** What bounds a traversal. */
export interface PathOptions {
  /** Steps that are tried before the traversal fails with an error. Default: 100,000. */
  limit?: number;
  /** Whether a case may come in a state. Default: it may. */
  filter?: (state: ModelState, event: ModelCase) => boolean;
  /** States that are followed no further. Final states never are. */
  stopWhen?: (state: ModelState) => boolean;
}

/** One event of a path, and what must follow from it. */
export interface PathStep {
  readonly case: ModelCase;
  /** The state after it, with what was commanded and taken on the way. */
  readonly state: ModelState;
}

/** The events to play, and what must follow from each. */
export interface ModelPath {
  /** `variant: case, case, ...` */
  readonly title: string;
  /** What the path is for: the names of the goals that its last step takes. */
  readonly goals: readonly string[];
  readonly variant: string;
  readonly start: ModelState;
  readonly steps: readonly PathStep[];
}

/** A way to one step, and what that step takes. */
interface Route {
  variant: string;
  cases: readonly ModelCase[];
  from: ModelState;
  taken: readonly string[];
}

/**
 * For every transition and every guard that says no: the shortest path to where that can happen, and that step. What no
 * path takes shows as missing in the coverage of the played paths (`chartCoverage`).
 */
export function edgePaths(model: Model, options: PathOptions = {}): ModelPath[] {
  return pathsFor(model, options, (route) => route.taken);
}

/** For every state value and every case: the shortest path to that state, and that event. */
export function casePaths(model: Model, options: PathOptions = {}): ModelPath[] {
  return pathsFor(model, options, (route) => [
    `${JSON.stringify(route.from.snapshot.value)} ${route.cases.at(-1)?.name}`,
  ]);
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
function routesOf(
  model: Model,
  variant: string,
  { limit = defaults.limit, filter, stopWhen }: PathOptions,
): Route[] {
  const map = traverse(model, variant, { limit, filter, stopWhen });
  const known = new Map<string, readonly ModelCase[]>([[model.keyOf(model.start(variant)), []]]);
  const routes: Route[] = [];
  // Steps stand in the map in the order in which they were tried, so that each state is first met on its shortest way.
  for (const { state, event, nextState } of adjacencyMapToArray(map)) {
    const cases = [...(known.get(model.keyOf(state.model)) ?? []), event.case];
    const nextKey = model.keyOf(nextState.model);
    if (!known.has(nextKey)) known.set(nextKey, cases);
    routes.push({ variant, cases, from: state.model, taken: nextState.model.taken });
  }
  return routes;
}

interface Vertex {
  status: 'active';
  output: undefined;
  error: undefined;
  model: ModelState;
}

interface Move {
  type: string;
  case: ModelCase;
}

const vertexOf = (model: ModelState): Vertex => ({
  status: 'active',
  output: undefined,
  error: undefined,
  model,
});

function traverse(
  model: Model,
  variant: string,
  {
    limit,
    filter,
    stopWhen,
  }: { limit: number } & { [K in 'filter' | 'stopWhen']: PathOptions[K] | undefined },
): AdjacencyMap<Vertex, Move> {
  const depth = model.depths[variant] ?? Number.POSITIVE_INFINITY;
  const logic = {
    transition: (vertex: Vertex, move: Move) => vertexOf(model.step(vertex.model, move.case)),
    getInitialSnapshot: () => vertexOf(model.start(variant)),
    getPersistedSnapshot: (vertex: Vertex): Snapshot<unknown> => vertex,
  };
  return getAdjacencyMap(logic, {
    events: (vertex) => model.casesIn(vertex.model).map((one) => ({ type: one.name, case: one })),
    serializeState: (vertex) => model.keyOf(vertex.model),
    serializeEvent: (move) => move.type,
    filterEvents: (vertex, move) => filter?.(vertex.model, move.case) ?? true,
    stopWhen: ({ model: state }) =>
      state.snapshot.status !== 'active' || state.depth >= depth || stopWhen?.(state) === true,
    limit,
  });
}

/** Leaves out every path that another one begins with. */
function withoutPrefixes(routes: readonly Route[]): Route[] {
  const wayOf = ({ variant, cases }: Route, length = cases.length) =>
    [variant, ...cases.slice(0, length).map(({ name }) => name)].join('\n');
  const prefixes = new Set(
    routes.flatMap((route) => route.cases.slice(1).map((_case, index) => wayOf(route, index + 1))),
  );
  return routes.filter((route) => !prefixes.has(wayOf(route)));
}

function pathOf(model: Model, { variant, cases }: Route, goals: readonly string[]): ModelPath {
  const start = model.start(variant);
  let state = start;
  const steps = cases.map((one) => {
    state = model.step(state, one);
    return { case: one, state };
  });
  return { title: `${variant}: ${cases.map(({ name }) => name).join(', ')}`, goals, variant, start, steps };
}
