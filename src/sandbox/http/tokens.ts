/** The routes for bots and tokens. The local platform has no accounts: every program on its machine may make them. */
import { tokenPrefix } from '../../protocol/credential.js';
import { OptionError } from '../../protocol/errors.js';
import type { NewTokenAnswer, TokenRow, TokensAnswer } from '../../protocol/http-answers.js';
import type { Parts } from './dispatch.js';
import { HttpError, invalidToken } from './http-error.js';
import type { BotFacts } from './platform.js';
import type { Call, Route } from './routes.js';

const maxNameLength = 64;
const created = 201;
/** As the platform sends it, without the last underscore. */
const shownPrefix = tokenPrefix.replace(/_$/, '');

export function tokenRoutes({ platform, limits }: Parts): Route[] {
  const { maxBots, maxTokensPerBot } = limits;

  function requireBot(botId: string): void {
    if (platform.bot(botId) !== undefined) return;
    throw new HttpError('SANDBOX_BOT_NOT_FOUND', 'There is no such bot.');
  }

  /** The token of the path. That of another bot is treated as unknown. */
  function tokenOf({ bot: caller, params }: Call): { tokenId: string; botId: string; revoked: boolean } {
    const tokenId = params.get('token_id') ?? '';
    const token = platform.tokenById(tokenId);
    if (token !== undefined && !isOther(caller, token.botId)) return { tokenId, ...token };
    throw new HttpError('SANDBOX_TOKEN_NOT_FOUND', 'Your bot has no token with this id.');
  }

  /** What the platform documents, and two ids. */
  function newToken(botId: string, replacedId?: string): NewTokenAnswer {
    const { token, tokenId } = minted('SANDBOX_LIMIT_REACHED', () => platform.mintToken(botId, replacedId));
    return {
      token,
      token_prefix: shownPrefix,
      created_at: new Date(platform.wallNow()).toISOString(),
      warning: 'Keep this token now: it is not shown again.',
      token_id: tokenId,
      bot_id: botId,
    };
  }

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
      requireBot(botId);
      if (platform.liveTokens(botId).length >= maxTokensPerBot) {
        throw new HttpError(
          'SANDBOX_LIMIT_REACHED',
          `The bot has ${maxTokensPerBot} tokens; revoke one first.`,
        );
      }
      return { status: created, body: newToken(botId) };
    },
  };

  const listTokens: Route = {
    method: 'GET',
    path: '/api/external-api/bots/{bot_id}/tokens',
    access: 'bot or local',
    rules: null,
    answer({ bot: caller, params }) {
      const botId = params.get('bot_id') ?? '';
      if (isOther(caller, botId)) throw invalidToken();
      requireBot(botId);
      const tokens = platform.liveTokens(botId).map(
        ({ tokenId, createdAt }): TokenRow => ({
          token_id: tokenId,
          token_prefix: shownPrefix,
          ...(createdAt !== null && { created_at: new Date(createdAt).toISOString() }),
        }),
      );
      return { body: { tokens } satisfies TokensAnswer };
    },
  };

  const rotateToken: Route = {
    method: 'POST',
    path: '/api/external-api/tokens/{token_id}/rotate',
    access: 'bot or local',
    rules: {},
    answer(call) {
      const { tokenId, botId, revoked } = tokenOf(call);
      if (revoked) throw new HttpError('SANDBOX_TOKEN_NOT_FOUND', 'This token is revoked already.');
      return { status: created, body: newToken(botId, tokenId) };
    },
  };

  const revokeToken: Route = {
    method: 'DELETE',
    path: '/api/external-api/tokens/{token_id}',
    access: 'bot or local',
    rules: null,
    answer(call) {
      const { tokenId } = tokenOf(call);
      platform.revokeToken(tokenId);
      return { body: { token_id: tokenId, status: 'revoked' } };
    },
  };

  return [mintBot, mintToken, listTokens, rotateToken, revokeToken];
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
