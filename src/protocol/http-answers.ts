/**
 * The answers of the platform's HTTP requests for a bot and its tokens, as data that goes over the wire
 * (docs/protocol.md 7). Those of the public records are in `http-records.ts`.
 *
 * A field with `?` may be left out by some servers, `null` is sent in words. Readers expect less than these types say.
 */

/** Every error. Servers nest it in `detail` now and then; RATE_001 has two fields more. */
export interface ErrorAnswer {
  error_code: string;
  message: string;
  request_id: string;
  /** With RATE_001: how hard the platform slows this caller down. */
  penalty_level?: 'warned' | 'throttled' | 'throttled_hard' | 'blocked';
  /** With RATE_001: refusals within the last 15 minutes. */
  violations?: number;
}

// --- matches against house bots ---

/** `POST challenges/house-bot` */
export interface HouseChallengeAnswer {
  match_id: string;
  participant_id?: string;
  status: 'dispatching';
  /** Not known yet: it comes with `matched`. */
  gateway_ws_url: null;
  opponent: string;
  opponent_bot_id: string;
  rated: false;
  decision_timeout_ms: number;
}

// --- the queue ---

/** `POST matchmaking/join` */
export interface QueueJoinAnswer {
  status: 'queued' | 'matched';
  /** From 1; null when matched. */
  position: number | null;
  queue_ttl_seconds: number;
  rated: true;
}

/** `GET matchmaking/status` */
export interface QueueStatusAnswer {
  /** `timed_out` is said once, then it is `idle`. */
  status: 'queued' | 'idle' | 'timed_out';
  position: number | null;
  waiting_seconds: number | null;
  queue_ttl_seconds: number;
}

/** `POST matchmaking/leave` */
export interface QueueLeaveAnswer {
  status: 'left' | 'not_queued';
}

// --- remote challenges ---

/** One bot that can be challenged. */
export interface OpponentRow {
  bot_id: string;
  name: string;
  /** Null: it never played rated. */
  rating: number | null;
}

/** `GET challenges/remote/opponents` */
export interface OpponentsAnswer {
  opponents: OpponentRow[];
  count: number;
  rated: true;
}

/** `POST challenges/remote`, `.../{id}/accept`, `.../{id}/decline` */
export interface RemoteChallengeAnswer {
  challenge_id: string;
  status: 'pending' | 'accepted' | 'declined' | 'expired' | 'error';
  opponent_bot_id: string;
  opponent_name: string;
  rated: true;
  /** Of a new challenge. */
  expires_in_seconds?: number;
}

/** One line of the list of challenges. */
export interface RemoteChallengeRow extends RemoteChallengeAnswer {
  direction: 'inbound' | 'outbound';
  expires_in_seconds: number;
  /** Explains the status `error`. */
  detail: string | null;
}

/** `GET challenges/remote` */
export interface RemoteChallengesAnswer {
  inbound: RemoteChallengeRow[];
  outbound: RemoteChallengeRow[];
}

// --- fixtures of a season ---

/** A match of a season that is to come. Its time is in one of three fields (guessed by the one player who reads them). */
export interface FixtureRow {
  /** ISO 8601, UTC. */
  starts_at?: string;
  scheduled_at?: string;
  start_time?: string;
  /** Null: not known before the round before it is over. */
  opponent_bot_name: string | null;
  decision_clock_seconds?: number;
  /** For instance `round_robin`. */
  stage?: string;
  round?: number | string;
  status?: string;
}

/** `GET fixtures/upcoming` */
export interface FixturesAnswer {
  fixtures: FixtureRow[];
}

// --- tokens ---

/** `POST bots/{bot_id}/tokens`, `POST tokens/{token_id}/rotate`: the only time that a token is shown. */
export interface NewTokenAnswer {
  token: string;
  /** `cz_extbot` */
  token_prefix: string;
  /** ISO 8601, UTC. */
  created_at: string;
  /** That the token cannot be shown again. */
  warning?: string;
  token_id?: string;
  bot_id?: string;
}

/** What is told of a token that exists. Only `token_prefix` and `created_at` are documented, for a new one. */
export interface TokenRow {
  token_id: string;
  token_prefix?: string;
  /** ISO 8601, UTC. */
  created_at?: string;
  last_used_at?: string | null;
}

/** `GET bots/{bot_id}/tokens`: those that are not revoked. A bare list of rows is possible, too. */
export interface TokensAnswer {
  tokens: TokenRow[];
}

/** `DELETE tokens/{token_id}`; an empty 204 is possible, too. */
export interface TokenRevokedAnswer {
  token_id: string;
  status: 'revoked';
}
