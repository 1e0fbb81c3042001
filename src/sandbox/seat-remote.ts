/** A seat whose bot plays over the gateway: its counter, its presence, and its chances to come back. */
import type { TurnAction } from '../protocol/frames.js';
import type { ForfeitReason } from './events.js';
import { closeCodes, keepAlive, type Peer } from './peer.js';
import type { Answer, GameFrame, Seat } from './seat.js';
import type { Timer, Timers } from './timers.js';

/** Why a seat takes no connection any more. */
export type Barred = Exclude<ForfeitReason, 'unresponsive'>;

export interface RemoteSeatOptions {
  index: number;
  name: string;
  participantId: string;
  botId: string;
  matchId: string;
  timers: Timers;
  limits: {
    reconnectGraceMs: number;
    maxReconnects: number;
    pingIntervalMs: number;
    pongTimeoutMs: number;
  };
  answer: Answer;
  /** The bot is there, for the first time or again. */
  onPresent: (resumed: boolean) => void;
  onAway: (code: number, reason: string) => void;
  /** The bot does not come back. */
  onLost: (why: Barred) => void;
}

export interface RemoteSeat extends Seat {
  readonly botId: string;
  readonly barred: Barred | null;
  /** The connection that holds the seat. */
  readonly peer: Peer | null;
  attach(peer: Peer): void;
  /** `peer` is gone; harmless when another connection holds the seat. */
  detach(peer: Peer, code: number, reason: string): void;
  /** @returns false when nobody had asked for this answer. */
  receive(frame: TurnAction): boolean;
}

export function createRemoteSeat(options: RemoteSeatOptions): RemoteSeat {
  const { index, name, participantId, botId, matchId, timers, limits, answer } = options;
  let peer: Peer | null = null;
  let barred: Barred | null = null;
  let seq = 0;
  let connections = 0;
  let left = false;
  let grace: Timer | null = null;
  let endKeepAlive: (() => void) | null = null;

  const lose = (why: Barred): void => {
    barred = why;
    options.onLost(why);
  };
  const awaitReturn = (): void => {
    grace = timers.after(limits.reconnectGraceMs, () => lose('grace_expired'));
  };
  awaitReturn();

  function tell({ type, ...rest }: GameFrame): void {
    // A frame that is missed counts too: the gap tells the bot that it missed something.
    seq += 1;
    peer?.send({ type, match_id: matchId, seq, server_ts: timers.now(), ...rest });
  }

  return {
    index,
    name,
    participantId,
    botId,
    get isPresent() {
      return peer !== null;
    },
    get isFirstAbsence() {
      return peer === null && connections === 1;
    },
    get barred() {
      return barred;
    },
    get peer() {
      return peer;
    },
    tell,
    ask: tell,
    closeTurn: () => undefined,
    attach(newPeer) {
      grace?.cancel();
      peer = newPeer;
      connections += 1;
      endKeepAlive = keepAlive(newPeer, timers, limits);
      options.onPresent(connections > 1);
    },
    detach(oldPeer, code, reason) {
      if (peer !== oldPeer) return;
      endKeepAlive?.();
      peer = null;
      if (left) return;
      options.onAway(code, reason);
      if (connections > limits.maxReconnects) lose('budget_exhausted');
      else awaitReturn();
    },
    receive({ request_id: requestId, action, params }) {
      const taken = answer(requestId, params === undefined ? { action } : { action, params });
      return taken === 'accepted' || taken === 'rejected';
    },
    leave() {
      left = true;
      grace?.cancel();
      endKeepAlive?.();
      peer?.close(closeCodes.normal, 'match ended');
    },
  };
}
