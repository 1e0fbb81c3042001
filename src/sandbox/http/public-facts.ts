/** The public routes: the state of the platform, and the list of matches. */
import type { HttpLimits } from './limits.js';
import type { HttpPlatform } from './platform.js';
import { openRoute, type Route } from './routes.js';

export function publicRoutes(platform: HttpPlatform, { maxListed }: HttpLimits): Route[] {
  const startedAt = platform.now();

  const health = openRoute('/healthz', () => ({
    body: {
      status: 'ok',
      version: platform.version,
      uptime_ms: platform.now() - startedAt,
      matches_live: platform.matches().filter(({ state }) => state !== 'ended').length,
      bots_online: platform.bots().filter(({ botId }) => platform.isOnline(botId)).length,
    },
  }));

  const matches = openRoute('/sandbox/matches', () => {
    const newest = platform.matches().slice(-maxListed).toReversed();
    const listed = newest.map(({ matchId, state, rated, hand, seats }) => ({
      match_id: matchId,
      state,
      rated,
      hand,
      seats: seats.map(({ name, botId }, seat) => ({ seat, name, bot_id: botId })),
    }));
    return { body: { matches: listed, count: listed.length } };
  });

  return [health, matches];
}
