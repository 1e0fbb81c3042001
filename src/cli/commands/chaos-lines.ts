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
  /** A line with the number of faults of each kind. */
  summary(): string;
}

/** Prints events, and counts the faults. */
export function createFaultLog(printOut: (line: string) => void): FaultLog {
  const counts = new Map<FaultKind, number>();
  const print = (line: string) => printOut(printable(line, defaults.maxLineLength));

  return {
    log(event) {
      if (event.type !== 'fault') {
        print(describe(event));
        return;
      }
      const number = (counts.get(event.kind) ?? 0) + 1;
      counts.set(event.kind, number);
      if (number <= defaults.maxPrintedPerKind) print(describe(event));
      if (number === defaults.maxPrintedPerKind)
        print(`further faults of kind ${event.kind} are only counted`);
    },
    summary() {
      const parts = [...counts].map(([kind, number]) => `${kind} ${number}`);
      const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
      return parts.length === 0 ? 'No fault was done.' : `${count(total, 'fault')}: ${parts.join(', ')}`;
    },
  };
}

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
