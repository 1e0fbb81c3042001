/** What the benchmark asks of its server and of its players. */
import type { Spread } from './platform-messages.js';

export type TableQuestion =
  | { type: 'open' }
  /** Answered when a client has logged in. */
  | { type: 'online' }
  /** Answered when so many more matches have been joined. */
  | { type: 'seat'; matches: number }
  /** Answered when each match has had so many turns, with so long between two frames of a turn; the lobby pings meanwhile. */
  | { type: 'play'; turns: number; gapMs: number; pingMs?: number }
  /** Only the lobby's pings, for so long. */
  | { type: 'ping'; forMs: number; pingMs: number }
  /** Matches of one turn, so many at once, one after the other. */
  | { type: 'short'; matches: number; atOnce: number; from: number };

export interface TableAnswer {
  url: string;
  /** From a turn's request to its answer, in ms, since the last `play` began. */
  latency: Spread;
  /** From the lobby's ping to its pong, in ms, since the last `play` began. */
  pongs: Spread;
  /** Answers since the last `play` began, by action. */
  answers: Record<string, number>;
}

export type PlayerQuestion =
  | { type: 'start'; kind: PlayerKind; url: string }
  | { type: 'cpu' }
  | { type: 'memory' };

/** The last two decide for 1.5 s of CPU, each match in a thread of its own, or all in the one that answers pings. */
export type PlayerKind = 'bare' | 'agent' | 'burning apart' | 'burning here';

export interface PlayerAnswer {
  /** CPU time of the process so far, in ms. */
  cpuMs: number;
  /** After a collection; 0 unless it was asked for. */
  heapBytes: number;
  rssBytes: number;
}
