/** What a bot's token looks like, and how the gateway gets it (docs/protocol.md 1 and 3). */

/** What every token of the platform begins with. */
export const tokenPrefix = 'cz_extbot_';

/** Letters and digits of a token behind its prefix. */
export const tokenLength = 32;

/** The subprotocol that announces a bot token as the next one (docs/protocol.md 3). */
export const BOT_TOKEN_SUBPROTOCOL = 'chipzen-bot-token';

/** The subprotocols to dial the gateway with: the sentinel the server echoes, then the token itself. */
export function botTokenSubprotocols(token: string): [sentinel: string, token: string] {
  return [BOT_TOKEN_SUBPROTOCOL, token];
}

/** Environment variables that hold a credential. */
export const secretVariables = ['CHIPZEN_EXTBOT_TOKEN', 'CHIPZEN_TOKEN', 'CHIPZEN_TICKET'] as const;
