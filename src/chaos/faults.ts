/** The types of faults, and where they strike. */

/** Where a fault strikes. At most one of `at`, `every` and `chance` is given; without any it is `at: 1`. */
export interface Aim {
  /** `any`: also a WebSocket that is neither lobby nor match. Plain HTTP requests always pass. Default: `any`. */
  leg?: 'lobby' | 'match' | 'any';
  /** Whose frames are counted: the server's (`down`) or the client's (`up`). Default: `down`. */
  direction?: 'down' | 'up';
  /** Count only text frames of this `type`, such as `turn_request`. Default: all text and binary frames. */
  type?: string;
  /** The n-th counted frame of a connection, from 1; for `refuse` the n-th connection of a path. */
  at?: number;
  /** Each n-th counted frame. */
  every?: number;
  /** Each counted frame with this probability, from 0 to 1. */
  chance?: number;
  /** At most so often for one URL path, over all connections to it; `Infinity`: no limit. Default: 1. */
  times?: number;
  /** Only on the first n connections of a path. Default: all. */
  connections?: number;
}

/** For faults that end or silence a connection: in place of the frame, or after it. */
interface Moment {
  /** Default: `before`: the frame is lost. */
  when?: 'before' | 'after';
}

/** The connection ends, for both sides. */
export interface Drop extends Aim, Moment {
  kind: 'drop';
  /** A TCP reset, or an orderly end without a WebSocket close. Default: `reset`. */
  how?: 'reset' | 'fin';
}

/** The connection stays open, and what is sent gets lost, as if the peer were gone unnoticed. */
export interface HalfOpen extends Aim, Moment {
  kind: 'halfOpen';
  /** What gets lost: the server's bytes, the client's, or both. Default: `both`. */
  silent?: 'down' | 'up' | 'both';
}

/** The frame and all after it arrive later. */
export interface Delay extends Aim {
  kind: 'delay';
  /** Milliseconds. */
  ms: number;
  /** Up to so many milliseconds more. Default: 0. */
  jitterMs?: number;
}

/** The frame arrives in pieces, each in a TCP segment of its own; at most 4096 pieces. */
export interface Slice extends Aim {
  kind: 'slice';
  /** Size of a piece. Default: 1. */
  bytes?: number;
}

/** A server text frame comes twice. */
export interface Duplicate extends Aim {
  kind: 'duplicate';
}

/** A server text frame is damaged. */
export interface Garble extends Aim {
  kind: 'garble';
  /**
   * `json`: text that is not JSON. `utf8`: bytes that are not valid UTF-8. `framing`: an invalid WebSocket frame. A
   * client must end the connection for the last two. Default: `json`.
   */
  what?: 'json' | 'utf8' | 'framing';
  /** Sends a damaged copy before the frame, which stays as it is. Default: false. */
  extra?: boolean;
}

/** An additional frame of a type that nobody knows. */
export interface UnknownType extends Aim {
  kind: 'unknownType';
  /** Default: `chaos_unknown`. */
  frameType?: string;
}

/** Fields of a server JSON frame get values of other types: a number becomes text, a list a number, and so on. */
export interface WrongTypes extends Aim {
  kind: 'wrongTypes';
  /**
   * Default: `seq`, `server_ts`, `timeout_ms`, `turn_duration_ms` and `deadline_ts`, without which a turn can still
   * be played; with `extra` every field except `type`.
   */
  fields?: readonly string[];
  /** Sends a damaged copy before the frame, which stays as it is. Default: false. */
  extra?: boolean;
}

/**
 * A turn of a short stack, whose least raise is all it has, is told a larger one: `min_raise` above `max_raise`, as one
 * player saw it. Other frames stay as they are, and use up none of `times`.
 */
export interface InvertRaise extends Aim {
  kind: 'invertRaise';
}

/** An additional, very large text frame. */
export interface Huge extends Aim {
  kind: 'huge';
  /** Size of its payload. Default: 1 MiB; at most 64 MiB. */
  bytes?: number;
  /** Default: `session_control`, which clients may ignore. */
  frameType?: string;
}

/** An additional binary frame. */
export interface BinaryFrame extends Aim {
  kind: 'binary';
  /** Size of its payload. Default: 32; at most 1 MiB. */
  bytes?: number;
}

/** Many WebSocket pings at once. Client libraries may disconnect when there are more than they can answer. */
export interface Pings extends Aim {
  kind: 'pings';
  /** Default: 50; at most 10000. */
  count?: number;
}

/** The server seems to close the connection. */
export interface Close extends Aim, Moment {
  kind: 'close';
  /**
   * Any number of 16 bits, also one that servers may not send; one of a list is drawn. Default: a close without a
   * code.
   */
  code?: number | readonly number[];
  /** At most 123 bytes of UTF-8. Default: none. */
  reason?: string;
}

/** The upgrade is answered with an HTTP error. `direction` and `type` do not apply. */
export interface Refuse extends Aim {
  kind: 'refuse';
  /** From 300 to 599. */
  status: number;
  /** Sent as `Retry-After`, in seconds. Default: no such header. */
  retryAfterSeconds?: number;
}

/** The platform evicts the bot, as if a newer connection had taken the lobby. */
export interface Eviction extends Aim {
  kind: 'evict';
}

/** The platform revokes the bot's token. */
export interface Revoke extends Aim {
  kind: 'revoke';
}

/**
 * The platform goes down, and comes back with its matches. It affects every connection, so it counts for every
 * connected path of its leg, and does not strike when one of them has reached its `times`.
 */
export interface Restart extends Aim {
  kind: 'restart';
  /** How long it is down, in milliseconds. */
  downMs: number;
}

/** The platform drops the bot's lobby connection. */
export interface LobbyDrop extends Aim {
  kind: 'lobbyDrop';
}

/** Faults that need a platform: the sandbox performs them, a proxy alone refuses them. */
export type PlatformFault = Eviction | Revoke | Restart | LobbyDrop;

/** One fault, with its aim. */
export type ChaosFault =
  | Drop
  | HalfOpen
  | Delay
  | Slice
  | Duplicate
  | Garble
  | UnknownType
  | WrongTypes
  | InvertRaise
  | Huge
  | BinaryFrame
  | Pings
  | Close
  | Refuse
  | PlatformFault;

/** The kind of a fault. */
export type FaultKind = ChaosFault['kind'];

/** A named list of faults. */
export interface Chaos {
  name: string;
  description?: string;
  faults: readonly ChaosFault[];
}

/** The connection at which a platform fault struck, read from its path. */
export type Victim =
  | { leg: 'lobby'; botId: string }
  /** `participantId` is `bot` on the leg of uploaded bots. */
  | { leg: 'match'; matchId: string; participantId: string };

/** Performs the faults that need a platform. What it throws is caught and reported as an event. */
export interface PlatformFaults {
  evict(victim: Victim): void;
  revoke(victim: Victim): void;
  lobbyDrop(victim: Victim): void;
  /** Ends every connection, accepts none for `downMs` milliseconds, then continues the matches. */
  restart(downMs: number): void;
}

const platformKinds: ReadonlySet<FaultKind> = new Set<PlatformFault['kind']>([
  'evict',
  'revoke',
  'restart',
  'lobbyDrop',
]);

export function isPlatformFault(fault: ChaosFault): fault is PlatformFault {
  return platformKinds.has(fault.kind);
}
