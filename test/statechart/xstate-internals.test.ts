/** The version of XState is fixed, and is the one whose inner workings the compiler knows. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createActor, createMachine, raise } from 'xstate';
import {
  type BuiltinAction,
  type MachineState,
  noSurroundings,
} from '../../src/statechart/xstate-internals.js';
import { brokenAssumptions } from '../differential/assumptions.js';
import { loadedXState } from '../differential/loaded-xstate.js';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

it('is given as one version, not as a range, and that one is installed', () => {
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
  const { packages } = read('package-lock.json') as { packages: Record<string, { version: string }> };
  expect(dependencies['xstate']).toMatch(/^\d+\.\d+\.\d+$/);
  expect(packages['node_modules/xstate']?.version).toBe(dependencies['xstate']);
  expect(loadedXState()).toBe(dependencies['xstate']);
});

it('works as the compiler takes for granted', () => {
  expect(brokenAssumptions()).toEqual([]);
});

it('cannot raise into a step that is compiled: the event would be lost', () => {
  const action = raise({ type: 'now' }) as unknown as BuiltinAction;
  const self = createActor(createMachine({}));
  const args = { context: {}, event: { type: 'go' }, self, system: self.system };
  const raiseIt = () =>
    action.resolve({} as never, self.getSnapshot() as MachineState, args, undefined, action, noSurroundings);
  expect(raiseIt).toThrow(TypeError);
});
