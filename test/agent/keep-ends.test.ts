import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepEnds } from '../../src/agent/keep-ends.js';
import { readLedger } from '../../src/ledger/read-ledger.js';
import type { PlatformClient } from '../../src/platform/platform-client.js';
import {
  PlatformAnswerError,
  PlatformRefusedError,
  PlatformUnreachableError,
} from '../../src/platform/platform-error.js';
import type { RecordedMatch } from '../../src/platform/read-records.js';
import type { RecordedResult } from '../../src/recording/recording-shape.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { startAgent } from '../kit/agent.js';
import { createTestClock } from '../kit/clock.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { linesOf, type MatchScript, scriptMatch, writeFiles } from '../kit/recorded-match.js';

const lobbyUrl = 'ws://localhost:8001';
const began = Date.UTC(2026, 10, 27, 22, 1);

/** What a process leaves that was killed in the hand. */
function killedIn(folder: string, hand: number, script: MatchScript = {}) {
  const match = scriptMatch({ startedAt: began, answers: [50], ...script });
  const left = match.records.filter((one) => one.hand < hand);
  const [path = ''] = writeFiles(folder, { [`${match.matchId}.jsonl`]: linesOf(left) });
  const touched = new Date(began + 60_000);
  utimesSync(path, touched, touched);
  return { ...match, path };
}

function recordOf(matchId: string, given: Partial<RecordedMatch> = {}): RecordedMatch {
  return {
    matchId,
    gameType: 'poker',
    matchType: null,
    status: 'completed',
    rated: true,
    startedAt: began,
    participants: [
      { seat: 0, name: 'Ann', botId: 'b1', netChips: -310, handsWon: null },
      { seat: 1, name: 'Bob', botId: 'b2', netChips: 310, handsWon: null },
    ],
    ...given,
  };
}

const where = { request: 'GET /api/matches', requestId: null } as const;

const refusal = (status: number, retryAfterMs: number | null = null) =>
  new PlatformRefusedError(`The platform answers ${status}.`, {
    request: 'GET /api/matches',
    status,
    errorCode: null,
    requestId: null,
    retryAfterMs,
    penaltyLevel: null,
    violations: null,
  });

interface Given {
  folder?: string;
  answers?: (RecordedMatch | Error)[];
  botId?: string | null;
  isLive?: (matchId: string) => boolean;
}

/** @param answers of the platform, the last one again and again. */
function keeper({ folder = makeFolder(), answers = [], botId = 'b1', isLive = () => false }: Given = {}) {
  const clock = createVirtualClock(began + 3_600_000);
  const asked: string[] = [];
  const told: object[] = [];
  const troubles: string[] = [];
  const platform = {
    records: {
      async match(matchId: string) {
        asked.push(matchId);
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer instanceof Error) throw answer;
        return answer ?? recordOf(matchId);
      },
    },
  } as unknown as PlatformClient;
  const ends = keepEnds({
    folder,
    lobbyUrl,
    botId,
    platform,
    secret: 'the-secret',
    clock,
    wallNow: clock.now,
    isLive,
    onTold: (end) => void told.push(end),
    onTrouble: (message) => void troubles.push(message),
  });
  return { folder, clock, ends, asked, told, troubles };
}

