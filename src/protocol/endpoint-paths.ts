/** The paths of the platform's WebSockets (docs/protocol.md 1 to 3). */

/** Stands for the participant on the leg of uploaded bots: the seat of whoever holds the credential. */
export const ownSeat = 'bot';

/**
 * What a path is for. `remoteMatch`: a match of a remote bot, whose token comes with the upgrade. `uploadedMatch`: one of an
 * uploaded bot, whose credential comes in `authenticate`.
 */
export type Endpoint = 'lobby' | 'remoteMatch' | 'uploadedMatch';

const prefixes: Readonly<Record<Endpoint, string>> = {
  lobby: '/ws/external/bot/',
  remoteMatch: '/ws/external/match/',
  uploadedMatch: '/ws/match/',
};

const endpoints: readonly Endpoint[] = ['lobby', 'remoteMatch', 'uploadedMatch'];

/** @throws {URIError} for an id with half a surrogate pair, which no URL can contain. */
export function lobbyPath(botId: string): string {
  return prefixes.lobby + encodeURIComponent(botId);
}

/** Where a remote bot takes its seat. */
export function gatewayPath(matchId: string, participantId: string): string {
  return `${prefixes.remoteMatch}${encodeURIComponent(matchId)}/${encodeURIComponent(participantId)}`;
}

/**
 * What a path is for, and the segments behind its prefix, still encoded: in a correct path the bot's id, or the ids
 * of match and participant. Null for every other path.
 */
export function readPath(path: string): { endpoint: Endpoint; segments: string[] } | null {
  const endpoint = endpoints.find((candidate) => path.startsWith(prefixes[candidate]));
  if (endpoint === undefined) return null;
  return { endpoint, segments: path.slice(prefixes[endpoint].length).split('/') };
}
