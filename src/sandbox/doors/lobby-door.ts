/** The lobby: who is online, and to whom matches are announced (docs/protocol.md 2). */

import { gatewayPath } from '../../protocol/endpoint-paths.js';
import { type JsonObject, type Matched, wire } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { MatchBook } from '../match/match-book.js';
import type { MatchRun } from '../match/match-run.js';
import type { Accounts } from '../memory/accounts.js';
import type { Journal } from '../memory/journal.js';
import type { TokenRecord } from '../terms/bot-record.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import { readLobbyFrame } from '../wire/client-frames.js';
import type { Dialect } from '../wire/dialect.js';
import { openPeer } from '../wire/open-peer.js';
import type { Peer } from '../wire/peer.js';
import { closeCodes } from '../wire/platform-closes.js';
import type { PlatformSocket } from '../wire/platform-socket.js';
import { createRateLimit, rateWarning } from '../wire/rate-limit.js';

export interface LobbyDoorOptions {
  settings: Settings;
  timers: Timers;
  dialect: Dialect;
  accounts: Accounts;
  book: MatchBook;
  journal: Journal;
  emit: EmitSandbox;
}

export interface Lobby {
  /** Takes a connection that was dialled for this bot. */
  accept(socket: PlatformSocket, botId: string): Peer;
  /** Resolves when all of these bots are online at the same time. Rejects when the platform closes. */
  online(botIds: readonly string[]): Promise<void>;
  /** Sends `matched` to all remote bots of the match. */
  announceAll(run: MatchRun): void;
  /** Sends `matched` to one bot, with some fields replaced; false when it is offline or does not play in the match. */
  announce(botId: string, run: MatchRun, overrides?: JsonObject): boolean;
  readonly isOnline: (botId: string) => boolean;
  /** The connection of a bot; undefined when it is offline. */
  peerOf(botId: string): Peer | undefined;
  evict(botId: string, reason: string): boolean;
  /** Refuses the token from now on and closes the lobby connection that it opened; false when there is none. */
  revoke(token: TokenRecord): boolean;
  /** Stops reading, pinging and answering on the bot's connection. */
  freeze(botId: string): boolean;
  /** The same, and the bot counts as offline from now on. */
  forget(botId: string): boolean;
  /** Rejects all who wait for bots. */
  close(): void;
}

/** A bot that is online. */
interface Presence {
  peer: Peer;
  token: TokenRecord;
  stopHeartbeat(): void;
}

