/**
 * The URL of a bot's lobby: which of the possible sources gives it, and whether the others agree (docs/protocol.md
 * 8.1).
 */

import type { EnvironmentVariables } from '../../network/environment-variables.js';
import { ConfigError, MissingUrlError } from '../../protocol/errors.js';
import { isLoopback } from '../../protocol/loopback.js';
import type { ChipzenConfig, Environment } from './agent-options.js';
import { dialableUrl } from './dialable-url.js';
import { defaultEnvironment, environments, lobbyUrl, parseBaseUrl, parseEnvironment } from './endpoints.js';
import { requirePlatformToken, type SessionToken } from './session-token.js';

export interface FindLobbyOptions {
  url?: string | undefined;
  botId?: string | undefined;
  env?: Environment | null | undefined;
}

interface Surroundings {
  config: ChipzenConfig | null;
  processEnv: EnvironmentVariables;
  token: SessionToken | null;
  onWarning: (message: string) => void;
}

/** @throws {ConfigError | InsecureUrlError | MissingUrlError | AuthenticationError} */
export function findLobby(
  options: FindLobbyOptions,
  around: Surroundings,
): { url: string; env: Environment } {
  const { config, processEnv, token } = around;
  const env = options.env ?? parseEnvironment(processEnv.CHIPZEN_ENV) ?? defaultEnvironment;
  const found = givenUrl(options, config, processEnv);
  const url =
    found === null
      ? urlOfBot(options, env, around)
      : dialableUrl(found.url, found.place, token?.value ?? null);
  if (token !== null && token.value !== '') {
    if (found?.isOfFile) refuseForeignToken(url, found.place, token, namesOf(options, processEnv));
    if (!isLoopback(url.hostname)) requirePlatformToken(token);
  }
  if (found !== null && options.url === undefined) {
    const names = namesOf(options, found.isOfFile ? processEnv : {});
    warnOfShadowed(url, found.place, names, around.onWarning);
  }
  return { url: url.href, env };
}

function urlOfBot(
  options: FindLobbyOptions,
  env: Environment,
  { config, processEnv, token }: Surroundings,
): URL {
  const botId = options.botId ?? (processEnv.CHIPZEN_BOT_ID || config?.botId);
  if (botId === undefined || botId === null || botId.trim() === '') {
    throw new MissingUrlError(
      'There is no bot id to make a lobby URL from. Set CHIPZEN_BOT_ID, put bot_id under [external_api] in ' +
        'chipzen.toml, or give --bot-id or --url (in a program: the option botId or url). To play here without an ' +
        'account, start "chipzen-agent sandbox --write-config" in this folder first: it writes that file.',
    );
  }
  // An environment in the options wins over a base URL in the environment variables.
  const base = (options.env ?? null) === null ? parseBaseUrl(processEnv.CHIPZEN_BASE_URL) : null;
  return dialableUrl(lobbyUrl(botId, env, base ?? environments[env]), 'The lobby URL', token?.value ?? null);
}

interface GivenUrl {
  url: string;
  place: string;
  isOfFile?: boolean;
}

function givenUrl(
  options: FindLobbyOptions,
  config: ChipzenConfig | null,
  processEnv: EnvironmentVariables,
): GivenUrl | null {
  if (options.url !== undefined) return { url: options.url, place: 'The option url' };
  if (processEnv.CHIPZEN_LOBBY_URL) return { url: processEnv.CHIPZEN_LOBBY_URL, place: 'CHIPZEN_LOBBY_URL' };
  if (config?.url) return { url: config.url, place: `external_api.url in ${config.path}`, isOfFile: true };
  return null;
}

// --- other sources that name a bot or a deployment ---

interface Names {
  bot: { id: string; by: string } | null;
  deployment: { name: string; base: string; by: string } | null;
}

/** What an option or a variable names, whichever comes first. The file does not count. */
function namesOf({ botId, env }: FindLobbyOptions, processEnv: EnvironmentVariables): Names {
  const id = (botId ?? processEnv.CHIPZEN_BOT_ID ?? '').trim();
  const bot = id === '' ? null : { id, by: botId === undefined ? 'CHIPZEN_BOT_ID' : 'botId' };
  if (env) return { bot, deployment: { name: env, base: environments[env], by: 'env' } };
  const base = baseOf(processEnv);
  if (base !== null) return { bot, deployment: { name: base, base, by: 'CHIPZEN_BASE_URL' } };
  const named = parseEnvironment(processEnv.CHIPZEN_ENV);
  return { bot, deployment: named && { name: named, base: environments[named], by: 'CHIPZEN_ENV' } };
}

/** A base URL that cannot be read counts as not given here; the error comes where it is used. */
function baseOf({ CHIPZEN_BASE_URL }: EnvironmentVariables): string | null {
  try {
    return parseBaseUrl(CHIPZEN_BASE_URL);
  } catch {
    return null;
  }
}

function isOfBot(url: URL, id: string): boolean {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last) === id;
  } catch {
    return last === id;
  }
}

/** All names of this machine are equal. */
function isOfDeployment(url: URL, base: string): boolean {
  const other = new URL(base);
  if (url.origin === other.origin) return true;
  const areHere = isLoopback(url.hostname) && isLoopback(other.hostname);
  return areHere && url.protocol === other.protocol && url.port === other.port;
}

interface Other {
  what: string;
  by: string;
  /** How the URL differs, as the end of a sentence. */
  difference: string;
}

/** The sources that name another bot or deployment than the URL does. */
function othersThan(url: URL, { bot, deployment }: Names): Other[] {
  const others: Other[] = [];
  if (bot !== null && !isOfBot(url, bot.id)) {
    others.push({ what: `the bot "${bot.id}"`, by: bot.by, difference: 'its path does not end in that id' });
  }
  if (deployment !== null && !isOfDeployment(url, deployment.base)) {
    const { name, by } = deployment;
    others.push({ what: name, by, difference: `is not of ${name}` });
  }
  return others;
}

const placeOf = (by: string): string => (by.startsWith('CHIPZEN_') ? by : `the option ${by}`);

/** @throws {ConfigError} when a token that is not from the file would be sent to the bot or deployment of the file. */
function refuseForeignToken(url: URL, place: string, token: SessionToken, names: Names): void {
  const [other] = token.isOfFile ? [] : othersThan(url, names);
  if (other === undefined) return;
  throw new ConfigError(
    `${place} is ${url.origin}${url.pathname}, ${placeOf(other.by)} names ${other.what}, and ` +
      `${token.place.replace(/^The /, 'the ')} may be of either. Take one of the two out, or give the whole URL ` +
      '(--url, CHIPZEN_LOBBY_URL).',
    { field: 'external_api.url' },
  );
}

function warnOfShadowed(url: URL, place: string, names: Names, onWarning: (message: string) => void): void {
  for (const { by, difference } of othersThan(url, names)) {
    onWarning(`${place} comes before ${by}, and ${difference}. To use ${by}, remove the URL.`);
  }
}
