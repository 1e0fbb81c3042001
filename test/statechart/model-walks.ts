/** The charts as models, plain and compiled: random ways, and every path that the models have. */
import type { AnyStateMachine } from 'xstate';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import { compileMachine } from '../../src/statechart/compile-machine.js';
import { lobbyModel } from '../../src/testing/lobby-model.js';
import { matchModel } from '../../src/testing/match-model.js';
import type { Model, ModelCase, ModelState } from '../../src/testing/model.js';
import { casePaths, edgePaths } from '../../src/testing/paths.js';
import { type ChartWalkOptions, drawCase } from './chart-walks.js';
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
      compile(machine.provide(parts), { onInterpreted: (why) => void interpreted.push(why) });
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

/** Both forms at the same place. */
class ModelStates {
  readonly #mirror = new Mirror(true);
  readonly kinds = new Set<string>();
  #plain: ModelState;
  #compiled: ModelState;

  constructor(
    private readonly pair: ModelPair,
    variant: string,
  ) {
    this.#plain = pair.plain.start(variant);
    this.#compiled = pair.compiled.start(variant);
    this.#compare('the start');
    pair.interpreted.length = 0;
  }

  get isOver(): boolean {
    return this.#plain.snapshot.status !== 'active';
  }

  cases(): ModelCase[] {
    return this.pair.plain.casesIn(this.#plain);
  }

  step(one: ModelCase): void {
    this.kinds.add(`${JSON.stringify(this.#plain.snapshot.value)} ${one.name}`);
    this.#plain = this.pair.plain.step(this.#plain, one);
    this.#compiled = this.pair.compiled.step(this.#compiled, one);
    this.#compare(one.name);
  }

  #compare(after: string): void {
    const seen = [this.#plain, this.#compiled].map((state) => ({
      state,
      json: state.snapshot.toJSON(),
      persisted: state.snapshot.machine.getPersistedSnapshot({ ...state.snapshot, children: {} } as never),
    }));
    this.#mirror.compare(seen[0], seen[1], `after ${after}`);
  }
}

/** @throws {WalkError} when both forms differ. */
export function walkModel(pair: ModelPair, { seed, steps }: Omit<ChartWalkOptions, 'compile'>): WalkReport {
  const draw = createDraw(`${pair.name}:${seed}`);
  const variant = draw.of(Object.keys(pair.plain.variants));
  return walk(`${pair.name}, ${variant}`, (played) => {
    const states = new ModelStates(pair, variant);
    while (played.length < steps && !states.isOver) {
      const one = drawCase(draw, states.cases());
      played.push(one.name);
      states.step(one);
    }
    return { interpreted: [...pair.interpreted], kinds: states.kinds };
  });
}

/** Takes every path of a model: to each transition and refusal, and with each case in each state. */
export function* walkAllPaths(pair: ModelPair): Generator<WalkReport> {
  for (const path of [...edgePaths(pair.plain), ...casePaths(pair.plain)]) {
    yield walk(path.title, (played) => {
      const states = new ModelStates(pair, path.variant);
      for (const { case: one } of path.steps) {
        played.push(one.name);
        states.step(one);
      }
      return { interpreted: [...pair.interpreted], kinds: states.kinds };
    });
  }
}
