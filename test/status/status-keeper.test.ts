import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import { readStatus } from '../../src/status/read-status.js';
import { keepStatus } from '../../src/status/status-keeper.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { makeFolder } from '../kit/folder.js';

const secret = 'the-secret-of-this-bot';

function keeper(folder = makeFolder()) {
  const clock = createVirtualClock();
  const path = join(folder, 'status.json');
  const troubles: string[] = [];
  const status = keepStatus({
    path,
    clock,
    now: clock.now,
    wallNow: clock.now,
    secret,
    onTrouble: (message) => troubles.push(message),
  });
  return {
    clock,
    folder,
    path,
    troubles,
    status,
    start: clock.now(),
    event: (event: AgentEvent) => status.onEvent({ ...event, at: clock.now() }),
    read: () => readStatus(path).status,
  };
}

const listening = { type: 'lobby.listening', url: 'ws://host' } as const;
const lost = { type: 'lobby.lost', loss: { code: 1006, reason: '' } } as const;
const started = (count: number): AgentEvent => ({ type: 'hand.started', matchId: 'm1', hand: count });
const announced = {
  type: 'match.announced',
  matchId: 'm1',
  participantId: 'p',
  rated: true,
  resume: false,
} as const;

describe('the file of a session', () => {
  it('is there from the start, alone in its folder, for everybody to read', () => {
    const { status, read, path, folder, start } = keeper();
    expect(read()).toBeNull();
    status.begin();
    expect(read()).toMatchObject({
      schema: 1,
      pid: process.pid,
      startedAt: start,
      writtenAt: start,
      everyMs: 10_000,
      lobby: { phase: 'starting', since: start, endReason: null },
      lastTrafficAt: null,
      isEvicted: false,
      live: [],
      results: [],
      nextFixture: null,
    });
    expect(readdirSync(folder)).toEqual(['status.json']);
    expect(statSync(path).mode & 0o044).toBe(0o044);
    expect(readFileSync(path, 'utf8')).toMatch(/\}\n$/);
  });

  it('is written once a second at most, and has the last of what happened', () => {
    const { status, event, clock, read, start } = keeper();
    status.begin();
    event(listening);
    event(announced);
    for (let hand = 1; hand <= 30; hand += 1) {
      clock.advance(100);
      event(started(hand));
      const file = read();
      expect((file?.writtenAt ?? 0) - start).toBe(Math.floor(hand / 10) * 1_000);
    }
    clock.advance(1_000);
    expect(read()).toMatchObject({
      live: [{ matchId: 'm1', hand: 30 }],
      lobby: { phase: 'online', since: start },
    });
    expect(clock.untilNext()).toBe(10_000);
  });

  it('is written at once where nothing happened for a second, and every ten seconds', () => {
    const { status, event, clock, read, start } = keeper();
    status.begin();
    clock.advance(9_999);
    expect(read()?.writtenAt).toBe(start);
    clock.advance(1);
    expect(read()?.writtenAt).toBe(start + 10_000);
    clock.advance(4_000);
    status.onTraffic();
    event(listening);
    clock.advance(0);
    expect(read()).toMatchObject({
      writtenAt: start + 14_000,
      lastTrafficAt: start + 14_000,
      lobby: { phase: 'online', since: start + 14_000 },
    });
    clock.advance(10_000);
    expect(read()?.writtenAt).toBe(start + 24_000);
  });

  it('counts one absence from its beginning, however often the lobby is dialed', () => {
    const { status, event, clock, read } = keeper();
    status.begin();
    event(listening);
    clock.advance(5_000);
    const lostAt = clock.now();
    event(lost);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      clock.advance(20_000);
      expect(read()?.lobby).toMatchObject({ phase: 'offline', since: lostAt });
      event({ type: 'lobby.connecting', url: 'ws://host', attempt });
      clock.advance(20_000);
      expect(read()?.lobby).toMatchObject({ phase: 'connecting', since: lostAt });
      event(lost);
    }
    event(listening);
    const backAt = clock.now();
    clock.advance(1_000);
    expect(read()?.lobby).toMatchObject({ phase: 'online', since: backAt });
  });

  it('has no token, whoever wrote it', () => {
    const { status, event, clock, path } = keeper();
    status.begin();
    event(announced);
    event({ type: 'match.started', matchId: 'm1', seat: 0, opponents: [`a\u001b[2J${secret}`] });
    clock.advance(1_000);
    expect(readFileSync(path, 'utf8')).toContain('"a[2J[token]"');
    status.close(`It said ${secret}.`);
    expect(readFileSync(path, 'utf8')).not.toContain(secret);
  });

  it('says that the session is over, and is left alone then', () => {
    const { status, event, clock, read } = keeper();
    status.begin();
    event({
      type: 'lobby.ended',
      reason: 'evicted',
      message: 'elsewhere',
      completed: 0,
      abandoned: 0,
      fault: null,
    });
    status.close(null);
    expect(read()).toMatchObject({ isEvicted: true, lobby: { phase: 'over', endMessage: 'elsewhere' } });
    expect(clock.untilNext()).toBeNull();
    event(listening);
    expect(clock.untilNext()).toBeNull();
  });

  it.each([
    [null, 'stopped', 'told to stop'],
    ['The bot cannot be made.', 'failed', 'The bot cannot be made.'],
  ])('says so too where there never was a lobby (%s)', (failure, endReason, endMessage) => {
    const { status, read } = keeper();
    status.begin();
    status.close(failure);
    expect(read()?.lobby).toMatchObject({ phase: 'over', endReason, endMessage });
  });

  it('is not written where the session never began', () => {
    const { status, read, clock } = keeper();
    status.onEvent({ ...listening, at: 1 });
    status.close(null);
    expect([read(), clock.untilNext()]).toEqual([null, null]);
  });
});

describe('a file that cannot be written', () => {
  it('is told once, and written when it can be again', () => {
    const { status, clock, folder, path, troubles, read, start } = keeper();
    status.begin();
    renameSync(folder, `${folder}-away`);
    clock.advance(30_000);
    expect(troubles).toEqual([
      `The status file ${path} cannot be written (ENOENT). It is tried again all the time; what stands in it is old.`,
    ]);
    renameSync(`${folder}-away`, folder);
    clock.advance(10_000);
    expect(read()?.writtenAt).toBe(start + 40_000);
    rmSync(path);
    mkdirSync(path);
    expect(() => status.close(null)).not.toThrow();
    expect([troubles.length, readdirSync(folder)]).toEqual([1, ['status.json']]);
  });

  it('is refused before the session where something else is there', () => {
    const folder = makeFolder();
    const path = join(folder, 'status.json');
    writeFileSync(path, 'export class MyBot {}');
    expect(() => keeper(folder)).toThrow('is not a status file, and would be written over');
    expect(readFileSync(path, 'utf8')).toBe('export class MyBot {}');
    rmSync(path);
    mkdirSync(path);
    expect(() => keeper(folder)).toThrow('is a folder: give the name of a file for the status.');
    expect(() => keeper('/dev/null/x')).toThrow('cannot be the file for the status');
  });

  it.each(['', '\0\0\0'])('is not one that a power cut left %j', (left) => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'status.json'), left);
    const { status, read } = keeper(folder);
    status.begin();
    expect(read()).not.toBeNull();
    // The next session goes on with the file of this one.
    expect(() => keeper(folder)).not.toThrow();
  });
});
