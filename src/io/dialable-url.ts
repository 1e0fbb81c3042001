import { ConfigError } from '../protocol/errors.js';
import { parseWebSocketUrl } from '../protocol/gateway-url.js';

/**
 * Reads a URL that the user gave. It is logged and shown, and the complaint about a bad one quotes it: a credential
 * pasted into it must stop here.
 *
 * @param what what the URL is, for the message.
 * @throws {ConfigError | InsecureUrlError}
 */
export function dialableUrl(text: string, what: string, secret: string | null): URL {
  if (text.includes('cz_extbot_') || (secret && text.includes(secret))) {
    throw new ConfigError(`${what} has a token in it, where it would be shown. A URL needs none.`, {
      field: what,
    });
  }
  return parseWebSocketUrl(text, what);
}
