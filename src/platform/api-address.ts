/** Where the HTTP requests go, and whether a token may go there. */
import { readPath } from '../protocol/endpoint-paths.js';
import { InsecureUrlError, MissingUrlError, OptionError } from '../protocol/errors.js';
import { parseWebSocketUrl } from '../protocol/gateway-url.js';
import { isLoopback } from '../protocol/loopback.js';

export interface ApiAddress {
  /** Without a slash at its end: `https://chipzen.ai`. */
  base: string;
  /** Whether a token may be sent there: only to the lobby's own origin. */
  isTrusted: boolean;
  /** The bot whose lobby it is, if a lobby URL was given; null otherwise. */
  botId: string | null;
}

interface Urls {
  lobbyUrl?: string | undefined;
  apiUrl?: string | undefined;
}

/**
 * The address of the HTTP requests: `apiUrl`, or the origin of the lobby. Without a lobby `apiUrl` is trusted with the
 * token.
 *
 * @throws {MissingUrlError} when neither is given.
 * @throws {ConfigError} when the lobby URL cannot be used.
 * @throws {OptionError} when `apiUrl` is not the address of an HTTP server.
 * @throws {InsecureUrlError} for unencrypted HTTP to a host that is not this machine.
 */
export function apiAddressOf({ lobbyUrl, apiUrl }: Urls): ApiAddress {
  if (lobbyUrl === undefined && apiUrl === undefined) {
    throw new MissingUrlError(
      "There is no address to ask. Give the option lobbyUrl, the URL of your bot's lobby, or apiUrl, like https://HOST.",
    );
  }
  const lobby = lobbyUrl === undefined ? null : parseWebSocketUrl(lobbyUrl, 'The option lobbyUrl');
  const lobbyOrigin = lobby === null ? null : new URL(lobby.href.replace(/^ws/, 'http')).origin;
  const api = apiUrl === undefined ? null : parseApiUrl(apiUrl);
  return {
    base: api === null ? (lobbyOrigin ?? '') : api.href.replace(/\/+$/, ''),
    isTrusted: api === null || lobbyOrigin === null || api.origin === lobbyOrigin,
    botId: lobby === null ? null : botIdOf(lobby),
  };
}

/** The URL may hold a password: it is not quoted. */
function parseApiUrl(text: string): URL {
  // Other tools of the platform want WebSocket URLs in the same place.
  const address = text.trim().replace(/^ws/i, 'http');
  if (!/^https?:\/\/[^/]/i.test(address) || /[\s\\]/.test(address) || !URL.canParse(address))
    throw refusal('is not an address of HTTP');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') throw refusal('has a user name or password in it');
  if (url.search !== '' || url.hash !== '') throw refusal('has more than an address in it');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new InsecureUrlError(
      'The option apiUrl would send the token unencrypted. Use https://; http:// is for this machine only.',
    );
  }
  return url;
}

function refusal(why: string): OptionError {
  return new OptionError(
    'apiUrl',
    `The option apiUrl ${why}. Give the platform's address, like https://HOST.`,
  );
}

function botIdOf(lobby: URL): string | null {
  const path = readPath(lobby.pathname);
  const [segment] = path?.endpoint === 'lobby' ? path.segments : [];
  if (segment === undefined || segment === '') return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
