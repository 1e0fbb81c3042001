/**
 * Every frame of both connections, as types. Names and fields are those of the wire (docs/protocol.md 2-4), so a
 * frame in a log, in the inspector and in a hook is the same object. Fields that a server may leave out are optional;
 * unknown fields are kept. What hooks get is declared as `type`, not as `interface`, so that it also fits hooks whose
 * argument is a `Record<string, unknown>`, as in bots for the official SDK.
 */

/** JSON object of unknown content: Layer 2 (the game) defines it, Layer 1 only carries it. */
export type JsonObject = { [key: string]: unknown };

/** The two WebSocket legs of the protocol: the standing lobby, and one gateway connection per match. */
export type Leg = 'lobby' | 'match';

type ServerFrameBase = {
  match_id?: string;
  /**
   * Counts per kind of connection. It must not be used to drop `error`, `match_end` or `hello` (docs/protocol.md 3).
   */
  seq?: number;
  /** When the frame was sent, on the server's clock, as it was written: an ISO 8601 date, or epoch milliseconds. */
  server_ts?: string | number;
  /** `server_ts` in epoch milliseconds, added by the decoder where it can be read. */
  serverTimeMs?: number;
};

/** First frame of the server on both legs; on the match leg it opens the version and game handshake. */
export interface ServerHello extends ServerFrameBase {
  type: 'hello';
  endpoint?: string;
  supported_versions?: string[];
  selected_version?: string;
  server_name?: string;
  game_type?: string;
  capabilities?: string[];
  /** Present on tables that are not poker (docs/protocol.md 9). */
  game?: JsonObject;
}

/** Application-level heartbeat; answered with `pong`. */
export interface Ping extends ServerFrameBase {
  type: 'ping';
}

/** A seat is ready: dial the gateway (docs/protocol.md 2). */
export interface Matched extends ServerFrameBase {
  type: 'matched';
  match_id: string;
  participant_id: string;
  /** A path on the lobby's origin, or an absolute URL that must be of the same origin. */
  gateway_ws_url: string;
  rated: boolean;
  /** The enforced clock of one decision, in milliseconds. */
  decision_timeout_ms?: number;
  /** The match was already being played when this lobby connection opened. */
  resume: boolean;
}

/** A newer connection of the same bot took over. */
export interface Evict extends ServerFrameBase {
  type: 'evict';
  reason?: string;
}

/** One player of a match as `match_start` lists it. */
export interface SeatInfo {
  seat: number;
  display_name?: string;
  participant_id?: string;
  is_self?: boolean;
}

/** Who sits where. Sent once, and not again after a reconnect. */
export type MatchStart = ServerFrameBase & {
  type: 'match_start';
  seats: SeatInfo[];
  game_config?: JsonObject;
  turn_timeout_ms?: number;
  /** May be absent on the wire; the decoder then takes it from the seat marked `is_self`. */
  your_seat?: number;
};

/** A hand begins; `state` has this bot's cards and the stacks (docs/protocol.md 6). */
export type RoundStart = ServerFrameBase & {
  type: 'round_start';
  round_id?: string;
  round_number?: number;
  state: JsonObject;
};

/** It is this seat's turn; `request_id` names the decision, also across reconnects. */
export type TurnRequest = ServerFrameBase & {
  type: 'turn_request';
  seat?: number;
  round_id?: string;
  request_id: string;
  timeout_ms?: number;
  turn_duration_ms?: number;
  /** Epoch milliseconds on the server's clock. */
  deadline_ts?: number;
  valid_actions: string[];
  state: JsonObject;
};

/** A seat acted; `details` has `action`, `amount`, `pot`, `stacks` and `is_timeout`. */
export type TurnResult = ServerFrameBase & {
  type: 'turn_result';
  seat?: number;
  details: JsonObject;
};

/** A new street; `state` has `phase` and `board`. */
export type PhaseChange = ServerFrameBase & {
  type: 'phase_change';
  state: JsonObject;
};

/** A hand is over; `result` has winners, payouts, show-down and stacks (docs/protocol.md 6). */
export type RoundResult = ServerFrameBase & {
  type: 'round_result';
  round_id?: string;
  round_number?: number;
  result: JsonObject;
};

/** The action was not accepted, the turn is still open. */
export interface ActionRejected extends ServerFrameBase {
  type: 'action_rejected';
  request_id?: string;
  reason?: string;
  message?: string;
  details?: unknown;
  submitted_action?: unknown;
  remaining_ms?: number;
  /** Older servers omit it; the decoder then gives `["check", "fold"]` (docs/protocol.md 4). */
  valid_actions: string[];
}

