/** The match gateway: the handshake, and then the frames of play (docs/protocol.md 3 and 4). */
import { wire } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { GatewaySeat } from '../match/gateway-seat.js';
import type { MatchBook } from '../match/match-book.js';
import type { Move } from '../match/seat.js';
import type { Accounts } from '../memory/accounts.js';
import type { TokenRecord } from '../terms/bot-record.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import { type MatchClientFrame, readMatchFrame } from '../wire/client-frames.js';
import type { Dialect } from '../wire/dialect.js';
import { openPeer } from '../wire/open-peer.js';
import type { Peer } from '../wire/peer.js';
import { closeCodes } from '../wire/platform-closes.js';
import type { PlatformSocket } from '../wire/platform-socket.js';
import { type Rated, rateWarning } from '../wire/rate-limit.js';
import { admit, type Denial, type Dial, denials, isWellFormed } from './gateway-admission.js';

/** The game of this platform, for `game_type`. */
const gameType = 'poker';

/** Clients may list this game under either name. */
const gameNames: readonly string[] = [gameType, 'nlhe'];

export interface GatewayOptions {
  settings: Settings;
  timers: Timers;
  dialect: Dialect;
  accounts: Accounts;
  book: MatchBook;
  emit: EmitSandbox;
}

export interface Gateway {
  /** The HTTP status that refuses the upgrade of this dial; null when the connection says what there is to say. */
  refusal(dial: Dial): number | null;
  accept(socket: PlatformSocket, dial: Dial): Peer;
}

const ofAnotherMatch = {
  ok: false,
  code: 'malformed_message',
  message: 'The frame is of another match.',
  isObject: true,
} as const;

/** An answer that is dropped, so that the platform plays for the seat. */
const unreadable: Move = { kind: 'unreadable' };

type Stage = 'authenticate' | 'probing' | 'hello' | 'seated' | 'refused';
type FrameOf<T extends MatchClientFrame['type']> = Extract<MatchClientFrame, { type: T }>;

