/** Why a scout stopped before its end, in words that say what to do. */
import {
  PlatformAnswerError,
  PlatformRefusedError,
  PlatformUnreachableError,
} from '../platform/platform-error.js';
import { messageOf } from '../protocol/message-of.js';

export type StopCode = 'aborted' | 'rate_limited' | 'needs_login' | 'unreachable' | 'refused' | 'cache';

export interface ScoutStop {
  readonly code: StopCode;
  /** A sentence. */
  readonly message: string;
}

const again = 'Start the same command again: it goes on from there.';

/** After so many refusals in a row of one request: the pauses between them, in ms. */
export const scoutBackOffMs: readonly number[] = [30_000, 60_000, 120_000, 120_000];

export function stopOf(error: unknown, signal: AbortSignal): ScoutStop {
  if (signal.aborted) return { code: 'aborted', message: `Stopped; what was read is kept. ${again}` };
  if (error instanceof PlatformRefusedError) return refused(error);
  if (error instanceof PlatformUnreachableError) {
    return { code: 'unreachable', message: `The platform cannot be reached. ${error.message} ${again}` };
  }
  if (error instanceof PlatformAnswerError) return { code: 'refused', message: error.message };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const message = `The cache cannot be written (${error.code}): make room on the disk, or name another folder with --cache. ${again}`;
    return { code: 'cache', message };
  }
  throw new Error(`A fault of the scout: ${messageOf(error)}`, { cause: error });
}

function refused(error: PlatformRefusedError): ScoutStop {
  const { status, errorCode, message } = error;
  if (errorCode === 'RATE_001' || status === 429) {
    const times = scoutBackOffMs.length + 1;
    return {
      code: 'rate_limited',
      message: `The platform wants fewer requests: it refused up to ${times} times in a row, over ${Math.round(scoutBackOffMs.reduce((sum, ms) => sum + ms, 0) / 60_000)} minutes. Wait a quarter of an hour, or give a larger --pace. ${again} ${message}`,
    };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'needs_login',
      message: `The public records of this platform need a login: give the token of any of your bots (CHIPZEN_EXTBOT_TOKEN, or chipzen.toml), or a new one if you did. ${message}`,
    };
  }
  return { code: 'refused', message: `${message} ${again}` };
}
