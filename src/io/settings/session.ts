/** From options, environment variables and `chipzen.toml` to what a session needs (docs/protocol.md 1 and 8). */

import type { LobbyInput } from '../../machines/lobby.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../../machines/retry.js';
import { type Proxy, proxyFor } from '../../network/environment-proxy.js';
import type { EnvironmentVariables } from '../../network/environment-variables.js';
import { MissingTokenError } from '../../protocol/errors.js';
import { hideToken } from '../../protocol/hide-token.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import type { AgentOptions, ChipzenConfig, Environment } from './agent-options.js';
import { commonInputOf, userAgentOf } from './common-input.js';
import { configPaths, loadChipzenConfig } from './config.js';
import { findLobby } from './lobby-address.js';
import { checkOptions, checkSessionOptions } from './option-rules.js';
import { findToken } from './session-token.js';

const defaults = {
  drainGraceMs: 5_000,
  keepResults: 1_000,
  lobbyRefusedMs: 600_000,
} as const;

/** The lobby to dial and what to dial it with. The token is hidden from `console.log` and `JSON.stringify`. */
export interface LobbyAddress {
  url: string;
  /** Null when no source has one. */
  token: string | null;
  retryPolicy: RetryPolicy;
  env: Environment;
  config: ChipzenConfig | null;
}

/** Options of `connectToChipzen`. */
export interface ConnectOptions {
  /** Default: `DEFAULT_RETRY_POLICY`. */
  retryPolicy?: RetryPolicy;
  /** A configuration that was loaded before; null means none. Default: `loadChipzenConfig()`. */
  config?: ChipzenConfig | null;
  /** Default: `process.env`. */
  processEnv?: EnvironmentVariables;
  /** Called with a sentence about what should be changed. */
  onWarning?: (message: string) => void;
}

const connectOptionNames: Readonly<Record<keyof ConnectOptions, true>> = {
  retryPolicy: true,
  config: true,
  processEnv: true,
  onWarning: true,
};

/**
 * Finds the lobby URL and the token of a bot. A URL in `CHIPZEN_LOBBY_URL` or the file comes before the one made of
 * `botId` and the environment (`env`, then `CHIPZEN_BASE_URL`, then `CHIPZEN_ENV`, then `prod`).
 *
 * @throws {ConfigError | InsecureUrlError | OptionError} when something that was found cannot be used.
 * @throws {AuthenticationError} for a token that cannot be the platform's, if the lobby is not on this machine.
 */
export function connectToChipzen(
  botId: string,
  env?: Environment | null,
  options: ConnectOptions = {},
): LobbyAddress {
  const { processEnv = process.env, onWarning = ignore, retryPolicy, config: given } = options;
  refuseUnknown(options, connectOptionNames, 'connectToChipzen');
  checkOptions({ botId, env, retryPolicy, config: given });
  const config = given === undefined ? loadChipzenConfig(configPaths(processEnv), { onWarning }) : given;
  const token = findToken(undefined, config, processEnv);
  const lobby = findLobby({ botId, env }, { config, processEnv, token, onWarning });
  return hideToken({
    ...lobby,
    token: token?.value ?? null,
    retryPolicy: retryPolicy ?? DEFAULT_RETRY_POLICY,
    config,
  });
}

/** Everything that a session needs besides the bot, with all defaults filled in. */
export interface Session {
  /** What the lobby machine is started with. */
  input: Omit<LobbyInput, 'now' | 'random'>;
  /** The proxy of both legs: the gateway has the lobby's origin. */
  proxy: Proxy | null;
  token: string;
  env: Environment;
  config: ChipzenConfig | null;
  userAgent: string;
  /** `Infinity`: all. */
  keepResults: number;
}

/**
 * Resolves the options of a session. Precedence for the URL: `url`, `CHIPZEN_LOBBY_URL`, the file's `url`, then the
 * bot id (`botId`, `CHIPZEN_BOT_ID`, the file's) on its environment. For the token: `token`, `CHIPZEN_EXTBOT_TOKEN`,
 * the file's.
 *
 * @param paths where a `chipzen.toml` is looked for when `options.config` is left out.
 * @throws {OptionError} for an option of the wrong type or out of range.
 * @throws {MissingTokenError} when no token is found, or an empty one.
 * @throws {MissingUrlError} when there is neither a URL nor a bot id.
 * @throws {AuthenticationError} for a token that cannot be the platform's, if the lobby is not on this machine.
 * @throws {ConfigError | InsecureUrlError} when something that was found cannot be used, or a token that is not the
 * file's would go to the file's URL while an option or a variable names another bot or deployment.
 */
export function resolveSession(
  options: AgentOptions = {},
  processEnv: EnvironmentVariables = process.env,
  onWarning: (message: string) => void = ignore,
  paths: readonly string[] = configPaths(processEnv),
): Session {
  checkSessionOptions(options, 'A session');
  const config = options.config === undefined ? loadChipzenConfig(paths, { onWarning }) : options.config;
  const token = findToken(options.token, config, processEnv);
  const lobby = findLobby(options, { config, processEnv, token, onWarning });
  if (token === null || token.value === '') {
    throw new MissingTokenError(
      `There is no token${token === null ? '' : ': the one given is empty'}. Set CHIPZEN_EXTBOT_TOKEN, put token under ` +
        '[external_api] in chipzen.toml, or give the option token.',
    );
  }
  return hideToken({
    input: {
      lobbyUrl: lobby.url,
      lobbyRefusedMs: options.lobbyRefusedMs ?? defaults.lobbyRefusedMs,
      maxMatches: options.maxMatches ?? null,
      drainGraceMs: options.drainGraceMs ?? defaults.drainGraceMs,
      ...commonInputOf(options),
    },
    proxy: proxyFor(lobby.url, processEnv),
    token: token.value,
    env: lobby.env,
    config,
    userAgent: userAgentOf(options),
    keepResults:
      options.keepResults ??
      ((options.maxMatches ?? null) === null ? defaults.keepResults : Number.POSITIVE_INFINITY),
  });
}

function ignore(): void {}
