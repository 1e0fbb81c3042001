/** `chipzen-agent/machines`: the statecharts, to start alone, inspect, draw or test. */
export * from './lobby.js';
export * from './match.js';
export * from './ports.js';
export { DEFAULT_RETRY_POLICY, RetryPolicy, type RetryPolicyOptions, reconnectDelay } from './retry.js';
