/** The client as users get it, in a process of its own: beyond a proxy, and without an effect on Node's own `fetch`. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlatform } from '../kit/platform.js';
import { type Elsewhere, startElsewhere } from '../network/tinyproxy.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const host = 'platform.test';

let dir: string;
let elsewhere: Elsewhere;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-platform-'));
  elsewhere = await startElsewhere(dir, [host]);
});

afterAll(() => {
  elsewhere.close();
  rmSync(dir, { recursive: true });
});

/** Runs a program that has `createPlatformClient`; it has to end by itself. */
async function run(program: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const text = `import { createPlatformClient } from 'chipzen-agent/platform';\n${program}`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', text],
    {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: dir, ...env },
    },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

it('a platform behind a proxy is asked through it, over TLS that is checked for the name of the platform', async () => {
  const { sandbox } = await openPlatform();
  elsewhere.platformPort = sandbox.port;
  const bot = sandbox.addBot({ name: 'alder' });
  const lobbyUrl = bot.lobbyUrl.replace(/^ws:\/\/[^/]+/, `wss://${host}`);
  const program = `
    const client = createPlatformClient(${JSON.stringify({ lobbyUrl, token: bot.token })});
    const told = await client.queue.status().catch(({ code, message }) => ({ code, message }));
    console.log(JSON.stringify(told));`;
  const proxy = { HTTPS_PROXY: `http://bob:pass@127.0.0.1:${elsewhere.gatePort}` };
  expect(await run(program, { ...proxy, NODE_EXTRA_CA_CERTS: elsewhere.caPath })).toMatchObject({
    status: 'idle',
  });
  expect(elsewhere.asked).toEqual([`${host}:443`]);
  // Without the certificate of its authority it is anybody's.
  expect(await run(program, proxy)).toMatchObject({
    code: 'platform_unreachable',
    message: expect.stringMatching(/through the proxy http:\/\/127\.0\.0\.1:\d+: self.signed certificate$/),
  });
});

it('the fetch of Node itself keeps its dispatcher, and an idle client keeps no process alive', async () => {
  const { sandbox } = await openPlatform();
  const { lobbyUrl, token } = sandbox.addBot();
  const told = await run(`
    const client = createPlatformClient(${JSON.stringify({ lobbyUrl, token })});
    await client.queue.status();
    const dispatcher = globalThis[Symbol.for('undici.globalDispatcher.1')];
    const { Agent } = await import('undici');
    console.log(JSON.stringify({ isNodesOwn: dispatcher !== undefined && !(dispatcher instanceof Agent) }));`);
  expect(told).toEqual({ isNodesOwn: true });
});
