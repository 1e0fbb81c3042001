/** The match gateway: who may sit in which seat, and the handshake before play (docs/protocol.md 3). */
import type { WebSocket } from 'ws';
import { wire } from '../protocol/frames.js';
import type { BotRecord } from './bot-record.js';
import { type MatchClientFrame, readMatchFrame } from './client-frames.js';
import type { Emit } from './events.js';
import type { Settings } from './options.js';
import { closeCodes, openPeer, type Peer } from './peer.js';
import { createRateLimit } from './rate-limit.js';
import type { Registry } from './registry.js';
import type { RemoteSeat } from './seat-remote.js';
import type { Timer, Timers } from './timers.js';

/** What this platform deals, as `game_type` has it. */
const gameType = 'nlhe';

/** Clients that play this game may list it under either name. */
const gameNames: readonly string[] = [gameType, 'poker'];

/** What ids of matches and participants look like. */
const idPattern = /^[\w.-]{1,128}$/;

/** Stands for the seat of whoever holds the credential, on the leg of uploaded bots. */
const ownSeat = 'bot';

export interface GatewayOptions {
  settings: Settings;
  timers: Timers;
  registry: Registry;
  emit: Emit;
}

/** A dial as its URL and headers tell it; nothing of it was checked. */
export interface Dial {
  matchId: string;
  participantId: string;
  /**
   * `header`: remote play, the token came as a subprotocol, or is null when none did. `frame`: uploaded bots, the
   * credential comes in `authenticate`.
   */
  credential: { from: 'header'; token: string | null } | { from: 'frame' };
}

export interface Gateway {
  accept(socket: WebSocket, dial: Dial): Peer;
}

/** Why a dial is turned away. */
interface Denial {
  code: number;
  reason: string;
  /** `code` of the `error` frame that goes before the close. */
  error?: string;
}

type Stage = 'authenticate' | 'probing' | 'hello' | 'seated' | 'refused';
type FrameOf<T extends MatchClientFrame['type']> = Extract<MatchClientFrame, { type: T }>;

