/** The doctor and real certificates, and a real proxy in front of a platform that is elsewhere. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requireProgram } from '../../scripts/verify/programs.mjs';
import { afterTest } from '../kit/after-test.js';
import { openPlatform } from '../kit/platform.js';
import { type Elsewhere, startElsewhere, startTinyproxy, type Tinyproxy } from '../network/tinyproxy.js';
import { advised, aToken, emptyEnv, examineWith, toldBy } from './examination.js';

let dir: string;
let elsewhere: Elsewhere;
let proxy: Tinyproxy;
const host = 'platform.test';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-doctor-'));
  elsewhere = await startElsewhere(dir, [host]);
  proxy = await startTinyproxy(dir, { user: 'bob', password: 's3cret-pass', parent: elsewhere.gatePort });
});
afterAll(async () => {
  await proxy.close();
  elsewhere.close();
  rmSync(dir, { recursive: true });
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterTest(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A server with a certificate of its own. */
async function secureServer(...args: string[]): Promise<number> {
  const [key, cert] = [join(dir, 'own-key.pem'), join(dir, 'own.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...args];
  execFileSync(requireProgram('openssl'), made, { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    response.end();
  });
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

it('names why a certificate is not accepted, and what to do; the token goes nowhere', async () => {
  const port = await secureServer('-subj', '/CN=my-server', '-days', '2');
  const report = await examineWith({ url: `wss://127.0.0.1:${port}/x`, token: aToken, connect: true });
  expect(toldBy(report, 'tls')).toEqual([
    expect.stringMatching(
      /^problem: The certificate is for "my-server" by "my-server", valid until \S+ \(TLSv1\.3\), and is not accepted for 127\.0\.0\.1:\d+: it is signed by itself \(DEPTH_ZERO_SELF_SIGNED_CERT\)\.$/,
    ),
  ]);
  expect(advised(report, 'tls')[0]).toMatch(
    /NODE_EXTRA_CA_CERTS .* Never set NODE_TLS_REJECT_UNAUTHORIZED=0/,
  );
  expect(toldBy(report, 'account')).toEqual([expect.stringMatching(/^note: Not known: .*self-signed/)]);
  expect(toldBy(report, 'lobby')[0]).toMatch(/^problem: The server does not open a WebSocket: .*self-signed/);
  expect(toldBy(report, 'clock')).toEqual([expect.stringMatching(/^ok: /)]);
});

it('tells a server without TLS from one with a bad certificate', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  const port = await listening(server);
  const report = await examineWith({ url: `wss://127.0.0.1:${port}/x`, token: aToken });
  expect(toldBy(report, 'tls')).toEqual([
    expect.stringMatching(
      /^problem: There is no TLS with 127\.0\.0\.1:\d+: the server does not speak TLS there/,
    ),
  ]);
});

it('tells a server that is silent in the middle of TLS', async () => {
  const port = await listening(createTcpServer((socket) => socket.on('error', () => undefined).resume()));
  const limits = { serverMs: 200, accountMs: 200, lobbyMs: 200 };
  const report = await examineWith({ url: `wss://127.0.0.1:${port}/x`, token: aToken, limits });
  expect(toldBy(report, 'tls')).toEqual([
    expect.stringMatching(/^problem: There is no TLS with 127\.0\.0\.1:\d+: no answer in time\.$/),
  ]);
});

it('looks at the platform through a proxy, by the name of the platform', async () => {
  const { sandbox } = await openPlatform();
  const bot = sandbox.addBot();
  elsewhere.platformPort = sandbox.port;
  const url = bot.lobbyUrl.replace(/^ws:\/\/[^/]+/, `wss://${host}`);
  const env = { ...emptyEnv, HTTPS_PROXY: `http://bob:s3cret-pass@127.0.0.1:${proxy.port}` };
  const report = await examineWith({ url, token: bot.token }, { env });
  expect(toldBy(report, 'proxy')).toEqual([
    `note: Everything goes through the proxy http://127.0.0.1:${proxy.port}, as HTTPS_PROXY says, with a user and a password.`,
    `ok: It opens tunnels to ${host}.`,
  ]);
  // This process does not trust the certificate of the platform that is elsewhere.
  expect(toldBy(report, 'tls')[0]).toContain(`is not accepted for ${host}: it is signed by itself`);
  expect(JSON.stringify(report)).not.toContain('s3cret');
});

it.each([
  [
    'a wrong password',
    'bob:wr0ng-pass@',
    /answered HTTP 40[17].*\.$/,
    /^Check the user and the password in HTTPS_PROXY/,
  ],
  ['no password', '', /answered HTTP 40[17].*\.$/, /^Put USER:PASSWORD@ before the host in HTTPS_PROXY/],
])('tells a proxy that refuses %s', async (_what, login, words, advice) => {
  const env = { ...emptyEnv, HTTPS_PROXY: `http://${login}127.0.0.1:${proxy.port}` };
  const report = await examineWith({ url: `wss://${host}/x`, token: aToken }, { env });
  expect(toldBy(report, 'proxy').at(-1)).toMatch(/^problem: It cannot be used: /);
  expect(toldBy(report, 'proxy').at(-1)).toMatch(words);
  expect(advised(report, 'proxy')[0]).toMatch(advice);
  expect(JSON.stringify(report)).not.toContain('wr0ng');
});
