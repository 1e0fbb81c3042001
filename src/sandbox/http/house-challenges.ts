/** `POST /challenges/house-bot`: an unrated match against a bot of the platform (docs/protocol.md 7). */
import { defaultHouseBot } from '../../house/house-bot-names.js';
import { houseBotId } from '../terms/house-bot-id.js';
import { type Parts, requireOnline } from './dispatch.js';
import { HttpError } from './http-error.js';
import { botRoute, maxSelectorLength, type Route } from './routes.js';

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
        origin: 'house',
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
