import { tokenPrefix } from '../../protocol/credential.js';
import { ConfigError } from '../../protocol/errors.js';
import { parseWebSocketUrl } from '../../protocol/gateway-url.js';
import { isMaskable } from '../../protocol/redact.js';

/**
 * Reads a URL that the user gave. URLs are logged, shown and quoted in errors, so one with a credential in it is
 * refused.
 *
 * @param what what the URL is, for the message.
 * @throws {ConfigError | InsecureUrlError}
 */
export function dialableUrl(text: string, what: string, secret: string | null): URL {
  // A short secret may be an ordinary word, which may occur in a URL.
  const hasSecret = secret !== null && isMaskable(secret) && text.includes(secret);
  if (text.includes(tokenPrefix) || hasSecret) {
    throw new ConfigError(`${what} has a token in it, where it would be shown. A URL needs none.`, {
      field: what,
    });
  }
  return parseWebSocketUrl(text, what);
}
