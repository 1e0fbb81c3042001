/** What can be done to a platform from outside. The declarations of the package show this file: it needs no types of Node. */

import type { Chaos } from '../../chaos/faults.js';
import type { JsonObject } from '../../protocol/frames.js';

/** How a match can be ended from outside, as failures of the platform end it. */
export type ForcedEnd = 'cancelled' | 'error' | 'gateway' | 'abandoned';

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
  /** Sends text as a text frame, bytes as a binary one, without checking it. */
  sendLobby(botId: string, data: string | Uint8Array): boolean;
  sendMatch(matchId: string, botId: string, data: string | Uint8Array): boolean;
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
