/** Whether a bot may play another match, and the start of one. */
import { StateWriteError } from '../../protocol/errors.js';
import { createDayCounts, untilMidnightMs } from '../../time/utc-day.js';
import { HttpError, stateUnwritable, tooMany } from './http-error.js';
import { type HttpLimits, secondsOf } from './limits.js';
import type { HttpPlatform, MatchOrder } from './platform.js';

/** What the modules of the routes share. */
export interface Parts {
  readonly platform: HttpPlatform;
  readonly limits: HttpLimits;
  readonly dispatch: Dispatch;
  readonly after: HttpPlatform['after'];
}

export interface Dispatch {
  /** The error that keeps this bot from another match, or null. `whose` is the subject of its message. */
  refusal(botId: string, whose?: string): HttpError | null;
  /** The same for the quota of the day alone. */
  quotaRefusal(botId: string, whose?: string): HttpError | null;
  /** @throws {HttpError} when the platform cannot start it: 503 for its state file, else 502, and the platform gets the cause. */
  start(match: MatchOrder): ReturnType<HttpPlatform['start']>;
}

export function createDispatch(platform: HttpPlatform, limits: HttpLimits): Dispatch {
  const { maxLiveMatches, capRetryAfterMs, matchesPerDay } = limits;
  const matchesToday = createDayCounts(() => platform.wallNow());

  function quotaRefusal(botId: string, whose = 'Your bot'): HttpError | null {
    if (matchesToday.of(botId) < matchesPerDay) return null;
    const message = `${whose} has played the ${matchesPerDay} matches of today; the next day begins at 00:00 UTC.`;
    return tooMany('CHALLENGE_QUOTA_EXCEEDED', message, secondsOf(untilMidnightMs(platform.wallNow())));
  }

  return {
    quotaRefusal,
    refusal(botId, whose = 'Your bot') {
      if (platform.liveMatches(botId) < maxLiveMatches) return quotaRefusal(botId, whose);
      const message = `${whose} is in ${maxLiveMatches} matches already; wait for one to end.`;
      return tooMany('TOKEN_AT_CONCURRENT_MATCH_CAP', message, secondsOf(capRetryAfterMs));
    },
    start(match) {
      let started: ReturnType<HttpPlatform['start']>;
      try {
        started = platform.start(match);
      } catch (error) {
        if (error instanceof StateWriteError) throw stateUnwritable();
        platform.fault(error);
        throw new HttpError('EXTAPI_DISPATCH_FAILED', 'The match could not be started; try again.');
      }
      for (const player of match.players) if ('botId' in player) matchesToday.add(player.botId, 1);
      return started;
    },
  };
}

/** @throws {HttpError} when the bot has no live lobby connection: the match could not be announced to it. */
export function requireOnline(platform: HttpPlatform, botId: string): void {
  if (platform.isOnline(botId)) return;
  throw new HttpError(
    'EXT_BOT_OFFLINE',
    'Your bot has no live lobby connection; connect it, then ask again.',
  );
}

/** @throws {HttpError} for a bot that may not play rated matches. */
export function requireRated(mayPlayRated: boolean, whose = 'Your bot'): void {
  if (mayPlayRated) return;
  throw new HttpError('EXTAPI_MATCHMAKING_INELIGIBLE', `${whose} may not play rated matches.`);
}
