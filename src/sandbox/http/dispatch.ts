/** Whether a bot may play another match, and the start of one. */
import { HttpError, tooMany } from './http-error.js';
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
  /** @throws {HttpError} 502 when the platform cannot start it; the cause is reported to the platform. */
  start(match: MatchOrder): ReturnType<HttpPlatform['start']>;
}

export function createDispatch(platform: HttpPlatform, limits: HttpLimits): Dispatch {
  const { maxLiveMatches, capRetryAfterMs, freeTierMatches, freeTierPeriodMs } = limits;
  /** Matches of each bot in its current period. */
  const periods = new Map<string, { endsAt: number; matches: number }>();

  function forgetOver(): void {
    for (const [botId, { endsAt }] of periods) if (endsAt <= platform.now()) periods.delete(botId);
  }

  return {
    refusal(botId, whose = 'Your bot') {
      if (platform.liveMatches(botId) >= maxLiveMatches) {
        const message = `${whose} is in ${maxLiveMatches} matches already; wait for one to end.`;
        return tooMany('TOKEN_AT_CONCURRENT_MATCH_CAP', message, secondsOf(capRetryAfterMs));
      }
      forgetOver();
      const period = periods.get(botId);
      if (period === undefined || period.matches < freeTierMatches) return null;
      const message = `${whose} has played the ${freeTierMatches} matches that are free for now.`;
      return tooMany('FREE_TIER_LIMIT_EXCEEDED', message, secondsOf(period.endsAt - platform.now()));
    },
    start(match) {
      let started: ReturnType<HttpPlatform['start']>;
      try {
        started = platform.start(match);
      } catch (error) {
        platform.fault(error);
        throw new HttpError('EXTAPI_DISPATCH_FAILED', 'The match could not be started; try again.');
      }
      for (const player of match.players) {
        if (!('botId' in player)) continue;
        const period = periods.get(player.botId) ?? { endsAt: platform.now() + freeTierPeriodMs, matches: 0 };
        periods.set(player.botId, { ...period, matches: period.matches + 1 });
      }
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