export function createGateway({ settings, timers, registry, emit }: GatewayOptions): Gateway {
  /** The seat this bot may take, or why it may not. */
  function admit(
    bot: BotRecord | undefined,
    { matchId, participantId, credential }: Dial,
  ): RemoteSeat | Denial {
    if (bot === undefined || bot.revoked) return { code: closeCodes.authFailed, reason: 'auth failed' };
    const run = registry.match(matchId);
    const byOwner = credential.from === 'frame' && participantId === ownSeat;
    const seat = run?.remoteSeats.find((candidate) =>
      byOwner ? candidate.botId === bot.botId : candidate.participantId === participantId,
    );
    if (run === undefined || seat === undefined) {
      return { code: closeCodes.unknownParticipant, reason: 'unknown match or participant' };
    }
    if (seat.botId !== bot.botId) return { code: closeCodes.authFailed, reason: 'the seat is not yours' };
    if (seat.barred !== null) {
      return { code: closeCodes.serverError, reason: seat.barred, error: seat.barred };
    }
    if (run.state === 'ended') return { code: closeCodes.matchEnded, reason: 'match ended' };
    return seat;
  }

  function accept(socket: WebSocket, dial: Dial): Peer {
    const { matchId, credential } = dial;
    let stage: Stage = 'authenticate';
    let seat: RemoteSeat | null = null;
    let deadline: Timer = startDeadline();
    const allowed = createRateLimit(() => peer, timers, closeCodes.rateLimit);
    const peer = openPeer(
      {
        socket,
        id: matchId,
        timers,
        onFault: (where, error) => emit({ type: 'platform.fault', where, error }),
      },
      {
        onText: hear,
        onBinary() {
          if (stage !== 'seated') deny({ code: closeCodes.authFailed, reason: 'frames are text' });
          else if (allowed()) peer.sendError('malformed_message', 'Frames are text.');
        },
        onClosed(code, reason) {
          deadline.cancel();
          if (stage === 'seated') seat?.detach(peer, code, reason);
          stage = 'refused';
        },
      },
    );

    function startDeadline(): Timer {
      return timers.after(settings.handshakeTimeoutMs, () =>
        deny({ code: closeCodes.handshakeTimeout, reason: 'handshake_timeout' }),
      );
    }

    function deny({ code, reason, error }: Denial, message = reason): void {
      stage = 'refused';
      deadline.cancel();
      emit({ type: 'seat.refused', matchId, code, reason });
      if (error !== undefined) peer.sendError(error, message, gameOf(error));
      peer.close(code, reason);
    }

    /** Takes the seat unless the dial is denied. */
    function claim(bot: BotRecord | undefined): boolean {
      const admitted = admit(bot, dial);
      if ('code' in admitted) {
        deny(admitted);
        return false;
      }
      seat = admitted;
      return true;
    }

    function hear(text: string): void {
      if (stage === 'refused' || stage === 'probing') return;
      const read = readMatchFrame(text);
      if (stage === 'seated') {
        play(read);
      } else if (!read.ok) {
        deny({ ...unauthenticated(), error: read.code }, read.message);
      } else if (read.frame.match_id !== matchId) {
        deny({ ...unauthenticated(), error: 'malformed_message' }, 'The frame is of another match.');
      } else if (stage === 'authenticate' && read.frame.type === 'authenticate') {
        authenticate(read.frame);
      } else if (stage === 'hello' && read.frame.type === 'hello') {
        shakeHands(read.frame);
      } else {
        deny(unauthenticated());
      }
    }

    /** A frame that does not belong in this stage of the handshake. */
    function unauthenticated(): Denial {
      return stage === 'hello'
        ? { code: closeCodes.handshakeTimeout, reason: 'hello was expected' }
        : { code: closeCodes.authFailed, reason: 'authenticate was expected' };
    }

    function authenticate({ token, ticket }: FrameOf<'authenticate'>): void {
      // Remote play was authenticated by the header, whatever the frame says.
      if (credential.from === 'frame' && !claim(registry.botByToken(token ?? ticket ?? ''))) return;
      if (credential.from === 'header' && token === undefined) {
        deny({ code: closeCodes.authFailed, reason: 'a token was expected' });
        return;
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
          deny(duplicate);
        } else {
          holder.terminate();
          seat?.detach(holder, closeCodes.abnormal, 'replaced: it did not answer');
          greet();
        }
      });
    }

    /** The live connection of the seat; one that is closing makes way. */
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
        server_ts: timers.now(),
        supported_versions: [wire.protocolVersion],
        selected_version: wire.protocolVersion,
        server_name: 'chipzen',
        game_type: gameType,
        capabilities: ['reconnect'],
      });
    }

    function shakeHands({ supported_versions: versions, supported_games: games }: FrameOf<'hello'>): void {
      if (!versions.includes(wire.protocolVersion)) {
        deny({ code: closeCodes.versionMismatch, reason: 'protocol_mismatch' });
      } else if (games !== undefined && !games.some((game) => gameNames.includes(game))) {
        deny(gameUnsupported);
      } else {
        sitDown();
      }
    }

    function sitDown(): void {
      deadline.cancel();
      // Much may have happened since the dial was admitted.
      const bot = seat === null ? undefined : registry.bot(seat.botId);
      if (!claim(bot) || seat === null) return;
      if (holderOfSeat() !== null) {
        deny(duplicate);
        return;
      }
      stage = 'seated';
      seat.attach(peer);
    }

    function play(read: ReturnType<typeof readMatchFrame>): void {
      if (read.ok && read.frame.type === 'turn_action' && read.frame.match_id === matchId) {
        if (seat?.receive(read.frame) === false) allowed();
        return;
      }
      if (!allowed() || (read.ok && read.frame.type === 'pong')) return;
      if (read.ok)
        peer.sendError('malformed_message', 'This frame has no place in play, or is of another match.');
      else peer.sendError(read.code, read.message);
    }

    if (!idPattern.test(matchId) || !idPattern.test(dial.participantId)) {
      deny({ code: closeCodes.matchRefused, reason: 'malformed ids' });
    } else if (credential.from === 'header') {
      claim(credential.token === null ? undefined : registry.botByToken(credential.token));
    }
    return peer;
  }

  return { accept };
}

const duplicate: Denial = {
  code: closeCodes.serverError,
  reason: 'duplicate_participant',
  error: 'duplicate_participant',
};

const gameUnsupported: Denial = {
  code: closeCodes.matchRefused,
  reason: 'game_unsupported_by_client',
  error: 'EXTAPI_CLIENT_GAME_UNSUPPORTED',
};

function gameOf(error: string): { game_type?: string } {
  return error === gameUnsupported.error ? { game_type: gameType } : {};
}
