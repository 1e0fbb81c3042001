/** The tokens of a bot (docs/protocol.md 7). On the platform the owner's login asks for these, and not the bot. */
import { OptionError } from '../protocol/errors.js';
import { type Caller, type CallOptions, needed, objectOf, segmentOf } from './caller.js';
import { type NewToken, readNewToken, readTokenFacts, type TokenFacts } from './read-answers.js';

const api = '/api/external-api';

/** Options of a call about the tokens of a bot. */
export interface TokensCallOptions extends CallOptions {
  /** Default: the bot of the client. */
  botId?: string;
}

/** The tokens of a bot. The platform wants the access token of its owner for them. */
export interface TokensClient {
  /** Tokens that were not revoked, without their texts. */
  list(options?: TokensCallOptions): Promise<TokenFacts[]>;
  /** Another token. This is the only time that it is told. */
  create(options?: TokensCallOptions): Promise<NewToken>;
  /** Revokes this token and makes another one, in one step. This is the only time that it is told. */
  rotate(tokenId: string, options?: CallOptions): Promise<NewToken>;
  /** From now on the token is refused. */
  revoke(tokenId: string, options?: CallOptions): Promise<void>;
}

export function createTokensClient(caller: Caller, ownBotId: string | null): TokensClient {
  const ofBot = (options: TokensCallOptions | undefined): string => {
    const botId = options?.botId ?? ownBotId;
    if (botId === null)
      throw new OptionError('botId', 'There is no bot to ask about. Give the option botId, or lobbyUrl.');
    return `${api}/bots/${segmentOf(botId, 'botId')}/tokens`;
  };

  const mint = async (path: string, options: CallOptions | undefined): Promise<NewToken> => {
    const request = { method: 'POST', path, body: {}, credential: 'account', tellsToken: true } as const;
    const answer = await caller.ask(request, options);
    return needed(readNewToken(objectOf(answer)), answer.where, 'a new token');
  };

  return {
    async list(options) {
      const names = ['tokens'] as const;
      const terms = { names, what: 'a list of tokens', read: readTokenFacts };
      return caller.askList({ path: ofBot(options), credential: 'account', ...terms }, options);
    },
    create: async (options) => mint(ofBot(options), options),
    rotate: async (tokenId, options) =>
      mint(`${api}/tokens/${segmentOf(tokenId, 'tokenId')}/rotate`, options),
    async revoke(tokenId, options) {
      const path = `${api}/tokens/${segmentOf(tokenId, 'tokenId')}`;
      await caller.ask({ method: 'DELETE', path, credential: 'account' }, options);
    },
  };
}
