/** What is remembered of one connection. */
import type { Side } from './tap.js';

export interface Connection {
  readonly number: number;
  readonly leg: 'lobby' | 'match';
  /** Of all connections with the same key one at most is live. */
  readonly key: string;
  /** Neither side has closed or ended it. */
  readonly isLive: boolean;
  /** Who has sent a close frame. */
  readonly closedBy: Set<Side>;
  /** Who has ended the TCP connection. */
  readonly endedBy: Set<Side>;
  /** The agent sent its first frame. */
  introduced: boolean;
  /** The platform said hello. */
  greeted: boolean;
  saidHello: boolean;
  lastAnswered: string | null;
  /** When the pings came that were not answered yet. */
  readonly pings: number[];
  /** How often each turn may still be answered here. */
  readonly asked: Map<string, number>;
  /** Turns that were asked here more than once. */
  readonly repeated: Set<string>;
  /** Matches that were announced here since the sockets last stood still. */
  readonly matched: Set<string>;
  /** The platform has said that nothing more is to come. */
  isOver: boolean;
}

export function newConnection(number: number, leg: 'lobby' | 'match', key: string): Connection {
  const closedBy = new Set<Side>();
  const endedBy = new Set<Side>();
  return {
    number,
    leg,
    key,
    closedBy,
    endedBy,
    get isLive() {
      return closedBy.size + endedBy.size === 0;
    },
    introduced: false,
    greeted: false,
    saidHello: false,
    lastAnswered: null,
    pings: [],
    asked: new Map(),
    repeated: new Set(),
    matched: new Set(),
    isOver: false,
  };
}
