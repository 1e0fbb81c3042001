/** What an error of a request says to a command. */
import { PlatformRefusedError } from '../../platform/platform-error.js';
import { MissingTokenError, OptionError } from '../../protocol/errors.js';

export const isTokenRefused = (error: unknown): boolean =>
  error instanceof PlatformRefusedError &&
  (error.status === 401 || error.errorCode === 'EXTAPI_INVALID_TOKEN');

/**
 * Nothing can come of the request: it was refused, or never sent. Of one without an answer something may, and of one that a server
 * failed at or a gateway lost sight of (HTTP 500 and above).
 */
export const isWithoutEffect = (error: unknown): boolean =>
  (error instanceof PlatformRefusedError && error.status < 500) ||
  error instanceof OptionError ||
  error instanceof MissingTokenError;
