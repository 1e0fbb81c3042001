/** The charts as models, plain and compiled: random ways, and all that paths can lead to. */
import type { AnyStateMachine } from 'xstate';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import { compileMachine } from '../../src/statechart/compile-machine.js';
import { lobbyModel } from '../../src/testing/lobby-model.js';
import { matchModel } from '../../src/testing/match-model.js';
import type { Model, ModelCase, ModelState } from '../../src/testing/model.js';
import { type ChartWalkOptions, drawCase } from './chart-walks.js';
import { copyingOf } from './copying.js';
import { createDraw } from './draw.js';
import { Mirror } from './mirror.js';
import { type WalkReport, walk } from './walk.js';

/** Both forms of a model. */
interface ModelPair {
  readonly name: string;
  readonly plain: Model;
  readonly compiled: Model;
  /** Why steps were handed to XState since this was emptied. */
  readonly interpreted: string[];
}

export function modelPairs(compile: typeof compileMachine = compileMachine): ModelPair[] {
  const interpreted: string[] = [];
  /** A model plays a machine that it provides with stand-ins; only that one can be compiled. */
  const whenProvided = <Machine extends AnyStateMachine>(machine: Machine): Machine => {
    const form: AnyStateMachine = Object.create(machine);
    form.provide = (parts) =>
      compile(machine.provide(parts), {
        ...copyingOf(machine),
        onInterpreted: (why) => void interpreted.push(why),
      });
    return form as Machine;
  };
  return [
    {
      name: 'match model',
      plain: matchModel(),
      compiled: matchModel({ machine: whenProvided(matchMachine) }),
      interpreted,
    },
    {
      name: 'lobby model',
      plain: lobbyModel(),
      compiled: lobbyModel({ machine: whenProvided(lobbyMachine) }),
      interpreted,
    },
  ];
}

/** Both forms at the same place of a model. */
interface Place {
  readonly plain: ModelState;
  readonly compiled: ModelState;
}

function compareAt(mirror: Mirror, place: Place, after: string): Place {
  const seen = [place.plain, place.compiled].map((state) => ({
    state,
    json: state.snapshot.toJSON(),
    persisted: state.snapshot.machine.getPersistedSnapshot({ ...state.snapshot, children: {} } as never),
  }));
  mirror.compare(seen[0], seen[1], `after ${after}`);
  return place;
}

/** Starts both forms; the start is no step. */
function startOf(pair: ModelPair, mirror: Mirror, variant: string): Place {
  const place = { plain: pair.plain.start(variant), compiled: pair.compiled.start(variant) };
  return compareAt(mirror, place, `the start as ${variant}`);
}

const kindOf = ({ snapshot }: ModelState, { name }: ModelCase) => `${JSON.stringify(snapshot.value)} ${name}`;

/** @throws {WalkError} when both forms differ. */
export function walkModel(pair: ModelPair, { seed, steps }: Omit<ChartWalkOptions, 'compile'>): WalkReport {
  const draw = createDraw(`${pair.name}:${seed}`);
  const variant = draw.of(Object.keys(pair.plain.variants));
  return walk(`${pair.name}, ${variant}`, (played) => {
    const mirror = new Mirror(true);
    const kinds = new Set<string>();
    let place = startOf(pair, mirror, variant);
    pair.interpreted.length = 0;
    while (played.length < steps && place.plain.snapshot.status === 'active') {
      const one = drawCase(draw, pair.plain.casesIn(place.plain));
      played.push(one.name);
      kinds.add(kindOf(place.plain, one));
      const next = {
        plain: pair.plain.step(place.plain, one),
        compiled: pair.compiled.step(place.compiled, one),
      };
      place = compareAt(mirror, next, one.name);
    }
    return { interpreted: [...pair.interpreted], kinds };
  });
}

/**
 * Goes wherever paths of a model can go, and takes each step there that is new: by state value, case, and the transitions
 * that it takes and the guards that refuse. With `every`, it takes each step from each state. States of `depth` steps are
 * followed no further.
 *
 * @throws {WalkError} when both forms differ.
 */
export function walkEverywhere(
  pair: ModelPair,
  { every = false, depth: limit = Number.POSITIVE_INFINITY } = {},
): WalkReport {
  const { plain, compiled } = pair;
  return walk(`${pair.name}, everywhere`, (played) => {
    const kinds = new Set<string>();
    const interpreted: string[] = [];
    const goals = new Set<string>();
    for (const variant of Object.keys(plain.variants)) {
      const mirror = new Mirror(true);
      const known = new Set<string>();
      const places = [startOf(pair, mirror, variant)];
      pair.interpreted.length = 0;
      for (let place = places.shift(); place !== undefined; place = places.shift()) {
        const { snapshot, depth } = place.plain;
        const deepest = Math.min(limit, plain.depths[variant] ?? limit);
        if (snapshot.status !== 'active' || depth >= deepest) continue;
        for (const one of plain.casesIn(place.plain)) {
          const next = plain.step(place.plain, one);
          const kind = kindOf(place.plain, one);
          const goal = `${kind}: ${next.taken.join()}`;
          const key = plain.keyOf(next);
          const isNew = !known.has(key);
          if (!every && !isNew && goals.has(goal)) continue;
          known.add(key);
          goals.add(goal);
          kinds.add(kind);
          played.push(`${variant}: ${kind}`);
          const there = { plain: next, compiled: compiled.step(place.compiled, one) };
          compareAt(mirror, there, one.name);
          if (isNew) places.push(there);
        }
      }
      interpreted.push(...pair.interpreted);
    }
    return { interpreted, kinds };
  });
}
