import { describe, expect, it } from 'vitest';
import { profiles } from '../../../src/chaos/index.js';
import { type ProxyFlags, proxy } from '../../../src/cli/commands/proxy-command.js';
import { matchPath } from '../../chaos/harness.js';
import { openSocket } from '../../kit/client.js';
import { startRawServer } from '../../kit/raw-server.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

/** The command in front of a scripted server; resolves when it says where it is. */
async function start(flags: Partial<ProxyFlags> = {}) {
  const server = await startRawServer();
  let tellUrl = (_url: string): void => undefined;
  const url = new Promise<string>((resolve) => {
    tellUrl = resolve;
  });
  const io = fakeIo({}, (line) => {
    const [, found, inJson] =
      /^export CHIPZEN_LOBBY_URL=(.*)\/ws\/external\/bot\/BOT_ID$|"proxy\.ready","url":"([^"]+)"/.exec(
        line,
      ) ?? [];
    if ((found ?? inJson) !== undefined) tellUrl(String(found ?? inJson));
  });
  const code = proxy(server.url, { port: 0, chaos: 'calm', ...flags }, io);
  return { server, io, code, url: await Promise.race([url, code.then(() => 'ended')]) };
}

/** A client that has got sixty frames through the proxy. */
async function hearSixty(server: Awaited<ReturnType<typeof startRawServer>>, url: string): Promise<void> {
  const socket = openSocket(url + matchPath);
  const peer = await server.accept();
  for (let sent = 0; sent < 60; sent += 1) peer.socket.send('x');
  let heard = 0;
  await new Promise<void>((resolve) => {
    socket.on('message', () => {
      heard += 1;
      if (heard === 60) resolve();
    });
  });
}

describe('proxy', () => {
  it('tells where to dial, each fault, and with Ctrl-C what was done and how to do it again', async () => {
    const { server, io, code, url } = await start({ chaos: 'refusals', seed: 'a seed' });
    for (const status of [503, 404]) {
      const socket = openSocket(`${url}${matchPath}?token=cz_extbot_secret`);
      const refused = new Promise((resolve) => socket.on('error', resolve));
      expect(await refused).toEqual(new Error(`Unexpected server response: ${status}`));
    }
    io.signal('SIGINT');
    expect(await code).toBe(0);
    const port = new URL(url).port;
    expect(io.out()).toEqual([
      `The proxy to ${server.url} is ready at ${url}, chaos refusals, seed a seed. Ctrl-C ends it.`,
      'Let your client dial it in place of the server: the same paths, this address. For chipzen-agent, with your bot id:',
      `export CHIPZEN_LOBBY_URL=${url}/ws/external/bot/BOT_ID`,
      `fault 5: refuse (HTTP 503): match ${matchPath}, connection 1`,
      `fault 6: refuse (HTTP 404): match ${matchPath}, connection 2`,
      '2 faults: refuse 2',
      `Again: chipzen-agent proxy ${server.url} --port ${port} --chaos refusals --seed 'a seed'`,
    ]);
    expect(io.listeners()).toBe(0);
  });

  it('prints an event a line with --json, each fault however many', async () => {
    const { server, io, code, url } = await start({ chaos: 'slices', seed: 's', json: true });
    await hearSixty(server, url);
    io.signal('SIGINT');
    expect(await code).toBe(0);
    const [ready, ...faults] = io.out().map((line) => JSON.parse(line) as Record<string, unknown>);
    const ended = faults.pop();
    expect(ready).toMatchObject({ type: 'proxy.ready', url, target: server.url, chaos: 'slices', seed: 's' });
    expect(faults).toHaveLength(60);
    expect(faults[0]).toMatchObject({ type: 'fault', kind: 'slice', frame: 1, at: expect.any(Number) });
    expect(ended).toMatchObject({
      type: 'proxy.ended',
      faults: { slice: 60 },
      again: expect.stringMatching(/^chipzen-agent proxy ws:.* --chaos slices --seed s$/),
    });
  });

  it('lists the profiles as JSON, one a line', async () => {
    const io = fakeIo();
    expect(await proxy(undefined, { port: 0, chaos: 'everything', list: true, json: true }, io)).toBe(0);
    const listed = io.out().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(listed.map(({ name }) => name)).toEqual(profiles.map(({ name }) => name));
    expect(listed[0]).toMatchObject({ type: 'proxy.profile', survivable: true });
  });

  it('tells fifty faults of a kind one by one, and counts the others', async () => {
    const { server, io, code, url } = await start({ chaos: 'slices', seed: 's' });
    await hearSixty(server, url);
    io.signal('SIGTERM');
    expect(await code).toBe(0);
    expect(io.out().slice(3, -1)).toEqual([
      ...Array.from(
        { length: 50 },
        (_, index) => `fault 1: slice (1 byte each): match ${matchPath}, connection 1, frame ${index + 1}`,
      ),
      'further faults of kind slice are only counted',
      '60 faults: slice 60',
    ]);
  });

  it('lists the profiles', async () => {
    const io = fakeIo();
    expect(await proxy(undefined, { port: 0, chaos: 'calm', list: true }, io)).toBe(0);
    expect(io.out()).toHaveLength(2 * profiles.length);
    expect(io.out().slice(0, 2)).toEqual(['calm', '  Nothing goes wrong.']);
    expect(io.out()).toContain('revoked (no client survives it unharmed)');
  });

  it.each<[string | undefined, Partial<ProxyFlags>, object]>([
    [undefined, {}, { code: 'bad_option', option: 'target' }],
    ['wss://chipzen.example', {}, { code: 'bad_option', option: 'target' }],
    ['127.0.0.1:1', { chaos: 'nowhere' }, { code: 'bad_config' }],
    ['127.0.0.1:1', { chaos: 'evictions' }, { code: 'bad_option', option: 'platform' }],
  ])('does not start for %j with %j', async (target, flags, error) => {
    const io = fakeIo();
    await expect(proxy(target, { port: 0, chaos: 'calm', ...flags }, io)).rejects.toMatchObject(error);
    expect([io.out(), io.listeners()]).toEqual([[], 0]);
  });

  it('says so when its port is taken', async () => {
    const server = await startRawServer();
    const port = Number(new URL(server.url).port);
    await expect(proxy('127.0.0.1:1', { port, chaos: 'calm' }, fakeIo())).rejects.toMatchObject({
      code: 'bad_option',
      option: 'port',
    });
  });
});
