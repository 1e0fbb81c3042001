import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/index.js';
import { compactJournal, digestOf } from '../../../src/sandbox/memory/journal-digest.js';
import { isJournalEntry, type JournalEntry } from '../../../src/sandbox/memory/journal-entry.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { dial, dialSeat, goOnline, sitDown } from '../../kit/client.js';
import { makeFolder } from '../../kit/folder.js';
import { freePort } from '../../kit/free-port.js';
import { openPlatform } from '../../kit/platform.js';

const match = (n: number): JournalEntry => ({
  t: 'match',
  n,
  matchId: `m${n}`,
  seed: 's',
  rated: false,
  decisionTimeoutMs: 5_000,
  players: [{ house: 'random' }, { botId: 'b' }],
  participantIds: ['p0', 'p1'],
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('a platform with a state file', () => {
  let folder: string;
  let state: string;

  beforeEach(() => {
    folder = makeFolder();
    state = join(folder, 'state.jsonl');
  });

  async function open(options: SandboxOptions = {}): Promise<Sandbox> {
    const { sandbox } = await openPlatform({ seed: 's', maxHands: 8, state, ...options });
    return sandbox;
  }

  it('knows its bots and tokens again, and those that were revoked', async () => {
    const first = await open({ port: await freePort() });
    const one = first.addBot({ name: 'one' });
    const two = first.addBot({ name: 'two' });
    first.control.revoke(two.token);
    await first.close();
    const again = await open({ port: first.port });
    expect(again.bots()).toEqual([
      { botId: one.botId, name: 'one', token: one.token, lobbyUrl: one.lobbyUrl },
    ]);
    await goOnline(one);
    const refused = await dial(two.lobbyUrl);
    refused.say({ type: 'authenticate', token: two.token });
    expect(await refused.closed()).toMatchObject({ code: 4002 });
  });

  it('repeats the open turn under the same request_id, above the old numbers, and announces the match', async () => {
    const first = await open({ port: await freePort() });
    const bot = first.addBot();
    const lobby = await goOnline(bot);
    await first.dispatch(bot.botId, { opponent: 'calling-station' });
    const matched = await lobby.next();
    const seat = await sitDown(first.url, matched, bot.token);
    const before = await seat.until('turn_request');
    await first.close();

    const again = await open({ port: first.port });
    const back = await goOnline(bot);
    expect(await back.next()).toEqual({ ...matched, resume: true });
    const turn = await (await sitDown(again.url, matched, bot.token)).until('turn_request');
    expect(turn).toMatchObject({ request_id: before['request_id'], state: before['state'] });
    expect(Number(turn['seq'])).toBeGreaterThan(Number(before['seq']));
  });

  it('tells a match that was played to its end, when nobody had heard of it, to the seat that comes back', async () => {
    const first = await open({ maxHands: 1, port: await freePort() });
    const bot = first.addBot();
    const lobby = await goOnline(bot);
    await first.dispatch(bot.botId, { opponent: 'calling-station' });
    const matched = await lobby.next();
    const seat = await sitDown(first.url, matched, bot.token);
    const { match_id, request_id } = await seat.until('turn_request');
    seat.say({ type: 'turn_action', match_id, request_id, action: 'fold' });
    const end = await seat.until('match_end');
    await first.close();
    // As if it had been killed before it could write that it told the end.
    const lines = readFileSync(state, 'utf8').split('\n');
    writeFileSync(state, lines.filter((line) => !line.includes('"t":"end"')).join('\n'));

    const again = await open({ maxHands: 1, port: first.port });
    expect(again.matches()).toMatchObject([{ matchId: match_id, state: 'playing' }]);
    const back = await sitDown(again.url, matched, bot.token);
    expect(await back.until('match_end')).toMatchObject({
      total_hands_played: 1,
      finishing_order: end['finishing_order'],
    });
    const late = await dialSeat(again.url, matched, bot.token);
    expect((await late.closed()).code).toBe(4005);
  });

  it('remembers how a match ended, and turns away who comes for it', async () => {
    const first = await open();
    const { matchId } = await first.play({ players: ['random', 'calling-station'] });
    const end = await first.result(matchId);
    await first.close();
    const again = await open();
    expect(again.matches()).toMatchObject([{ matchId, state: 'ended' }]);
    expect(await again.result(matchId)).toEqual(end);
  });

  it('goes on from wherever it was killed, with every chip', async () => {
    const first = await open();
    const { matchId } = await first.play({ players: ['random', 'tight-aggressive', 'calling-station'] });
    await first.result(matchId);
    await first.close();
    const lines = readFileSync(state, 'utf8').trimEnd().split('\n');
    const whole = lines.filter((line) => !line.includes('"t":"end"'));
    // The compacted file holds the end alone: what led there is played anew.
    expect(whole.length).toBeGreaterThan(50);
    for (let length = 2; length <= whole.length; length += 7) {
      writeFileSync(state, `${whole.slice(0, length).join('\n')}\n{"t":"act","torn`);
      const again = await open();
      const end = await again.result(matchId);
      expect(end).toMatchObject({ reason: 'complete' });
      expect(sum((end.results ?? []).map(({ final_stack: stack = 0 }) => stack))).toBe(3_000);
      await again.close();
    }
  });

  it('ends a match whose bot is not to be had any more, and goes on with it when it is given again', async () => {
    const clock = createVirtualClock();
    const stuck = { name: 'stuck', make: () => ({ decide: () => new Promise<never>(() => undefined) }) };
    const first = await open({ clock });
    const { matchId } = await first.play({ players: [stuck, 'random'] });
    await first.close();
    const with_ = await open({ clock: createVirtualClock(), guests: [stuck] });
    expect(with_.matches()).toMatchObject([{ matchId, state: 'playing' }]);
    await with_.close();
    const without = await open();
    expect(await without.result(matchId)).toMatchObject({ reason: 'error', error_code: 'server_error' });
  });

  it('keeps its file to its owner, and refuses what is no state, or one of another game', async () => {
    await (await open()).close();
    expect((statSync(state).mode & 0o777).toString(8)).toBe('600');
    const refused = { code: 'bad_option', option: 'state' };
    await expect(open({ startingStack: 500, maxHands: 7 })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('startingStack was 1000 and is 500, maxHands was 8 and is 7.'),
    });
    for (const text of ['hello\n', '{"a":1}\n', `${readFileSync(state, 'utf8')}{"t":\n{"t":"x"}\n`]) {
      writeFileSync(state, text);
      await expect(open()).rejects.toMatchObject(refused);
      expect(readFileSync(state, 'utf8')).toBe(text);
    }
    await expect(open({ state: join(folder, 'no', 'such', 'folder') })).rejects.toMatchObject(refused);
  });
});

describe('a fact of a journal', () => {
  it.each<[string, unknown]>([
    ['no object', null],
    ['of no kind', { botId: 'b' }],
    ['of a kind that there is not', { t: 'constructor' }],
    ['a bot without a name', { t: 'bot', botId: 'b' }],
    ['a match of one', { ...match(1), players: [{ house: 'random' }], participantIds: ['p'] }],
    ['a match whose seats are not all taken', { ...match(1), participantIds: ['p0', 'p1', 'p2'] }],
    ['a match of nobody', { ...match(1), players: [{}, {}] }],
    [
      'an act with wrong parameters',
      { t: 'act', matchId: 'm', action: 'raise', params: 3, isTimeout: false },
    ],
    ['a forfeit of no seat', { t: 'forfeit', matchId: 'm', seat: 6, why: 'unresponsive' }],
    ['a forfeit without a reason', { t: 'forfeit', matchId: 'm', seat: 0, why: 'bored' }],
    ['an end that is none', { t: 'end', matchId: 'm', end: [] }],
  ])('is none when it is %s', (_what, value) => {
    expect(isJournalEntry(value)).toBe(false);
  });
});

describe('a journal', () => {
  it('is compacted without losing what matters', () => {
    const entries: JournalEntry[] = [
      { t: 'bot', botId: 'b', name: 'bot' },
      { t: 'token', botId: 'b', tokenId: 't', token: 'secret' },
      match(1),
      { t: 'begun', matchId: 'm1' },
      { t: 'turn', matchId: 'm1', requestId: 'q1' },
      { t: 'act', matchId: 'm1', action: 'fold', isTimeout: false },
      { t: 'end', matchId: 'm1', end: { type: 'match_end' } },
      match(2),
      { t: 'begun', matchId: 'm2' },
      { t: 'turn', matchId: 'm2', requestId: 'q2' },
      { t: 'act', matchId: 'm2', action: 'call', isTimeout: true },
      { t: 'forfeit', matchId: 'm2', seat: 1, why: 'unresponsive' },
      { t: 'turn', matchId: 'm2', requestId: 'q3' },
      { t: 'revoked', tokenId: 't' },
      { t: 'act', matchId: 'unknown', action: 'fold', isTimeout: false },
    ];
    const compact = compactJournal(entries);
    const { matches, ...rest } = digestOf(entries);
    expect(digestOf(compact)).toEqual({
      ...rest,
      matches: matches.map((one) =>
        one.end === null ? one : { ...one, hasBegun: false, moves: [], requestId: null },
      ),
    });
    expect(compact.filter((entry) => 'matchId' in entry && entry.matchId === 'm1')).toHaveLength(2);
    expect(compactJournal(compact)).toEqual(compact);
  });

  it('has matches that are over in the order in which they count for ratings', () => {
    const endOf = (n: number): JournalEntry => ({ t: 'end', matchId: `m${n}`, end: {} });
    const entries = [match(1), match(2), match(3), endOf(3), match(4), endOf(1)];
    const idsOf = (all: readonly JournalEntry[]) => digestOf(all).matches.map(({ start }) => start.matchId);
    expect(idsOf(entries)).toEqual(['m3', 'm1', 'm2', 'm4']);
    expect(idsOf(compactJournal(entries))).toEqual(['m3', 'm1', 'm2', 'm4']);
  });

  it('forgets the oldest of many matches that are over, and not their number', () => {
    const entries = Array.from({ length: 1_100 }, (_, index): JournalEntry[] => [
      match(index + 1),
      { t: 'end', matchId: `m${index + 1}`, end: {} },
    ]).flat();
    const digest = digestOf(compactJournal(entries));
    expect([digest.matches.length, digest.matches[0]?.start.matchId, digest.made]).toEqual([
      1_000,
      'm101',
      1_100,
    ]);
  });
});
