/** The routes for bots and tokens. The local platform has no accounts: every program on its machine may make them. */
import { tokenPrefix } from '../../protocol/credential.js';
import { OptionError } from '../../protocol/errors.js';
import type { Parts } from './dispatch.js';
import { HttpError, invalidToken } from './http-error.js';
import type { BotFacts } from './platform.js';
import type { Route } from './routes.js';

const maxNameLength = 64;
const created = 201;
/** As the platform sends it, without the last underscore. */
const shownPrefix = tokenPrefix.replace(/_$/, '');

export function tokenRoutes({ platform, limits }: Parts): Route[] {
  const { maxBots, maxTokensPerBot } = limits;

  const mintBot: Route = {
    method: 'POST',
    path: '/sandbox/bots',
    access: 'local',
    rules: { name: { maxLength: maxNameLength } },
    answer({ texts }) {
      if (platform.bots().length >= maxBots) {
        throw new HttpError('SANDBOX_LIMIT_REACHED', `There are ${maxBots} bots already.`);
      }
      const name = texts.get('name');
      const bot = minted('REQUEST_BAD_FIELD', () => platform.mint(name === undefined ? {} : { name }));
      return {
        status: created,
        body: {
          bot_id: bot.botId,
          name: bot.name,
          token: bot.token,
          token_id: bot.tokenId,
          lobby_url: bot.lobbyUrl,
        },
      };
    },
  };

  const mintToken: Route = {
    method: 'POST',
    path: '/api/external-api/bots/{bot_id}/tokens',
    access: 'bot or local',
    rules: {},
    answer({ bot: caller, params }) {
      const botId = params.get('bot_id') ?? '';
      if (isOther(caller, botId)) throw invalidToken();
      if (platform.bot(botId) === undefined) {
        throw new HttpError('SANDBOX_BOT_NOT_FOUND', 'There is no such bot.');
      }
      if (platform.liveTokens(botId) >= maxTokensPerBot) {
        throw new HttpError(
          'SANDBOX_LIMIT_REACHED',
          `The bot has ${maxTokensPerBot} tokens; revoke one first.`,
        );
      }
      const { token, tokenId } = minted('SANDBOX_LIMIT_REACHED', () => platform.mintToken(botId));
      return {
        status: created,
        body: {
          bot_id: botId,
          token,
          token_id: tokenId,
          token_prefix: shownPrefix,
          created_at: new Date(platform.now()).toISOString(),
        },
      };
    },
  };

  const revokeToken: Route = {
    method: 'DELETE',
    path: '/api/external-api/tokens/{token_id}',
    access: 'bot or local',
    rules: null,
    answer({ bot: caller, params }) {
      const tokenId = params.get('token_id') ?? '';
      const botId = platform.botIdOfToken(tokenId);
      // The token of another bot is treated as unknown.
      if (botId === undefined || isOther(caller, botId)) {
        throw new HttpError('SANDBOX_TOKEN_NOT_FOUND', 'Your bot has no token with this id.');
      }
      platform.revokeToken(tokenId);
      return { body: { token_id: tokenId, status: 'revoked' } };
    },
  };

  return [mintBot, mintToken, revokeToken];
}

/** A token is valid only for its own bot. */
function isOther(caller: BotFacts | null, botId: string): boolean {
  return caller !== null && caller.botId !== botId;
}

/** @throws {HttpError} with this code when the platform refuses to make it. */
function minted<T>(code: 'REQUEST_BAD_FIELD' | 'SANDBOX_LIMIT_REACHED', mint: () => T): T {
  try {
    return mint();
  } catch (error) {
    if (error instanceof OptionError) throw new HttpError(code, error.message);
    throw error;
  }
}
