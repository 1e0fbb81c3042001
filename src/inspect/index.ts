/** `chipzen-agent/inspect`: the Stately inspector, on a page of this machine. */
export { createInspectorBridge, type InspectorBridge, type InspectorBridgeOptions } from './bridge.js';
