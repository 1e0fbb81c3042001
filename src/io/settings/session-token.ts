/** The token of a session: where it comes from, and whether it can be a token (docs/protocol.md 8.1). */

import type { EnvironmentVariables } from '../../network/environment-variables.js';
import { tokenLength, tokenPrefix } from '../../protocol/credential.js';
import { AuthenticationError, ConfigError } from '../../protocol/errors.js';
import { isMaskable } from '../../protocol/redact.js';
import type { ChipzenConfig } from './agent-options.js';

const tokenShape = `${tokenPrefix} and ${tokenLength} letters and digits`;

const defaults = {
  /** Longer ones do not fit into an `authenticate` frame. */
  maxTokenLength: 2_048,
} as const;

/** A token and the place where it was found. */
export interface SessionToken {
  value: string;
  /** As the subject of a sentence: `The option token`, `CHIPZEN_EXTBOT_TOKEN`, `external_api.token in /x/chipzen.toml`. */
  place: string;
  /** The file has the same token: it may be sent to the file's URL. */
  isOfFile: boolean;
}

/**
 * The option, also when it is empty, else `CHIPZEN_EXTBOT_TOKEN`, else the file's; null when there is none.
 *
 * @throws {ConfigError} for a token that a header or a frame cannot carry.
 */
export function findToken(
  option: string | null | undefined,
  config: ChipzenConfig | null,
  processEnv: EnvironmentVariables,
): SessionToken | null {
  const path = config?.path ?? 'chipzen.toml';
  const ofFile = config?.token ?? null;
  const found = [
    { value: option ?? undefined, place: 'The option token', where: { field: 'token' } },
    {
      value: processEnv.CHIPZEN_EXTBOT_TOKEN || undefined,
      place: 'CHIPZEN_EXTBOT_TOKEN',
      where: { field: 'CHIPZEN_EXTBOT_TOKEN' },
    },
    {
      value: ofFile ?? undefined,
      place: `external_api.token in ${path}`,
      where: { path, field: 'external_api.token' },
    },
  ].find(({ value }) => value !== undefined);
  if (found?.value === undefined) return null;
  const { value, place, where } = found;
  const fault = value === '' ? null : faultOfToken(value);
  if (fault !== null) {
    throw new ConfigError(`${place} ${fault}. Copy it again from the platform: ${tokenShape}.`, where);
  }
  return { value, place, isOfFile: value === ofFile };
}

/** What both an HTTP header and a list of subprotocols can carry (RFC 9110 5.6.2, RFC 6455 4.1). */
const headerToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The placeholder that the README has in place of a token. */
const placeholder = new RegExp(`^${tokenPrefix}\\.+$`);

function faultOfToken(token: string): string | null {
  if (token.trim() !== token) return 'has white space around it';
  if (!headerToken.test(token)) return 'has characters that no token has';
  return token.length > defaults.maxTokenLength ? 'is too long for a token' : null;
}

/**
 * For lobbies that are not on this machine. On this machine any text may be a token.
 *
 * @throws {AuthenticationError} for a token that cannot be the platform's, before it is sent: it would be refused,
 * and if it is short it could not be masked in output.
 */
export function requirePlatformToken({ value, place }: SessionToken): void {
  const fault = placeholder.test(value)
    ? 'is the placeholder of the documentation'
    : isMaskable(value)
      ? null
      : 'is too short for a token';
  if (fault === null) return;
  throw new AuthenticationError(
    `${place} ${fault}. Put the token there that the platform gave your bot: ${tokenShape}.`,
  );
}
