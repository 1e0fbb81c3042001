import type { AnyTransitionDefinition } from 'xstate';
import type { BuiltinGuard, GuardArguments, MachineState, PlainGuard } from './xstate-internals.js';

/** A guard that has been looked up. */
export interface CompiledGuard {
  readonly test: PlainGuard | (PlainGuard & BuiltinGuard);
  /** A value, or a function of the guard's arguments. */
  readonly params: unknown;
}

/** @returns a sentence when only XState can evaluate it. */
export function compileGuard(
  guard: NonNullable<AnyTransitionDefinition['guard']>,
  implementations: Readonly<Record<string, unknown>>,
): CompiledGuard | string {
  const named = guard as string | { type: string; params?: unknown } | PlainGuard;
  if (typeof named === 'function') return { test: named, params: undefined };
  const name = typeof named === 'string' ? named : named.type;
  const test = implementations[name];
  if (typeof test !== 'function') return `the guard ${name} is not a function`;
  return { test: test as PlainGuard, params: typeof named === 'string' ? undefined : named.params };
}

/** @throws what the guard throws. */
export function passes(
  { test, params }: CompiledGuard,
  args: GuardArguments,
  snapshot: MachineState,
): boolean {
  const value = typeof params === 'function' ? params(args) : params;
  return 'check' in test ? test.check(snapshot, args, test) : test(args, value);
}
