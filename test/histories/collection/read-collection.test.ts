/** Everything that files and folders hold, match by match. */
import { describe, expect, it } from 'vitest';
import type {
  CollectedMatch,
  CollectionProgress,
} from '../../../src/histories/collection/collected-match.js';
import { readCollection } from '../../../src/histories/collection/read-collection.js';
import { ledgerReport } from '../../../src/ledger/ledger-report.js';
import { readLedger } from '../../../src/ledger/read-ledger.js';
import type { RecordingRecord } from '../../../src/recording/recording-shape.js';
import { makeFolder } from '../../kit/folder.js';
import { headerOf, linesOf, scriptMatch, writeFiles } from '../../kit/recorded-match.js';
import { asPlayed, playRecordedMatch } from './played-records.js';

async function matchesIn(...paths: string[]): Promise<CollectedMatch[]> {
  const matches: CollectedMatch[] = [];
  for await (const match of readCollection(paths)) matches.push(match);
  return matches;
}

describe('what was recorded is what was played', () => {
  it('by the agent: the hands of /replay, with our cards and those that were shown', async () => {
    const { matchId, result, agentFolder, replayed } = await playRecordedMatch();
    const [match, ...more] = await matchesIn(agentFolder);
    expect(more).toEqual([]);
    expect(match).toMatchObject({
      matchId,
      by: 'agent',
      header: { label: 'v7' },
      seat: result?.seat,
      netChips: result?.netChips,
      result: { netChips: result?.netChips },
      refused: [],
    });
    expect(replayed.length).toBeGreaterThan(3);
    expect(match?.hands.map(asPlayed)).toEqual(replayed.map(asPlayed));
    expect(match?.decisions).toHaveLength(result?.turns ?? -1);
  });

  it('by the platform: all cards face up', async () => {
    const { platformFolder, replayed } = await playRecordedMatch({ opponents: 4 });
    const [match] = await matchesIn(platformFolder);
    expect(match?.hands.map(asPlayed)).toEqual(replayed.map(asPlayed));
    expect(match?.hands.every(({ seats }) => seats.every(({ cards }) => cards?.length === 2))).toBe(true);
  });
});

