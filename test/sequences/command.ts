/** Commands as data: what is done, with which arguments, and what it takes to be done. */
import fc from 'fast-check';
import type { Scene } from './scene.js';

/** What there is to act upon; kept up to date by the commands. */
export interface Model {
  /** Sessions of each account that are not over. */
  sessions: number[];
  matches: number;
}

export interface Step extends fc.AsyncCommand<Model, Scene> {
  /** Does it if it can be done now, in the middle of whatever happens. */
  strike(scene: Scene): void;
  toJSON(): string;
}

export interface StepOptions<T> {
  name: string;
  /** May it be done now? Default: always. */
  needs?: (model: Readonly<Model>, args: T) => boolean;
  args: fc.Arbitrary<T>;
  /** May it keep an agent from its turns, and leave the connection as it is? Default: no. */
  disturbs?: (args: T) => boolean;
  act: (scene: Scene, args: T) => void | Promise<void>;
}

export interface Tally {
  /** The steps that were done, by name. */
  steps: Map<string, number>;
  /** What the agents told, by type. */
  told: Map<string, number>;
}

export function countIn(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function modelOf(scene: Scene): Model {
  return {
    sessions: scene.accounts.map(
      ({ botId }) => scene.guests.filter(({ account }) => account.botId === botId).length,
    ),
    matches: scene.matches.length,
  };
}

/** @param tally counts the steps that were done. */
export function step<T>(
  { name, needs, args, disturbs, act }: StepOptions<T>,
  tally: Tally,
): fc.Arbitrary<Step> {
  return args.map((chosen): Step => {
    const isPossible = (model: Readonly<Model>): boolean => needs === undefined || needs(model, chosen);
    const start = (scene: Scene): void | Promise<void> => {
      countIn(tally.steps, name);
      if (disturbs?.(chosen) === true) scene.excuse();
      return act(scene, chosen);
    };
    const toString = (): string => `${name}(${JSON.stringify(chosen)?.slice(1, -1) ?? ''})`;
    return {
      check: isPossible,
      async run(model, scene) {
        await start(scene);
        // Its consequences, as far as they need no time.
        await scene.pass(0);
        Object.assign(model, modelOf(scene));
      },
      strike(scene) {
        if (isPossible(modelOf(scene))) void start(scene);
      },
      toString,
      toJSON: toString,
    };
  });
}
