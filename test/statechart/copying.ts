/** How contexts are copied where the charts run: by a function of the chart, which has to know every name of its context. */
import type { AnyStateMachine } from 'xstate';
import { copyOfMatchContext } from '../../src/machines/match.context.js';
import type { CompileOptions } from '../../src/statechart/compile-machine.js';

export const copyingOf = ({ id }: AnyStateMachine): CompileOptions =>
  id === 'match' ? { copyContext: copyOfMatchContext } : {};
