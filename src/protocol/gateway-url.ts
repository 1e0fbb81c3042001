/** Which URLs may be dialled. The token follows the gateway URL, so the lobby's origin is the only one trusted. */
import { ConfigError, InsecureUrlError, UntrustedGatewayError } from './errors.js';
import { isLoopback } from './loopback.js';
import { printable } from './redact.js';

const defaults = { maxUrlLength: 2048, maxQuotedLength: 80 } as const;

/** A valid URL has no control characters, white space or backslashes, but URL parsers accept all three. */
const unfit = /[\p{C}\p{Z}\s\\]/u;
const scheme = /^[a-z][a-z0-9+.-]*:/i;
const webSocketUrl = /^wss?:\/\/[^/]/i;
const userinfo = /^wss?:\/*[^/?#]*@/i;

/** The part before an @ may be a password, and the part after a ? a token: neither is shown. */
function quote(text: string): string {
  const open = text.replace(/^(wss?:)?[^]*@/i, '$1...@').replace(/\?[^]*$/, '?...');
  return `"${printable(open, defaults.maxQuotedLength)}${open.length > defaults.maxQuotedLength ? '...' : ''}"`;
}

function parse(text: string, base?: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/**
 * Reads a URL to dial. White space around it and a fragment are dropped.
 *
 * @param what what the URL is, for the message: `the lobby URL`, `[external_api].url`.
 * @throws {ConfigError} if it is not a `ws://` or `wss://` URL, or contains a user name or password.
 * @throws {InsecureUrlError} if it is `ws://` to a host that is not this machine.
 */
export function parseWebSocketUrl(url: string, what: string): URL {
  const text = url.trim();
  const parsed = unfit.test(text) || !webSocketUrl.test(text) ? null : parse(text);
  if (parsed === null) {
    throw new ConfigError(`${what} is not a WebSocket URL: ${quote(text)}. Give one like wss://HOST/PATH.`, {
      field: what,
    });
  }
  if (userinfo.test(text)) {
    throw new ConfigError(
      `${what} has a user name or password in it: ${quote(text)}. Take it out of the URL.`,
      {
        field: what,
      },
    );
  }
  if (parsed.protocol === 'ws:' && !isLoopback(parsed.hostname)) {
    throw new InsecureUrlError(
      `${what} would send the token unencrypted: ${quote(text)}. Use wss://; ws:// is for this machine only.`,
    );
  }
  parsed.hash = '';
  return parsed;
}

/**
 * The URL to dial for a match: a path is resolved on the lobby's origin, an absolute URL must have that origin
 * (docs/protocol.md 2). A fragment is dropped.
 *
 * @throws {UntrustedGatewayError} for everything else.
 * @throws {ConfigError | InsecureUrlError} if the lobby URL itself cannot be used.
 */
export function resolveGatewayUrl(lobbyUrl: string, gatewayWsUrl: string): string {
  const lobby = parseWebSocketUrl(lobbyUrl, 'the lobby URL');
  const refuse = (why: string): never => {
    throw new UntrustedGatewayError(
      `The gateway URL ${quote(gatewayWsUrl)} is not trusted with the token: ${why}. The match is skipped.`,
    );
  };
  if (gatewayWsUrl === '') return refuse('it is empty');
  if (gatewayWsUrl.length > defaults.maxUrlLength) return refuse('it is too long');
  if (unfit.test(gatewayWsUrl)) return refuse('it has characters that no URL has');
  if (gatewayWsUrl.startsWith('//')) return refuse('it names a host without a scheme');
  if (scheme.test(gatewayWsUrl) && !webSocketUrl.test(gatewayWsUrl))
    return refuse('it is not a WebSocket URL');
  if (userinfo.test(gatewayWsUrl)) return refuse('it has a user name in it');
  const gateway = parse(gatewayWsUrl, new URL('/', lobby));
  if (gateway === null) return refuse('it cannot be read');
  if (gateway.origin !== lobby.origin) return refuse(`its origin is not ${lobby.origin}`);
  gateway.hash = '';
  return gateway.href;
}
