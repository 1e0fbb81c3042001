/** `chipzen-agent/chaos`: a proxy that applies faults to WebSocket connections, and these faults. */

export type { ChaosEvent } from './chaos-events.js';
export { describeReplay, loadChaos, parseChaos } from './chaos-file.js';
export {
  type ChaosProxy,
  type ChaosProxyControl,
  type ChaosProxyOptions,
  createChaosProxy,
  type ProxyConnection,
} from './chaos-proxy.js';
export type {
  Aim,
  Chaos,
  ChaosFault,
  // `Fault` is its name in version 0.1, kept for one more.
  ChaosFault as Fault,
  FaultKind,
  PlatformFault,
  PlatformFaults,
  Victim,
} from './faults.js';
export type { Outage, OutageAnswer, OutageCut } from './outages.js';
export { type Profile, profiles } from './profiles.js';
