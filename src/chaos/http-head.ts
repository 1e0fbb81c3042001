/** Reads and writes the heads of HTTP messages, as far as a proxy needs them. */
import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';

const defaults = { maxHeadBytes: 16 * 1024 } as const;

const blankLine = '\r\n\r\n';

export interface HeadReader {
  /** Returns the complete head with its empty line and the bytes after it; null until then. */
  push(chunk: Buffer): { head: Buffer; rest: Buffer } | 'too large' | null;
}

export function createHeadReader(maxBytes: number = defaults.maxHeadBytes): HeadReader {
  let held: Buffer = Buffer.alloc(0);
  let used = 0;
  return {
    push(chunk) {
      if (held.length === 0) held = Buffer.allocUnsafe(maxBytes);
      const from = Math.max(0, used - blankLine.length + 1);
      const taken = chunk.copy(held, used);
      used += taken;
      const found = held.subarray(0, used).indexOf(blankLine, from);
      if (found === -1) return used === maxBytes ? 'too large' : null;
      const end = found + blankLine.length;
      const rest = Buffer.concat([held.subarray(end, used), chunk.subarray(taken)]);
      return { head: Buffer.from(held.subarray(0, end)), rest };
    },
  };
}

export interface RequestHead {
  /** Without query: that may contain a token. */
  path: string;
  /** The head to send to the target. */
  forward: Buffer;
  /** Null for a request that is not a WebSocket upgrade. */
  upgrade: Upgrade | null;
}

/** What is needed to accept an upgrade. */
export interface Upgrade {
  key: string;
  /** The first subprotocol that is offered; empty when there is none. */
  protocol: string;
}

/** RFC 6455 1.3. */
const acceptKey = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Reads a request. Not a request: null. Two headers are not forwarded: the offer of compression, because the proxy
 * could not read compressed frames, and `Connection` of a plain request, because a connection serves only one request
 * here.
 *
 * @param host replaces the client's `Host`, unless it is null.
 */
export function parseRequest(head: Buffer, host: string | null): RequestHead | null {
  const [first = '', ...lines] = head.toString('latin1').slice(0, -blankLine.length).split('\r\n');
  const [, method, target = ''] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  const headers = lines.map((line) => ({
    line,
    name: /^[\w!#$%&'*+.^`|~-]+(?=:)/.exec(line)?.[0].toLowerCase(),
  }));
  if (method === undefined || headers.some(({ name }) => name === undefined)) return null;
  const isWebSocket =
    method === 'GET' &&
    headers.some(({ name, line }) => name === 'upgrade' && /\bwebsocket\b/i.test(line.slice(8)));
  const valueOf = (wanted: string): string =>
    headers
      .find(({ name }) => name === wanted)
      ?.line.slice(wanted.length + 1)
      .trim() ?? '';
  const [offered = ''] = valueOf('sec-websocket-protocol').split(',');
  const withheld = [
    isWebSocket ? 'sec-websocket-extensions' : 'connection',
    ...(host === null ? [] : ['host']),
  ];
  const forwarded = [
    first,
    ...headers.filter(({ name }) => !withheld.includes(name ?? '')).map(({ line }) => line),
    ...(host === null ? [] : [`Host: ${host}`]),
    ...(isWebSocket ? [] : ['Connection: close']),
  ];
  return {
    path: pathOf(target),
    forward: Buffer.from(forwarded.join('\r\n') + blankLine, 'latin1'),
    upgrade: isWebSocket ? { key: valueOf('sec-websocket-key'), protocol: offered.trim() } : null,
  };
}

function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#][^]*$/, '') || '/';
}

export function isSwitchingProtocols(head: Buffer): boolean {
  return /^HTTP\/1\.1 101(?: |\r)/.test(head.toString('latin1', 0, 16));
}

/** The response that accepts an upgrade in place of the target. */
export function switchingProtocols({ key, protocol }: Upgrade): Buffer {
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(`${key}${acceptKey}`).digest('base64')}`,
    ...(protocol === '' ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
  ];
  return Buffer.from(lines.join('\r\n') + blankLine, 'latin1');
}

/** A response without a body. */
export function responseOf(status: number, headers: readonly string[] = []): Buffer {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    ...headers,
    'Connection: close',
    'Content-Length: 0',
  ];
  return Buffer.from(lines.join('\r\n') + blankLine, 'latin1');
}
