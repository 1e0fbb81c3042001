/** The page that `--dashboard` serves, for `run` and for `sandbox`. */
import type { Dashboard, DashboardOptions } from '../../dashboard/index.js';
import type { Agent } from '../../io/settings/agent-options.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Terminal } from '../surroundings/surroundings.js';

const defaults = {
  /** The grace of a drain without a limit: longer than any match. */
  drainGraceMs: 24 * 60 * 60 * 1_000,
} as const;

/** A port, or true for any free one. */
export type DashboardFlag = number | true;

function portOf(flag: DashboardFlag): number {
  return flag === true ? 0 : flag;
}

/** Loads the page's server only when it is needed. */
export async function openAgentDashboard(
  agent: Agent,
  flag: DashboardFlag,
  { mask }: Pick<Terminal, 'mask'>,
  controls: Required<NonNullable<DashboardOptions['controls']>>,
): Promise<Dashboard> {
  const { createDashboard } = await import('../../dashboard/index.js');
  return createDashboard(agent, { port: portOf(flag), redact: mask.json, controls });
}

export async function openSandboxDashboard(
  platform: Sandbox,
  flag: DashboardFlag,
  stop: () => void,
): Promise<Dashboard> {
  const { createSandboxDashboard } = await import('../../dashboard/index.js');
  return createSandboxDashboard(platform, { port: portOf(flag), controls: { stop } });
}

/** Ends the session like the first and the second Ctrl-C. A drain from the page has no limit. */
export interface Stops {
  /** Whether the next Ctrl-C counts as the second one. */
  readonly begun: boolean;
  readonly drain: () => void;
  /** @param graceMs default: the agent's own. */
  readonly finish: (graceMs?: number) => void;
  readonly cut: () => void;
}

export function createStops(agent: Agent): Stops {
  let begun = false;
  const finish = (graceMs?: number): void => {
    begun = true;
    void agent.stop(graceMs === undefined ? {} : { graceMs });
  };
  return {
    get begun() {
      return begun;
    },
    drain: () => finish(defaults.drainGraceMs),
    finish,
    cut: () => finish(0),
  };
}