export function createLobby(options: LobbyDoorOptions): Lobby {
  const { settings, timers, dialect, accounts, book, journal, emit } = options;
  const { handshakeTimeoutMs, pingIntervalMs, pongTimeoutMs, scale } = settings;
  const present = new Map<string, Presence>();
  const waiting = new Set<{ botIds: readonly string[]; resolve(): void; reject(error: Error): void }>();

  function accept(socket: PlatformSocket, botId: string): Peer {
    let presence: Presence | null = null;
    let pong: (() => void) | null = null;
    const rate = createRateLimit(timers, scale.clock);
    const peer = openPeer(
      {
        socket,
        id: botId,
        timers,
        dialect,
        onFault: (where, error) => emit({ type: 'platform.fault', where, error }),
      },
      {
        onText(text) {
          if (presence === null) logIn(text);
          else receive(text);
        },
        onBinary() {
          if (presence === null) refuse(closeCodes.authFailed, 'the first frame must be authenticate');
          else if (allowed()) peer.sendError('malformed_message', 'Frames are text.');
        },
        onClosed(code, reason) {
          deadline.cancel();
          presence?.stopHeartbeat();
          if (present.get(botId)?.peer !== peer) return;
          present.delete(botId);
          emit({ type: 'lobby.offline', botId, code, reason });
        },
      },
    );
    const deadline = timers.after(handshakeTimeoutMs, () =>
      refuse(closeCodes.authFailed, 'authentication timeout'),
    );

    function refuse(code: number, reason: string): void {
      deadline.cancel();
      emit({ type: 'lobby.refused', botId, code, reason });
      peer.close(code, reason);
    }

    function logIn(text: string): void {
      const read = readLobbyFrame(text);
      if (!read.ok || read.frame.type !== 'authenticate') {
        if (!read.ok) peer.sendError(read.code, read.message);
        refuse(closeCodes.authFailed, 'the first frame must be authenticate');
        return;
      }
      const token = accounts.token(read.frame.token);
      if (token?.bot.botId !== botId) refuse(closeCodes.authFailed, 'auth_failed');
      else if (token.revoked) refuse(closeCodes.tokenRevoked, 'token revoked');
      else welcome(token);
    }

    function welcome(token: TokenRecord): void {
      deadline.cancel();
      evict(botId, 'Replaced by new connection');
      presence = { peer, token, stopHeartbeat: heartbeat() };
      present.set(botId, presence);
      peer.send({
        type: 'hello',
        endpoint: 'lobby',
        match_id: botId,
        seq: 1,
        server_ts: dialect.timestamp(timers.now()),
        supported_versions: [wire.protocolVersion],
        selected_version: wire.protocolVersion,
        server_name: 'chipzen',
      });
      emit({ type: 'lobby.online', botId });
      for (const run of book.live()) {
        if (run.state !== 'dispatching') announce(botId, run, { resume: true });
      }
      release();
    }

    function receive(text: string): void {
      const read = readLobbyFrame(text);
      if (read.ok && read.frame.type === 'pong' && pong !== null) {
        pong();
        return;
      }
      if (!allowed() || (read.ok && read.frame.type === 'pong')) return;
      if (read.ok) peer.sendError('unknown_type', 'This connection is authenticated already.');
      else peer.sendError(read.code, read.message);
    }

    function allowed(): boolean {
      const rated = rate.frame();
      if (rated === 'warn') peer.sendError('rate_limited', rateWarning);
      if (rated === 'close') peer.close(closeCodes.policyViolation, 'rate_limit_exceeded');
      return rated === 'ok';
    }

    /** Pings regularly; a missing answer closes the connection. Returns the function that stops it. */
    function heartbeat(): () => void {
      let timer: Timer;
      const rest = () => {
        pong = null;
        timer = timers.after(pingIntervalMs, ask);
      };
      const ask = () => {
        peer.send({ type: 'ping' });
        emit({ type: 'lobby.ping', botId });
        const askedAt = timers.now();
        timer = timers.after(pongTimeoutMs, () => peer.close(closeCodes.heartbeat, 'heartbeat missed'));
        pong = () => {
          timer.cancel();
          emit({ type: 'lobby.pong', botId, afterMs: timers.now() - askedAt });
          rest();
        };
      };
      rest();
      return () => timer.cancel();
    }

    return peer;
  }

  function isOnline(botId: string): boolean {
    return present.get(botId)?.peer.isOpen ?? false;
  }

  /** Resolves all waits whose bots are online. */
  function release(): void {
    for (const wait of waiting) {
      if (!wait.botIds.every(isOnline)) continue;
      waiting.delete(wait);
      wait.resolve();
    }
  }

  function announce(botId: string, run: MatchRun, overrides: JsonObject = {}): boolean {
    const peer = present.get(botId)?.peer;
    const seat = run.remoteSeats.find((candidate) => candidate.botId === botId);
    if (peer === undefined || seat === undefined) return false;
    const { matchId, rated } = run;
    const frame: Omit<Matched, 'resume'> = {
      type: 'matched',
      match_id: matchId,
      participant_id: seat.participantId,
      gateway_ws_url: gatewayPath(matchId, seat.participantId),
      rated,
      ...(run.tellsClock && { decision_timeout_ms: run.decisionTimeoutMs }),
    };
    peer.send({ ...frame, ...overrides });
    return true;
  }

  function evict(botId: string, reason: string): boolean {
    const old = present.get(botId);
    if (old === undefined) return false;
    present.delete(botId);
    old.stopHeartbeat();
    old.peer.send({ type: 'evict', reason });
    old.peer.close(closeCodes.heartbeat, reason);
    emit({ type: 'lobby.offline', botId, code: closeCodes.heartbeat, reason });
    return true;
  }

  return {
    accept,
    online(botIds) {
      return new Promise((resolve, reject) => {
        waiting.add({ botIds, resolve, reject });
        release();
      });
    },
    announceAll(run) {
      for (const { botId } of run.remoteSeats) announce(botId, run);
    },
    announce,
    isOnline,
    peerOf: (botId) => present.get(botId)?.peer,
    evict,
    revoke(token) {
      if (!token.revoked) journal.write({ t: 'revoked', tokenId: token.tokenId });
      token.revoked = true;
      const presence = present.get(token.bot.botId);
      if (presence?.token !== token) return false;
      presence.peer.close(closeCodes.tokenRevoked, 'token revoked');
      return true;
    },
    freeze(botId) {
      const presence = present.get(botId);
      presence?.stopHeartbeat();
      presence?.peer.freeze();
      return presence !== undefined;
    },
    forget(botId) {
      const presence = present.get(botId);
      if (presence === undefined) return false;
      present.delete(botId);
      presence.stopHeartbeat();
      presence.peer.freeze();
      emit({ type: 'lobby.offline', botId, code: 1006, reason: 'forgotten' });
      return true;
    },
    close() {
      for (const wait of waiting) wait.reject(new Error('The sandbox was closed.'));
      waiting.clear();
    },
  };
}
