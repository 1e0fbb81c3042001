/** What the HTTP requests need of the platform behind them: who there is, who is online, and a way to start a match. */

/** A remote bot as its requests and its opponents see it. */
export interface BotFacts {
  readonly botId: string;
  readonly name: string;
  /** Of the rated ladder; null for a bot that never played rated. */
  readonly rating: number | null;
  /** False keeps the bot out of the queue and of remote challenges. */
  readonly mayPlayRated: boolean;
}

/** A match as anybody may see it. */
export interface MatchFacts {
  readonly matchId: string;
  readonly state: 'waiting' | 'playing' | 'ended';
  readonly rated: boolean;
  /** The number of the hand in play or played last; 0 before the first. */
  readonly hand: number;
  /** In seat order; `botId` is null for a bot that runs inside the platform. */
  readonly seats: readonly { readonly name: string; readonly botId: string | null }[];
}

/** A seat for a remote bot, or for a house bot by its name. */
export type PlayerOrder = { readonly botId: string } | { readonly house: string };

/** A match that is to be started. */
export interface MatchOrder {
  /** In seat order. */
  readonly players: readonly PlayerOrder[];
  readonly rated: boolean;
  readonly decisionTimeoutMs: number;
}

/** A credential that was just made; the only time that its text is told. */
export interface MintedToken {
  readonly token: string;
  /** Names the token without giving it away. */
  readonly tokenId: string;
}

/** A bot that was just made. */
export interface MintedBot extends MintedToken {
  readonly botId: string;
  readonly name: string;
  readonly lobbyUrl: string;
}

/** The platform behind the HTTP requests. No method is called after `close()` of the API. */
export interface HttpPlatform {
  /** Of this package. */
  readonly version: string;
  /** Whose token this is. It must not tell by its duration how much of a wrong token was right. */
  botByToken(token: string): { readonly botId: string; readonly revoked: boolean } | undefined;
  bot(botId: string): BotFacts | undefined;
  bots(): readonly BotFacts[];
  /** Does the bot have a live lobby connection? */
  isOnline(botId: string): boolean;
  /** Matches of this bot that are not over, those still to be announced included. */
  liveMatches(botId: string): number;
  /** Names of the house bots; the first is the default opponent. */
  houseBots(): readonly string[];
  /**
   * Starts a match; its remote bots are told by `matched` on their lobbies. The match counts in `liveMatches` when this
   * returns.
   *
   * @throws when it cannot be started.
   */
  start(match: MatchOrder): {
    readonly matchId: string;
    /** The seats of the remote bots, by bot id. */
    readonly participantIds: Readonly<Record<string, string>>;
  };
  /** All matches that are known, the oldest first. */
  matches(): readonly MatchFacts[];
  /** @throws {OptionError} for a name that cannot be used. */
  mint(bot: { name?: string }): MintedBot;
  /** Another token for a bot that exists. */
  mintToken(botId: string): MintedToken;
  /** Tokens of this bot that were not revoked. */
  liveTokens(botId: string): number;
  /** Whose token has this id, a revoked one too. */
  botIdOfToken(tokenId: string): string | undefined;
  /** Refuses the token from now on, and closes the lobby connection that it opened. Doing it again changes nothing. */
  revokeToken(tokenId: string): void;
  /** Epoch milliseconds. */
  now(): number;
  after(ms: number, fn: () => void): { cancel(): void };
  /** Told of defects, which the client only sees as a 500 or 502. */
  fault(error: unknown): void;
}
