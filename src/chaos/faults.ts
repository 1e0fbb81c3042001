/** What can go wrong, and where: the vocabulary of chaos. */

/** Where a fault strikes. Of `at`, `every` and `chance` one is given, or none: that is `at: 1`. */
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

/** For faults that end or silence a connection: in place of the frame that was aimed at, or behind it. */
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

/** The connection stays open, and what is sent gets lost: a peer that is gone without anybody noticing. */
export interface HalfOpen extends Aim, Moment {
  kind: 'halfOpen';
  /** What gets lost: the server's bytes, the client's, or both. Default: `both`. */
  silent?: 'down' | 'up' | 'both';
}

/** The frame, and with it all that follow, arrives later. */
export interface Delay extends Aim {
  kind: 'delay';
  /** Milliseconds. */
  ms: number;
  /** Up to so many milliseconds more. Default: 0. */
  jitterMs?: number;
}

/** The frame arrives in pieces, each in a TCP segment of its own. A frame has 4096 pieces at most. */
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
   * `json`: text that is no JSON. `utf8`: bytes that are no text. `framing`: no WebSocket frame. A client must end the
   * connection for the last two. Default: `json`.
   */
  what?: 'json' | 'utf8' | 'framing';
  /** A damaged copy goes ahead of the frame, which stays as it is. Default: false. */
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
   * Default: `seq`, `server_ts`, `timeout_ms`, `turn_duration_ms` and `deadline_ts`, without which a turn can still be
   * played; with `extra` every field but `type`.
   */
  fields?: readonly string[];
  /** A damaged copy goes ahead of the frame, which stays as it is. Default: false. */
  extra?: boolean;
}

/** An additional text frame of a great size. */
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

/** Many WebSocket pings at once. Client libraries may hang up when there are more than they can answer at once. */
export interface Pings extends Aim {
  kind: 'pings';
  /** Default: 50; at most 10000. */
  count?: number;
}

/** The server seems to close the connection. */
export interface Close extends Aim, Moment {
  kind: 'close';
  /** Any number of 16 bits, also one that no server may send; of a list one is drawn. Default: a close without a code. */
  code?: number | readonly number[];
  /** At most 123 bytes of UTF-8. Default: none. */
  reason?: string;
}

/** The upgrade is answered with an HTTP error. `direction` and `type` have no meaning here. */
export interface Refuse extends Aim {
  kind: 'refuse';
  /** From 300 to 599. */
  status: number;
  /** Sent as `Retry-After`, in seconds. Default: no such header. */
  retryAfterSeconds?: number;
}

/** The platform gives the bot's lobby to a newer connection. */
export interface Eviction extends Aim {
  kind: 'evict';
}

/** The platform revokes the bot's token. */
export interface Revoke extends Aim {
  kind: 'revoke';
}

/**
 * The platform goes down, and comes back with its matches. It strikes every connection, so it counts at every path of
 * its leg that is connected then, and is not done when one of them has had its `times`.
 */
export interface Restart extends Aim {
  kind: 'restart';
  /** How long it is away, in milliseconds. */
  downMs: number;
}

/** The platform drops the bot's lobby connection. */
export interface LobbyDrop extends Aim {
  kind: 'lobbyDrop';
}

/** Faults that only a platform can do: the sandbox does, a proxy alone refuses them. */
export type PlatformFault = Eviction | Revoke | Restart | LobbyDrop;

/** One thing that goes wrong, with its aim. */
export type ChaosFault =
  | Drop
  | HalfOpen
  | Delay
  | Slice
  | Duplicate
  | Garble
  | UnknownType
  | WrongTypes
  | Huge
  | BinaryFrame
  | Pings
  | Close
  | Refuse
  | PlatformFault;

/** What a fault does, in a word. */
export type FaultKind = ChaosFault['kind'];

/** Faults under a name. */
export interface Chaos {
  name: string;
  description?: string;
  faults: readonly ChaosFault[];
}

/** The connection at which a platform fault struck, as its path names it. */
export type Victim =
  | { leg: 'lobby'; botId: string }
  /** `participantId` is `bot` on the leg of uploaded bots. */
  | { leg: 'match'; matchId: string; participantId: string };

/** What only a platform can do. What it throws is contained and told as an event. */
export interface PlatformFaults {
  evict(victim: Victim): void;
  revoke(victim: Victim): void;
  lobbyDrop(victim: Victim): void;
  /** Ends every connection, takes none for so many milliseconds, then goes on with the matches as they were. */
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
