/** What the HTTP requests need of the platform: which bots there are, who is online, and a way to start a match. */
import type { FixtureRow } from '../../protocol/http-answers.js';
import type { MatchOrigin } from '../../records/played-match.js';
import type { RecordBook } from '../../records/record-book.js';
import type { ReplayRaises } from '../../records/record-rows.js';

/** A remote bot as its requests and its opponents see it. */
export interface BotFacts {
  readonly botId: string;
  readonly name: string;
  /** The rating on the ladder; null for a bot that never played a rated match. */
  readonly rating: number | null;
  /** False: the bot may not join the queue or take part in remote challenges. */
  readonly mayPlayRated: boolean;
}

/** The public facts of a match. */
export interface MatchFacts {
  readonly matchId: string;
  readonly state: 'waiting' | 'playing' | 'ended';
  readonly rated: boolean;
  /** The number of the current or last hand; 0 before the first. */
  readonly hand: number;
  /** In seat order; `botId` is null for a bot that runs inside the platform. */
  readonly seats: readonly { readonly name: string; readonly botId: string | null }[];
}

/** A seat for a remote bot, or for a house bot by its name. */
export type PlayerOrder = { readonly botId: string } | { readonly house: string };

/** A match to start. */
export interface MatchOrder {
  readonly origin: MatchOrigin;
  /** In seat order. */
  readonly players: readonly PlayerOrder[];
  readonly rated: boolean;
  readonly decisionTimeoutMs: number;
}

/** A new credential. Its text is given only this once. */
export interface MintedToken {
  readonly token: string;
  /** Identifies the token without revealing it. */
  readonly tokenId: string;
}

/** What may be told of a token that exists. */
export interface KnownToken {
  readonly tokenId: string;
  /** Epoch milliseconds; null when nobody knows it. */
  readonly createdAt: number | null;
}

/** A new bot. */
export interface MintedBot extends MintedToken {
  readonly botId: string;
  readonly name: string;
  readonly lobbyUrl: string;
}

/** The platform behind the HTTP requests. No method is called after `close()` of the API. */
export interface HttpPlatform {
  /** The version of this package. */
  readonly version: string;
  /** The bot of this token. Its duration must not depend on how much of a wrong token is right. */
  botByToken(token: string): { readonly botId: string; readonly revoked: boolean } | undefined;
  bot(botId: string): BotFacts | undefined;
  bots(): readonly BotFacts[];
  /** Whether the bot has a live lobby connection. */
  isOnline(botId: string): boolean;
  /** Matches of this bot that are not over, including those that are not announced yet. */
  liveMatches(botId: string): number;
  /** Names of the house bots. */
  houseBots(): readonly string[];
  /**
   * Starts a match. Its remote bots get `matched` on their lobbies. `liveMatches` includes the match when this
   * returns.
   *
   * @throws when it cannot be started.
   */
  start(match: MatchOrder): {
    readonly matchId: string;
    /** The seats of the remote bots, by bot id. */
    readonly participantIds: Readonly<Record<string, string>>;
  };
  /** The public records. */
  readonly records: Pick<RecordBook, 'matches' | 'match' | 'standing'>;
  /** What the amount of a raise in a replay is. */
  readonly replayRaises: ReplayRaises;
  /** All matches that are known, the oldest first. */
  matches(): readonly MatchFacts[];
  /** @throws {OptionError} for a name that cannot be used. */
  mint(bot: { name?: string }): MintedBot;
  /**
   * Another token for a bot that exists.
   *
   * @param replacedId of a token that is revoked with it: both are done, or neither.
   */
  mintToken(botId: string, replacedId?: string): MintedToken;
  /** Tokens of this bot that were not revoked, the oldest first. */
  liveTokens(botId: string): readonly KnownToken[];
  /** Finds a token, also a revoked one. */
  tokenById(tokenId: string): { readonly botId: string; readonly revoked: boolean } | undefined;
  /** Refuses the token from now on, and closes the lobby connection that it opened. A second call does nothing. */
  revokeToken(tokenId: string): void;
  /** A number in [0, 1), for what happens by chance. */
  random(): number;
  /** The fixtures of a bot that have not opened, the next one first. */
  upcoming(botId: string): readonly FixtureRow[];
  /** How long the bot was in the lobby since 00:00 UTC. */
  lobbyMsToday(botId: string): number;
  /** Epoch milliseconds. */
  now(): number;
  /** Epoch milliseconds on the wall clock, which can be set. */
  wallNow(): number;
  after(ms: number, fn: () => void): { cancel(): void };
  /** Reports a defect, which the client sees only as a 500 or 502. */
  fault(error: unknown): void;
}
