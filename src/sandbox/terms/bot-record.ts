/** A remote bot that may log in with any of its tokens. */
export interface BotRecord {
  readonly botId: string;
  readonly name: string;
}

/** One credential of a bot. */
export interface TokenRecord {
  /** Identifies the token where the token itself must not be shown. */
  readonly tokenId: string;
  readonly bot: BotRecord;
  readonly token: string;
  /** Epoch milliseconds on the wall clock; null for one of a journal that does not say it. */
  readonly createdAt: number | null;
  revoked: boolean;
}