/** Files are read meanwhile, which no clock of a test can hurry. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** What the results of a folder hold; a folder without is empty. */
function resultsIn(folder: string): RecordedResult[] {
  appendFileSync(join(folder, 'results.jsonl'), '');
  return readFileSync(join(folder, 'results.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedResult);
}

describe('a match that ended while nobody saw it', () => {
  it('is asked for soon after the next start, and its result kept as told by the platform', async () => {
    const { folder, clock, ends, told } = keeper();
    const { matchId, records } = killedIn(folder, 4);
    ends.begin();
    expect(clock.untilNext()).toBe(10_000);
    clock.advance(10_000);
    await until(() => told.length > 0);
    expect(told).toEqual([{ matchId, netChips: -310, status: 'completed' }]);
    const turns = records.filter(
      ({ hand, record }) => hand < 4 && record.type === 'event' && record.event.type === 'turn.requested',
    );
    const lastAt = Math.max(...records.filter(({ hand }) => hand < 4).map(({ record }) => record.at));
    expect(resultsIn(folder)).toEqual([
      {
        schema: 1,
        at: began + 3_610_000,
        matchId,
        participantId: `p-${matchId}-0`,
        rated: true,
        outcome: 'completed',
        abandonReason: null,
        seat: 0,
        netChips: -310,
        hands: 3,
        turns: turns.length,
        fallbacks: 0,
        corrections: 0,
        rejections: 0,
        timeouts: 0,
        resumes: 0,
        latencyMs: { count: turns.length, p50: 3, p95: 3, p99: 3, max: 3 },
        startedAt: began,
        endedAt: lastAt,
        opponents: expect.arrayContaining(['Bob']),
        label: null,
        bot: { name: 'Scripted', file: 'bot.ts' },
        env: 'local',
        package: '0.2.0',
        hash: 'h1',
        git: null,
        file: `${matchId}.jsonl`,
        toldBy: 'platform',
      },
    ]);
    await ends.close();
  });

  it('has in the ledger the chips that the platform tells, with a word of it', async () => {
    const { folder, clock, ends, told } = keeper();
    killedIn(folder, 4);
    const [before] = (await readLedger([folder])).rows;
    expect(before).toMatchObject({ outcome: 'open', toldBy: null });
    ends.begin();
    clock.advance(10_000);
    await until(() => told.length > 0);
    const [after] = (await readLedger([folder])).rows;
    expect(after).toMatchObject({
      outcome: 'completed',
      toldBy: 'platform',
      net: -310,
      hands: 3,
      source: 'both',
    });
    expect(before?.net).not.toBe(-310);
    await ends.close();
  });

  it('keeps why it was given up, where that is known', async () => {
    const { folder, clock, ends, told } = keeper();
    const { result } = killedIn(folder, 4);
    const givenUp = {
      ...result,
      outcome: 'abandoned',
      abandonReason: 'reconnects_exhausted',
      netChips: null,
    };
    writeFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(givenUp)}\n`);
    ends.begin();
    clock.advance(10_000);
    await until(() => told.length > 0);
    expect(resultsIn(folder).at(-1)).toMatchObject({
      outcome: 'abandoned',
      abandonReason: 'reconnects_exhausted',
      netChips: -310,
      toldBy: 'platform',
    });
    await ends.close();
  });

  it('is asked for again while it goes on without the bot, and no more after five times', async () => {
    const { folder, clock, ends, asked, told } = keeper({
      answers: [recordOf('match-1', { status: 'in_progress' })],
    });
    killedIn(folder, 4);
    ends.begin();
    for (const [index, delayMs] of [10_000, 120_000, 900_000, 3_600_000, 14_400_000].entries()) {
      await until(() => clock.pending() === 1);
      expect([clock.untilNext(), asked.length]).toEqual([delayMs, index]);
      clock.advance(delayMs);
      await until(() => asked.length === index + 1);
    }
    await ends.close();
    expect([clock.pending(), told, resultsIn(folder)]).toEqual([0, [], []]);
  });

  it('is left alone while it is played', async () => {
    const played = new Set(['match-1']);
    const { folder, clock, ends, asked } = keeper({ isLive: (matchId) => played.has(matchId) });
    killedIn(folder, 4);
    killedIn(folder, 4, { matchId: 'match-2' });
    ends.begin();
    clock.advance(10_000);
    await until(() => asked.length > 0);
    await ends.close();
    expect(asked).toEqual(['match-2']);
  });

  it.each([
    ['a word that is no end', { status: 'reviewing' }],
    ['no word', { status: null }],
    ['no chips', { participants: [{ seat: 0, name: 'Ann', botId: 'b1', netChips: null, handsWon: null }] }],
  ])('is not taken to be over by a record with %s', async (_what, given) => {
    const { folder, clock, ends, asked, told } = keeper({ answers: [recordOf('match-1', given)] });
    killedIn(folder, 4);
    ends.begin();
    clock.advance(10_000);
    await until(() => asked.length === 1 && clock.pending() === 1);
    expect([told, resultsIn(folder)]).toEqual([[], []]);
    await ends.close();
  });

  it('is found by the seat where ids are missing, and by nothing else', async () => {
    const nameless = recordOf('match-1').participants.map((one) => ({ ...one, botId: null }));
    const bySeat = keeper({ answers: [recordOf('match-1', { participants: nameless })] });
    killedIn(bySeat.folder, 4, { seat: 1 });
    bySeat.ends.begin();
    bySeat.clock.advance(10_000);
    await until(() => bySeat.told.length > 0);
    expect(bySeat.told).toMatchObject([{ netChips: 310 }]);
    await bySeat.ends.close();
    const others = recordOf('match-1').participants.map((one) => ({ ...one, botId: 'b9' }));
    const byNothing = keeper({ answers: [recordOf('match-1', { participants: others })] });
    killedIn(byNothing.folder, 4);
    byNothing.ends.begin();
    byNothing.clock.advance(10_000);
    await until(() => byNothing.troubles.length > 0);
    expect(byNothing.troubles).toEqual([
      "The end of a match that was not seen is not kept: the record of match-1 does not tell which seat was this bot's.",
    ]);
    expect(resultsIn(byNothing.folder)).toEqual([]);
    await byNothing.ends.close();
  });

  it('of which the platform has no record is told once, and others are asked for all the same', async () => {
    const { folder, clock, ends, asked, told, troubles } = keeper({
      answers: [refusal(404), recordOf('match-1')],
    });
    killedIn(folder, 4);
    killedIn(folder, 4, { matchId: 'match-2' });
    ends.begin();
    clock.advance(10_000);
    await until(() => told.length > 0);
    expect([asked.length, troubles]).toEqual([
      2,
      ['The end of a match that was not seen is not kept: The platform answers 404.'],
    ]);
    await ends.close();
  });

  it.each<[string, Error]>([
    ['an answer that is none', new PlatformAnswerError('It is HTML.', { ...where, status: 200 })],
    ['a record that is not for this bot', refusal(403)],
    ['a record that is gone', refusal(410)],
  ])('holds up no other with %s', async (_what, error) => {
    const { folder, clock, ends, asked, told } = keeper({ answers: [error, recordOf('match-1')] });
    killedIn(folder, 4);
    killedIn(folder, 4, { matchId: 'match-2' });
    ends.begin();
    clock.advance(10_000);
    await until(() => told.length > 0);
    await ends.close();
    expect([new Set(asked).size, told.length]).toEqual([2, 1]);
  });

  it('holds up no other with a recording that is removed meanwhile', async () => {
    const removed = { path: '' };
    const { folder, clock, ends, asked, told } = keeper({
      isLive() {
        rmSync(removed.path, { force: true });
        return false;
      },
    });
    killedIn(folder, 4);
    removed.path = killedIn(folder, 4, { matchId: 'match-2' }).path;
    const later = new Date(began + 120_000);
    utimesSync(removed.path, later, later);
    ends.begin();
    clock.advance(10_000);
    await until(() => told.length > 0);
    await ends.close();
    expect(asked).toEqual(['match-1']);
  });

  it('has one line, however often its results could not be written', async () => {
    const { folder, clock, ends, asked, troubles } = keeper();
    const disk = join(folder, 'disk');
    symlinkSync(join(disk, 'results.jsonl'), join(folder, 'results.jsonl'));
    killedIn(folder, 4);
    ends.begin();
    clock.advance(10_000);
    await until(() => troubles.length > 0);
    for (let second = 0; second < 1_200; second += 10) {
      clock.advance(10_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    mkdirSync(disk);
    clock.advance(10_000);
    await ends.close();
    expect([asked, resultsIn(folder).length]).toEqual([['match-1'], 1]);
  });

  it.each<[string, Error]>([
    ['is not there', new PlatformUnreachableError('No answer.', 'GET /api/matches')],
    ['wants fewer questions', refusal(429)],
    ['does not know the token', refusal(401)],
    ['is out of order', refusal(503)],
  ])('is not asked for where the platform %s: one question tells it', async (_what, error) => {
    const { folder, clock, ends, asked } = keeper({ answers: [error] });
    killedIn(folder, 4);
    killedIn(folder, 4, { matchId: 'match-2' });
    ends.begin();
    clock.advance(10_000);
    await until(() => clock.pending() === 1);
    await ends.close();
    expect(asked).toHaveLength(1);
  });

  it('waits as long as the platform says before it is asked for again', async () => {
    const { folder, clock, ends, asked, told } = keeper({
      answers: [refusal(429, 1_800_000), recordOf('match-1')],
    });
    killedIn(folder, 4);
    ends.begin();
    clock.advance(10_000);
    await until(() => clock.pending() === 1);
    expect(clock.untilNext()).toBe(1_800_000);
    clock.advance(1_800_000);
    await until(() => told.length > 0);
    expect(asked).toHaveLength(2);
    await ends.close();
  });

  it('is asked for when this session gave it up, and not when it has seen its end', async () => {
    const { folder, clock, ends, told } = keeper();
    const { result } = killedIn(folder, 4);
    ends.matchEnded(result);
    expect(clock.pending()).toBe(0);
    ends.matchEnded({ ...result, outcome: 'abandoned', netChips: null });
    clock.advance(10_000);
    await until(() => told.length > 0);
    await ends.close();
    expect(resultsIn(folder)).toHaveLength(1);
  });

  it("is another bot's business where another lobby announced it, and forgotten after two weeks", async () => {
    const { folder, clock, ends, asked } = keeper();
    killedIn(folder, 4);
    const other = killedIn(folder, 4, { matchId: 'match-2' });
    writeFileSync(
      other.path,
      readFileSync(other.path, 'utf8').replace(lobbyUrl, 'ws://localhost:8001/other'),
    );
    const old = killedIn(folder, 4, { matchId: 'match-3' });
    const before = new Date(began - 14 * 24 * 3_600_000);
    utimesSync(old.path, before, before);
    const seen = killedIn(folder, 4, { matchId: 'match-4' });
    writeFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(seen.result)}\n`);
    ends.begin();
    clock.advance(10_000);
    await until(() => asked.length > 0);
    await ends.close();
    expect(asked).toEqual(['match-1']);
  });

  it('has no result where the end of the session comes first, which waits for nothing', async () => {
    const { folder, clock, ends } = keeper();
    killedIn(folder, 4);
    ends.begin();
    await ends.close();
    clock.advance(10_000);
    expect([clock.pending(), resultsIn(folder)]).toEqual([0, []]);
  });
});

