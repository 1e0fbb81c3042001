/** The page that `--inspect` serves. */
import type { InspectorBridge } from '../../inspect/bridge.js';
import type { Agent } from '../../io/settings/agent-options.js';
import type { InspectFlags } from './inspect-flags.js';

/** Null without `--inspect`; the inspector is loaded only with it. */
export async function openInspector(
  agent: Agent,
  flags: InspectFlags,
  secret: string,
): Promise<InspectorBridge | null> {
  const { inspect, inspectPort, inspectUrl, inspectHideCards } = flags;
  if (inspect !== true) return null;
  const { createInspectorBridge } = await import('../../inspect/bridge.js');
  const bridge = await createInspectorBridge({
    secrets: [secret],
    ...(inspectPort !== undefined && { port: inspectPort }),
    ...(inspectUrl !== undefined && { uiUrl: inspectUrl }),
    ...(inspectHideCards !== undefined && { hideCards: inspectHideCards }),
  });
  for (const actor of [agent.actor, agent.season, agent.queue]) if (actor !== null) bridge.attach(actor);
  return bridge;
}
