import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  environments,
  lobbyUrl,
  parseBaseUrl,
  parseEnvironment,
} from '../../../src/io/settings/endpoints.js';
import { ConfigError, InsecureUrlError } from '../../../src/protocol/errors.js';

describe('lobbyUrl', () => {
  it('is the lobby of the bot on each environment', () => {
    expect([lobbyUrl('b-1', 'prod'), lobbyUrl('b-1', 'staging'), lobbyUrl('b-1', 'local')]).toEqual([
      'wss://chipzen.ai/ws/external/bot/b-1',
      'wss://staging.chipzen.ai/ws/external/bot/b-1',
      'ws://localhost:8001/ws/external/bot/b-1',
    ]);
  });

  it("keeps the id one segment of the path and the host the environment's, whatever the id", () => {
    expect(lobbyUrl('../../x?y#z', 'prod')).toBe('wss://chipzen.ai/ws/external/bot/..%2F..%2Fx%3Fy%23z');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (botId) => {
        let made: URL;
        try {
          made = new URL(lobbyUrl(botId, 'prod'));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          return;
        }
        expect(made.origin).toBe(environments.prod);
        expect(made.pathname.split('/').slice(0, 4)).toEqual(['', 'ws', 'external', 'bot']);
        expect(made.pathname.split('/')).toHaveLength(5);
        expect(decodeURIComponent(made.pathname.split('/')[4] ?? '')).toBe(botId.trim());
      }),
    );
  });

  it.each(['', '  ', '.', '..', '\ud800'])('refuses the id %j', (botId) => {
    expect(() => lobbyUrl(botId, 'prod')).toThrow(ConfigError);
  });
});

describe('parseEnvironment', () => {
  it('knows three environments and takes empty for unset', () => {
    expect([undefined, '', 'prod', 'staging', 'local'].map(parseEnvironment)).toEqual([
      null,
      null,
      'prod',
      'staging',
      'local',
    ]);
  });

  it.each(['production', 'PROD', ' prod', 'constructor', '__proto__'])(
    'refuses %j and names CHIPZEN_ENV',
    (text) => {
      expect(() => parseEnvironment(text)).toThrow(
        new ConfigError(
          'CHIPZEN_ENV does not name an environment. Set it to one of prod, staging, local, or unset it.',
          {
            field: 'CHIPZEN_ENV',
          },
        ),
      );
    },
  );
});

describe('parseBaseUrl', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['https://play.example', 'wss://play.example'],
    ['HTTPS://play.example/', 'wss://play.example'],
    ['http://127.0.0.1:9000/', 'ws://127.0.0.1:9000'],
    ['ws://localhost:9000', 'ws://localhost:9000'],
    ['wss://play.example:444/base//', 'wss://play.example:444/base'],
    [' wss://play.example\n', 'wss://play.example'],
  ])('reads %j as %j', (text, base) => {
    expect(parseBaseUrl(text)).toBe(base);
  });

  it.each(['http://play.example', 'ws://10.0.0.1'])(
    'refuses %j, which would send the token in the clear',
    (text) => {
      expect(() => parseBaseUrl(text)).toThrow(InsecureUrlError);
    },
  );

  it.each(['play.example', 'ftp://play.example', 'wss://u:p@play.example', 'wss://play.example/?a=b'])(
    'refuses %j and names CHIPZEN_BASE_URL',
    (text) => {
      expect(() => parseBaseUrl(text)).toThrow(ConfigError);
      expect(() => parseBaseUrl(text)).toThrow(/^CHIPZEN_BASE_URL /);
    },
  );
});
