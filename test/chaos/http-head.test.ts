import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeadReader, parseRequest } from '../../src/chaos/http-head.js';

const upgrade = [
  'GET /ws/external/match/m/p?token=secret HTTP/1.1',
  'Host: 127.0.0.1:4000',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Extensions: permessage-deflate',
  'Sec-WebSocket-Key: abc',
  'Sec-WebSocket-Protocol: chipzen-bot-token, other',
  '',
  '',
].join('\r\n');

describe('the head of a request', () => {
  it('is found wherever the bytes are cut, with what came after it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 6 }), (cuts) => {
        const bytes = Buffer.from(`${upgrade}rest`);
        const borders = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
        const reader = createHeadReader();
        let after = '';
        let head: string | null = null;
        borders.slice(1).forEach((border, index) => {
          const chunk = bytes.subarray(borders[index], border);
          if (head !== null) {
            after += chunk.toString();
            return;
          }
          const read = reader.push(chunk);
          if (read === null || read === 'too large') return;
          head = read.head.toString();
          after += read.rest.toString();
        });
        expect({ head, after }).toEqual({ head: upgrade, after: 'rest' });
      }),
    );
  });

  it('is refused when it is larger than allowed', () => {
    const reader = createHeadReader(64);
    expect(reader.push(Buffer.alloc(63, 'x'))).toBeNull();
    expect(reader.push(Buffer.alloc(1, 'x'))).toBe('too large');
  });

  it('goes on without an offer to compress, and its path is told without the query', () => {
    expect(parseRequest(Buffer.from(upgrade), null)).toEqual({
      path: '/ws/external/match/m/p',
      upgrade: { key: 'abc', protocol: 'chipzen-bot-token' },
      forward: Buffer.from(upgrade.replace('Sec-WebSocket-Extensions: permessage-deflate\r\n', '')),
    });
  });

  it('of a plain request asks for an end after the answer, and has the name of a target elsewhere', () => {
    const request = 'POST http://x/api HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nConnection: keep-alive\r\n\r\n';
    expect(parseRequest(Buffer.from(request), 'example.org:80')).toEqual({
      path: '/api',
      upgrade: null,
      forward: Buffer.from('POST http://x/api HTTP/1.1\r\nHost: example.org:80\r\nConnection: close\r\n\r\n'),
    });
  });

  it.each(['GET / HTTP/2\r\n\r\n', 'hello\r\n\r\n', 'GET / HTTP/1.1\r\nno header\r\n\r\n', '\r\n\r\n'])(
    'is none: %j',
    (text) => {
      expect(parseRequest(Buffer.from(text), null)).toBeNull();
    },
  );
});
