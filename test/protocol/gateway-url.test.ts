import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, InsecureUrlError, UntrustedGatewayError } from '../../src/protocol/errors.js';
import { parseWebSocketUrl, resolveGatewayUrl } from '../../src/protocol/gateway-url.js';

const lobby = 'wss://chipzen.ai/ws/external/bot/b1';

function resolved(offered: string, lobbyUrl = lobby): string {
  try {
    return resolveGatewayUrl(lobbyUrl, offered);
  } catch (error) {
    if (error instanceof UntrustedGatewayError) return 'refused';
    throw error;
  }
}

describe('resolveGatewayUrl', () => {
  it.each([
    ['/ws/external/match/m/p', 'wss://chipzen.ai/ws/external/match/m/p'],
    ['/ws?seat=1', 'wss://chipzen.ai/ws?seat=1'],
    ['/ws#fragment', 'wss://chipzen.ai/ws'],
    ['wss://chipzen.ai/g', 'wss://chipzen.ai/g'],
    ['wss://chipzen.ai', 'wss://chipzen.ai/'],
    ['wss://chipzen.ai:443/g', 'wss://chipzen.ai/g'],
    ['WSS://CHIPZEN.AI/g', 'wss://chipzen.ai/g'],
    ['wss://chipzen.ai/g?next=//evil.example', 'wss://chipzen.ai/g?next=//evil.example'],
    ['/a/../../g', 'wss://chipzen.ai/g'],
    // Paths, once they are read as URLs; glued to the origin they would be other hosts.
    ['@evil.example/x', 'wss://chipzen.ai/@evil.example/x'],
    ['.evil.example/x', 'wss://chipzen.ai/.evil.example/x'],
    [':99/x', 'wss://chipzen.ai/:99/x'],
    ['/@evil.example', 'wss://chipzen.ai/@evil.example'],
  ])('%j becomes %s', (offered, expected) => {
    expect(resolved(offered)).toBe(expected);
  });

  it('an explicit default port of the lobby is the same origin, another port is not', () => {
    expect(resolved('wss://chipzen.ai/g', 'wss://chipzen.ai:443/l')).toBe('wss://chipzen.ai/g');
    expect(resolved('ws://localhost:8001/g', 'ws://localhost:8001/l')).toBe('ws://localhost:8001/g');
    expect(resolved('ws://localhost:8002/g', 'ws://localhost:8001/l')).toBe('refused');
    expect(resolved('wss://localhost:8001/g', 'ws://localhost:8001/l')).toBe('refused');
    expect(resolved('ws://127.0.0.1:8001/g', 'ws://localhost:8001/l')).toBe('refused');
  });

  it.each([
    '',
    ' ',
    '//evil.example/x',
    '///evil.example/x',
    '//chipzen.ai/x',
    '\\\\evil.example/x',
    '/\\evil.example/x',
    '\\/evil.example/x',
    '/x\\y',
    'wss:\\\\evil.example',
    'wss://evil.example/x',
    'WSS://evil.example/x',
    'wSs://EVIL.example',
    'ws://chipzen.ai/x',
    'WS://chipzen.ai/x',
    'ws://localhost/x',
    'wss://chipzen.ai:8443/x',
    'wss://chipzen.ai:80/x',
    'wss://chipzen.ai.evil.example/x',
    'wss://evil.chipzen.ai/x',
    'wss://chipzen.ai./x',
    'wss://chipzen.ai@evil.example/x',
    'wss://chipzen.ai:443@evil.example/x',
    'wss://user@chipzen.ai/x',
    'wss://user:pass@chipzen.ai/x',
    'wss://@chipzen.ai/x',
    'wss://:@chipzen.ai/x',
    'wss:///evil.example/x',
    'wss:evil.example/x',
    'wss:/evil.example/x',
    'wss:/x',
    'wss:',
    'wss://',
    'ws:chipzen.ai/x',
    'https://chipzen.ai/x',
    'http://chipzen.ai/x',
    'ftp://chipzen.ai/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'blob:wss://chipzen.ai/x',
    'ws+unix:///tmp/x.sock:/x',
    'mailto:a@chipzen.ai',
    ' /x',
    '/x ',
    '/x y',
    '\t//evil.example',
    '/\t/evil.example',
    '/x\n',
    '/x\r\nHost: evil.example',
    '/x\u0000',
    '/x\u007f',
    '/x\u00a0y',
    '/x\u2028y',
    '/x\u202ey',
    'w\nss://evil.example/x',
    'wss://chip\u200bzen.ai/x',
    'wss://chipzen.ai:99999/x',
    'wss://[::1/x',
    'wss://chipzen。ai.evil/x',
    'wss://сhipzen.ai/x',
    'wss://127.0.0.1/x',
    'wss://%65vil.example/x',
    'wss://chipzen.ai%2eevil.example/x',
    'wss://chipzen.ai%00/x',
    `/${'x'.repeat(3000)}`,
  ])('%j is not trusted', (offered) => {
    expect(resolved(offered)).toBe('refused');
  });

  it('the error quotes the offer shortened, printable, and without passwords or query', () => {
    const message = (offered: string): string => {
      try {
        return resolveGatewayUrl(lobby, offered);
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    const told = 'is not trusted with the token:';
    expect(message('wss://user:pass@chipzen.ai/x')).toBe(
      `The gateway URL "wss:...@chipzen.ai/x" ${told} it has a user name in it. The match is skipped.`,
    );
    expect(message(`wss://evil.example/\u001b[2J${'x'.repeat(100)}`)).toBe(
      `The gateway URL "wss://evil.example/[2J${'x'.repeat(58)}..." ${told} it has characters that no URL has. The match is skipped.`,
    );
    expect(message('wss://evil.example/?token=abc')).toBe(
      `The gateway URL "wss://evil.example/?..." ${told} its origin is not wss://chipzen.ai. The match is skipped.`,
    );
  });

  it('whatever is offered, the token goes to the origin of the lobby or nowhere', () => {
    const pieces = fc.constantFrom(
      'wss',
      'ws',
      'WSS',
      ':',
      '/',
      '//',
      '\\',
      '@',
      '.',
      '?',
      '#',
      'evil.example',
      'chipzen.ai',
      'localhost',
      '[::1]',
      ':443',
      ':80',
      '%2f',
      '%40',
      '..',
      ' ',
      '\t',
      '\n',
      'user:pass',
      '\u3002',
      '\u200b',
      'http',
      'x',
    );
    const offers = fc.oneof(
      fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.webUrl({ validSchemes: ['ws', 'wss', 'https'], withFragments: true }),
    );
    const lobbies = fc.constantFrom(lobby, 'wss://h:8443/l', 'ws://localhost:8001/l', 'ws://[::1]/l');
    fc.assert(
      fc.property(lobbies, offers, (lobbyUrl, offered) => {
        const result = resolved(offered, lobbyUrl);
        if (result === 'refused') return;
        const url = new URL(result);
        expect([url.origin, url.username, url.password, url.hash]).toEqual([
          new URL(lobbyUrl).origin,
          '',
          '',
          '',
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseWebSocketUrl', () => {
  it.each([
    ['wss://chipzen.ai/x', 'wss://chipzen.ai/x'],
    [' wss://chipzen.ai/x#top\n', 'wss://chipzen.ai/x'],
    ['ws://localhost:8001', 'ws://localhost:8001/'],
    ['ws://LOCALHOST/x', 'ws://localhost/x'],
    ['ws://bot.localhost/x', 'ws://bot.localhost/x'],
    ['ws://127.0.0.1/x', 'ws://127.0.0.1/x'],
    ['ws://127.8.9.10/x', 'ws://127.8.9.10/x'],
    ['ws://0x7f.1/x', 'ws://127.0.0.1/x'],
    ['ws://[::1]:9/x', 'ws://[::1]:9/x'],
    ['ws://[0:0::1]/x', 'ws://[::1]/x'],
  ])('%j is %s', (url, expected) => {
    expect(parseWebSocketUrl(url, 'the lobby URL').href).toBe(expected);
  });

  it.each([
    'ws://chipzen.ai/x',
    'ws://127.0.0.1.evil.example/x',
    'ws://127.evil.example/x',
    'ws://localhost.evil.example/x',
    'ws://notlocalhost/x',
    'ws://128.0.0.1/x',
    'ws://0.0.0.0/x',
    'ws://[::2]/x',
    'ws://192.168.0.1/x',
  ])('%j would send the token in the clear', (url) => {
    expect(() => parseWebSocketUrl(url, 'the lobby URL')).toThrow(InsecureUrlError);
  });

  it.each([
    '',
    'chipzen.ai',
    '/ws/external/bot/b',
    '//chipzen.ai',
    'https://chipzen.ai',
    'http://localhost',
    'wss:chipzen.ai',
    'wss:///chipzen.ai',
    'wss://',
    'wss://chipzen.ai/a b',
    'wss://chipzen.ai\\x',
    'wss://user@chipzen.ai',
    'wss://user:pass@chipzen.ai',
    'wss://@chipzen.ai',
    'wss://chipzen.ai:x',
  ])('%j is a mistake in the configuration', (url) => {
    expect(() => parseWebSocketUrl(url, 'the lobby URL')).toThrow(ConfigError);
  });

  it('the error names what was wrong and shows no password', () => {
    expect(() => parseWebSocketUrl('wss://u:secret@chipzen.ai', '[external_api].url')).toThrow(
      '[external_api].url has a user name or password in it: "wss:...@chipzen.ai". Take it out of the URL.',
    );
  });
});
