/** A real limit on the size of files of this process stands for a disk that is full: the system writes a part, then none. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.js';
import { afterTest } from '../../kit/after-test.js';
import { goOnline, sitDown } from '../../kit/client.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { recordReader } from '../../kit/record-reader.js';
import { seasonBot } from '../../kit/season-bot.js';

let state: string;
beforeEach(() => {
  state = join(makeFolder(), 'state.jsonl');
});

function limitFiles(bytes: number | 'unlimited'): void {
  const { status } = spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
  expect(status).toBe(0);
}

const text = () => readFileSync(state, 'utf8');

/** Leaves room for half a line. */
function fillDisk(): void {
  limitFiles(statSync(state).size + 20);
  afterTest(() => limitFiles('unlimited'));
}

async function open(options: SandboxOptions = {}) {
  const platform = await openPlatform({ state, maxHands: 2, ...options });
  const ask = async (method: string, path: string, body?: object, token?: string) => {
    const answer = await fetch(`http://127.0.0.1:${platform.sandbox.port}${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { ...platform, ask };
}

const unwritable = { status: 503, body: { error_code: 'SANDBOX_STATE_UNWRITABLE' } };

describe('a platform whose state file cannot grow', () => {
  it('makes no bot, token or revocation, says so, and makes them when there is room', async () => {
    const { sandbox, ask, events } = await open();
    const { botId, token } = sandbox.addBot({ name: 'one' });
    const before = text();
    fillDisk();
    expect(() => sandbox.addBot({ name: 'two' })).toThrow(
      expect.objectContaining({ code: 'state_unwritable', message: expect.stringContaining('EFBIG') }),
    );
    expect(await ask('POST', '/sandbox/bots', { name: 'two' })).toMatchObject(unwritable);
    expect(await ask('POST', `/api/external-api/bots/${botId}/tokens`, {}, token)).toMatchObject(unwritable);
    expect(() => sandbox.control.revoke(token)).toThrow(
      expect.objectContaining({ code: 'state_unwritable' }),
    );
    expect(sandbox.bots().map(({ name }) => name)).toEqual(['one']);
    expect(text()).toBe(before);
    await goOnline({ token, lobbyUrl: `${sandbox.url}/ws/external/bot/${botId}` });
    expect(events.filter(({ type }) => type.startsWith('state.') || type === 'platform.fault')).toEqual([
      { type: 'state.failed', message: expect.stringContaining('cannot be written (EFBIG)') },
    ]);

    limitFiles('unlimited');
    expect(await ask('POST', '/sandbox/bots', { name: 'two' })).toMatchObject({ status: 201 });
    expect(events.at(-1)).toEqual({ type: 'state.recovered' });
    await sandbox.close();
    expect((await open()).sandbox.bots().map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('starts no match, and starts it when there is room', async () => {
    const { sandbox, ask } = await open();
    const bot = sandbox.addBot();
    const lobby = await goOnline(bot);
    fillDisk();
    await expect(sandbox.dispatch(bot.botId)).rejects.toMatchObject({ code: 'state_unwritable' });
    const challenge = () =>
      ask('POST', '/api/external-api/challenges/house-bot', { opponent: 'random' }, bot.token);
    expect(await challenge()).toMatchObject(unwritable);
    expect([sandbox.matches(), (await lobby.untaken()).map(({ type }) => type)]).toEqual([[], []]);
    limitFiles('unlimited');
    expect(await challenge()).toMatchObject({ status: 200 });
    expect(await lobby.next()).toMatchObject({ type: 'matched' });
  });

  it('holds a match at the action that it could not write, tells it to nobody, and plays on', async () => {
    const clock = createTestClock();
    const { sandbox, seated, events } = await open({ clock });
    const { seat, matchId } = await seated({ opponent: 'calling-station' });
    const { request_id } = await seat.until('turn_request');
    const before = text();
    fillDisk();
    seat.say({ type: 'turn_action', match_id: matchId, request_id, action: 'call' });
    await clock.rest();
    // Longer than the clock of the turn: nobody's time runs meanwhile.
    clock.advance(6_000);
    await clock.rest();
    expect((await seat.untaken()).map(({ type }) => type)).toEqual([]);
    expect([text(), events.some(({ type }) => type === 'turn.substituted')]).toEqual([before, false]);

    limitFiles('unlimited');
    clock.advance(1_000);
    expect(await seat.until('turn_result')).toMatchObject({ details: { action: 'call' } });
    expect(text().slice(before.length)).toContain('"t":"act"');
    await sandbox.close();
  });

  it('has the held turn open again after a restart: what was not written did not happen', async () => {
    const first = await open();
    const { bot, seat, matchId, matched } = await first.seated({ opponent: 'calling-station' });
    const { request_id } = await seat.until('turn_request');
    fillDisk();
    seat.say({ type: 'turn_action', match_id: matchId, request_id, action: 'fold' });
    await seat.untaken();
    await first.close();
    limitFiles('unlimited');
    const again = await open();
    const back = await sitDown(again.url, matched, bot.token);
    expect(await back.until('turn_request')).toMatchObject({ request_id });
    expect(again.events.some(({ type }) => type === 'platform.fault')).toBe(false);
  });

  it('closes with the end that a match was told already: it is over after the restart, too', async () => {
    const first = await open();
    const { seat, matchId } = await first.seated({ opponent: 'calling-station' });
    await seat.until('turn_request');
    fillDisk();
    first.sandbox.control.endMatch(matchId, 'gateway');
    const { reason } = await seat.until('match_end');
    limitFiles('unlimited');
    await first.close();
    const again = await open();
    expect(again.sandbox.matches()).toMatchObject([{ matchId, state: 'ended' }]);
    expect(await again.sandbox.result(matchId)).toMatchObject({ reason });
  });

  it('holds a fixture whose match it could not write, and plays it when there is room', async () => {
    const clock = createTestClock(Date.parse('2026-01-06T18:30:00Z'));
    const { sandbox, events } = await open({ clock, pingIntervalMs: 24 * 3_600_000 });
    const alder = seasonBot(sandbox, 'alder');
    await alder.online();
    sandbox.schedule({ fixtures: [{ opponent_bot_name: 'random', starts_at: '2026-01-06T18:40:00Z' }] });
    fillDisk();
    for (let minute = 0; minute < 13; minute += 1) {
      clock.advance(60_000);
      await clock.rest();
    }
    const ofSeason = () =>
      events.map(({ type }) => type).filter((type) => /^fixture|^match\.started|fault/.test(type));
    expect(ofSeason()).toEqual(['fixture.opened', 'fixture.kicked']);
    limitFiles('unlimited');
    while (alder.matches[0]?.reason !== 'complete') {
      clock.advance(1_000);
      await clock.rest();
    }
    expect(ofSeason()).toEqual(['fixture.opened', 'fixture.kicked', 'match.started', 'fixture.played']);
    expect((await recordReader(sandbox).matches()).total).toBe(1);
  });

  it('leaves a challenge open whose match it could not write', async () => {
    const { sandbox, ask } = await open();
    const [one, two] = [sandbox.addBot({ name: 'one' }), sandbox.addBot({ name: 'two' })];
    await goOnline(one);
    await goOnline(two);
    const path = '/api/external-api/challenges/remote';
    const { body } = await ask('POST', path, { opponent: 'two' }, one.token);
    const accept = () => ask('POST', `${path}/${String(body['challenge_id'])}/accept`, {}, two.token);
    fillDisk();
    expect(await accept()).toMatchObject(unwritable);
    limitFiles('unlimited');
    expect(await accept()).toMatchObject({ status: 200, body: { status: 'accepted' } });
  });

  it('rotates a token whole or not at all', async () => {
    const { sandbox, ask } = await open();
    const { botId, token } = sandbox.addBot();
    const tokens = `/api/external-api/bots/${botId}/tokens`;
    const idsOf = async () =>
      ((await ask('GET', tokens, undefined, token)).body['tokens'] as { token_id: string }[]).map(
        ({ token_id }) => token_id,
      );
    const [tokenId] = await idsOf();
    // Room for the new token, and not for the end of the old one.
    const entryLength = text().trimEnd().split('\n').at(-1)?.length ?? 0;
    limitFiles(statSync(state).size + entryLength + 20);
    afterTest(() => limitFiles('unlimited'));
    expect(await ask('POST', `/api/external-api/tokens/${tokenId}/rotate`, {}, token)).toMatchObject(
      unwritable,
    );
    expect(await idsOf()).toEqual([tokenId]);
    limitFiles('unlimited');
    const { status, body } = await ask('POST', `/api/external-api/tokens/${tokenId}/rotate`, {}, token);
    expect(status).toBe(201);
    await sandbox.close();
    expect((await open()).sandbox.bots()).toMatchObject([{ token: body['token'] }]);
  });

  it('plays a match whole that met a full disk again and again, chip for chip', async () => {
    const clock = createTestClock();
    const { sandbox } = await open({ clock, maxHands: 6 });
    afterTest(() => limitFiles('unlimited'));
    const { matchId } = await sandbox.play({ players: ['random', 'tight-aggressive', 'calling-station'] });
    const ended = sandbox.result(matchId);
    const watch = { isOver: false };
    void ended.then(() => {
      watch.isOver = true;
    });
    let held = 0;
    for (let room = 0; !watch.isOver; room += 1) {
      limitFiles(statSync(state).size + (room % 7) * 60);
      const before = text().length;
      clock.advance(1_000);
      await clock.rest();
      if (text().length === before) held += 1;
      expect(text().endsWith('\n')).toBe(true);
      if (room % 3 === 2) limitFiles('unlimited');
    }
    limitFiles('unlimited');
    expect(held).toBeGreaterThan(3);
    const { results = [] } = await ended;
    clock.advance(1_000);
    await sandbox.close();
    const again = await open({ maxHands: 6 });
    expect((await again.sandbox.result(matchId)).results).toEqual(results);
    expect(results.reduce((sum, { final_stack: stack = 0 }) => sum + stack, 0)).toBe(3_000);
  });
});
