/** A random way through a machine, which can be told when the two forms of the machine differ on it. */
import type { Step } from './lockstep.js';
import { MirrorError } from './mirror.js';

export interface WalkReport {
  /** What was done, in order. */
  readonly played: readonly (Step | string)[];
  /** Why steps were handed to XState. */
  readonly interpreted: readonly string[];
  /** State and event of each step, where they are counted. */
  readonly kinds?: ReadonlySet<string>;
}

/** Thrown when the compiled machine differs; its message has all steps, `cause` the difference alone. */
export class WalkError extends Error {
  override readonly name = 'WalkError';
  readonly code = 'walk_differs';
}

/** @throws {WalkError} when the walk meets a difference. */
export function walk(
  name: string,
  take: (played: (Step | string)[]) => Omit<WalkReport, 'played'>,
): WalkReport {
  const played: (Step | string)[] = [];
  try {
    return { ...take(played), played };
  } catch (cause) {
    if (!(cause instanceof MirrorError)) throw cause;
    const way = played.map((step) => `  ${typeof step === 'string' ? step : JSON.stringify(step)}`);
    throw new WalkError(
      `${name}: the compiled machine differs ${cause.message}\nafter ${played.length} steps, the last of them:\n${way.slice(-60).join('\n')}`,
      { cause },
    );
  }
}
