/** What the benchmark asks of its server and of its players. */
import type { Spread } from './platform-messages.js';

export type TableQuestion =
  | { type: 'open' }
  /** Answered when a client has logged in. */
  | { type: 'online' }
  /** Answered when so many more matches have been joined. */
  | { type: 'seat'; matches: number }
  /** Answered when each match has had so many turns, with so long between two frames of a turn. */
  | { type: 'play'; turns: number; gapMs: number }
  /** Matches of one turn, so many at once, one after the other. */
  | { type: 'short'; matches: number; atOnce: number; from: number };

export interface TableAnswer {
  url: string;
  /** From a turn's request to its answer, in ms, since the last `play` began. */
  latency: Spread;
}

export type PlayerQuestion =
  | { type: 'start'; kind: PlayerKind; url: string }
  | { type: 'cpu' }
  | { type: 'memory' };

export type PlayerKind = 'bare' | 'agent';

export interface PlayerAnswer {
  /** CPU time of the process so far, in ms. */
  cpuMs: number;
  /** After a collection; 0 unless it was asked for. */
  heapBytes: number;
  rssBytes: number;
}