describe('a match', () => {
  const handNumbers = ({ hands }: CollectedMatch): (number | null)[] => hands.map((hand) => hand.handNumber);

  it('that two files of one bot have, overlapping by three hands, has each hand once', async () => {
    const { records, result, played, matchId } = scriptMatch({ maxHands: 10, answers: [50, 60, 75, 50] });
    const folder = makeFolder();
    const resumed = headerOf(matchId, { at: Date.UTC(2026, 10, 27, 23), pid: 2 });
    const paths = writeFiles(folder, {
      'a/match-1.jsonl': linesOf(records.filter(({ hand }) => hand <= 6)),
      'b/match-1.jsonl': linesOf([resumed, ...records.filter(({ hand }) => hand >= 4)]),
      'b/results.jsonl': `${JSON.stringify(result)}\n`,
    });
    const [match, ...more] = await matchesIn(`${folder}/b`, `${folder}/a`, `${folder}/b/`);
    expect(more).toEqual([]);
    expect(match && handNumbers(match)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(match?.files).toEqual(paths.slice(0, 2));
    const net = match?.hands.reduce(
      (sum, { seats }) => sum + (seats[0]?.stackAfter ?? 0) - (seats[0]?.stack ?? 0),
      0,
    );
    expect([net, match?.netChips]).toEqual([played.seats[0]?.netChips, played.seats[0]?.netChips]);
    expect(match?.decisions).toHaveLength(result.turns);
    expect(match?.results).toHaveLength(1);
  });

  it('that two bots of ours recorded is told by the one that began first, and has the other one beside it', async () => {
    const [first, second] = [0, 1].map((seat) => scriptMatch({ seat, maxHands: 5, answers: [50, 75, 20] }));
    if (first === undefined || second === undefined) throw new Error('There are two.');
    const folder = makeFolder();
    const late = second.records.map(({ hand, record }) => ({
      hand,
      record: record.type === 'header' ? { ...record, at: record.at + 1, label: 'other' } : record,
    }));
    writeFiles(folder, {
      'match-1.0af3.jsonl': linesOf(late),
      // Its process was killed in the third hand.
      'match-1.jsonl': linesOf(first.records.filter(({ hand }) => hand < 3)),
      'results.jsonl': `${JSON.stringify(first.result)}\n${JSON.stringify(second.result)}\n`,
    });
    const [match, ...more] = await matchesIn(folder);
    expect(more).toEqual([]);
    expect(match).toMatchObject({
      by: 'agent',
      seat: 0,
      opponents: ['Bob'],
      result: { seat: 0 },
      others: [{ by: 'agent', seat: 1, header: { label: 'other' }, result: { seat: 1 } }],
    });
    expect(match && handNumbers(match)).toEqual([1, 2, 3, 4, 5]);
    // What the first bot cannot know stays unknown: the other one's hand is not its own.
    const known = match?.hands.flatMap(({ seats, hero }) =>
      seats.map(({ seat, cards, hasShown }) => cards === null || hasShown || seat === hero),
    );
    expect(new Set(known?.slice(-4))).toEqual(new Set([true]));
    expect(match?.others[0]?.decisions).toHaveLength(second.result.turns);
  });

  it("that an agent and the platform recorded is the agent's, completed by the platform", async () => {
    const { records, facts, played } = scriptMatch({ maxHands: 5, answers: [75, 20] });
    const folder = makeFolder();
    writeFiles(folder, {
      'match-1.jsonl': linesOf(records.filter(({ hand }) => hand < 4)),
      'match-1.77.jsonl': linesOf(facts),
    });
    const [match] = await matchesIn(folder);
    expect(match).toMatchObject({ by: 'agent', seat: 0, others: [{ by: 'platform', seat: null }] });
    expect(match && handNumbers(match)).toEqual([1, 2, 3, 4, 5]);
    expect(match?.hands.every(({ isFinished }) => isFinished)).toBe(true);
    expect(match?.hands[4]?.seats.map(({ stackAfter }) => stackAfter)).toEqual(played.hands[4]?.stacksAfter);
    expect(
      match?.hands.flatMap(({ seats }) => seats.filter(({ seat, hasShown }) => seat === 1 && !hasShown)),
    ).not.toContainEqual(expect.objectContaining({ cards: expect.any(Array) }));
  });

  it('whose recording ends before it, on a full disk, won what its result tells', async () => {
    const { records, result } = scriptMatch({ maxHands: 10, answers: [50, 60, 75, 50] });
    const folder = makeFolder();
    const later = { ...result, at: result.at + 1, outcome: 'abandoned', netChips: null };
    writeFiles(folder, {
      'match-1.jsonl': linesOf(records.filter(({ hand }) => hand <= 3)),
      'results.jsonl': `${JSON.stringify({ ...result, netChips: 777 })}\n${JSON.stringify(later)}\n`,
    });
    expect(await matchesIn(folder)).toMatchObject([{ netChips: 777 }]);
    expect(ledgerReport(await readLedger([folder]), { by: ['version'], filter: {} })).toMatchObject({
      head: { differing: 1 },
      total: { net: 777 },
    });
  });

  it('of which only the result was kept is there, without hands', async () => {
    const { result } = scriptMatch();
    const folder = makeFolder();
    const given = { ...result, at: result.at - 5, outcome: 'abandoned', netChips: null };
    writeFiles(folder, {
      'results.jsonl': `${JSON.stringify(given)}\n${JSON.stringify(result)}\n`,
      'copy/results.jsonl': `${JSON.stringify(result)}\n`,
    });
    const matches = await matchesIn(folder, `${folder}/copy`);
    expect(matches).toMatchObject([
      { matchId: 'match-1', by: 'agent', header: null, seat: 0, hands: [], opponents: ['Bob'], files: [] },
    ]);
    expect(matches[0]?.results.map(({ outcome }) => outcome)).toEqual(['abandoned', 'completed']);
    expect(matches[0]?.netChips).toBe(result.netChips);
  });

  it('has of each turn who answered, how fast, what was noted and what was refused', async () => {
    const { records, matchId } = scriptMatch({ maxHands: 1, answers: [50, 55, 60, 77, 5] });
    const told = records.flatMap(({ record }) =>
      record.type === 'event' && record.event.type === 'turn.answered' ? [record.event] : [],
    );
    const [first, second] = told;
    if (first === undefined || second === undefined) throw new Error('It has two turns.');
    const event = (more: object) => ({
      hand: 1,
      record: { type: 'event', at: 5, event: { matchId, at: 5, ...more } } as RecordingRecord,
    });
    const place = records.findIndex(({ record }) => record.type === 'event' && record.event === second);
    const withFaults = [
      ...records.slice(0, place),
      event({
        type: 'turn.corrected',
        requestId: second.requestId,
        why: 'too much',
        asked: { action: 'raise' },
      }),
      event({
        type: 'turn.rejected',
        requestId: second.requestId,
        reason: 'not now',
        message: null,
        retried: true,
      }),
      event({ type: 'bot.failed', hook: 'decide', message: 'no luck', place: null, error: null }),
      event({ type: 'turn.timed_out', action: 'check' }),
      ...records.slice(place),
    ];
    const folder = makeFolder();
    writeFiles(folder, { 'match-1.jsonl': linesOf(withFaults), 'copy/match-1.jsonl': linesOf(withFaults) });
    const [match] = await matchesIn(folder, `${folder}/copy`);
    expect(match?.decisions).toHaveLength(told.length);
    expect(match?.decisions[0]).toMatchObject({
      requestId: first.requestId,
      handNumber: 1,
      position: 2,
      answer: first.answer,
      source: 'bot',
      latencyMs: 3,
      note: { draw: 50 },
      correction: null,
      rejections: [],
      failure: null,
      isTimedOut: false,
    });
    expect(match?.decisions[1]).toMatchObject({
      correction: { asked: { action: 'raise' }, why: 'too much' },
      rejections: ['not now'],
      failure: 'no luck',
      isTimedOut: true,
    });
    const [hand] = match?.hands ?? [];
    for (const { position, answer } of match?.decisions ?? [])
      expect(hand?.history[position ?? -1]).toMatchObject({ seat: 0, action: answer?.action });
  });

  it('has a name with a line separator whole', async () => {
    const { records } = scriptMatch({ names: ['Ann', 'A\u2028B\u2029'], maxHands: 2 });
    const folder = makeFolder();
    writeFiles(folder, { 'match-1.jsonl': linesOf(records) });
    const [match] = await matchesIn(folder);
    expect(match?.opponents).toEqual(['A\u2028B\u2029']);
    expect(match?.lines).toMatchObject([{ read: records.length, torn: 0, damaged: 0 }]);
  });
});

describe('what cannot be read', () => {
  it('is told by file and line, and costs nothing else', async () => {
    const { records } = scriptMatch({ maxHands: 3, answers: [50] });
    const lines = linesOf(records).split('\n');
    lines.splice(4, 0, '{"a":1}{"a":2}');
    const folder = makeFolder();
    const [path] = writeFiles(folder, { 'match-1.jsonl': `${lines.join('\n')}{"type":"in","at":` });
    const [match] = await matchesIn(folder);
    expect(match?.lines).toEqual([
      { file: path, read: records.length, torn: 1, damaged: 1, damagedLines: [5] },
    ]);
    expect(match?.hands).toHaveLength(3);
  });

  it('as a recording of a newer schema, is told with what reads it', async () => {
    const { records } = scriptMatch({ matchId: 'match-2', maxHands: 2 });
    const folder = makeFolder();
    const [newer] = writeFiles(folder, {
      'match-1.jsonl': linesOf([headerOf('match-1', { schema: 2, package: '9.1.0' })]),
      'match-2.jsonl': linesOf(records),
    });
    const collection = readCollection([folder]);
    const ids: (string | null)[] = [];
    for await (const { matchId } of collection) ids.push(matchId);
    expect(ids).toEqual(['match-2']);
    expect(collection.unread).toEqual([{ file: newer, why: expect.stringContaining('9.1.0') }]);
  });

  it('as a path that leads nowhere, is an error', async () => {
    await expect(matchesIn('no/such/folder')).rejects.toMatchObject({ code: 'bad_option', option: 'files' });
  });
});

describe('the reading', () => {
  function folderOf(count: number): string {
    const folder = makeFolder();
    for (let n = 0; n < count; n += 1) {
      const matchId = `match-${n}`;
      const { records } = scriptMatch({ matchId, maxHands: 2, answers: [50], startedAt: 1_000_000 - n });
      writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(records) });
    }
    return folder;
  }

  it('tells how far it is, in the order in which the matches began', async () => {
    const steps: CollectionProgress[] = [];
    const ids: (string | null)[] = [];
    const folder = folderOf(3);
    for await (const { matchId } of readCollection([folder], { onProgress: (step) => steps.push(step) }))
      ids.push(matchId);
    expect(ids).toEqual(['match-2', 'match-1', 'match-0']);
    expect(steps.map(({ matches, hands, files }) => [matches, hands, files])).toEqual([
      [1, 2, 1],
      [2, 4, 2],
      [3, 6, 3],
    ]);
    expect(steps.at(-1)).toMatchObject({ totalFiles: 3, bytes: steps.at(-1)?.totalBytes });
  });

  it('reads only what is wanted', async () => {
    const ids: (string | null)[] = [];
    for await (const { matchId } of readCollection([folderOf(3)], {
      wants: (found) => found.matchId === 'match-1',
    }))
      ids.push(matchId);
    expect(ids).toEqual(['match-1']);
  });

  it('ends with its signal', async () => {
    const end = new AbortController();
    const folder = folderOf(3);
    const read = async (): Promise<void> => {
      for await (const _ of readCollection([folder], { signal: end.signal })) end.abort(new Error('enough'));
    };
    await expect(read()).rejects.toThrow('enough');
  });
});
