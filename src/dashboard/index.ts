/** `chipzen-agent/dashboard`: a page that shows an agent, or the local platform, while it plays. */
import type { Agent } from '../io/settings/agent-options.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { type Dashboard, type DashboardOptions, serveDashboard } from './dashboard-server.js';
import { watchAgent } from './watch-agent.js';
import { watchSandbox } from './watch-sandbox.js';

export type { Dashboard, DashboardOptions } from './dashboard-server.js';

/**
 * Serves a page on 127.0.0.1 that shows this agent, running or not. It stays open until it is closed, also after the
 * agent has ended.
 *
 * @throws {OptionError} when the port cannot be used.
 */
export function createDashboard(agent: Agent, options: DashboardOptions = {}): Promise<Dashboard> {
  return serveDashboard(watchAgent(agent, options), options);
}

/**
 * The same page for a local platform: every table with all cards face up.
 *
 * @throws {OptionError} when the port cannot be used.
 */
export function createSandboxDashboard(sandbox: Sandbox, options: DashboardOptions = {}): Promise<Dashboard> {
  return serveDashboard(watchSandbox(sandbox, options), options);
}
