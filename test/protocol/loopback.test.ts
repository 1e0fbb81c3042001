import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/chaos/target.js';
import { createInspectorBridge } from '../../src/inspect/bridge.js';
import { proxyFor } from '../../src/network/environment-proxy.js';
import { parseWebSocketUrl } from '../../src/protocol/gateway-url.js';
import { hostnameOf, isLoopback } from '../../src/protocol/loopback.js';
import { createHostCheck } from '../../src/sandbox/doors/upgrade-routes.js';
import { isLocalCaller } from '../../src/sandbox/http/local-caller.js';
import { settingsOf } from '../../src/sandbox/terms/sandbox-options.js';
import { createLocalServer } from '../../src/web/local-server.js';

/** As they stand in a URL. */
const names = {
  ours: [
    'localhost',
    'LOCALHOST',
    'Bot.LocalHost',
    'bot.localhost',
    '127.0.0.1',
    '127.0.0.2',
    '127.255.255.254',
    '[::1]',
    '[::ffff:127.0.0.1]',
  ],
  foreign: [
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'evil.example',
    'notlocalhost',
    'localhost-evil.example',
    '128.0.0.1',
    '10.0.0.1',
    '0.0.0.0',
    '[::2]',
    '[::ffff:10.0.0.1]',
    '[fe80::1]',
  ],
};

const request = (headers: IncomingMessage['headers'], remoteAddress = '127.0.0.1'): IncomingMessage =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** Whether each place of the package takes the name for this machine. */
const places: [string, (name: string) => boolean][] = [
  [
    'a URL that the token may go to unencrypted',
    (name) => passes(() => parseWebSocketUrl(`ws://${name}/`, 'x')),
  ],
  [
    'what no proxy is asked for',
    (name) => proxyFor(`wss://${name}/`, { HTTPS_PROXY: 'http://proxy.example' }) === null,
  ],
  ['the server behind a chaos proxy', (name) => !parseTarget(`ws://${name}:1`).rewriteHost],
  ['Host of an upgrade', (name) => createHostCheck('127.0.0.1')(request({ host: `${name}:8001` }))],
  [
    'Origin of an upgrade',
    (name) => createHostCheck('127.0.0.1')(request({ host: 'localhost', origin: `http://${name}:8001` })),
  ],
  ['Host of a request without a token', (name) => isLocalCaller(request({ host: `${name}:8001` }))],
  ['Host without a port', (name) => isLocalCaller(request({ host: name }))],
  [
    'the host of a platform with chaos',
    (name) => passes(() => settingsOf({ host: bare(name), chaos: { name: 'calm', faults: [] } })),
  ],
];

/** As sockets and options have it. */
const bare = (name: string): string => name.replace(/^\[|\]$/g, '');

describe('this machine', () => {
  it.each(names.ours)('is %s everywhere', (name) => {
    expect(isLoopback(name)).toBe(true);
    expect(isLoopback(bare(name))).toBe(true);
    expect(places.filter(([, isOurs]) => !isOurs(name)).map(([place]) => place)).toEqual([]);
  });

  it.each(names.foreign)('is nowhere %s', (name) => {
    expect(isLoopback(name)).toBe(false);
    expect(isLoopback(bare(name))).toBe(false);
    expect(places.filter(([, isOurs]) => isOurs(name)).map(([place]) => place)).toEqual([]);
  });

  it.each(['bot.localhost', '127.0.0.2', '[::1]'])('has an inspector at http://%s', async (name) => {
    const bridge = await createInspectorBridge({ uiUrl: `http://${name}:5173/` });
    await bridge.close();
  });

  it.each(names.foreign)('has no inspector at http://%s', async (name) => {
    await expect(createInspectorBridge({ uiUrl: `http://${name}:5173/` })).rejects.toMatchObject({
      option: 'uiUrl',
    });
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', 'evil.example'])('has no page at %s', async (host) => {
    await expect(createLocalServer({ host, handler: () => undefined })).rejects.toMatchObject({
      option: 'host',
    });
  });

  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('is where %s connects from', (address) => {
    expect(isLocalCaller(request({ host: 'localhost' }, address))).toBe(true);
  });

  it.each(['10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.evil', 'fe80::1', ''])(
    'is not where %s does',
    (address) => {
      expect(isLocalCaller(request({ host: 'localhost' }, address))).toBe(false);
    },
  );
});

describe('a Host header', () => {
  it.each([
    ['localhost:8001', 'localhost'],
    ['LOCALHOST', 'localhost'],
    ['[::1]:8001', '::1'],
    ['127.1:80', '127.0.0.1'],
    ['evil.example', 'evil.example'],
    ['', null],
    [':80', null],
    ['evil.example@127.0.0.1', null],
    ['127.0.0.1/evil.example', null],
    ['127.0.0.1#.evil.example', null],
    ['127.0.0.1\\.evil.example', null],
    ['127.0.0.1 .evil.example', null],
    ['127.0.0.1:x', null],
  ])('%j names %j', (authority, host) => {
    expect(hostnameOf(authority)).toBe(host);
  });
});
