/** `chipzen-agent/machines`: the statecharts, to start alone, inspect, draw or test. */
export { type ChartToExtend, extendLobby, extendMatch, type SetupWith } from './extend.js';
export * from './lobby.js';
export * from './match.js';
export * from './ports.js';
export { DEFAULT_RETRY_POLICY, RetryPolicy, type RetryPolicyOptions, reconnectDelay } from './retry.js';
export * from './season.js';
