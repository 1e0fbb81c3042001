/** From options, environment variables and `chipzen.toml` to what a session needs (docs/protocol.md 1 and 8). */
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../machines/retry.js';
import type { AgentOptions, ChipzenConfig, Environment } from '../options.js';
import { ConfigError, MissingTokenError, MissingUrlError } from '../protocol/errors.js';
import { configPaths, hideToken, loadChipzenConfig, resolveToken } from './config.js';
import { dialableUrl } from './dialable-url.js';
import { defaultEnvironment, environments, lobbyUrl, parseBaseUrl, parseEnvironment } from './endpoints.js';
import { agentIdentity } from './identity.js';
import { checkOptions } from './option-rules.js';
import { type Proxy, proxyFor } from './proxy.js';

const defaults = {
  drainGraceMs: 5_000,
  keepResults: 1_000,
  lobbyRefusedMs: 600_000,
  /** Longer ones do not fit into an `authenticate` frame. */
  maxTokenLength: 2_048,
} as const;

/** The lobby to dial and what to dial it with. The token is hidden from `console.log` and `JSON.stringify`. */
export interface Connection {
  url: string;
  /** Null when there is none anywhere. */
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
  processEnv?: NodeJS.ProcessEnv;
  /** Told in a sentence what is unwise. */
  onWarning?: (message: string) => void;
}

/**
 * Finds the lobby URL and the token of a bot: a URL in `CHIPZEN_LOBBY_URL` or the file comes before the one made of
 * `botId` and the environment (`env`, then `CHIPZEN_BASE_URL`, then `CHIPZEN_ENV`, then `prod`).
 *
 * @throws {ConfigError | InsecureUrlError | OptionError} when something that was found cannot be used.
 */
export function connectToChipzen(botId: string, env?: Environment, options: ConnectOptions = {}): Connection {
  const { processEnv = process.env, onWarning = ignore, retryPolicy, config: given } = options;
  checkOptions({ botId, env, retryPolicy, config: given }, onWarning);
  const config = given === undefined ? loadChipzenConfig(configPaths(processEnv), { onWarning }) : given;
  const token = tokenOf(undefined, config, processEnv);
  const lobby = lobbyOf({ botId, env }, config, processEnv, token, onWarning);
  return hideToken({ ...lobby, token, retryPolicy: retryPolicy ?? DEFAULT_RETRY_POLICY, config });
}

