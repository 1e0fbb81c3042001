import { wire } from '../../protocol/frames.js';
import { version } from '../../protocol/version.js';
import type { AgentOptions } from './agent-options.js';

type Name = 'clientName' | 'clientVersion' | 'userAgent';

/** How the agent presents itself on the wire: as the options say, else with this package's name and version. */
export function agentIdentity(options: Pick<AgentOptions, Name>): Record<Name, string> {
  return {
    clientName: options.clientName ?? 'chipzen-agent',
    clientVersion: options.clientVersion ?? version.slice(0, wire.maxClientVersionLength),
    userAgent: options.userAgent ?? `chipzen-agent/${version}`,
  };
}
