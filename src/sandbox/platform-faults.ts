/** The faults of a chaos that only the platform itself can do. */
import type { PlatformFaults, Victim } from '../chaos/faults.js';
import { StateWriteError } from '../protocol/errors.js';
import type { Lobby } from './doors/lobby-door.js';
import type { Front } from './doors/port-server.js';
import type { MatchBook } from './match/match-book.js';
import type { Accounts } from './memory/accounts.js';
import type { TokenRecord } from './terms/bot-record.js';
import type { Settings } from './terms/sandbox-options.js';

interface Parts {
  accounts: Accounts;
  book: MatchBook;
  lobby: Lobby;
  front: Front;
  settings: Settings;
}

export function createPlatformFaults({ accounts, book, lobby, front, settings }: Parts): PlatformFaults {
  function botIdOf(victim: Victim): string | null {
    if (victim.leg === 'lobby') return victim.botId;
    const seats = book.match(victim.matchId)?.remoteSeats ?? [];
    return seats.find(({ participantId }) => participantId === victim.participantId)?.botId ?? null;
  }

  /** A revocation that cannot be written does not happen; the journal tells of it. */
  function revoke(token: TokenRecord): void {
    try {
      lobby.revoke(token);
    } catch (error) {
      if (!(error instanceof StateWriteError)) throw error;
    }
  }

  return {
    evict(victim) {
      lobby.evict(botIdOf(victim) ?? '', 'Replaced by new connection');
    },
    revoke(victim) {
      const botId = botIdOf(victim);
      for (const token of accounts.tokensOf(botId ?? '')) revoke(token);
    },
    lobbyDrop(victim) {
      lobby.peerOf(botIdOf(victim) ?? '')?.terminate();
    },
    restart: (downMs) => front.restart(settings.scale.delay(downMs)),
  };
}
