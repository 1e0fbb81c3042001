import type { SmallMachine } from '../small-machine.js';
import { actionMachines } from './actions.js';
import { assignmentMachines } from './assignments.js';
import { childMachines } from './children.js';
import { definitionMachines } from './definitions.js';
import { eventMachines } from './events.js';
import { failureMachines } from './failures.js';
import { guardMachines } from './guards.js';
import { portMachines } from './ports.js';
import { structureMachines } from './structure.js';
import { timeMachines } from './time.js';
import { transitionMachines } from './transitions.js';

/** All small machines, each about one feature. */
export const smallMachines: readonly SmallMachine[] = [
  ...transitionMachines,
  ...eventMachines,
  ...definitionMachines,
  ...guardMachines,
  ...actionMachines,
  ...assignmentMachines,
  ...failureMachines,
  ...portMachines,
  ...childMachines,
  ...timeMachines,
  ...structureMachines,
];
