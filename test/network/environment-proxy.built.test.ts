/** The command behind a real proxy: a platform that is elsewhere, and no way to it but through tinyproxy. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.js';
import { openPlatform } from '../kit/platform.js';
import { type Elsewhere, startElsewhere, startTinyproxy, type Tinyproxy } from './tinyproxy.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const bot = fileURLToPath(new URL('../../examples/calling-station.js', import.meta.url));
const host = 'platform.test';
const user = 'bob';
const password = 's3cret-pass';
const basic = Buffer.from(`${user}:${password}`).toString('base64');

let dir: string;
let sandbox: Sandbox;
let elsewhere: Elsewhere;
let proxy: Tinyproxy;
let seat: ReturnType<Sandbox['addBot']>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-proxy-'));
  elsewhere = await startElsewhere(dir, [host]);
  proxy = await startTinyproxy(dir, { user, password, parent: elsewhere.gatePort });
});

afterAll(async () => {
  await proxy.close();
  elsewhere.close();
  rmSync(dir, { recursive: true });
});

beforeEach(async () => {
  ({ sandbox } = await openPlatform({ seed: 'proxy', maxHands: 5 }));
  seat = sandbox.addBot({ name: 'me' });
  elsewhere.platformPort = sandbox.port;
  elsewhere.asked.length = 0;
});

/**
 * Runs the command with these variables, until it has said `last`. What it says must never have the password in it.
 */
async function run(env: NodeJS.ProcessEnv, flags: string[] = [], last?: string) {
  const variables = {
    PATH: process.env.PATH,
    HOME: dir,
    NODE_EXTRA_CA_CERTS: elsewhere.caPath,
    CHIPZEN_EXTBOT_TOKEN: seat.token,
    CHIPZEN_LOBBY_URL: seat.lobbyUrl.replace(/^ws:\/\/[^/]+/, `wss://${host}`),
  };
  const args = [main, 'run', bot, '--max-matches', '1', ...flags];
  const running = promisify(execFile)(process.execPath, args, { env: { ...variables, ...env } });
  let said = '';
  running.child.stdout?.on('data', (text: string) => {
    said += text;
    if (last !== undefined && said.includes(last)) running.child.kill('SIGTERM');
  });
  const { stdout, stderr, code } = await running.then(
    (output) => ({ ...output, code: 0 }),
    (error: unknown) => error as { stdout: string; stderr: string; code: number },
  );
  expect(stdout + stderr).not.toContain(password);
  expect(stdout + stderr).not.toContain(basic);
  return { stdout, stderr, code };
}

const proxyUrl = (credentials = '') => `http://${credentials}127.0.0.1:${proxy.port}`;

describe('both legs', () => {
  it.each(['HTTPS_PROXY', 'http_proxy'])(
    'go through the proxy that %s names, and it is said which',
    async (name) => {
      const playing = run({ [name]: proxyUrl(`${user}:${password}@`), DEBUG: '*' });
      await sandbox.dispatch(seat.botId, { opponents: ['random'] });
      const { stdout, code } = await playing;
      expect(stdout.split('\n')[0]).toBe(`going through the proxy ${proxyUrl()}, as ${name} says`);
      expect(stdout).toContain('session over: 1 completed, 0 abandoned');
      expect({ code, asked: elsewhere.asked }).toEqual({ code: 0, asked: [`${host}:443`, `${host}:443`] });
    },
  );
});

describe('without a way', () => {
  it.each(['', `${user}:wrong-pass@`])(
    'a password that is refused is told with the proxy',
    async (credentials) => {
      const { stdout, stderr } = await run(
        { ALL_PROXY: proxyUrl(credentials) },
        ['--json', '--log-level', 'debug'],
        'lobby.lost',
      );
      const events = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string });
      expect(events[0]).toMatchObject({ type: 'config.proxy', proxy: proxyUrl(), variable: 'ALL_PROXY' });
      expect(events.find(({ type }) => type === 'lobby.lost')).toMatchObject({
        loss: {
          code: 1006,
          reason: expect.stringMatching(/^The proxy http:\/\/127\.0\.0\.1:\d+ answered HTTP 40[17] /),
        },
      });
      expect(stdout + stderr).not.toContain('wrong-pass');
      expect(elsewhere.asked).toEqual([]);
    },
  );

  it('what names no HTTP proxy is refused before anything is dialed', async () => {
    const { stderr, code } = await run({ ALL_PROXY: `socks5://${user}:${password}@127.0.0.1:1080` });
    expect({ stderr, code }).toEqual({
      stderr:
        'chipzen-agent: ALL_PROXY names a SOCKS proxy, and only HTTP proxies are understood. Give one like ' +
        `http://HOST:PORT, or put ${host} into NO_PROXY to connect without a proxy.\n`,
      code: 2,
    });
  });
});

it('a platform on this machine is reached without the proxy', async () => {
  const playing = run({ HTTPS_PROXY: 'http://127.0.0.1:1', CHIPZEN_LOBBY_URL: seat.lobbyUrl });
  await sandbox.dispatch(seat.botId, { opponents: ['random'] });
  const { stdout, code } = await playing;
  expect(stdout).not.toContain('proxy');
  expect({ code, asked: elsewhere.asked }).toEqual({ code: 0, asked: [] });
});
