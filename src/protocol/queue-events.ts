/** What the queue keeper and the day book report: what the bot asks of the platform, and how much of its day is used. */

/** How a match was asked for: by the queue, by a challenge of ours or one that we took, or of a house bot. */
export type ClaimKind = 'queue' | 'challenge' | 'accepted' | 'house';

/** Why a challenge was not taken. `promised`: another match was asked for and may come. */
export type DeclineWhy =
  | 'not_named'
  | 'playing'
  | 'promised'
  | 'fixture'
  | 'matches'
  | 'lobby_hours'
  | 'ending';

/**
 * Why the bot is not in the queue. `offline`: not in its lobby. `promised`: another match was asked for and may come.
 * `queue_matches`: as many matches of the queue as were wanted for today. `limited`: the platform wants fewer requests.
 */
export type QueueRest =
  | 'offline'
  | 'playing'
  | 'promised'
  | 'fixture'
  | 'matches'
  | 'queue_matches'
  | 'lobby_hours'
  | 'limited'
  | 'ending';

/** What is used of a day in UTC. */
export interface DayFigures {
  /** `2026-01-06` */
  readonly day: string;
  /** Matches that came, without those of a season. */
  readonly matches: number;
  /** Matches that were asked for and may still come. */
  readonly claims: number;
  /** Null: no limit. */
  readonly matchesLimit: number | null;
  /** What was counted of the time in the lobby: up to `lobbySince`, where that is a time. */
  readonly lobbyMs: number;
  /** The bot is in its lobby, and what has passed since then is not counted yet; epoch milliseconds. Null: it is not there. */
  readonly lobbySince: number | null;
  readonly lobbyLimitMs: number | null;
  /** Lobby time that is kept for the fixtures of today. */
  readonly reservedMs: number;
  /** Dials of the lobby. */
  readonly dials: number;
}

/** One thing that happened in the queue, with a challenge, or to the day. `...Ms` are milliseconds, `until` is epoch milliseconds. */
export type QueueEvent =
  // --- the queue ---
  /** The bot has a place in the queue. `ttlMs`: how long the platform says that it lasts. */
  | { type: 'queue.joined'; position: number | null; ttlMs: number | null }
  /** The place was renewed, `ageMs` after it was taken or renewed before. */
  | { type: 'queue.refreshed'; position: number | null; ageMs: number }
  /** The place was gone when it was to be renewed. */
  | { type: 'queue.lost'; ageMs: number }
  /** The place was given up, and the platform has confirmed it. */
  | { type: 'queue.left'; why: QueueRest }
  /** The place became a match, `waitedMs` after it was taken. */
  | { type: 'queue.matched'; matchId: string; waitedMs: number }
  /** The bot is not in the queue, and why; reported when that changes. `until`: epoch ms; null: not known. */
  | { type: 'queue.resting'; why: QueueRest; until: number | null; message: string }
  /** A request for the queue or for challenges was refused or got no answer; the next one comes after `delayMs`. */
  | {
      type: 'queue.refused';
      request: string;
      code: string | null;
      httpStatus: number | null;
      delayMs: number;
      message: string;
    }
  /** The platform does not see the bot in its lobby, though the connection looks open: it is dialed again. */
  | { type: 'queue.redialing'; message: string }

  // --- challenges that others make to the bot ---
  | { type: 'challenge.received'; challengeId: string; opponent: string | null; expiresInMs: number | null }
  | { type: 'challenge.accepted'; challengeId: string; opponent: string | null }
  | {
      type: 'challenge.declined';
      challengeId: string;
      opponent: string | null;
      why: DeclineWhy;
      message: string;
    }
  /** It could not be answered: it is over, or the platform refused the answer. */
  | { type: 'challenge.failed'; challengeId: string; opponent: string | null; message: string }

  // --- the day in UTC: matches, lobby hours, dials ---
  /** A new day has begun: everything is counted from 0 again. */
  | { type: 'budget.day'; day: string }
  /** What is used of the day: reported when it changes, lobby time once a minute. */
  | { type: 'budget.changed'; figures: DayFigures }
  /** A match was announced and counted. `unasked`: nothing was open that it can have come of. */
  | { type: 'budget.counted'; matchId: string; kind: ClaimKind | 'unasked' | 'fixture' }
  /** Nothing is left until `until` (epoch ms), as was counted here or as the platform says. */
  | {
      type: 'budget.spent';
      what: 'matches' | 'lobby_hours';
      by: 'count' | 'platform';
      until: number;
      message: string;
    }
  /** The lobby is dialed only after `waitMs`: it was dialed too often. */
  | { type: 'budget.dial_waits'; waitMs: number; dials: number; message: string }
  /** The file that counts the day cannot be read or written. */
  | { type: 'budget.trouble'; message: string };
