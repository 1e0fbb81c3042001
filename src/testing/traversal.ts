/** Every step that can be taken in a model, found with `xstate/graph`: of all variants together, those of the fewest steps first. */

import type { Snapshot } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
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
  /** Steps that are tried in a variant before the traversal fails with an error. Default: 100,000. */
  limit?: number;
  /** Whether a case may come in a state. Default: it may. */
  filter?: (state: ModelState, event: ModelCase) => boolean;
  /** States that are followed no further. Final states never are. Default: none. */
  stopWhen?: (state: ModelState) => boolean;
}

/** A way to one step, and what that step takes. Without cases it is the start itself. */
export interface ModelRoute {
  readonly variant: string;
  readonly cases: readonly ModelCase[];
  /** Where the last step is taken; at the start itself, the state that it leads to. */
  readonly from: ModelState;
  readonly taken: readonly string[];
}

/** One variant of a traversal. */
interface Course {
  readonly variant: string;
  readonly number: number;
  /** How many steps from its start paths may go. */
  readonly depth: number;
  /** The states that were met, by their keys. */
  readonly met: Map<string, Vertex>;
  /** The last new ones, to be told if there is no end of them. */
  readonly lastKeys: Set<string>;
  steps: number;
}

interface Vertex {
  readonly status: 'active';
  readonly output: undefined;
  readonly error: undefined;
  /** Where it is; null before a variant has been chosen. */
  readonly at: {
    readonly course: Course;
    readonly key: string;
    readonly state: ModelState;
    /** How it was reached. */
    readonly way: readonly ModelCase[];
  } | null;
}

type Move = { type: string } & ({ course: Course } | { one: ModelCase });

/**
 * Tells each way of the fewest steps to each step, until `meet` says that it has enough.
 *
 * @throws {ModelError}
 */
export function traverse(
  model: Model,
  { limit = defaults.limit, filter, stopWhen }: PathOptions,
  meet: (route: ModelRoute) => 'enough' | undefined,
): void {
  if (!(limit >= 1)) {
    throw new ModelError(
      'options_invalid',
      `The limit of a traversal must be a number of steps, not ${limit}.`,
    );
  }
  let isEnough = false;
  const tell = (route: ModelRoute): void => {
    if (!isEnough) isEnough = meet(route) === 'enough';
  };
  const told = <T>(part: string, place: Place, run: () => T): T =>
    explained(model, { ...place, what: `${part} of the model of ${model.machine.id}` }, run);

  /** A state that is met again is as it was first met, so that not every step keeps a state of its own. */
  const vertexOf = (course: Course, state: ModelState, way: readonly ModelCase[]): Vertex => {
    const key = told('facets', { course, way }, () => model.keyOf(state));
    const known = course.met.get(key);
    if (known !== undefined) return known;
    const vertex: Vertex = { ...idle, at: { course, key, state, way } };
    course.met.set(key, vertex);
    return vertex;
  };
  const begin = (course: Course): Vertex => {
    const { variant } = course;
    const start = explained(model, { course, way: [] }, () => model.start(variant));
    tell({ variant, cases: [], from: start, taken: start.taken });
    return vertexOf(course, start, []);
  };
  const courses = Object.keys(model.variants).map((variant, number): Course => {
    const depth = model.depths[variant] ?? Number.POSITIVE_INFINITY;
    return { variant, number, depth, met: new Map(), lastKeys: new Set(), steps: -1 };
  });

  const logic = {
    transition({ at }: Vertex, move: Move): Vertex {
      if ('course' in move) return begin(move.course);
      if (at === null) throw new TypeError('There is no state yet.');
      const { course, state, way } = at;
      const { one } = move;
      const next = explained(model, { course, way, one }, () => model.step(state, one));
      const cases = [...way, one];
      tell({ variant: course.variant, cases, from: state, taken: next.taken });
      return vertexOf(course, next, cases);
    },
    getInitialSnapshot: (): Vertex => ({ ...idle, at: null }),
    getPersistedSnapshot: (vertex: Vertex): Snapshot<unknown> => vertex,
  };
  getAdjacencyMap(logic, {
    events: ({ at }): Move[] => {
      if (at === null) return courses.map((course) => ({ type: course.variant, course }));
      return told('when', at, () => model.casesIn(at.state)).map((one) => ({ type: one.name, one }));
    },
    serializeState({ at }) {
      if (at === null) return '';
      if (!isEnough) count(model, at.course, at.key, limit);
      return `${at.course.number} ${at.key}`;
    },
    serializeEvent: (move) => ('course' in move ? move.course.variant : moveText(move.one)),
    filterEvents: ({ at }, move) =>
      !isEnough && (at === null || 'course' in move || (filter?.(at.state, move.one) ?? true)),
    stopWhen({ at }) {
      if (isEnough) return true;
      if (at === null) return false;
      const { course, state } = at;
      return state.snapshot.status !== 'active' || state.depth >= course.depth || stopWhen?.(state) === true;
    },
    limit: Number.POSITIVE_INFINITY,
  });
}

const idle = { status: 'active', output: undefined, error: undefined } as const;

/** Counts a step of a variant. The variants are bounded one by one. */
function count({ machine }: Model, course: Course, key: string, limit: number): void {
  const { variant, lastKeys } = course;
  course.steps += 1;
  if (course.steps > limit) {
    throw new ModelError(
      'traversal_limit',
      `The traversal of ${machine.id} in the variant "${variant}" was ended at its limit of ${limit} steps. The ` +
        `last states that it met:\n${[...lastKeys].map((text) => `  ${shortened(text)}`).join('\n')}\n` +
        'If they differ in facets that grow, give bounded ones; otherwise use stopWhen or depths, or raise the limit.',
    );
  }
  lastKeys.delete(key);
  lastKeys.add(key);
  for (const oldest of lastKeys) if (lastKeys.size > defaults.keysTold) lastKeys.delete(oldest);
}

/** Where a traversal is. */
interface Place {
  course: Course;
  way: readonly ModelCase[];
  one?: ModelCase;
  /** Whose code runs there. Default: the machine's. */
  what?: string;
}

/** Says where in a traversal the machine threw, or a function of the model. */
function explained<T>({ machine }: Model, { course, way, one, what }: Place, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    const where = one === undefined ? after(way) : `${after(way)} in the case "${one.name}"`;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(
      'step_failed',
      `${what ?? `The machine ${machine.id}`} failed in the variant "${course.variant}", ${where}: ${why}`,
      { cause },
    );
  }
}

const after = (way: readonly ModelCase[]): string =>
  way.length === 0 ? 'at its start' : `after "${way.map(({ name }) => name).join(', ')}"`;

/** Tells a timer from a case of the same name, and keeps names that are numbers in the order of the cases. */
export const moveText = ({ name, timer }: ModelCase): string =>
  timer === undefined ? `case ${name}` : `timer ${timer}`;

const shortened = (text: string): string =>
  text.length <= defaults.keyChars ? text : `${text.slice(0, defaults.keyChars)}...`;
