/** Where an upgrade request leads. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { BOT_TOKEN_SUBPROTOCOL } from '../../protocol/credential.js';
import { readPath } from '../../protocol/endpoint-paths.js';
import { hostnameOf, isLoopback } from '../../protocol/loopback.js';
import type { Dial } from './gateway-admission.js';

export type UpgradeRoute =
  | { to: 'lobby'; botId: string }
  | { to: 'gateway'; dial: Dial }
  | { to: 'nowhere'; status: 400 | 404 };

export function routeOf(request: IncomingMessage): UpgradeRoute {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sandbox');
    const { endpoint, segments } = readPath(pathname) ?? { endpoint: null, segments: [] };
    if (endpoint === 'lobby' && segments.length === 1 && segments[0] !== '') {
      return { to: 'lobby', botId: decodeURIComponent(String(segments[0])) };
    }
    if (endpoint === null || endpoint === 'lobby' || segments.length !== 2)
      return { to: 'nowhere', status: 404 };
    const credential: Dial['credential'] =
      endpoint === 'remoteMatch' ? credentialOf(request, searchParams) : { from: 'frame' };
    return { to: 'gateway', dial: { ...seatIds(segments), credential } };
  } catch {
    return { to: 'nowhere', status: 400 };
  }
}

/** An id that cannot be decoded becomes empty: the gateway denies malformed ids with a close code. */
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

/** The header wins: a token in the URL is logged by every server that passes it on. */
function credentialOf({ headers }: IncomingMessage, query: URLSearchParams): Dial['credential'] {
  const [sentinel, token] = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  if (sentinel === BOT_TOKEN_SUBPROTOCOL && token !== undefined) return { from: 'header', token };
  return { from: 'query', token: query.get('token') };
}

/**
 * Whether a request was meant for this platform. A page of a foreign site can reach this machine as well, under a
 * name of its own, or with its own origin.
 *
 * @param host the address that the platform listens on.
 */
export function createHostCheck(host: string): (request: IncomingMessage) => boolean {
  const isKnown = (authority: string): boolean => {
    const name = hostnameOf(authority);
    if (name === null) return false;
    // Only names can be made to point to another address. If other machines may connect, they use an address or the
    // platform's name.
    return isLoopback(name) || (!isLoopback(host) && (isIP(name) !== 0 || name === host));
  };
  return ({ headers: { host: asked = '', origin } }) =>
    isKnown(asked) && (origin === undefined || isKnown(origin.split('://')[1] ?? ''));
}
