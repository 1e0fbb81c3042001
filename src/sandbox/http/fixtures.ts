/** `GET fixtures/upcoming`: the matches of a season that a bot has to be there for (docs/protocol.md 7). */
import type { FixturesAnswer } from '../../protocol/http-answers.js';
import type { HttpPlatform } from './platform.js';
import { botRoute, type Route } from './routes.js';

export function fixtureRoutes(platform: HttpPlatform): Route[] {
  const upcoming = botRoute({ method: 'GET', path: '/api/external-api/fixtures/upcoming' }, ({ botId }) => ({
    body: { fixtures: [...platform.upcoming(botId)] } satisfies FixturesAnswer,
  }));
  return [upcoming];
}
