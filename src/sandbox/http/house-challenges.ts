/** `POST /challenges/house-bot`: an unrated match against a bot of the platform (docs/protocol.md 7). */
import { createHash } from 'node:crypto';
import { defaultHouseBot } from '../../house/house-bot-names.js';
import { type Parts, requireOnline } from './dispatch.js';
import { HttpError } from './http-error.js';
import { botRoute, maxSelectorLength, type Route } from './routes.js';

/** The id of a house bot: a UUID that is the same on every platform and after every restart. */
function houseBotId(name: string): string {
  const hex = createHash('sha256').update(`house-bot:${name}`).digest('hex');
  // RFC 9562 5.8: version 8 is for custom ids.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

export function houseChallengeRoutes({ platform, limits, dispatch }: Parts): Route[] {
  /** @param selector a name or an id. Default: the default opponent. */
  function houseBotOf(selector: string = defaultHouseBot): string {
    const names = platform.houseBots();
    const name = names.find((each) => each === selector || houseBotId(each) === selector);
    if (name !== undefined) return name;
    throw new HttpError(
      'EXTAPI_HOUSE_BOT_NOT_FOUND',
      `There is no such house bot; there are ${names.join(', ')}.`,
    );
  }

  const challenge = botRoute(
    {
      method: 'POST',
      path: '/api/external-api/challenges/house-bot',
      rules: { opponent: { maxLength: maxSelectorLength } },
    },
    ({ botId }, { texts }) => {
      const opponent = houseBotOf(texts.get('opponent'));
      requireOnline(platform, botId);
      const refusal = dispatch.refusal(botId);
      if (refusal !== null) throw refusal;
      const { matchId, participantIds } = dispatch.start({
        players: [{ botId }, { house: opponent }],
        rated: false,
        decisionTimeoutMs: limits.challengeDecisionTimeoutMs,
      });
      return {
        body: {
          match_id: matchId,
          participant_id: participantIds[botId],
          status: 'dispatching',
          gateway_ws_url: null,
          opponent,
          opponent_bot_id: houseBotId(opponent),
          rated: false,
          decision_timeout_ms: limits.challengeDecisionTimeoutMs,
        },
      };
    },
  );
  return [challenge];
}
