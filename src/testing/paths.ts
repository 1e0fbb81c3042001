/** Paths through a model: which events to play so that every part of a chart is taken. */

import { refuseUnknown } from '../protocol/known-names.js';
import { goalsOf as goalsOfChart } from './chart.js';
import type { Model, ModelCase, ModelState } from './model.js';
import { type ModelRoute, moveText, type PathOptions, traverse } from './traversal.js';

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

/**
 * For every transition and every guard that says no: the shortest path to where that can happen, and that step. What is
 * taken at a start has a path without steps, unless another path begins there. What no path takes shows as missing in the
 * coverage of the played paths (`chartCoverage`). The search ends as soon as every one has a path.
 *
 * @throws {ModelError}
 */
export function edgePaths(model: Model, options: PathOptions = {}): ModelPath[] {
  refuseUnknown(options, pathOptionNames, 'edgePaths');
  const { transitions, refusals } = goalsOfChart(model.machine);
  const lacking = new Set([...transitions, ...refusals]);
  return pathsFor(model, options, ({ taken }) => {
    for (const goal of taken) lacking.delete(goal);
    return { goals: taken, isEnough: lacking.size === 0 };
  });
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
    if (last !== undefined) return { goals: [`${model.placeOf(from)} ${last.name}`] };
    const goesOn = from.snapshot.status === 'active' && model.casesIn(from).length > 0;
    return { goals: goesOn ? [] : [model.placeOf(from)] };
  });
}

function pathsFor(
  model: Model,
  options: PathOptions,
  goalsOf: (route: ModelRoute) => { goals: readonly string[]; isEnough?: boolean },
): ModelPath[] {
  const takers = new Map<string, ModelRoute>();
  // The first route to a goal is one of the fewest steps.
  traverse(model, options, (route) => {
    const { goals, isEnough = false } = goalsOf(route);
    for (const goal of goals) if (!takers.has(goal)) takers.set(goal, route);
    return isEnough ? 'enough' : undefined;
  });
  return withoutPrefixes([...new Set(takers.values())]).map((route) => {
    const goals = [...takers].flatMap(([goal, taker]) => (taker === route ? [goal] : []));
    return pathOf(model, route, goals);
  });
}

/** The first moves of a route, as text. */
const wayOf = ({ variant, cases }: ModelRoute, length = cases.length): string =>
  [variant, ...cases.slice(0, length).map(moveText)].join('\n');

/** Leaves out every path that another one begins with. */
function withoutPrefixes(routes: readonly ModelRoute[]): ModelRoute[] {
  const prefixes = new Set(routes.flatMap((route) => route.cases.map((_case, index) => wayOf(route, index))));
  return routes.filter((route) => !prefixes.has(wayOf(route)));
}

function pathOf(model: Model, { variant, cases }: ModelRoute, goals: readonly string[]): ModelPath {
  const start = model.start(variant);
  let state = start;
  const steps = cases.map((one) => {
    state = model.step(state, one);
    return { case: one, state };
  });
  const names = cases.map(({ name }) => name).join(', ');
  return { title: names === '' ? variant : `${variant}: ${names}`, goals, variant, start, steps };
}