/** One seat's line of `match_end.results`. */
export interface SeatResult {
  seat?: number;
  name?: string;
  net_chips?: number;
  hands_won?: number;
  final_stack?: number;
  [key: string]: unknown;
}

/** The last frame of a match, in its long form or one of the short ones without `results`. */
export interface MatchEnd extends ServerFrameBase {
  type: 'match_end';
  reason?: string;
  results?: SeatResult[];
  total_hands_played?: number;
  mode?: string;
  terminal_status?: string;
  source?: string;
  forfeit_seat?: number;
  error_code?: string;
  [key: string]: unknown;
}

/** For information, unless a close follows: then the close table reads `code`. */
export interface ErrorFrame extends ServerFrameBase {
  type: 'error';
  code?: string;
  message?: string;
  game_type?: string;
}

/** Older dialect: the connection was resumed. A pending turn is decoded as a frame of its own. */
export interface Reconnected extends ServerFrameBase {
  type: 'reconnected';
  /** Null: no turn is open. */
  pending_request?: unknown;
}

/** Older dialect: the server played for this bot. */
export interface ActionTimeout extends ServerFrameBase {
  type: 'action_timeout';
  request_id?: string;
  auto_action?: string;
}

/** What a lobby sends. */
export type LobbyServerFrame = ServerHello | Ping | Matched | Evict | ErrorFrame;

/** What a match gateway sends. */
export type MatchServerFrame =
  | ServerHello
  | Ping
  | MatchStart
  | RoundStart
  | TurnRequest
  | TurnResult
  | PhaseChange
  | RoundResult
  | ActionRejected
  | MatchEnd
  | ErrorFrame
  | Reconnected
  | ActionTimeout;

/** What a server sends, on either leg. */
export type ServerFrame = LobbyServerFrame | MatchServerFrame;

/** The server frame types of one leg, for instance `ServerFrameOf<'match', 'turn_request'>`. */
export type ServerFrameOf<L extends Leg, T extends string> = Extract<
  L extends 'lobby' ? LobbyServerFrame : MatchServerFrame,
  { type: T }
>;

/**
 * The first frame that the client sends on both legs. On the match leg of remote play its token is ignored and stays
 * empty.
 */
export type Authenticate =
  | { type: 'authenticate'; token: string }
  | { type: 'authenticate'; match_id: string; token: string }
  | { type: 'authenticate'; match_id: string; ticket: string };

/** The client's answer to the gateway's `hello`. */
export interface ClientHello {
  type: 'hello';
  match_id: string;
  supported_versions: string[];
  /** At most 64 characters. */
  client_name: string;
  /** At most 32 characters. */
  client_version: string;
  /** Absent: poker only. Empty: no game (docs/protocol.md 3). */
  supported_games?: string[];
}

/** An action as the wire has it: `{ action: 'raise', params: { amount: 120 } }`. */
export interface WireAction {
  action: string;
  params?: JsonObject;
}

/** The answer to a `turn_request`. */
export interface TurnAction extends WireAction {
  type: 'turn_action';
  match_id: string;
  request_id: string;
}

/** The answer to a `ping`; on the match leg with the id of the match. */
export type Pong = { type: 'pong' } | { type: 'pong'; match_id: string };

/** What the agent sends, besides `authenticate`, which only a socket port writes. */
export type ClientFrame = Authenticate | ClientHello | TurnAction | Pong;

/**
 * A frame as it was sent over the wire: `in` from the server, `out` to it. `matchId` is null for those of the lobby.
 * `at` is the time in epoch milliseconds of the wall clock.
 */
export type WireFrame = { at: number } & (
  | { matchId: null; direction: 'in'; frame: LobbyServerFrame }
  | { matchId: string; direction: 'in'; frame: MatchServerFrame }
  | { matchId: string | null; direction: 'out'; frame: ClientFrame }
);

/** The protocol versions that this client speaks. */
export const SUPPORTED_PROTOCOL_VERSIONS = Object.freeze(['1.0'] as const);

/** Limits and constants of the wire (docs/protocol.md 1 and 3). */
export const wire = {
  protocolVersion: SUPPORTED_PROTOCOL_VERSIONS[0],
  maxClientFrameBytes: 4096,
  /** A larger one closes the connection; real ones are under 64 KiB. */
  maxServerFrameBytes: 1024 * 1024,
  maxClientNameLength: 64,
  maxClientVersionLength: 32,
  /** The server waits this long for `authenticate` and for the client's `hello`. */
  handshakeTimeoutMs: 5_000,
  lobbyPingIntervalMs: 15_000,
  lobbyPongTimeoutMs: 5_000,
} as const;