/** Everything a session is made of besides the bot: each option with its default filled in. */
export interface Session {
  lobbyUrl: string;
  /** What both legs go through: the gateway is of the lobby's origin. */
  proxy: Proxy | null;
  token: string;
  env: Environment;
  config: ChipzenConfig | null;
  retryPolicy: RetryPolicy;
  /** How long a lobby that was reached before may refuse the bot. */
  lobbyRefusedMs: number;
  clientName: string;
  clientVersion: string;
  userAgent: string;
  safeMode: boolean;
  /** Null: what round trips say. */
  marginMs: number | null;
  /** Null: no end. */
  maxMatches: number | null;
  /** Null: poker only. */
  supportedGames: readonly string[] | null;
  drainGraceMs: number;
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
 * @throws {ConfigError | InsecureUrlError} when something that was found cannot be used.
 */
export function resolveSession(
  options: AgentOptions = {},
  processEnv: NodeJS.ProcessEnv = process.env,
  onWarning: (message: string) => void = ignore,
  paths: readonly string[] = configPaths(processEnv),
): Session {
  checkOptions(options, onWarning);
  const config = options.config === undefined ? loadChipzenConfig(paths, { onWarning }) : options.config;
  const token = tokenOf(options.token, config, processEnv);
  const lobby = lobbyOf(options, config, processEnv, token, onWarning);
  if (token === null || token === '') {
    throw new MissingTokenError(
      `There is no token${token === '' ? ': the one given is empty' : ''}. Set CHIPZEN_EXTBOT_TOKEN, put token under ` +
        '[external_api] in chipzen.toml, or give the option token.',
    );
  }
  return hideToken({
    lobbyUrl: lobby.url,
    proxy: proxyFor(lobby.url, processEnv),
    token,
    env: lobby.env,
    config,
    retryPolicy: options.retryPolicy ?? DEFAULT_RETRY_POLICY,
    lobbyRefusedMs: options.lobbyRefusedMs ?? defaults.lobbyRefusedMs,
    ...agentIdentity(options),
    safeMode: options.safeMode ?? true,
    marginMs: options.marginMs ?? null,
    maxMatches: options.maxMatches ?? null,
    supportedGames: options.supportedGames ?? null,
    drainGraceMs: options.drainGraceMs ?? defaults.drainGraceMs,
    keepResults:
      options.keepResults ??
      (options.maxMatches === undefined ? defaults.keepResults : Number.POSITIVE_INFINITY),
  });
}

function ignore(): void {}

// --- the lobby URL ---

interface LobbyOptions {
  url?: string | undefined;
  botId?: string | undefined;
  env?: Environment | undefined;
}

function lobbyOf(
  options: LobbyOptions,
  config: ChipzenConfig | null,
  processEnv: NodeJS.ProcessEnv,
  token: string | null,
  onWarning: (message: string) => void,
): { url: string; env: Environment } {
  const env = options.env ?? parseEnvironment(processEnv.CHIPZEN_ENV) ?? defaultEnvironment;
  const found = givenUrl(options, config, processEnv);
  if (found !== null) {
    const url = dialableUrl(found.url, found.what, token);
    if (options.url === undefined) warnOfShadowedOptions(options, url, found.what, onWarning);
    return { url: url.href, env };
  }
  const botId = options.botId ?? (processEnv.CHIPZEN_BOT_ID || config?.botId);
  if (botId === undefined || botId === null || botId.trim() === '') {
    throw new MissingUrlError(
      'There is no bot id to make a lobby URL from. Set CHIPZEN_BOT_ID, put bot_id under [external_api] in ' +
        'chipzen.toml, or give the option botId (or url).',
    );
  }
  // An environment named in the options is meant more than a base URL left in the surroundings.
  const base = options.env === undefined ? parseBaseUrl(processEnv.CHIPZEN_BASE_URL) : null;
  const url = lobbyUrl(botId, env, base ?? environments[env]);
  return { url: dialableUrl(url, 'The lobby URL', token).href, env };
}

function givenUrl(
  options: LobbyOptions,
  config: ChipzenConfig | null,
  processEnv: NodeJS.ProcessEnv,
): { url: string; what: string } | null {
  if (options.url !== undefined) return { url: options.url, what: 'The option url' };
  if (processEnv.CHIPZEN_LOBBY_URL) return { url: processEnv.CHIPZEN_LOBBY_URL, what: 'CHIPZEN_LOBBY_URL' };
  if (config?.url) return { url: config.url, what: `external_api.url in ${config.path}` };
  return null;
}

function warnOfShadowedOptions(
  { botId, env }: LobbyOptions,
  url: URL,
  what: string,
  onWarning: (message: string) => void,
): void {
  if (botId !== undefined && url.pathname.split('/').pop() !== encodeURIComponent(botId)) {
    onWarning(
      `${what} comes before botId, and its path does not end in that id. To use botId, remove the URL.`,
    );
  }
  if (env !== undefined && url.origin !== new URL(environments[env]).origin) {
    onWarning(`${what} comes before env, and is not of ${env}. To use env, remove the URL.`);
  }
}

// --- the token ---

/** What both an HTTP header and a list of subprotocols can carry (RFC 9110 5.6.2, RFC 6455 4.1). */
const headerToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function tokenOf(
  option: string | undefined,
  config: ChipzenConfig | null,
  processEnv: NodeJS.ProcessEnv,
): string | null {
  const token = resolveToken(option, config, processEnv);
  if (token === null || token === '') return token;
  const fault = faultOfToken(token);
  if (fault === null) return token;
  if (option !== undefined) throw badToken('The option token', fault, { field: 'token' });
  if (processEnv.CHIPZEN_EXTBOT_TOKEN)
    throw badToken('CHIPZEN_EXTBOT_TOKEN', fault, { field: 'CHIPZEN_EXTBOT_TOKEN' });
  const path = config?.path ?? 'chipzen.toml';
  throw badToken(`external_api.token in ${path}`, fault, { path, field: 'external_api.token' });
}

function faultOfToken(token: string): string | null {
  if (token.trim() !== token) return 'has white space around it';
  if (!headerToken.test(token)) return 'has characters that no token has';
  return token.length > defaults.maxTokenLength ? 'is too long for a token' : null;
}

function badToken(what: string, fault: string, where: { path?: string; field: string }): ConfigError {
  return new ConfigError(
    `${what} ${fault}. Copy it again from the platform: cz_extbot_ and 32 letters and digits.`,
    where,
  );
}
