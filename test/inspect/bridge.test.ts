import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActor, setup } from 'xstate';
import { runBot } from '../../src/agent/run-bot.js';
import { createInspectorBridge, type InspectorBridge } from '../../src/inspect/index.js';
import { openPlatform } from '../kit/platform.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';
import { openEventStream } from './event-stream.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const caller = {
  decide: ({ validActions }: { validActions: readonly string[] }) => ({
    action: validActions.includes('check') ? 'check' : 'call',
  }),
};

let bridge: InspectorBridge;
beforeEach(async () => {
  bridge = await createInspectorBridge();
});
afterEach(() => bridge.close());

async function statusOf(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> {
  const sent = request({ host: '127.0.0.1', port: bridge.port, path, headers, method }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.destroy();
  return response.statusCode ?? 0;
}

describe('the bridge', () => {
  it('serves a page that may load its own files and show the inspector, and nothing else', async () => {
    const page = await fetch(bridge.url);
    const text = await page.text();
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src https://stately.ai; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(text).toContain('<body data-ui-url="https://stately.ai/inspect">');
    expect(text.match(/%\w+%/)).toBeNull();
    const types = ['main.js', 'page.css'].map(async (name) =>
      (await fetch(bridge.url + name)).headers.get('content-type'),
    );
    expect(await Promise.all(types)).toEqual(['text/javascript; charset=utf-8', 'text/css; charset=utf-8']);
  });

  it.each([
    ['https://inspector.example/a?b=1&c="2', 'https://inspector.example', '?b=1&#38;c=%222'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/'],
    ['http://[::1]:3000/', 'http://[::1]:3000', 'http://[::1]:3000/'],
    ['http://localhost/', 'http://localhost', 'http://localhost/'],
  ])('shows another inspector, at %s', async (uiUrl, origin, written) => {
    const other = await createInspectorBridge({ uiUrl });
    const page = await fetch(other.url);
    const text = await page.text();
    await other.close();
    expect(page.headers.get('content-security-policy')).toContain(`; frame-src ${origin};`);
    expect(text).toContain(written);
  });

  it.each(['', 'stately.ai', 'http://stately.ai/inspect', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'refuses to hand anything to %j',
    async (uiUrl) => {
      await expect(createInspectorBridge({ uiUrl })).rejects.toMatchObject({
        code: 'bad_option',
        option: 'uiUrl',
      });
    },
  );

  it('answers nobody who came by another name, from another page, or without the secret', async () => {
    const { pathname } = new URL(bridge.url);
    const events = `${pathname}events`;
    const statuses = [
      await statusOf(events, { Host: `localhost:${bridge.port}` }),
      await statusOf(events, { Origin: 'https://stately.ai' }),
      await statusOf('/events'),
      await statusOf(`/${'x'.repeat(24)}/events`),
      await statusOf(events, {}, 'POST'),
      await statusOf(`${pathname}other`),
      await statusOf(`${pathname}../bridge.ts`),
      await statusOf(`${pathname}/[`),
    ];
    expect(statuses).toEqual([403, 403, 404, 404, 405, 404, 404, 404]);
    expect(bridge.viewers).toBe(0);
  });

  it('turns a ninth viewer away', async () => {
    const streams = await Promise.all(Array.from({ length: 8 }, () => openEventStream(bridge.url)));
    expect(bridge.viewers).toBe(8);
    expect(await statusOf(`${new URL(bridge.url).pathname}events`)).toBe(503);
    await Promise.all(streams.map((stream) => stream.leave()));
  });

  it('attaches to every actor that is made with its `inspect`, and shows one that waits to be started', async () => {
    const machine = setup({}).createMachine({ id: 'mine', on: { go: {} } });
    const actor = createActor(machine, { inspect: bridge.inspect });
    const stream = await openEventStream(bridge.url);
    await stream.until(({ type }) => type === '@xstate.actor');
    actor.start();
    const second = createActor(machine, { inspect: bridge.inspect }).start();
    await stream.until((event) => event.type === '@xstate.actor' && event.sessionId === second.sessionId);
    actor.send({ type: 'go' });
    await stream.until((event) => event.type === '@xstate.event' && event.event.type === 'go');
    await bridge.close();
    const rest = await stream.rest();
    expect(rest.filter(({ type }) => type === '@xstate.actor')).toEqual([]);
    expect(stream.text().endsWith('event: bye\ndata: {}\n\n')).toBe(true);
  });

  it('shows a match that is played by itself', async () => {
    const platform = await startScriptedPlatform();
    const stream = await openEventStream(bridge.url);
    const done = runBot(`${platform.url}/ws/external/match/m1/p1`, caller, {
      token: testToken,
      inspect: bridge.inspect,
    });
    const seat = await platform.seat();
    seat.say(say.matchStart());
    seat.say(say.matchEnd());
    expect(await done).toMatchObject({ reason: 'complete' });
    await bridge.close();
    const events = await stream.rest();
    const states = events.flatMap((event) =>
      event.type === '@xstate.snapshot' && event.snapshot.status === 'done' ? [event.snapshot] : [],
    );
    expect(states).toMatchObject([{ value: 'done' }]);
    await platform.close();
  });

  it('costs a match nothing but memory up to a limit when a viewer does not read', async () => {
    const { sandbox } = await openPlatform({ seed: 'slow', maxHands: 30 });
    const { createAgent } = await import('../../src/agent/agent.js');
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const agent = createAgent(caller, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {} });
    bridge.attach(agent.actor);
    const { pathname, host } = new URL(bridge.url);
    const stuck = connect(bridge.port, '127.0.0.1').pause();
    stuck.write(`GET ${pathname}events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const done = agent.start();
    await sandbox.dispatch(botId);
    const [result] = await done;
    expect([result?.end?.reason, bridge.viewers]).toEqual(['complete', 1]);
    stuck.destroy();
  });

  it.each([
    ['ends with a process that forgets to close it, also while somebody looks', '', ''],
    ['finishes closing in a process that waits for it', 'await bridge.close();', 'event: bye\ndata: {}\n\n'],
  ])('%s', async (_what, last, told) => {
    const script = `
      import { once } from 'node:events';
      import { createJiti } from 'jiti';
      const { createInspectorBridge } = await createJiti(${JSON.stringify(`file://${root}`)}).import('./src/inspect/index.ts');
      const bridge = await createInspectorBridge();
      console.log(bridge.url);
      await once(process.stdin, 'data');
      process.stdin.destroy();
      if (bridge.viewers !== 1) throw new Error('nobody looks');
      ${last}
      console.log('done');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
    const exit = once(child, 'exit');
    const [url] = (await once(child.stdout, 'data')) as [Buffer];
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const stream = await openEventStream(url.toString().trim());
    child.stdin.end('somebody looks');
    const rest = await stream.rest().catch(() => 'cut');
    expect([await exit, output, rest, stream.text()]).toEqual([
      [0, null],
      'done\n',
      last === '' ? 'cut' : [],
      told,
    ]);
  });
});
