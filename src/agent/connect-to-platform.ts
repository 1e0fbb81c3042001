import type { AgentOptions } from '../io/settings/agent-options.js';
import { resolveSession } from '../io/settings/session.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { createPlatformClient, type PlatformClient } from '../platform/platform-client.js';
import type { PlatformClientOptions } from '../platform/platform-options.js';
import { refuseUnknown } from '../protocol/known-names.js';

/** Options of `connectToPlatform`: those by which an agent finds its bot, and those of the client. */
export type PlatformOptions = Pick<AgentOptions, 'botId' | 'env' | 'url' | 'token' | 'config' | 'userAgent'> &
  Omit<PlatformClientOptions, 'lobbyUrl' | 'token' | 'botId' | 'userAgent' | 'proxy'> & {
    /** Default: `process.env`. */
    processEnv?: EnvironmentVariables;
    /** Called with a sentence about what should be changed. */
    onWarning?: (message: string) => void;
  };

const platformOptionNames: Readonly<Record<keyof PlatformOptions, true>> = {
  botId: true,
  env: true,
  url: true,
  token: true,
  config: true,
  userAgent: true,
  apiUrl: true,
  accountToken: true,
  recordPaceMs: true,
  recordBackOffMs: true,
  recordGate: true,
  timeoutMs: true,
  maxBytes: true,
  onEvent: true,
  clock: true,
  processEnv: true,
  onWarning: true,
};

/**
 * A client of the platform's HTTP requests for the bot that an agent with these options plays: with the token, the lobby
 * and the proxy of options, environment variables and `chipzen.toml` (docs/protocol.md 8.1).
 *
 * @throws as `createAgent` does for what it finds, and as `createPlatformClient`.
 */
export function connectToPlatform(options: PlatformOptions = {}): PlatformClient {
  refuseUnknown(options, platformOptionNames, 'connectToPlatform');
  const { processEnv, onWarning, botId, env, url, token, config, userAgent, ...own } = options;
  const session = resolveSession({ botId, env, url, token, config, userAgent }, processEnv, onWarning);
  return createPlatformClient({
    ...own,
    lobbyUrl: session.input.lobbyUrl,
    token: session.token,
    userAgent: session.userAgent,
    proxy: session.proxy,
  });
}
