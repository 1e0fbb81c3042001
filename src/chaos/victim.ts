import type { Victim } from './faults.js';

const lobbyPath = /^\/ws\/external\/bot\/([^/]+)$/;
const matchPath = /^\/ws\/(?:external\/)?match\/([^/]+)\/([^/]+)$/;

/** Whom a path names; null for one that names nobody. */
export function victimOf(path: string): Victim | null {
  try {
    const [, botId] = lobbyPath.exec(path) ?? [];
    if (botId !== undefined) return { leg: 'lobby', botId: decodeURIComponent(botId) };
    const [, matchId, participantId] = matchPath.exec(path) ?? [];
    if (matchId === undefined || participantId === undefined) return null;
    return {
      leg: 'match',
      matchId: decodeURIComponent(matchId),
      participantId: decodeURIComponent(participantId),
    };
  } catch {
    return null;
  }
}
