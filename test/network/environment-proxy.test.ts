import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/network/environment-proxy.js';
import { ConfigError } from '../../src/protocol/errors.js';

const target = 'wss://play.chipzen.ai/ws/external/bot/b1';
const proxyIn = (env: NodeJS.ProcessEnv, url = target) => {
  const proxy = proxyFor(url, env);
  return proxy && `${proxy.url} ${proxy.variable}`;
};

describe('the variable that decides', () => {
  const all = { HTTPS_PROXY: 'http://a:1', ALL_PROXY: 'http://b:2', HTTP_PROXY: 'http://c:3' };
  it.each<[string, NodeJS.ProcessEnv, string | null]>([
    ['none', {}, null],
    ['HTTPS_PROXY first', all, 'http://a:1 HTTPS_PROXY'],
    ['then ALL_PROXY', { ...all, HTTPS_PROXY: undefined }, 'http://b:2 ALL_PROXY'],
    ['then HTTP_PROXY', { HTTP_PROXY: 'http://c:3' }, 'http://c:3 HTTP_PROXY'],
    ['small letters before capitals', { ...all, https_proxy: 'http://d:4' }, 'http://d:4 https_proxy'],
    ['small letters alone', { all_proxy: 'http://d:4' }, 'http://d:4 all_proxy'],
    [
      'an empty one is not set',
      { https_proxy: '', HTTPS_PROXY: ' ', http_proxy: 'http://c:3' },
      'http://c:3 http_proxy',
    ],
    ['a proxy without a scheme', { HTTPS_PROXY: 'proxy.lan:3128' }, 'http://proxy.lan:3128 HTTPS_PROXY'],
    ['a proxy without a port', { HTTPS_PROXY: 'http://proxy.lan' }, 'http://proxy.lan:80 HTTPS_PROXY'],
    ['a proxy behind TLS', { HTTPS_PROXY: 'https://proxy.lan/' }, 'https://proxy.lan:443 HTTPS_PROXY'],
    ['an IPv6 address', { HTTPS_PROXY: 'http://[fd00::1]:3128' }, 'http://[fd00::1]:3128 HTTPS_PROXY'],
  ])('%s', (_title, env, expected) => {
    expect(proxyIn(env)).toBe(expected);
  });
});

describe('a password', () => {
  const proxy = proxyFor(target, { HTTPS_PROXY: 'http://bob:p%40ss%3Aword@proxy.lan:3128' });

  it('goes to the proxy', () => {
    expect(proxy?.authorization).toBe(`Basic ${Buffer.from('bob:p@ss:word').toString('base64')}`);
  });

  it('is not in what is printed', () => {
    expect(proxy?.url).toBe('http://proxy.lan:3128');
    expect(JSON.stringify(proxy)).toBe('{"url":"http://proxy.lan:3128","variable":"HTTPS_PROXY"}');
    expect(inspect(proxy)).not.toMatch(/Basic|authorization/);
  });
});

it.each([
  'ws://localhost:8001/',
  'wss://localhost/',
  'wss://a.localhost/',
  'wss://127.0.0.1/',
  'wss://127.8.9.1:8443/',
  'wss://[::1]/',
  'wss://[::ffff:127.0.0.1]/',
])('%s goes through no proxy', (url) => {
  expect(
    proxyIn({ HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://a:1', ALL_PROXY: 'nonsense://' }, url),
  ).toBeNull();
});

describe('NO_PROXY', () => {
  it.each<[string, string, boolean]>([
    ['chipzen.ai', 'play.chipzen.ai', true],
    ['chipzen.ai', 'chipzen.ai', true],
    ['chipzen.ai', 'notchipzen.ai', false],
    ['.chipzen.ai', 'play.chipzen.ai', true],
    ['.chipzen.ai', 'chipzen.ai', true],
    ['*.chipzen.ai', 'a.play.chipzen.ai', true],
    ['CHIPZEN.AI.', 'play.chipzen.ai', true],
    ['other.org chipzen.ai', 'chipzen.ai', true],
    ['other.org,,  chipzen.ai', 'chipzen.ai', true],
    ['*', 'chipzen.ai', true],
    ['chipzen.ai:443', 'chipzen.ai', true],
    ['chipzen.ai:8443', 'chipzen.ai', false],
    ['chipzen.ai:8443', 'chipzen.ai:8443', true],
    ['*.ai:8443', 'chipzen.ai:8443', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3:8443', '10.1.2.3:8443', true],
    ['2.3', '10.1.2.3', false],
    ['10.0.0.0/', '10.0.0.0', false],
    ['10.0.0.0/33', '10.0.0.0', false],
    ['fd00::/8', '[fd12::1]', true],
    ['[fd12::1]:8443', '[fd12::1]:8443', true],
    ['fd12:0::1', '[fd12::1]', true],
    ['fd00::/8', 'chipzen.ai', false],
    [',. ,*.', 'chipzen.ai', false],
  ])('%j for %s: %s', (list, host, isExcepted) => {
    const proxy = proxyIn({ HTTPS_PROXY: 'http://a:1', NO_PROXY: list }, `wss://${host}/ws`);
    expect(proxy === null).toBe(isExcepted);
  });

  it('counts in small letters first', () => {
    expect(proxyIn({ HTTPS_PROXY: 'http://a:1', no_proxy: 'x.org', NO_PROXY: 'chipzen.ai' })).not.toBeNull();
    expect(proxyIn({ HTTPS_PROXY: 'http://a:1', no_proxy: '', NO_PROXY: 'chipzen.ai' })).toBeNull();
  });
});

describe('a variable that names no HTTP proxy', () => {
  it.each([
    [
      'socks5://bob:secret@proxy.lan:1080',
      /^ALL_PROXY names a SOCKS proxy, and only HTTP proxies are understood\./,
    ],
    ['ftp://bob:secret@proxy.lan', /^ALL_PROXY is not the URL of an HTTP proxy\./],
    ['http://bob:secret@:80', /^ALL_PROXY is not the URL of a proxy\./],
    ['http://bob:secret%zz@proxy.lan', /^ALL_PROXY has a user or password that is not encoded/],
  ])('%s is refused in a sentence without it', (value, sentence) => {
    const refused = () => proxyFor(target, { ALL_PROXY: value });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(sentence);
    expect(refused).toThrow(/or put play\.chipzen\.ai into NO_PROXY to connect without a proxy\.$/);
    expect(refused).not.toThrow(/secret/);
  });

  it('is of no interest where NO_PROXY excepts the platform', () => {
    expect(proxyIn({ ALL_PROXY: 'socks5://proxy.lan', NO_PROXY: '.chipzen.ai' })).toBeNull();
  });
});
