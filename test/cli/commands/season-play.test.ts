import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SandboxFlags, sandbox } from '../../../src/cli/commands/sandbox-command.js';
import { ChipzenError } from '../../../src/protocol/errors.js';
import { goOnline, type Json, sitDown } from '../../kit/client.js';
import { createTestClock } from '../../kit/clock.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const start = Date.parse('2026-01-06T18:30:00Z');

function seasonFile(text: string): string {
  const path = join(makeFolder(), 'season.json');
  writeFileSync(path, text);
  return path;
}

function run(season: string, more: Partial<SandboxFlags> = {}) {
  const clock = createTestClock(start);
  let tellReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });
  const io = fakeIo(
    {},
    (line) => /will be played at (its time|their times)|No fixture of/.test(line) && tellReady(),
  );
  const flags: SandboxFlags = {
    port: 0,
    seed: 'a',
    ante: 0,
    hands: 2,
    host: '127.0.0.1',
    speed: 0,
    opponent: [],
    bots: 1,
    season,
    ...more,
  };
  return { clock, io, ready, code: sandbox(flags, io, clock) };
}

describe('sandbox --season', () => {
  it('plays the fixtures of a file on their minute, under the limits of the platform, and ends', async () => {
    const fixtures = [
      { starts_at: '2026-01-06T18:20:00Z', opponent_bot_name: 'random' },
      { starts_at: '2026-01-06T18:40:00Z', opponent_bot_name: 'calling-station' },
      { starts_in_seconds: 1_200, opponent_bot_name: 'random' },
    ];
    const command = run(seasonFile(JSON.stringify({ fixtures })));
    await command.ready;
    const text = command.io.out().join('\n');
    expect(text).toContain('2 fixtures of');
    expect(text).toContain('1 is over already and left out.');
    const token = /token = "(.*)"/.exec(text)?.[1] ?? '';
    const lobbyUrl = /url = "(.*)"/.exec(text)?.[1] ?? '';
    const lobby = await goOnline({ token, lobbyUrl });
    lobby.socket.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as Json)['type'] === 'ping') lobby.say({ type: 'pong' });
    });
    const untilMark = command.clock.passUntil(lobby.until('matched'), 'the first fixture');
    const matched = await untilMark;
    expect(command.clock.now()).toBe(Date.parse('2026-01-06T18:40:00Z'));
    const seat = await sitDown(new URL(lobbyUrl).origin, matched, token);
    seat.socket.on('message', (data: Buffer) => {
      const { type, match_id, request_id, valid_actions: offered } = JSON.parse(data.toString()) as Json;
      if (type !== 'turn_request') return;
      const action = (offered as string[]).includes('check') ? 'check' : 'fold';
      seat.say({ type: 'turn_action', match_id, request_id, action });
    });
    await seat.closed();
    await lobby.drop();
    // Nobody is there for the second one.
    expect(await command.clock.passUntil(command.code, 'the walkover')).toBe(1);
    const lines = command.io.out().filter((line) => line.startsWith('fixture'));
    expect(lines).toEqual([
      'fixture bot - calling-station: open',
      'fixture bot - calling-station: both are there',
      expect.stringMatching(/^fixture: complete, 2 hands, bot/),
      'fixture bot - random: open',
      'fixture bot - random: waits for bot (1 of 3)',
      'fixture bot - random: waits for bot (2 of 3)',
      'fixture bot - random: waits for bot (3 of 3)',
      'fixture bot - random: a walkover for random',
    ]);
    expect(command.clock.pending()).toBe(0);
  });

  it.each([
    ['is not JSON', 'token = "cz_extbot_secret"'],
    ['list of fixtures', '[]'],
    ['season.json: fixtures[0].opponent_bot_name is missing', '{"fixtures":[{"starts_in_seconds":1}]}'],
    [
      'season.json: fixtures[0]: there is no bot nobody',
      '{"fixtures":[{"starts_in_seconds":1,"opponent_bot_name":"nobody"}]}',
    ],
    [
      'no fixture that is still to come',
      '{"fixtures":[{"starts_at":"2026-01-01T00:00:00Z","opponent_bot_name":"random"}]}',
    ],
  ])('refuses a file: %s', async (what, text) => {
    const { code, clock } = run(seasonFile(text));
    const error: unknown = await code.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChipzenError);
    expect(String(error)).toContain(what);
    expect(String(error)).not.toContain('cz_extbot_secret');
    expect(clock.pending()).toBe(0);
  });

  it('goes on with the match of an earlier run although no fixture is left', async () => {
    const state = join(makeFolder(), 'state.jsonl');
    const first = await openPlatform({ format: 'season', maxHands: 2, state });
    const { bot, seat } = await first.seated();
    await seat.until('turn_request');
    await first.close();
    const fixtures = [{ starts_at: '2026-01-06T18:20:00Z', opponent_bot_name: 'random' }];
    const command = run(seasonFile(JSON.stringify({ fixtures })), { state });
    await command.ready;
    const text = command.io.out().join('\n');
    expect(text).toMatch(/No fixture of \S+ is still to come\..* 1 match of an earlier run goes on\./);
    expect(text).toContain(bot.token);
    // Its bot does not come back.
    expect(await command.clock.passUntil(command.code, 'the end of the match')).toBe(1);
    expect(command.io.out().join('\n')).toContain('earlier match: forfeited by bot-1');
  });

  it('refuses a folder, and a file that is not there', async () => {
    const folder = makeFolder();
    await expect(run(folder).code).rejects.toThrow(/is a folder, not a file/);
    await expect(run(join(folder, 'none.json')).code).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
