/** A remote bot that may log in. */
export interface BotRecord {
  readonly botId: string;
  readonly name: string;
  readonly token: string;
  revoked: boolean;
}