it('an agent that starts again has the chips of the match in which it was killed', async () => {
  const clock = createTestClock();
  const { sandbox, event } = await openPlatform({ clock, maxHands: 1_000, pingIntervalMs: 15_000 });
  const account = sandbox.addBot();
  const folder = makeFolder();
  /** Git is asked first, which no clock of a test hurries. */
  const start = async () => {
    const started = startAgent(
      { decide: () => ({ action: 'fold' }) },
      account,
      { record: { folder } },
      { clock, now: clock.now, wallNow: clock.now },
    );
    await started.events.next('lobby.listening');
    return started;
  };
  const first = await start();
  const { matchId } = await sandbox.dispatch(account.botId, { opponents: ['random'] });
  await clock.passUntil(first.events.next('hand.ended'), 'the first hand');
  await clock.passUntil(first.agent.stop({ graceMs: 0 }), 'its end');
  rmSync(join(folder, 'results.jsonl'));
  const { end } = await clock.passUntil(event('match.ended'), 'the end that nobody sees');
  const { events } = await start();
  const told = await clock.passUntil(events.next('match.told'), 'the question');
  const chips = end.results?.find(({ seat }) => seat === 0)?.net_chips;
  expect(chips).toBeLessThan(0);
  expect(told).toMatchObject({ matchId, netChips: chips, status: 'completed' });
  const { rows } = await readLedger([folder]);
  expect(rows).toMatchObject([{ matchId, net: chips, toldBy: 'platform', outcome: 'completed' }]);
  expect(readFileSync(join(folder, 'results.jsonl'), 'utf8')).not.toContain(account.token);
});
