import type { InspectionEvent } from 'xstate';
import type { AgentEvent } from '../../protocol/events.js';
import { messageOf } from '../../protocol/message-of.js';
import { printable } from '../../protocol/redact.js';
import type { AgentOptions } from '../settings/agent-options.js';

const defaults = { maxErrorLength: 200 } as const;

/**
 * Wraps the user's inspector for XState: what it throws would break the inspected machine. Its first failure is
 * reported as a `config.warning`; it is still called afterwards.
 */
export function containInspector(
  inspect: NonNullable<AgentOptions['inspect']>,
  report: (event: AgentEvent) => void,
): (event: InspectionEvent) => void {
  let failed = false;
  return (event) => {
    try {
      if (typeof inspect === 'function') inspect(event);
      else inspect.next?.(event);
    } catch (error) {
      if (failed) return;
      failed = true;
      const why = printable(messageOf(error), defaults.maxErrorLength);
      report({ type: 'config.warning', message: `The inspector failed: ${why}` });
    }
  };
}
