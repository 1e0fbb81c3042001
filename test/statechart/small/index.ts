import type { SmallMachine } from '../small-machine.js';
import { actionMachines } from './actions.js';
import { actorMachines } from './actors.js';
import { guardMachines } from './guards.js';
import { structureMachines } from './structure.js';
import { timeMachines } from './time.js';
import { transitionMachines } from './transitions.js';

/** All small machines, each about one feature. */
export const smallMachines: readonly SmallMachine[] = [
  ...transitionMachines,
  ...guardMachines,
  ...actionMachines,
  ...actorMachines,
  ...timeMachines,
  ...structureMachines,
];
