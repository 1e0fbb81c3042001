/** A seat whose bot plays over the gateway: its frame counter, its connection, and its reconnects. */
import type { TurnRequest } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { Settings } from '../terms/sandbox-options.js';
import type { Dialect } from '../wire/dialect.js';
import type { GameFrame } from '../wire/game-frame.js';
import { createTextPing, keepAlive, type TextPing } from '../wire/keep-alive.js';
import type { Peer } from '../wire/peer.js';
import { closeCodes } from '../wire/platform-closes.js';
import { createRateLimit, type RateLimit } from '../wire/rate-limit.js';
import type { Barred, Move, MoveOutcome, RemoteSeat, SeatObserver } from './seat.js';

const defaults = { unknownFrames: 1_000 } as const;

export interface GatewaySeatOptions {
  index: number;
  name: string;
  participantId: string;
  botId: string;
  matchId: string;
  timers: Timers;
  dialect: Dialect;
  settings: Pick<Settings, 'reconnectGraceMs' | 'joinTimeoutMs' | 'maxReconnects' | 'matchPing' | 'scale'>;
  observer: Pick<SeatObserver, 'onMove' | 'onPresent' | 'onAway' | 'onLost'>;
}

export interface GatewaySeat extends RemoteSeat {
  readonly barred: Barred | null;
  /** Whether it was ever connected. */
  readonly hasJoined: boolean;
  /** The connection that holds the seat. */
  readonly peer: Peer | null;
  /** The rate limit of unsolicited frames from its bot, over all its connections. */
  readonly rate: RateLimit;
  /** The bot was connected in an earlier run of the platform, and has to come back in time. */
  restore(): void;
  /** The match was announced to the bot, which has to connect in time. */
  expect(): void;
  attach(peer: Peer): void;
  /** To be called when `peer` is gone; does nothing when another connection holds the seat. */
  detach(peer: Peer, code: number, reason: string): void;
  play(move: Move): MoveOutcome;
  /** To be called at a pong of the bot. @returns false when no ping was open. */
  pong(): boolean;
  /** Stops reading and sending on its connection, and keeps it open. */
  freeze(): boolean;
}

export function createGatewaySeat(options: GatewaySeatOptions): GatewaySeat {
  const { index, name, participantId, botId, matchId, timers, dialect, settings, observer } = options;
  let peer: Peer | null = null;
  let barred: Barred | null = null;
  let seq = 0;
  let connections = 0;
  let left = false;
  let away: Timer | null = null;
  let textPing: TextPing | null = null;
  let endKeepAlive: (() => void) | null = null;

  function lose(why: Barred): void {
    if (left) return;
    barred = why;
    observer.onLost(seat, why);
  }

  function send(frame: GameFrame): void {
    // The short `match_end` has a counter of the match, not of the seat (docs/protocol.md 3). The seat's own counter
    // includes frames that it missed: the gap shows that to the bot.
    const isShortEnd = frame.type === 'match_end' && frame.results === undefined;
    if (!isShortEnd) seq += 1;
    if (peer === null) return;
    const server_ts = dialect.timestamp(timers.now());
    const counters = { match_id: matchId, seq: isShortEnd ? 1 : seq, server_ts };
    peer.send({ type: frame.type, ...counters, ...dialect.render(frame) });
  }

  /** An ended match is remembered for long, but must not keep its connections in memory. */
  function stopHeartbeat(): void {
    endKeepAlive?.();
    textPing?.cancel();
    endKeepAlive = null;
    textPing = null;
  }

  const seat: GatewaySeat = {
    index,
    name,
    participantId,
    botId,
    rate: createRateLimit(timers, settings.scale.clock),
    get isPresent() {
      return peer !== null;
    },
    get isFirstAbsence() {
      return peer === null && connections === 1;
    },
    get hasJoined() {
      return connections > 0;
    },
    get barred() {
      return barred;
    },
    get peer() {
      return peer;
    },
    send,
    ask: send,
    resume(pending: TurnRequest | null) {
      const frame = dialect.resumed(pending);
      if (frame !== null) send(frame);
    },
    playedFor(requestId, action) {
      const frame = dialect.playedFor(requestId, action);
      if (frame !== null) send(frame);
    },
    closeTurn: () => undefined,
    warn(code, message) {
      peer?.sendError(code, message);
    },
    restore() {
      connections = 1;
      // How many frames were sent in the earlier run is not known, but it was fewer than this.
      seq += defaults.unknownFrames;
      away = timers.after(settings.reconnectGraceMs, () => lose('grace_expired'));
    },
    expect() {
      away = timers.after(settings.joinTimeoutMs, () => lose('not_joined'));
    },
    attach(newPeer) {
      away?.cancel();
      peer = newPeer;
      connections += 1;
      textPing = createTextPing(newPeer, timers, { type: 'ping', match_id: matchId });
      const ask = dialect.pingsWithFrames ? textPing.ask : newPeer.probe;
      endKeepAlive = keepAlive(newPeer, timers, settings.matchPing, ask);
      if (dialect.afterHandshake !== null) newPeer.send({ ...dialect.afterHandshake, match_id: matchId });
      observer.onPresent(seat, connections > 1);
    },
    detach(oldPeer, code, reason) {
      if (peer !== oldPeer) return;
      peer = null;
      stopHeartbeat();
      if (left) return;
      const mayComeBack = connections <= settings.maxReconnects;
      if (mayComeBack) away = timers.after(settings.reconnectGraceMs, () => lose('grace_expired'));
      observer.onAway(seat, code, reason);
      if (!mayComeBack) lose('budget_exhausted');
    },
    play: (move) => observer.onMove(seat, move),
    pong: () => textPing?.answered() ?? false,
    freeze() {
      endKeepAlive?.();
      peer?.freeze();
      return peer !== null;
    },
    leave(reason = 'match_ended') {
      left = true;
      away?.cancel();
      stopHeartbeat();
      peer?.close(closeCodes.normal, reason);
    },
  };
  return seat;
}
