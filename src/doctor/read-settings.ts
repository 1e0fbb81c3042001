/** All settings of a session as they are found, with everything that is wrong about them and not the first fault only. */

import { parseServerUrl } from '../io/hosting/remote/server-url.js';
import type { ChipzenConfig, Environment } from '../io/settings/agent-options.js';
import { configPaths, loadChipzenConfig } from '../io/settings/config.js';
import {
  defaultEnvironment,
  environments,
  parseBaseUrl,
  parseEnvironment,
} from '../io/settings/endpoints.js';
import { findLobby } from '../io/settings/lobby-address.js';
import { findToken, type SessionToken } from '../io/settings/session-token.js';
import { type Proxy, proxyFor } from '../network/environment-proxy.js';
import { ChipzenError, MissingTokenError, MissingUrlError } from '../protocol/errors.js';

/** The settings that a command line gives. */
export interface GivenSettings {
  url?: string | undefined;
  botId?: string | undefined;
  env?: Environment | undefined;
  token?: string | undefined;
  /** The only configuration file to read. Default: the first one that is found. */
  configPath?: string | undefined;
  /** The URL of a NATS server that leads to workers. */
  nats?: string | undefined;
}

/** A place where a configuration may be. */
export interface ConfigPlace {
  path: string;
  /** Null: there is no file, or it cannot be used. */
  config: ChipzenConfig | null;
  error: ChipzenError | null;
  warnings: readonly string[];
  /** Keys of `[external_api]` that have no meaning. */
  ignoredKeys: readonly string[];
}

export interface ReadSettings {
  given: GivenSettings;
  env: NodeJS.ProcessEnv;
  /** In the order in which they are looked at. */
  places: readonly ConfigPlace[];
  /** The file that counts, whether or not it can be used. */
  place: ConfigPlace | null;
  config: ChipzenConfig | null;
  token: Outcome<SessionToken>;
  /** The lobby's URL. */
  lobby: Outcome<string>;
  /** The address whose network is checked: that of the lobby, or of the deployment when there is no bot id. */
  server: URL | null;
  proxy: Outcome<Proxy | null>;
  /** Warnings about settings that contradict each other. */
  warnings: readonly string[];
  /** Everything that must not be shown. */
  secrets: readonly string[];
}

/** A value, or why there is none. */
export type Outcome<T> = { value: T; error: null } | { value: null; error: ChipzenError };

/** Nothing is sent. */
export function readSettings(given: GivenSettings, env: NodeJS.ProcessEnv): ReadSettings {
  const paths = given.configPath === undefined ? configPaths(env) : [given.configPath];
  const places = paths.map((path) => lookAt(path, given.configPath !== undefined));
  const place = places.find(({ config, error }) => config !== null || error !== null) ?? null;
  const config = place?.config ?? null;
  const token = outcomeOf(() => requireToken(findToken(given.token, config, env)));
  const warnings: string[] = [];
  const lobbyWith = (known: SessionToken | null, onWarning: (message: string) => void): string =>
    findLobby(given, { config, processEnv: env, token: known, onWarning }).url;
  const lobby = outcomeOf(() => lobbyWith(token.value, (message) => warnings.push(message)));
  const server = serverOf(lobby, () => lobbyWith(null, () => undefined), given, env);
  // A variable that names no proxy is found without an address, too.
  const proxy = outcomeOf(() => proxyFor(server?.href ?? environments[defaultEnvironment], env));
  const secrets = secretsOf(given, places, env);
  return { given, env, places, place, config, token, lobby, server, proxy, warnings, secrets };
}

function lookAt(path: string, isRequired: boolean): ConfigPlace {
  const warnings: string[] = [];
  const ignoredKeys: string[] = [];
  const { value, error } = outcomeOf(() =>
    loadChipzenConfig([path], {
      isRequired,
      onWarning: (message) => warnings.push(message),
      onIgnoredKey: (key) => ignoredKeys.push(key),
    }),
  );
  return { path: value?.path ?? path, config: value, error, warnings, ignoredKeys };
}

function outcomeOf<T>(read: () => T): Outcome<T> {
  try {
    return { value: read(), error: null };
  } catch (error) {
    if (error instanceof ChipzenError) return { value: null, error };
    throw error;
  }
}

function requireToken(token: SessionToken | null): SessionToken {
  if (token !== null && token.value !== '') return token;
  throw new MissingTokenError(
    token === null
      ? 'There is no token: neither --token nor CHIPZEN_EXTBOT_TOKEN nor token under [external_api] in chipzen.toml.'
      : `${token.place} is empty.`,
  );
}

/** What is wrong with the token does not make the address unknown. */
function serverOf(
  lobby: Outcome<string>,
  withoutToken: () => string,
  { env: named }: GivenSettings,
  env: NodeJS.ProcessEnv,
): URL | null {
  const found = lobby.value === null ? outcomeOf(withoutToken) : lobby;
  if (found.value !== null) return new URL(found.value);
  if (!(found.error instanceof MissingUrlError)) return null;
  const base = outcomeOf(() => (named === undefined ? parseBaseUrl(env.CHIPZEN_BASE_URL) : null)).value;
  const deployment = outcomeOf(() => named ?? parseEnvironment(env.CHIPZEN_ENV) ?? defaultEnvironment).value;
  const address = base ?? (deployment === null ? null : environments[deployment]);
  return address === null ? null : new URL(address);
}

/** Variables that may hold a URL with a user and a password. */
const urlVariables = [
  'HTTPS_PROXY',
  'ALL_PROXY',
  'HTTP_PROXY',
  'https_proxy',
  'all_proxy',
  'http_proxy',
  'CHIPZEN_LOBBY_URL',
  'CHIPZEN_BASE_URL',
];

function secretsOf(given: GivenSettings, places: readonly ConfigPlace[], env: NodeJS.ProcessEnv): string[] {
  const tokens = [given.token, env.CHIPZEN_EXTBOT_TOKEN, env.CHIPZEN_TOKEN, env.CHIPZEN_TICKET];
  const urls = [given.url, given.nats, ...urlVariables.map((name) => env[name])];
  for (const { config } of places) {
    tokens.push(config?.token ?? undefined);
    urls.push(config?.url ?? undefined);
  }
  const secrets = [...tokens, ...urls.flatMap((url) => credentialsIn(url ?? ''))];
  return [...new Set(secrets.filter((secret): secret is string => Boolean(secret)))];
}

function credentialsIn(text: string): string[] {
  const nats = text.startsWith('nats') || text.startsWith('tls') ? natsCredentials(text) : [];
  if (!URL.canParse(text)) return [...nats, ...(/\/\/([^/@]*)@/.exec(text)?.slice(1) ?? [])];
  const { username, password, searchParams } = new URL(text);
  const basic = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  return [...nats, password, decoded(password), username === '' ? '' : basic, ...searchParams.values()];
}

function natsCredentials(text: string): string[] {
  const { value } = outcomeOf(() => parseServerUrl(text));
  return [value?.token, value?.pass, value?.user].filter((part) => part !== undefined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
