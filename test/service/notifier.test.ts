import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNotifier, type NotifierOptions } from '../../src/service/notifier.js';
import { systemClock } from '../../src/time/clock.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { makeFolder } from '../kit/folder.js';

const socket = '/run/systemd/notify';

function start(env: NodeJS.ProcessEnv, more: Partial<NotifierOptions> = {}) {
  const clock = createVirtualClock();
  const said: string[] = [];
  const troubles: string[] = [];
  const notifier = createNotifier({
    env,
    clock,
    pid: 7,
    standing: () => 'in the lobby, 0 matches live',
    onTrouble: (message) => troubles.push(message),
    notify: (words) => {
      said.push(words.join(' '));
      return Promise.resolve();
    },
    ...more,
  });
  const rest = () => new Promise((resolve) => setImmediate(resolve));
  return {
    notifier,
    said,
    troubles,
    async pass(ms: number) {
      await rest();
      clock.advance(ms);
      await rest();
    },
  };
}

const standing = '--status=in the lobby, 0 matches live';

describe('what systemd is told', () => {
  it('is nothing where nobody listens', () => {
    expect(start({}).notifier).toBeNull();
    expect(start({ NOTIFY_SOCKET: '' }).notifier).toBeNull();
  });

  it('is that the session runs, again with each sign of life, three in the time of the watchdog', async () => {
    const { notifier, said, troubles, pass } = start({
      NOTIFY_SOCKET: socket,
      WATCHDOG_USEC: '180000000',
      WATCHDOG_PID: '7',
    });
    expect(said).toEqual([]);
    notifier?.ready();
    await pass(59_999);
    expect(said).toEqual([`--ready ${standing} WATCHDOG=1`]);
    await pass(1);
    await pass(60_000);
    expect(said).toEqual(Array.from({ length: 3 }, () => `--ready ${standing} WATCHDOG=1`));
    expect(troubles).toEqual([]);
    await notifier?.close();
    await pass(600_000);
    expect(said).toHaveLength(3);
  });

  it.each([
    ['none', {}],
    ['one of another process', { WATCHDOG_USEC: '180000000', WATCHDOG_PID: '8' }],
    ['one that is no number', { WATCHDOG_USEC: 'soon' }],
  ])('is that it runs some times more, with a watchdog that is %s', async (_name, variables) => {
    const { notifier, said, pass } = start({ NOTIFY_SOCKET: socket, ...variables });
    notifier?.ready();
    for (let minute = 0; minute < 30; minute += 1) await pass(60_000);
    expect(new Set(said)).toEqual(new Set([`--ready ${standing}`]));
    expect(said.length).toBeGreaterThan(5);
    expect(said.length).toBeLessThan(20);
  });

  it('is that it ends, and that it is alive until then, but not that it is ready any more', async () => {
    const { notifier, said, pass } = start({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '180000000' });
    notifier?.ready();
    await pass(0);
    notifier?.stopping();
    notifier?.stopping();
    await pass(60_000);
    expect(said).toEqual([
      `--ready ${standing} WATCHDOG=1`,
      `STOPPING=1 ${standing}`,
      `${standing} WATCHDOG=1`,
    ]);
  });

  it('is said by one child at a time', async () => {
    let running = 0;
    let most = 0;
    const { notifier, pass } = start(
      { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '180000000' },
      {
        notify: () => {
          running += 1;
          most = Math.max(most, running);
          return new Promise(() => undefined);
        },
      },
    );
    notifier?.ready();
    for (let minute = 0; minute < 10; minute += 1) await pass(60_000);
    expect(most).toBe(1);
  });

  it('comes with a warning about a watchdog that is too short for long decisions', () => {
    const { notifier, troubles } = start({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '10000000' });
    notifier?.ready();
    expect(troubles).toEqual([expect.stringContaining('WatchdogSec is 10 s')]);
  });

  it('is nothing, with one line, where systemd-notify is missing', async () => {
    const troubles: string[] = [];
    const notifier = createNotifier({
      env: { NOTIFY_SOCKET: socket, PATH: makeFolder(), WATCHDOG_USEC: '180000000' },
      clock: systemClock,
      pid: 7,
      standing: () => 'here',
      onTrouble: (message) => troubles.push(message),
    });
    notifier?.ready();
    await notifier?.close();
    notifier?.stopping();
    await notifier?.close();
    expect(troubles).toEqual([expect.stringContaining('systemd-notify is not on this machine')]);
  });

  it.skipIf(process.platform === 'win32')('is said by a child that has no token', async () => {
    const folder = makeFolder();
    const out = join(folder, 'out');
    writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$@" > ${out}\nexport -p >> ${out}\n`);
    chmodSync(join(folder, 'systemd-notify'), 0o755);
    const notifier = createNotifier({
      env: {
        NOTIFY_SOCKET: socket,
        PATH: `${folder}:/bin:/usr/bin`,
        CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_secret',
      },
      clock: systemClock,
      standing: () => 'here',
      onTrouble: (message) => expect.unreachable(message),
    });
    notifier?.ready();
    await notifier?.close();
    const told = readFileSync(out, 'utf8');
    expect(told).toMatch(/^--ready --status=here\n/);
    expect(told).toContain(socket);
    expect(told).not.toContain('cz_extbot');
  });
});
