/** Disturbances of a platform, for tests. */

import type { ChaosProxy } from '../chaos/chaos-proxy.js';
import type { Chaos } from '../chaos/faults.js';
import { OptionError } from '../protocol/errors.js';
import type { JsonObject } from '../protocol/frames.js';
import { refuseUnknown } from '../protocol/known-names.js';
import type { Lobby } from './doors/lobby-door.js';
import type { Front } from './doors/port-server.js';
import type { GatewaySeat } from './match/gateway-seat.js';
import type { MatchBook } from './match/match-book.js';
import type { ForcedEnd, MatchRun } from './match/match-run.js';
import type { Matches } from './match/matches.js';
import type { Accounts } from './memory/accounts.js';
import { whole } from './terms/option-checks.js';
import type { Peer } from './wire/peer.js';

/**
 * Disturbs a platform. Each method returns whether there was a connection to disturb.
 *
 * @throws {OptionError} for a bot, match or token that does not exist.
 */
export interface Control {
  /** Closes the bot's lobby connection; without a code the TCP connection ends without a close frame. */
  dropLobby(botId: string, code?: number, reason?: string): boolean;
  /** Closes the bot's connection to a match; without a code the TCP connection ends without a close frame. */
  dropMatch(matchId: string, botId: string, code?: number, reason?: string): boolean;
  /** Sends `matched` again. `overrides` replace or add fields, for instance `gateway_ws_url`. */
  announce(botId: string, matchId: string, overrides?: JsonObject): boolean;
  /** Evicts the bot, as if a newer connection had replaced this one. */
  evict(botId: string): boolean;
  /** Closes the bot's lobby with 4002 and refuses its token from now on. A live match goes on. */
  revoke(token: string): boolean;
  /** Sends text as a text frame, a buffer as a binary one, without checking it. */
  sendLobby(botId: string, data: string | Buffer): boolean;
  sendMatch(matchId: string, botId: string, data: string | Buffer): boolean;
  /** The lobby stops pinging, reading and answering, but keeps the connection, like a server that is gone unnoticed. */
  freezeLobby(botId: string): boolean;
  /**
   * The same, and the platform takes the bot for offline: its socket looks open, and its requests are answered with
   * `EXT_BOT_OFFLINE`.
   */
  forgetLobby(botId: string): boolean;
  /** The same as `freezeLobby` for the bot's connection to a match. */
  freezeMatch(matchId: string, botId: string): boolean;
  /**
   * Closes every connection with 1012 and refuses new ones with HTTP 503 for `downMs` (default: 1000, on the
   * sandbox's clock). Matches go on: the graces of seats and the clocks of turns are running.
   */
  restart(options?: { downMs?: number }): void;
  /**
   * Sets other faults for new connections; open ones keep theirs.
   *
   * @throws {OptionError} for invalid faults, and when the sandbox was opened without `chaos`: open it with `{ name:
   * 'none', faults: [] }`.
   */
  chaos(chaos: Chaos): void;
  /**
   * Lets so many of the next matches fail as the platform's dispatch can: whoever asked for one gets a good answer,
   * `matched` never comes, and the match is recorded as an `error`. 0 takes it back.
   */
  failDispatch(count?: number): void;
  /**
   * Ends a match before it is played out: `cancelled` (a player did not come), `error` (it broke), `gateway` (the
   * gateway lost the table), `abandoned` (a player left; in the long form).
   */
  endMatch(matchId: string, how: ForcedEnd): void;
}

const defaults = { maxFailures: 1_000_000, downMs: 1_000, maxDownMs: 24 * 60 * 60 * 1_000 } as const;

interface ControlOptions {
  accounts: Accounts;
  book: MatchBook;
  lobby: Lobby;
  front: Front;
  matches: Pick<Matches, 'failDispatch'>;
  proxy: ChaosProxy | null;
}

export function createControl(options: ControlOptions): Control {
  const { accounts, book, lobby, front, matches, proxy } = options;

  function known(botId: string): string {
    if (accounts.bot(botId) === undefined) throw new OptionError('botId', 'There is no such bot.');
    return botId;
  }

  function matchOf(matchId: string): MatchRun {
    const run = book.match(matchId);
    if (run === undefined) throw new OptionError('matchId', 'There is no such match.');
    return run;
  }

  function seatOf(matchId: string, botId: string): GatewaySeat {
    const seat = matchOf(matchId).remoteSeats.find((candidate) => candidate.botId === known(botId));
    if (seat === undefined) throw new OptionError('botId', 'This bot does not play in this match.');
    return seat;
  }

  return {
    dropLobby: (botId, code, reason) => drop(lobby.peerOf(known(botId)), code, reason),
    dropMatch: (matchId, botId, code, reason) => drop(seatOf(matchId, botId).peer, code, reason),
    announce: (botId, matchId, overrides) => lobby.announce(known(botId), matchOf(matchId), overrides),
    evict: (botId) => lobby.evict(known(botId), 'Replaced by new connection'),
    revoke(token) {
      const record = accounts.token(token);
      if (record === undefined) throw new OptionError('token', 'No bot has this token.');
      return lobby.revoke(record);
    },
    sendLobby: (botId, data) => send(lobby.peerOf(known(botId)), data),
    sendMatch: (matchId, botId, data) => send(seatOf(matchId, botId).peer, data),
    freezeLobby: (botId) => lobby.freeze(known(botId)),
    forgetLobby: (botId) => lobby.forget(known(botId)),
    freezeMatch: (matchId, botId) => seatOf(matchId, botId).freeze(),
    restart(options = {}) {
      refuseUnknown(options, { downMs: true }, 'restart');
      front.restart(whole('downMs', options.downMs ?? defaults.downMs, 0, defaults.maxDownMs));
    },
    chaos(chaos) {
      if (proxy === null) {
        throw new OptionError(
          'chaos',
          'This sandbox was opened without chaos; open it with some, or with none at first.',
        );
      }
      proxy.control.use(chaos);
    },
    failDispatch: (count = 1) => matches.failDispatch(whole('count', count, 0, defaults.maxFailures)),
    endMatch: (matchId, how) => matchOf(matchId).force(how),
  };
}

function drop(peer: Peer | null | undefined, code: number | undefined, reason = ''): boolean {
  if (!peer) return false;
  if (code === undefined) peer.terminate();
  else peer.close(code, reason);
  return true;
}

function send(peer: Peer | null | undefined, data: string | Buffer): boolean {
  peer?.sendRaw(data);
  return peer?.isOpen ?? false;
}
