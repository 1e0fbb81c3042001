import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HandoverHost } from '../../src/handover/handover-desk.js';
import type { HandoverPhase } from '../../src/handover/handover-messages.js';
import { newSocketPath, sessionIdentityOf, socketsOf } from '../../src/handover/handover-place.js';
import { type HandoverOptions, openHandover } from '../../src/handover/open-handover.js';
import { systemClock } from '../../src/time/clock.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { createMailbox } from '../kit/mailbox.js';

const lobbyUrl = 'wss://h.example/ws/external/bot/b1';
const identity = sessionIdentityOf(lobbyUrl, 'cz_extbot_one');

/** A session that does what it is asked, and writes down what happens to it. */
async function startSession(folder: string, more: Partial<HandoverOptions> & { matchIds?: string[] } = {}) {
  const { matchIds = [], ...options } = more;
  const told = createMailbox<string>();
  let phase: HandoverPhase = 'serving';
  const host: HandoverHost = {
    phase: () => phase,
    matchIds: () => matchIds,
    asked(caller) {
      phase = 'trusting';
      told.push(`asked by ${caller}`);
      return Promise.resolve();
    },
    gone(caller, isEvicted) {
      phase = isEvicted ? 'finishing' : 'serving';
      told.push(`${caller} gone${isEvicted ? ', evicted' : ''}`);
    },
  };
  const open = await openHandover({
    folder,
    identity,
    mode: 'take',
    host,
    clock: systemClock,
    ...options,
    listener: {
      taken: (_pid, ids) => told.push(`taken: ${ids.join(' ')}`),
      found: (_pid, ids) => told.push(`found: ${ids.join(' ')}`),
      freed: (matchId, how) => told.push(`${matchId} ${how}`),
      trouble: (message) => told.push(message),
    },
  });
  let isOpen = true;
  const close = async (isEvicted = false): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await open.close(isEvicted);
  };
  afterTest(() => close());
  return {
    told,
    freed: open.freed,
    phase: () => phase,
    finish() {
      phase = 'finishing';
    },
    close,
  };
}

/** A socket whose owner was killed. */
function leaveSocket(folder: string): string {
  const path = newSocketPath({ folder, key: identity.key });
  const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', program]);
  expect(existsSync(path)).toBe(true);
  return path;
}

const sockets = (folder: string) => socketsOf({ folder, key: identity.key });

