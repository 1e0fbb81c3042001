import type { FaultKind } from './faults.js';
import type { ConnectionLeg } from './leg.js';

/** What happens at a proxy, for tests, logs and views. It never contains a token. */
export type ChaosEvent =
  /** A fault was done. */
  | {
      type: 'fault';
      kind: FaultKind;
      /** The number of the fault in its list, from 1. */
      fault: number;
      leg: ConnectionLeg;
      /** Without query. */
      path: string;
      /** The number of the connection to this path, from 1. */
      connection: number;
      /** The number of the frame among the text and binary ones of its direction, from 1; 0 for a refused upgrade. */
      frame: number;
      /** A short description, such as `code 1012 before the frame`. */
      detail: string;
    }
  /** An outage has begun, or its time is over. */
  | { type: 'outage.began'; leg: 'lobby' | 'match' | 'any'; ms: number }
  | { type: 'outage.over'; leg: 'lobby' | 'match' | 'any' }
  /** A WebSocket was dialled during an outage. `detail` is the answer, such as `HTTP 503`. */
  | { type: 'outage.met'; leg: ConnectionLeg; path: string; connection: number; detail: string }
  /** The target accepted no connection; the client got HTTP 502. */
  | { type: 'target.unreachable'; path: string; why: string }
  /** A request that is invalid, too large or too slow. */
  | { type: 'request.refused'; status: number }
  /** A defect of the proxy, its platform or a listener, reported instead of thrown. */
  | { type: 'proxy.fault'; where: string; error: unknown };

export type EmitChaos = (event: ChaosEvent) => void;
