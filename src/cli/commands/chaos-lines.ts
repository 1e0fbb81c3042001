/** Events of a chaos as lines for people. */
import type { ChaosEvent } from '../../chaos/chaos-events.js';
import type { FaultKind } from '../../chaos/faults.js';
import { count } from '../../io/reports/describe.js';
import { messageOf } from '../../protocol/message-of.js';
import { printable } from '../../protocol/redact.js';

const defaults = {
  maxLineLength: 240,
  /** How many faults of one kind are printed; more are only counted. */
  maxPrintedPerKind: 50,
} as const;

export interface FaultLog {
  readonly log: (event: ChaosEvent) => void;
  /** How often each kind was done. */
  counts(): Record<string, number>;
  /** A line with the number of faults of each kind. */
  summary(): string;
}

/**
 * Tells events as lines, and counts the faults.
 *
 * @param tell gets every event; the line is null when so many of its kind were told that the rest are only counted.
 */
export function createFaultLog(tell: (line: string | string[] | null, event: ChaosEvent) => void): FaultLog {
  const counts = new Map<FaultKind, number>();

  return {
    log(event) {
      if (event.type !== 'fault') return tell(lineOf(event), event);
      const number = (counts.get(event.kind) ?? 0) + 1;
      counts.set(event.kind, number);
      const { maxPrintedPerKind: most } = defaults;
      const rest = number === most ? [`further faults of kind ${event.kind} are only counted`] : [];
      tell(number > most ? null : [lineOf(event), ...rest], event);
    },
    counts: () => Object.fromEntries(counts),
    summary() {
      const parts = [...counts].map(([kind, number]) => `${kind} ${number}`);
      const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
      return parts.length === 0 ? 'No fault was done.' : `${count(total, 'fault')}: ${parts.join(', ')}`;
    },
  };
}

const lineOf = (event: ChaosEvent): string => printable(describe(event), defaults.maxLineLength);

function describe(event: ChaosEvent): string {
  switch (event.type) {
    case 'fault': {
      const { kind, detail, leg, path, connection, frame, fault } = event;
      const what = detail === '' ? kind : `${kind} (${detail})`;
      const where = `${leg} ${path}, connection ${connection}${frame === 0 ? '' : `, frame ${frame}`}`;
      return `fault ${fault}: ${what}: ${where}`;
    }
    case 'outage.began':
      return `an outage of ${event.leg} has begun, of ${event.ms} ms`;
    case 'outage.over':
      return `the outage of ${event.leg} is over`;
    case 'outage.met':
      return `outage: ${event.detail}: ${event.leg} ${event.path}, connection ${event.connection}`;
    case 'target.unreachable':
      return `the server cannot be reached (${event.why}): ${event.path}`;
    case 'request.refused':
      return `a request was refused with HTTP ${event.status}`;
    case 'proxy.fault':
      return `warning: the proxy itself failed in ${event.where}: ${messageOf(event.error)}`;
  }
}
