import { describe, expect, it } from 'vitest';
import { apiAddressOf } from '../../src/platform/api-address.js';
import { InsecureUrlError, MissingUrlError, OptionError } from '../../src/protocol/errors.js';

const lobbyUrl = 'wss://chipzen.ai/ws/external/bot/a%20b';

describe('the address of the requests', () => {
  it('is the origin of the lobby, over HTTP, whose bot it knows', () => {
    expect(apiAddressOf({ lobbyUrl })).toEqual({ base: 'https://chipzen.ai', isTrusted: true, botId: 'a b' });
    expect(apiAddressOf({ lobbyUrl: 'ws://localhost:8001/ws/external/bot/b-1' })).toEqual({
      base: 'http://localhost:8001',
      isTrusted: true,
      botId: 'b-1',
    });
    expect(apiAddressOf({ lobbyUrl: 'wss://h/ws/match/m/p' }).botId).toBeNull();
    expect(apiAddressOf({ lobbyUrl: 'wss://h/ws/external/bot/%E0' }).botId).toBeNull();
  });

  it('may be another one, which gets no token', () => {
    const at = (apiUrl: string) => apiAddressOf({ lobbyUrl, apiUrl });
    expect(at('https://api.chipzen.ai/v1/')).toMatchObject({
      base: 'https://api.chipzen.ai/v1',
      isTrusted: false,
    });
    expect(at('https://chipzen.ai:8443')).toMatchObject({ isTrusted: false });
    expect(at('https://chipzen.ai')).toMatchObject({ base: 'https://chipzen.ai', isTrusted: true });
    expect(at('https://chipzen.ai/behind/a/path')).toMatchObject({ isTrusted: true });
    // Other tools of the platform have such URLs.
    expect(at('wss://chipzen.ai')).toMatchObject({ base: 'https://chipzen.ai', isTrusted: true });
  });

  it('alone is the one to trust', () => {
    expect(apiAddressOf({ apiUrl: 'http://127.0.0.1:8001' })).toEqual({
      base: 'http://127.0.0.1:8001',
      isTrusted: true,
      botId: null,
    });
  });

  it('has to be given', () => {
    expect(() => apiAddressOf({})).toThrow(MissingUrlError);
  });

  it.each([
    ['ftp://chipzen.ai', 'is not an address of HTTP'],
    ['chipzen.ai', 'is not an address of HTTP'],
    ['https:///x', 'is not an address of HTTP'],
    ['https://a b', 'is not an address of HTTP'],
    ['https://bob:secret@chipzen.ai', 'has a user name or password in it'],
    ['https://chipzen.ai?token=secret', 'has more than an address in it'],
    ['https://chipzen.ai#secret', 'has more than an address in it'],
  ])('is not %s', (apiUrl, why) => {
    const refused = (): unknown => apiAddressOf({ apiUrl });
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(why);
    expect(refused).not.toThrow('secret');
  });

  it('is encrypted, but on this machine', () => {
    expect(() => apiAddressOf({ apiUrl: 'http://chipzen.ai' })).toThrow(InsecureUrlError);
    expect(() => apiAddressOf({ lobbyUrl: 'ws://chipzen.ai/ws/external/bot/b' })).toThrow(InsecureUrlError);
  });
});
