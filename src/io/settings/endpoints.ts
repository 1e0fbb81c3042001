/** Where the platform is: its deployments and the lobby's URL (docs/protocol.md 1). */

import { lobbyPath } from '../../protocol/endpoint-paths.js';
import { ConfigError } from '../../protocol/errors.js';
import { parseWebSocketUrl } from '../../protocol/gateway-url.js';
import type { Environment } from './agent-options.js';

/** Base URL of each deployment. */
export const environments: Readonly<Record<Environment, string>> = {
  prod: 'wss://chipzen.ai',
  staging: 'wss://staging.chipzen.ai',
  local: 'ws://localhost:8001',
};

/** The names of the deployments. */
export const ENV_NAMES: readonly Environment[] = Object.freeze(['prod', 'staging', 'local'] as const);

/** The variable that names a deployment where no option does. */
export const ENV_VAR_NAME = 'CHIPZEN_ENV';

/** Used when neither an option nor `CHIPZEN_ENV` says otherwise. */
export const defaultEnvironment: Environment = 'prod';

/** Whether it is `prod`, `staging` or `local`; names that every object inherits are not. */
export function isEnvironment(text: unknown): text is Environment {
  return typeof text === 'string' && Object.hasOwn(environments, text);
}

/**
 * Reads `CHIPZEN_ENV`; null when it is unset or empty.
 *
 * @throws {ConfigError} for an unknown environment.
 */
export function parseEnvironment(text: string | undefined): Environment | null {
  if (text === undefined || text === '') return null;
  if (isEnvironment(text)) return text;
  throw new ConfigError(
    `CHIPZEN_ENV does not name an environment. Set it to one of ${Object.keys(environments).join(', ')}, or unset it.`,
    { field: 'CHIPZEN_ENV' },
  );
}

/**
 * Reads `CHIPZEN_BASE_URL`, which replaces the base URL of an environment; null when it is unset or empty. `http` and
 * `https` are read as `ws` and `wss`, because other tools of the platform want them.
 *
 * @throws {ConfigError | InsecureUrlError} when it is not a URL that a bot may dial.
 */
export function parseBaseUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const what = 'CHIPZEN_BASE_URL';
  const url = parseWebSocketUrl(text.trim().replace(/^http/i, 'ws'), what);
  if (url.search !== '') {
    throw new ConfigError(
      `${what} has a query; give the platform's address alone, like ${environments.prod}.`,
      {
        field: what,
      },
    );
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * The lobby URL of a bot. The id is encoded, so that it stays one segment of the path.
 *
 * @param base base URL in place of the environment's own.
 * @throws {ConfigError} when the id cannot be part of a URL.
 */
export function lobbyUrl(botId: string, env: Environment, base: string = environments[env]): string {
  const id = botId.trim();
  try {
    // URL parsers treat these as relative steps in the path.
    if (id !== '' && id !== '.' && id !== '..') return base + lobbyPath(id);
  } catch {
    // Lone surrogates cannot be encoded.
  }
  throw new ConfigError("The bot id cannot be part of a URL. Copy the bot's id from the platform.", {
    field: 'botId',
  });
}
