import { describe, expect, it } from 'vitest';
import { metricsAddress } from '../../../src/cli/commands/metrics-flag.js';
import { runCli } from '../../../src/cli/program.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

describe('--metrics', () => {
  it.each([
    ['9464', { port: 9464 }],
    ['0', { port: 0 }],
    ['0.0.0.0:9464', { port: 9464, host: '0.0.0.0' }],
    ['localhost:80', { port: 80, host: 'localhost' }],
    ['[::1]:9464', { port: 9464, host: '::1' }],
  ])('takes %s', (text, place) => {
    expect(metricsAddress(text)).toEqual(place);
  });

  it.each(['', 'host', ':9464', '::1:9464', '1.5', '-1', '65536', 'a:70000', 'http://h:1', '80 '])(
    'refuses "%s"',
    (text) => {
      expect(() => metricsAddress(text)).toThrow(/Give a port|from 0 to 65535|at most/);
    },
  );

  it('says where they are, and serves them while the session runs', async () => {
    const { sandbox } = await openPlatform({ maxHands: 3 });
    const bot = sandbox.addBot();
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: bot.token });
    const args = ['--isolate', 'none', '--max-matches', '1', '--url', bot.lobbyUrl, '--metrics', '0'];
    const run = runCli(['run', 'examples/calling-station.js', ...args], io);
    await expect.poll(() => io.out().join('\n')).toContain('online');
    const url = /The metrics are at (\S+)/.exec(io.err().join('\n'))?.[1] ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const text = await (await fetch(url)).text();
    expect(text).toContain('chipzen_lobby_state{state="online"} 1');
    expect(text).not.toContain(bot.token);
    await sandbox.dispatch(bot.botId, { opponent: 'calling-station' });
    expect(await run).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('ends with 2 when the port is taken, before anything is dialed', async () => {
    const { sandbox, events } = await openPlatform();
    const bot = sandbox.addBot();
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: bot.token });
    const taken = new URL(sandbox.url).port;
    const args = ['--isolate', 'none', '--url', bot.lobbyUrl, '--metrics', taken];
    expect(await runCli(['run', 'examples/calling-station.js', ...args], io)).toBe(2);
    expect(io.err().join('\n')).toContain(
      `Port ${taken} of 127.0.0.1 cannot be opened: another program has it (EADDRINUSE). Name another one; 0 takes any free one.`,
    );
    expect(events.map(({ type }) => type)).not.toContain('lobby.online');
  });
});
