/** What the benchmark asks of its server and of its players. */
import type { Isolation } from '../src/io/settings/isolation.js';
import type { Spread } from './platform-messages.js';
import type { SelfTime } from './self-times.js';

export type TableQuestion =
  | { type: 'open' }
  /** Answered when a client has logged in. */
  | { type: 'online' }
  /** Answered when so many more matches have been joined. */
  | { type: 'seat'; matches: number; pingMs?: number }
  /** Answered when each match has had so many turns, with so long between two frames of a turn; the lobby pings meanwhile, and `awake` keeps the server from sleeping. */
  | { type: 'play'; turns: number; gapMs: number; pingMs?: number; awake?: boolean }
  /** Only the lobby's pings, for so long. */
  | { type: 'ping'; forMs: number; pingMs: number }
  /** Matches of one turn, so many at once, one after the other. */
  | { type: 'short'; matches: number; atOnce: number; from: number };

export interface TableAnswer {
  url: string;
  /** From the announcements of the last `seat` to its first and its last match at the table, in ms. */
  seatedMs: { first: number; last: number };
  /** From a turn's request to its answer, in ms, since the last `play` began. */
  latency: Spread;
  /** From the lobby's ping to its pong, in ms, since the last `play`, or `seat` with pings, began. */
  pongs: Spread;
  /** Answers since the last `play` began, by action. */
  answers: Record<string, number>;
}

export type PlayerQuestion =
  | { type: 'start'; kind: PlayerKind; url: string }
  | { type: 'cpu' }
  | { type: 'memory' }
  /** Begins to count what is allocated; `heap` ends it. */
  | { type: 'watch-heap' }
  | { type: 'heap' }
  /** Begins to watch where the time goes; `self-times` ends it. */
  | { type: 'profile' }
  | { type: 'self-times' };

/** `agent`, `recording`: its bot is an object, and is recorded. The others have a bot file, which checks, or decides for 1.5 s of CPU. */
export type PlayerKind =
  | 'bare'
  | 'agent'
  | 'recording'
  | 'metrics'
  | `${'checking' | 'burning'} ${Isolation}`;

export interface PlayerAnswer {
  /** CPU time of the process so far, in ms. */
  cpuMs: number;
  /** What of it was not spent in the system's calls. */
  userMs: number;
  /** After a collection; 0 unless it was asked for. */
  heapBytes: number;
  rssBytes: number;
  /** Of the process and those of its bots: all that each holds, and their share of what is there once for several. */
  tree: { rssBytes: number; pssBytes: number };
  /** On the heap since `watch-heap`, whether or not it was collected; 0 unless it was asked for. */
  allocatedBytes: number;
  /** Since `profile`; none unless it was asked for. */
  selfTimes: SelfTime[];
}
