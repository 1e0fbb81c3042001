/** What a test does to a platform that behaves too well. */

import type { ChaosProxy } from '../chaos/chaos-proxy.js';
import type { Chaos } from '../chaos/faults.js';
import { OptionError } from '../protocol/errors.js';
import type { JsonObject } from '../protocol/frames.js';
import type { Lobby } from './doors/lobby-door.js';
import type { Front } from './doors/port-server.js';
import type { GatewaySeat } from './match/gateway-seat.js';
import type { MatchBook } from './match/match-book.js';
import type { ForcedEnd, MatchRun } from './match/match-run.js';
import type { Accounts } from './memory/accounts.js';
import { whole } from './terms/sandbox-options.js';
import type { Peer } from './wire/peer.js';

/**
 * Ways to disturb. Each returns whether there was a connection to disturb.
 *
 * @throws {OptionError} for a bot, match or token that does not exist.
 */
export interface Control {
  /** Closes the bot's lobby connection; without a code the TCP connection just ends. */
  dropLobby(botId: string, code?: number, reason?: string): boolean;
  /** Closes the bot's connection to a match; without a code the TCP connection just ends. */
  dropMatch(matchId: string, botId: string, code?: number, reason?: string): boolean;
  /** Sends `matched` again; `overrides` replace its fields or add some, for instance `gateway_ws_url`. */
  announce(botId: string, matchId: string, overrides?: JsonObject): boolean;
  /** As if a newer connection had replaced this one. */
  evict(botId: string): boolean;
  /** Closes the bot's lobby with 4002 and refuses its token from now on. A match in play goes on. */
  revoke(token: string): boolean;
  /** Text goes out as a text frame, a buffer as a binary one, whatever is in them. */
  sendLobby(botId: string, data: string | Buffer): boolean;
  sendMatch(matchId: string, botId: string, data: string | Buffer): boolean;
  /** The lobby stops pinging, reading and answering, but keeps the connection: a peer that is gone unnoticed. */
  freezeLobby(botId: string): boolean;
  /** The same for the bot's connection to a match. */
  freezeMatch(matchId: string, botId: string): boolean;
  /**
   * Closes every connection with 1012 and refuses new ones with HTTP 503 for `downMs` (default: 1000, on the sandbox's
   * clock). Matches go on: seats have their graces, and turns their clocks.
   */
  restart(options?: { downMs?: number }): void;
  /**
   * Other faults for the connections that come from now on; open ones keep theirs.
   *
   * @throws {OptionError} for faults that cannot be, and when the sandbox was opened without `chaos`: give it
   * `{ name: 'none', faults: [] }` to begin with.
   */
  chaos(chaos: Chaos): void;
  /**
   * Ends a match as it can end without being played out: `cancelled` (a player did not come), `error` (it broke),
   * `gateway` (the gateway lost the table), `abandoned` (a player walked away; in the long form).
   */
  endMatch(matchId: string, how: ForcedEnd): void;
}

const defaults = { downMs: 1_000, maxDownMs: 24 * 60 * 60 * 1_000 } as const;

interface ControlOptions {
  accounts: Accounts;
  book: MatchBook;
  lobby: Lobby;
  front: Front;
  proxy: ChaosProxy | null;
}

export function createControl({ accounts, book, lobby, front, proxy }: ControlOptions): Control {
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
    freezeMatch: (matchId, botId) => seatOf(matchId, botId).freeze(),
    restart: ({ downMs = defaults.downMs } = {}) =>
      front.restart(whole('downMs', downMs, 0, defaults.maxDownMs)),
    chaos(chaos) {
      if (proxy === null) {
        throw new OptionError(
          'chaos',
          'This sandbox was opened without chaos; open it with some, or with none at first.',
        );
      }
      proxy.control.use(chaos);
    },
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