describe('sessions of one bot', () => {
  it('start alone where none runs, with a socket that only their user reaches, and leave nothing behind', async () => {
    const folder = join(makeFolder(), 'run');
    const session = await startSession(folder);
    expect(session.told.all).toEqual([]);
    expect(sockets(folder)).toHaveLength(1);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await session.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('give the lobby to the newer one, and tell it what becomes of their matches', async () => {
    const folder = makeFolder();
    const old = await startSession(folder, { matchIds: ['m1', 'm2', 'm3', 'm4'] });
    const young = await startSession(folder);
    expect(await old.told.next()).toBe('asked by 1');
    expect(await young.told.next()).toBe('taken: m1 m2 m3 m4');
    old.freed('m1', 'played');
    old.freed('m2', 'lost');
    expect(await young.told.next()).toBe('m1 played');
    expect(await young.told.next()).toBe('m2 lost');
    old.freed('m3', 'open');
    await old.close();
    expect(await young.told.next()).toBe('m3 open');
    // It was not told of this one, as when a process is killed.
    expect(await young.told.next()).toBe('m4 open');
  });

  it.each([false, true])('know when the newer one ends; evicted: %s', async (isEvicted) => {
    const folder = makeFolder();
    const old = await startSession(folder);
    const young = await startSession(folder);
    await young.close(isEvicted);
    expect(await old.told.next()).toBe('asked by 1');
    expect(await old.told.next()).toBe(isEvicted ? '1 gone, evicted' : '1 gone');
  });

  it('are not asked for a lobby by one that only listens, which says so', async () => {
    const folder = makeFolder();
    const old = await startSession(folder);
    const young = await startSession(folder, { mode: 'listen' });
    expect(await young.told.next()).toContain('With --handover it would finish its matches first.');
    expect(old.told.all).toEqual([]);
  });

  it('are followed while they finish, also by one that only listens', async () => {
    const folder = makeFolder();
    const old = await startSession(folder, { matchIds: ['m1'] });
    old.finish();
    const young = await startSession(folder, { mode: 'listen' });
    expect(young.told.all).toEqual(['found: m1']);
    await old.close();
    expect(await young.told.next()).toBe('found: m1');
    expect(await young.told.next()).toBe('m1 open');
    expect(old.told.all).toEqual([]);
  });

  it('do not take a lobby back from a third one: that asks whoever trusts another', async () => {
    const folder = makeFolder();
    const old = await startSession(folder, { matchIds: ['m1'] });
    await startSession(folder);
    const third = await startSession(folder, { mode: 'listen' });
    expect(old.told.all).toEqual(['asked by 1', 'asked by 2']);
    expect(third.told.all.filter((line) => !line.startsWith('Process'))).toEqual(['found: m1']);
  });

  it('start ten at once over a socket that was left behind, and one of them has the lobby', async () => {
    const folder = makeFolder();
    const left = leaveSocket(folder);
    const all = await Promise.all(Array.from({ length: 10 }, () => startSession(folder)));
    expect(all.filter(({ phase }) => phase() === 'serving')).toHaveLength(1);
    expect(existsSync(left)).toBe(false);
    expect(sockets(folder)).toHaveLength(10);
    await Promise.all(all.map(({ close }) => close()));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not disturbed by who only connects, or says what is no greeting', async () => {
    const folder = makeFolder();
    const old = await startSession(folder);
    const [path = ''] = sockets(folder);
    const bare = connect(path);
    afterTest(() => bare.destroy());
    const rude = connect(path);
    rude.write('{"type":"take"}\n');
    await new Promise((resolve) => rude.once('close', resolve));
    const wordy = connect(path);
    wordy.on('error', () => undefined);
    wordy.write('x'.repeat(1024 * 1024));
    await new Promise((resolve) => wordy.once('close', resolve));
    expect(old.told.all).toEqual([]);
    expect((await startSession(folder)).told.all).toEqual(['taken: ']);
  });

  it('refuse another token of the same bot, and lose nothing by it', async () => {
    const folder = makeFolder();
    const old = await startSession(folder);
    const other = startSession(folder, { identity: sessionIdentityOf(lobbyUrl, 'cz_extbot_two') });
    await expect(other).rejects.toThrow('plays as the same bot with another token. End it, and start again');
    expect(old.told.all).toEqual([]);
    expect(sockets(folder)).toHaveLength(1);
  });

  it('do not see those of another bot', async () => {
    const folder = makeFolder();
    const old = await startSession(folder);
    const other = sessionIdentityOf('wss://h.example/ws/external/bot/b2', 'cz_extbot_one');
    const young = await startSession(folder, { identity: other });
    expect([...old.told.all, ...young.told.all]).toEqual([]);
  });

  it('tell who is stuck: the lobby of that one is not taken', async () => {
    const folder = makeFolder();
    const stuck = createServer(() => undefined);
    afterTest(() => stuck.close());
    mkdirSync(folder, { recursive: true });
    await new Promise<void>((resolve) => {
      stuck.listen(newSocketPath({ folder, key: identity.key }), resolve);
    });
    const clock = createVirtualClock();
    const connected = new Promise((resolve) => stuck.once('connection', resolve));
    const starting = startSession(folder, { clock });
    starting.catch(() => undefined);
    await connected;
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(45_000);
    await expect(starting).rejects.toThrow('it is stopped or stuck. End it, and start again');
  });

  it('refuse a folder whose sockets would have names that the system cuts', async () => {
    const folder = join(makeFolder(), 'x'.repeat(90));
    await expect(startSession(folder)).rejects.toThrow(
      /bytes, and the path of a socket at most 10[37]\. Set HOME/,
    );
  });

  it('never say the token', () => {
    expect(JSON.stringify(identity)).not.toContain('cz_extbot');
    expect(sessionIdentityOf(lobbyUrl, 'cz_extbot_two').proof).not.toBe(identity.proof);
  });
});
