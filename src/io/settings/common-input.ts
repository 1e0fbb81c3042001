import type { CommonInput } from '../../machines/match.context.js';
import { DEFAULT_RETRY_POLICY } from '../../machines/retry.js';
import type { Defined } from '../../machines/with-defaults.js';
import { wire } from '../../protocol/frames.js';
import { version } from '../../protocol/version.js';
import type { AgentOptions } from './agent-options.js';

type Settings = Omit<CommonInput, 'now' | 'random'>;

/** What a session and a known match are started with alike: each option with its default filled in. */
export function commonInputOf(options: Pick<AgentOptions, keyof Settings>): Defined<Settings> {
  return {
    clientName: options.clientName ?? 'chipzen-agent',
    clientVersion: options.clientVersion ?? version.slice(0, wire.maxClientVersionLength),
    supportedGames: options.supportedGames ?? null,
    safeMode: options.safeMode ?? true,
    marginMs: options.marginMs ?? null,
    retryPolicy: options.retryPolicy ?? DEFAULT_RETRY_POLICY,
  };
}

/** How handshakes name the agent. */
export function userAgentOf(options: Pick<AgentOptions, 'userAgent'>): string {
  return options.userAgent ?? `chipzen-agent/${version}`;
}
