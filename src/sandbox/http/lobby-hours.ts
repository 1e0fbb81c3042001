/** How long each bot was in the lobby today, which the free tier of the platform limits. */

import { createDayCounts, dayStart } from '../../time/utc-day.js';
import type { SandboxEvent } from '../terms/sandbox-events.js';

export interface LobbyHours {
  readonly note: (event: SandboxEvent) => void;
  /** Milliseconds since 00:00 UTC that the bot was in the lobby. */
  readonly todayMs: (botId: string) => number;
}

/** @param wallNow epoch milliseconds on the wall clock. */
export function createLobbyHours(wallNow: () => number): LobbyHours {
  /** Since when each bot that is online is there. */
  const since = new Map<string, number>();
  const over = createDayCounts(wallNow);

  function currentMs(botId: string): number {
    const from = since.get(botId);
    return from === undefined ? 0 : Math.max(0, wallNow() - Math.max(from, dayStart(wallNow())));
  }

  return {
    note(event) {
      if (event.type === 'lobby.online') since.set(event.botId, wallNow());
      if (event.type !== 'lobby.offline') return;
      over.add(event.botId, currentMs(event.botId));
      since.delete(event.botId);
    },
    todayMs: (botId) => over.of(botId) + currentMs(botId),
  };
}
