/** Disturbances of a platform, for tests. */

import type { ChaosProxy } from '../chaos/chaos-proxy.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import type { Lobby } from './doors/lobby-door.js';
import type { Front } from './doors/port-server.js';
import type { GatewaySeat } from './match/gateway-seat.js';
import type { MatchBook } from './match/match-book.js';
import type { MatchRun } from './match/match-run.js';
import type { Matches } from './match/matches.js';
import type { Accounts } from './memory/accounts.js';
import type { Control } from './terms/disturbances.js';
import { whole } from './terms/option-checks.js';
import { unknownBot, unknownMatch } from './terms/unknown-ids.js';
import type { Peer } from './wire/peer.js';

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
    if (accounts.bot(botId) === undefined) throw unknownBot(botId);
    return botId;
  }

  function matchOf(matchId: string): MatchRun {
    const run = book.match(matchId);
    if (run === undefined) throw unknownMatch(matchId);
    return run;
  }

  function seatOf(matchId: string, botId: string): GatewaySeat {
    const seat = matchOf(matchId).remoteSeats.find((candidate) => candidate.botId === known(botId));
    if (seat === undefined)
      throw new OptionError(
        'botId',
        'This bot has no seat in this match that a connection can take: matches() tells the bots of each match.',
      );
    return seat;
  }

  return {
    dropLobby: (botId, code, reason) => drop(lobby.peerOf(known(botId)), code, reason),
    dropMatch: (matchId, botId, code, reason) => drop(seatOf(matchId, botId).peer, code, reason),
    announce: (botId, matchId, overrides) => lobby.announce(known(botId), matchOf(matchId), overrides),
    evict: (botId) => lobby.evict(known(botId), 'Replaced by new connection'),
    revoke(token) {
      const record = accounts.token(token);
      if (record === undefined)
        throw new OptionError('token', 'No bot has this token: bots() tells those that are valid.');
      return lobby.revoke(record);
    },
    sendLobby: (botId, data) => send(lobby.peerOf(known(botId)), data),
    sendMatch: (matchId, botId, data) => send(seatOf(matchId, botId).peer, data),
    freezeLobby: (botId) => lobby.freeze(known(botId)),
    forgetLobby: (botId) => lobby.forget(known(botId)),
    freezeMatch: (matchId, botId) => seatOf(matchId, botId).freeze(),
    restart(given = {}) {
      refuseUnknown(given, { downMs: true }, 'restart');
      front.restart(whole('downMs', given.downMs ?? defaults.downMs, 0, defaults.maxDownMs));
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

function send(peer: Peer | null | undefined, data: string | Uint8Array): boolean {
  peer?.sendRaw(data);
  return peer?.isOpen ?? false;
}
