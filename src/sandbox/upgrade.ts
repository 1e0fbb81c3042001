/** Which upgrade requests are taken, and for what. */
import type { IncomingMessage } from 'node:http';
import type { Dial } from './gateway.js';

/** The first subprotocol of remote play; the token is the second (docs/protocol.md 3). */
export const tokenSubprotocol = 'chipzen-bot-token';

export type Route =
  | { to: 'lobby'; botId: string }
  | { to: 'gateway'; dial: Dial }
  | { to: 'nowhere'; status: 400 | 403 | 404 };

/** `ids` are still as the path has them. */
const routes: readonly { pattern: RegExp; route: (request: IncomingMessage, ids: string[]) => Route }[] = [
  {
    pattern: /^\/ws\/external\/bot\/([^/]+)$/,
    route: (_request, [botId = '']) => ({ to: 'lobby', botId: decodeURIComponent(botId) }),
  },
  {
    pattern: /^\/ws\/external\/match\/([^/]*)\/([^/]*)$/,
    route: (request, ids) => ({
      to: 'gateway',
      dial: { ...seatIds(ids), credential: { from: 'header', token: tokenOf(request) } },
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

export function routeOf(request: IncomingMessage): Route {
  if (!isLocal(request)) return { to: 'nowhere', status: 403 };
  try {
    const { pathname } = new URL(request.url ?? '', 'http://sandbox');
    for (const { pattern, route } of routes) {
      const match = pattern.exec(pathname);
      if (match !== null) return route(request, match.slice(1));
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

/** A page of a foreign site can reach this machine too, under a name that it makes up or with its own origin. */
export function isLocal({ headers: { host = '', origin } }: IncomingMessage): boolean {
  return isLoopback(`http://${host}`) && (origin === undefined || isLoopback(origin));
}

function isLoopback(url: string): boolean {
  try {
    return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);
  } catch {
    return false;
  }
}

function tokenOf({ headers }: IncomingMessage): string | null {
  const [sentinel, token = null] = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  return sentinel === tokenSubprotocol ? token : null;
}
