import { tokenPrefix } from '../../protocol/credential.js';
import { ConfigError } from '../../protocol/errors.js';
import { parseWebSocketUrl } from '../../protocol/gateway-url.js';
import { isMaskable } from '../../protocol/redact.js';

/**
 * Reads a URL that the user gave. It is logged and shown, and the complaint about a bad one quotes it: a credential
 * pasted into it must stop here.
 *
 * @param what what the URL is, for the message.
 * @throws {ConfigError | InsecureUrlError}
 */
export function dialableUrl(text: string, what: string, secret: string | null): URL {
  // A short one is an ordinary word, which a URL may well have in it.
  const hasSecret = secret !== null && isMaskable(secret) && text.includes(secret);
  if (text.includes(tokenPrefix) || hasSecret) {
    throw new ConfigError(`${what} has a token in it, where it would be shown. A URL needs none.`, {
      field: what,
    });
  }
  return parseWebSocketUrl(text, what);
}
