/** `chipzen-agent/chaos`: a proxy that tortures WebSocket clients, and the faults it knows. */
export { loadChaos, parseChaos } from './chaos-file.js';
export type { ChaosEvent } from './events.js';
export type {
  Aim,
  Chaos,
  Fault,
  FaultKind,
  PlatformFault,
  PlatformFaults,
  Victim,
} from './faults.js';
export type { Outage, OutageAnswer, OutageCut } from './outages.js';
export { type Profile, profiles } from './profiles.js';
export {
  type ChaosProxy,
  type ChaosProxyControl,
  type ChaosProxyOptions,
  createChaosProxy,
  type ProxyConnection,
} from './proxy.js';
export { describeReplay } from './replay.js';
