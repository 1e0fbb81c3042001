/** Which upgrade requests are taken, and for what. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostnameOf, isLoopback } from '../../protocol/loopback.js';
import type { Dial } from './gateway-admission.js';

/** The first subprotocol of remote play; the token is the second (docs/protocol.md 3). */
export const tokenSubprotocol = 'chipzen-bot-token';

export type UpgradeRoute =
  | { to: 'lobby'; botId: string }
  | { to: 'gateway'; dial: Dial }
  | { to: 'nowhere'; status: 400 | 404 };

/** `ids` are still as the path has them. */
const routes: readonly {
  pattern: RegExp;
  route: (request: IncomingMessage, ids: string[], query: URLSearchParams) => UpgradeRoute;
}[] = [
  {
    pattern: /^\/ws\/external\/bot\/([^/]+)$/,
    route: (_request, [botId = '']) => ({ to: 'lobby', botId: decodeURIComponent(botId) }),
  },
  {
    pattern: /^\/ws\/external\/match\/([^/]*)\/([^/]*)$/,
    route: (request, ids, query) => ({
      to: 'gateway',
      dial: { ...seatIds(ids), credential: credentialOf(request, query) },
    }),
  },
  {
    pattern: /^\/ws\/match\/([^/]*)\/([^/]*)$/,
    route: (_request, ids) => ({
      to: 'gateway',
      dial: { ...seatIds(ids), credential: { from: 'frame' } },
    }),
  },
];

export function routeOf(request: IncomingMessage): UpgradeRoute {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sandbox');
    for (const { pattern, route } of routes) {
      const match = pattern.exec(pathname);
      if (match !== null) return route(request, match.slice(1), searchParams);
    }
    return { to: 'nowhere', status: 404 };
  } catch {
    return { to: 'nowhere', status: 400 };
  }
}

/** What cannot be decoded becomes an empty id: the gateway turns malformed ids away, with a close code. */
function seatIds(segments: readonly string[]): Pick<Dial, 'matchId' | 'participantId'> {
  const [matchId = '', participantId = ''] = segments.map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      return '';
    }
  });
  return { matchId, participantId };
}

/** The header wins; in the address a token is written down by everybody who passes it on. */
function credentialOf({ headers }: IncomingMessage, query: URLSearchParams): Dial['credential'] {
  const [sentinel, token] = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  if (sentinel === tokenSubprotocol && token !== undefined) return { from: 'header', token };
  return { from: 'query', token: query.get('token') };
}

/**
 * Whether a request was meant for this platform. A page of a foreign site can reach this machine too, under a name
 * that it makes up or with its own origin.
 *
 * @param host the address that the platform listens at.
 */
export function createHostCheck(host: string): (request: IncomingMessage) => boolean {
  const isKnown = (authority: string): boolean => {
    const name = hostnameOf(authority);
    if (name === null) return false;
    // Only names can be made to point elsewhere; where other machines may come, they use an address or that name.
    return isLoopback(name) || (!isLoopback(host) && (isIP(name) !== 0 || name === host));
  };
  return ({ headers: { host: asked = '', origin } }) =>
    isKnown(asked) && (origin === undefined || isKnown(origin.split('://')[1] ?? ''));
}
