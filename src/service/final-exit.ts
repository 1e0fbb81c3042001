/**
 * What a session does at an end that starting again does not mend, for service managers that cannot tell exit codes apart: the
 * variable `CHIPZEN_FINAL_EXIT`.
 */
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { finalExitCodes } from './service-plan.js';

/** `zero`: ends with 0. `wait`: does nothing until it is told to end. Null: ends with its code. */
export type FinalExit = 'zero' | 'wait' | null;

export function finalExitOf({ CHIPZEN_FINAL_EXIT: value }: EnvironmentVariables): FinalExit {
  return value === 'zero' || value === 'wait' ? value : null;
}

/** Whether this exit code is one that starting again does not mend; 0 is one where every end is followed by a start. */
export function isFinalExit(code: number, how: FinalExit): boolean {
  return (how === 'wait' && code === 0) || finalExitCodes.some((final) => final === code);
}