export function createGateway({ settings, timers, dialect, accounts, book, emit }: GatewayOptions): Gateway {
  function accept(socket: PlatformSocket, dial: Dial): Peer {
    const { matchId, credential } = dial;
    let stage: Stage = 'authenticate';
    let seat: GatewaySeat | null = null;
    let token: TokenRecord | undefined;
    let deadline: Timer = startDeadline();
    const peer = openPeer(
      {
        socket,
        id: matchId,
        timers,
        dialect,
        onFault: (where, error) => emit({ type: 'platform.fault', where, error }),
      },
      {
        onText: receive,
        onBinary() {
          if (stage === 'seated') play({ ok: false, code: 'malformed_message', message: 'Frames are text.' });
          else deny(outOfTurn());
        },
        onClosed(code, reason) {
          deadline.cancel();
          if (stage === 'seated') seat?.detach(peer, code, reason);
          stage = 'refused';
        },
      },
    );

    function startDeadline(): Timer {
      return timers.after(settings.handshakeTimeoutMs, () => deny(denials.handshakeTimeout));
    }

    function deny({ code, reason, error }: Denial, message = reason): void {
      stage = 'refused';
      deadline.cancel();
      emit({ type: 'seat.refused', matchId, code, reason });
      const more = error === denials.gameUnsupported.error ? { game_type: gameType } : {};
      if (error !== undefined) peer.sendError(error, message, more);
      peer.close(code, reason);
    }

    /** Takes the seat unless the dial is denied. */
    function claim(): boolean {
      const admitted = admit({ book, dialect, settings }, token, dial);
      if ('code' in admitted) {
        deny(admitted);
        return false;
      }
      seat = admitted;
      return true;
    }

    function receive(text: string): void {
      if (stage === 'refused' || stage === 'probing') return;
      const read = readMatchFrame(text);
      if (stage === 'seated') {
        play(read);
      } else if (!read.ok) {
        const denial = read.code === 'unknown_field' ? denials.versionMismatch : outOfTurn();
        deny({ ...denial, error: read.code }, read.message);
      } else if (read.frame.match_id !== matchId) {
        deny({ ...outOfTurn(), error: ofAnotherMatch.code }, ofAnotherMatch.message);
      } else if (stage === 'authenticate' && read.frame.type === 'authenticate') {
        authenticate(read.frame);
      } else if (stage === 'hello' && read.frame.type === 'hello') {
        shakeHands(read.frame);
      } else {
        deny(outOfTurn());
      }
    }

    /** The denial of a frame that does not belong in this stage of the handshake. */
    function outOfTurn(): Denial {
      return stage === 'hello' ? denials.handshakeTimeout : denials.authFailed;
    }

    function authenticate(frame: FrameOf<'authenticate'>): void {
      // Remote play was authenticated at the upgrade; the credential in the frame is neither needed nor read.
      if (credential.from === 'frame') {
        token = accounts.token(credentialIn(frame) ?? '');
        if (!claim()) return;
      }
      const holder = holderOfSeat();
      if (holder === null) {
        greet();
        return;
      }
      stage = 'probing';
      deadline.cancel();
      holder.probe(settings.pongTimeoutMs, (alive) => {
        if (stage !== 'probing') return;
        if (alive) {
          deny(denials.duplicate);
        } else {
          holder.terminate();
          seat?.detach(holder, closeCodes.abnormal, 'replaced: it did not answer');
          greet();
        }
      });
    }

    /** The live connection of the seat. A connection that is closing is detached. */
    function holderOfSeat(): Peer | null {
      const holder = seat?.peer ?? null;
      if (holder === null || holder.isOpen) return holder;
      seat?.detach(holder, closeCodes.abnormal, 'replaced while it was closing');
      return null;
    }

    function greet(): void {
      stage = 'hello';
      deadline.cancel();
      deadline = startDeadline();
      peer.send({
        type: 'hello',
        match_id: matchId,
        seq: 1,
        server_ts: dialect.timestamp(timers.now()),
        supported_versions: [wire.protocolVersion],
        selected_version: wire.protocolVersion,
        server_name: 'chipzen',
        game_type: gameType,
        capabilities: settings.maxReconnects > 0 ? ['reconnect'] : [],
      });
    }

    function shakeHands({ supported_versions: versions, supported_games: games }: FrameOf<'hello'>): void {
      if (!versions.includes(wire.protocolVersion)) deny(denials.versionMismatch);
      else if (games?.some((game) => gameNames.includes(game)) === false) deny(denials.gameUnsupported);
      else sitDown();
    }

    function sitDown(): void {
      deadline.cancel();
      // The state may have changed since the dial was admitted, and detaching the old connection may end the match.
      const holder = holderOfSeat();
      if (!claim()) return;
      if (holder !== null) {
        deny(denials.duplicate);
        return;
      }
      stage = 'seated';
      seat?.attach(peer);
    }

    // --- play ---

    function play(received: ReturnType<typeof readMatchFrame>): void {
      if (seat === null) return;
      const read =
        received.ok && (received.frame.match_id ?? matchId) !== matchId ? ofAnotherMatch : received;
      if (read.ok && read.frame.type === 'pong' && seat.pong()) return;
      const isOver = dialect.overLimit === 'playedFor' && seat.rate.isUsedUp;
      const move = isOver ? unreadable : moveOf(read);
      const taken = move === null ? 'unasked' : seat.play(move);
      if (taken === 'unasked') complain(seat.rate.frame(), read);
      if (taken !== 'tooMany') return;
      if (dialect.overLimit === 'playedFor') seat.play(unreadable);
      else limit(seat.rate.violation());
    }

    function complain(rated: Rated, read: ReturnType<typeof readMatchFrame>): void {
      limit(rated);
      // Late answers and pongs are not violations.
      if (rated !== 'ok' || (read.ok && ['turn_action', 'pong'].includes(read.frame.type))) return;
      if (read.ok) peer.sendError('malformed_message', 'This frame is not allowed during play.');
      else peer.sendError(read.code, read.message);
    }

    function limit(rated: Rated): void {
      if (dialect.overLimit === 'playedFor') return;
      if (rated === 'warn') peer.sendError('rate_limited', rateWarning);
      if (rated === 'close') peer.close(closeCodes.rateLimit, 'rate_limit_exceeded');
    }

    if (!isWellFormed(dial)) {
      deny(denials.matchNotFound);
    } else if (credential.from !== 'frame') {
      token = credential.token === null ? undefined : accounts.token(credential.token);
      if (claim() && credential.from === 'query') {
        emit({ type: 'client.deprecated', what: 'token_in_url', matchId });
      }
    }
    return peer;
  }

  function refusal(dial: Dial): number | null {
    const { status, code, reason } = dialect.graceExpired;
    const { credential, matchId } = dial;
    if (
      status === undefined ||
      credential.from === 'frame' ||
      credential.token === null ||
      !isWellFormed(dial)
    )
      return null;
    const admitted = admit({ book, dialect, settings }, accounts.token(credential.token), dial);
    if (!('code' in admitted) || admitted.code !== code || admitted.reason !== reason) return null;
    emit({ type: 'seat.refused', matchId, code: status, reason });
    return status;
  }

  return { accept, refusal };
}

/** The token or the ticket of an uploaded bot; null unless there is exactly one of them. */
function credentialIn({ token, ticket }: FrameOf<'authenticate'>): string | null {
  if (token !== undefined && ticket !== undefined) return null;
  const given = token ?? ticket;
  return typeof given === 'string' ? given : null;
}

/** Null for a `turn_action` that is invalid as a frame: it is refused, and the turn stays open. */
function moveOf(read: ReturnType<typeof readMatchFrame>): Move | null {
  if (!read.ok) {
    if (!read.isObject) return unreadable;
    return read.code === 'unknown_type' ? { kind: 'noAction' } : null;
  }
  const { frame } = read;
  if (frame.type !== 'turn_action' || frame.action === undefined) return { kind: 'noAction' };
  const { request_id: requestId, action, params } = frame;
  return { kind: 'action', requestId, action, ...(params && { params }) };
}
