/** What is wrong with the options of a model, told before anything is made of them. Programs without types come here, too. */
import type { AnyStateMachine } from 'xstate';
import { ModelError } from './model-error.js';
import type { ModelCase } from './model-state.js';

interface ToCheck {
  machine: AnyStateMachine;
  variants: Readonly<Record<string, unknown>>;
  depths: Readonly<Record<string, number>>;
  cases: readonly ModelCase[];
}

/** @throws {ModelError} `options_invalid`, `case_doubled` or `wait_invalid`. */
export function checkModel({ machine, variants, depths, cases }: ToCheck): void {
  // A machine of another copy of XState is no instance of this one's class.
  if ((machine as Partial<AnyStateMachine> | undefined)?.root === undefined) {
    throw invalid('What a model is made of must be a machine, as createMachine or setup makes them.');
  }
  const names = Object.keys(variants ?? {});
  if (names.length === 0) {
    throw invalid(`The model of ${machine.id} has no variants. Give one at least: { usual: () => input }.`);
  }
  const noFunction = names.find((name) => typeof variants[name] !== 'function');
  if (noFunction !== undefined) {
    throw invalid(
      `The variant "${noFunction}" of the model of ${machine.id} must be a function: () => input.`,
    );
  }
  for (const [name, depth] of Object.entries(depths)) {
    if (!names.includes(name)) {
      throw invalid(
        `The depths of the model of ${machine.id} name "${name}", which is none of its variants: ${names.join(', ')}.`,
      );
    }
    if (!(depth >= 0)) {
      throw invalid(
        `The depth of the variant "${name}" of the model of ${machine.id} must be a number of steps.`,
      );
    }
  }
  if (!Array.isArray(cases)) throw invalid(`The cases of the model of ${machine.id} must be an array.`);
  checkCases(machine, cases);
}

function checkCases({ id }: AnyStateMachine, cases: readonly ModelCase[]): void {
  const names = new Set<string>();
  for (const [index, { name, event, waitMs = 0 }] of cases.entries()) {
    if (typeof name !== 'string' || name === '') {
      throw invalid(`The case at [${index}] of the model of ${id} has no name. Paths are described by it.`);
    }
    if (typeof event?.type !== 'string') {
      throw invalid(`The case "${name}" of the model of ${id} has no event, such as { type: 'go' }.`);
    }
    if (names.has(name)) {
      throw new ModelError(
        'case_doubled',
        `Two cases of the model of ${id} have the name "${name}". Paths are described by it: give each its own.`,
      );
    }
    names.add(name);
    if (!(typeof waitMs === 'number' && waitMs >= 0 && waitMs < Number.POSITIVE_INFINITY)) {
      throw new ModelError(
        'wait_invalid',
        `The case "${name}" of the model of ${id} waits ${waitMs} ms. Give milliseconds, zero or more.`,
      );
    }
  }
}

const invalid = (message: string): ModelError => new ModelError('options_invalid', message);
