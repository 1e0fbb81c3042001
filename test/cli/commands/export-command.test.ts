import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { readPhh } from '../../../src/histories/formats/phh-read.js';
import { phhOf, phhsTable } from '../../../src/histories/formats/phh-write.js';
import { pokerStarsOf } from '../../../src/histories/formats/pokerstars-write.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { coveredCall, foldedRound, sharedMainPot, takenOnFlop } from '../../histories/example-hands.js';
import { makeFolder } from '../../kit/folder.js';
import { linesOf, scriptMatch, writeFiles } from '../../kit/recorded-match.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function run(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['export', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

const numbered = [coveredCall, takenOnFlop, foldedRound].map((hand, index) => ({
  ...hand,
  handNumber: index + 1,
}));

/** A folder with a file of these hands. */
function folderWith(hands: readonly HandHistory[], name = 'match.phhs'): { folder: string; file: string } {
  const folder = makeFolder();
  const file = join(folder, name);
  writeFileSync(file, hands.map((hand, index) => phhsTable(phhOf(hand), index + 1)).join(''));
  return { folder, file };
}

describe('export', () => {
  it('writes the hands of a file to standard output, and how many they are to the other one', async () => {
    const { file } = folderWith(numbered);
    const { code, out, err } = await run(file, '--format', 'pokerstars');
    expect(out.join('\n')).toBe(
      numbered
        .map((hand) => `${pokerStarsOf(hand, null)}\n\n\n`)
        .join('')
        .slice(0, -1),
    );
    expect([code, err]).toEqual([0, ['3 hands written, 0 left out']]);
  });

  it('writes the same bytes of the same match each time, from whatever folder', async () => {
    const written = await Promise.all(
      [folderWith(numbered), folderWith(numbered, 'other.txt')].map(async ({ folder, file }) => {
        const out = join(folder, 'hands.ohh');
        await run(file, '--format', 'ohh', '--out', out);
        return readFileSync(out, 'utf8');
      }),
    );
    expect(written[0]).toBe(written[1]);
    expect(written[0]).not.toBe('');
  });

  it('makes a file a match in a folder, and a file a hand of PHH', async () => {
    const { folder, file } = folderWith([...numbered, { ...takenOnFlop, matchId: 'match-2' }]);
    const out = join(folder, 'new');
    expect((await run(file, '--format', 'phhs', '--out', `${out}/`)).code).toBe(0);
    expect(readdirSync(out)).toEqual(['match-47060902911.phhs', 'match-67116120853.phhs']);
    expect(readFileSync(join(out, 'match-47060902911.phhs'), 'utf8')).toMatch(/^\[1\]\n/);
    mkdirSync(join(folder, 'single'));
    expect((await run(file, '--format', 'phh', '--out', join(folder, 'single'))).code).toBe(0);
    expect(readdirSync(join(folder, 'single'))).toContain('hand-6711612085300002.phh');
    expect(readdirSync(join(folder, 'single'))).toHaveLength(4);
  });

  it('leaves out what the format cannot tell, names it, and ends with 1', async () => {
    const { file } = folderWith([coveredCall, { ...sharedMainPot, handNumber: 2 }]);
    const { code, out, err } = await run(file, '--format', 'acpc');
    expect([code, out.length]).toEqual([1, 2]);
    expect(err).toEqual([
      '1 hand written, 1 left out',
      expect.stringMatching(/match\.phhs, block 2, hand 2: antes: ACPC has no antes.*PHH, PokerStars text/),
    ]);
  });

  it('writes a hand once that is in two files', async () => {
    const { folder, file } = folderWith(numbered);
    writeFileSync(join(folder, 'again.phh'), phhOf(numbered[1] ?? coveredCall));
    // The file itself is read once, however often it is named.
    const { code, err } = await run(folder, file, '--format', 'phhs');
    expect([code, err]).toEqual([0, ['3 hands written, 0 left out, 1 there twice']]);
  });

  it('gives hands without a time that of their match, or the one that is given', async () => {
    const { file } = folderWith([coveredCall, { ...takenOnFlop, handNumber: 2, startedAt: null }]);
    expect((await run(file, '--format', 'ohh')).err).toEqual([
      '2 hands written, 0 left out',
      '  1 hand without a time of its own: that of the match was taken',
    ]);
    const { file: timeless } = folderWith([{ ...coveredCall, startedAt: null }]);
    expect((await run(timeless, '--format', 'ohh')).err[1]).toMatch(/no_time: .*--started-at/);
    const { code, out } = await run(timeless, '--format', 'ohh', '--started-at', '2026-11-27T22:01');
    expect([code, out[0]]).toEqual([
      0,
      expect.stringContaining('"start_date_utc":"2026-11-27T22:01:00.000Z"'),
    ]);
  });

  it('reports as JSON beside a file', async () => {
    const { folder, file } = folderWith(numbered);
    const path = join(folder, 'hands.txt');
    const { code, out, err } = await run(file, '--format', 'pokerstars', '--out', path, '--json');
    expect([code, err]).toEqual([0, []]);
    expect(JSON.parse(out.join(''))).toEqual({
      format: 'pokerstars',
      read: 3,
      written: 3,
      twice: 0,
      timed: 0,
      refused: {},
      files: [path],
      unread: [],
      refusedHands: [],
    });
  });

  it('writes the hands of recordings, a match once, and says what of them is damaged', async () => {
    const { records, facts, played } = scriptMatch({ maxHands: 3, answers: [50] });
    const folder = makeFolder();
    const lines = linesOf(records).split('\n');
    lines.splice(7, 0, '{"a":1}{"a":2}');
    writeFiles(folder, {
      'matches/match-1.jsonl': lines.join('\n'),
      'matches/match-1.77.jsonl': linesOf(facts),
      'matches/results.jsonl': '',
    });
    const { code, out, err } = await run(join(folder, 'matches'), '--format', 'phhs');
    expect(err).toEqual([
      '3 hands written, 0 left out',
      `  ${join(folder, 'matches', 'match-1.jsonl')}: 1 line damaged, the first one is line 8`,
    ]);
    expect(code).toBe(0);
    const { hands } = readPhh(out.join('\n'));
    expect(hands.map(({ seats }) => seats.map(({ stackAfter }) => stackAfter))).toEqual(
      played.hands.map(({ stacksAfter }) => stacksAfter),
    );
  });

  it('writes the same bytes of the same recordings, from whatever folders, in each format', async () => {
    const folder = makeFolder();
    for (const index of [1, 2]) {
      const { records, facts } = scriptMatch({
        matchId: `match-${index}`,
        maxHands: 5,
        answers: [50, 75, 20],
      });
      writeFiles(folder, {
        [`a/match-${index}.jsonl`]: linesOf(records),
        [`b/${index}/match-${index}.jsonl`]: linesOf(records),
        [`table/match-${index}.jsonl`]: linesOf(facts),
      });
    }
    for (const format of ['phhs', 'pokerstars', 'ohh', 'acpc', 'fpdb-json']) {
      const [one, other] = [
        await run(join(folder, 'a'), '--format', format),
        await run(join(folder, 'b/2'), join(folder, 'b/1'), join(folder, 'a'), '--format', format),
      ];
      expect(one.out.join('\n')).toBe(other.out.join('\n'));
      expect([one.code, one.err]).toEqual([0, ['10 hands written, 0 left out']]);
      expect(other.err).toEqual(one.err);
    }
    // Two matches that began at the same time stand in the order of their ids.
    const numbers = (await run(join(folder, 'a'), '--format', 'pokerstars')).out
      .join('\n')
      .match(/Hand #\d+/g);
    expect(new Set(numbers).size).toBe(10);
  });

  it('writes a hand that was cut off with the call that ended its last street, and no values', async () => {
    const { records } = scriptMatch({ maxHands: 1, answers: [75, 50, 60, 80, 50, 60, 60] });
    const turn = records.findIndex(
      ({ record }) => record.type === 'in' && (record.frame['state'] as { phase?: string })?.phase === 'turn',
    );
    const calls = records
      .slice(0, turn)
      .flatMap(({ record }) =>
        record.type === 'in' && record.frame['type'] === 'turn_result' ? [record.frame['details']] : [],
      );
    expect(calls.at(-1)).toMatchObject({ action: 'call' });
    // Killed after the call on the flop, before the turn was dealt.
    const [file = ''] = writeFiles(makeFolder(), { 'match-1.jsonl': linesOf(records.slice(0, turn)) });
    const { out } = await run(file, '--format', 'acpc');
    const [, , betting, , values] = out.at(-1)?.split(':') ?? [];
    expect(betting).toMatch(/^c?r\d+c\/c*r\d+c$/);
    expect(values ?? '').toBe('');
  });

  it('writes only hands of the hero that is named, with the cards that it saw', async () => {
    const { facts } = scriptMatch({ stacks: [1_000, 1_000, 6], maxHands: 4, answers: [50, 75, 5, 20] });
    const [file = ''] = writeFiles(makeFolder(), { 'match-1.jsonl': linesOf(facts) });
    const all = readPhh((await run(file, '--format', 'phhs')).out.join('\n')).hands;
    const { code, out, err } = await run(file, '--format', 'phhs', '--hero', 'Cid');
    const own = readPhh(out.join('\n')).hands;
    const isIn = ({ seats }: HandHistory) => seats.some(({ name }) => name === 'Cid');
    expect(own.map(({ handNumber }) => handNumber)).toEqual(
      all.filter(isIn).map(({ handNumber }) => handNumber),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(all.length);
    expect(
      own
        .flatMap(({ seats }) => seats.filter((seat) => seat.name !== 'Cid' && !seat.hasShown))
        .map(({ cards }) => cards),
    ).toEqual(expect.not.arrayContaining([expect.any(Array)]));
    expect([code, err]).toEqual([
      0,
      [`${own.length} hands written, 0 left out, ${all.length - own.length} without Cid`],
    ]);
  });

  it('of nobody writes no file, and says who is there', async () => {
    const { folder, file } = folderWith(numbered);
    const path = join(folder, 'none.txt');
    const { code, err } = await run(file, '--format', 'pokerstars', '--hero', 'nobody', '--out', path);
    expect([code, err]).toEqual([
      1,
      [
        '0 hands written, 0 left out, 3 without nobody',
        'nobody is at no table of these hands. Players are Ann, Bob, Cid, Dot, Eve, Fay.',
      ],
    ]);
    expect(existsSync(path)).toBe(false);
  });

  it('of files without hands says what to name, and leaves the file of before', async () => {
    const folder = makeFolder();
    const path = join(folder, 'out.phhs');
    writeFileSync(path, 'before');
    const { code, err } = await run(makeFolder(), '--format', 'phhs', '--out', path);
    expect([code, err]).toEqual([
      1,
      ['0 hands written, 0 left out', expect.stringContaining('There is no hand in these files: name')],
    ]);
    expect(readFileSync(path, 'utf8')).toBe('before');
  });

  it('adds a part of a match that comes later to its file', async () => {
    const { folder } = folderWith(numbered);
    writeFileSync(join(folder, 'part.phh'), phhOf({ ...foldedRound, handNumber: 9 }));
    const out = join(folder, 'out/');
    expect((await run(folder, '--format', 'phhs', '--out', out)).code).toBe(0);
    const [name = '', ...more] = readdirSync(out);
    expect(more).toEqual([]);
    const { hands } = readPhh(readFileSync(join(out, name), 'utf8'));
    expect(hands.map(({ handNumber }) => handNumber)).toEqual([1, 2, 3, 9]);
  });

  it('waits for whoever reads its output', async () => {
    const { facts } = scriptMatch({ maxHands: 2, answers: [50] });
    const [file = ''] = writeFiles(makeFolder(), { 'match-1.jsonl': linesOf(facts) });
    const io = fakeIo();
    const steps: string[] = [];
    const { stdout } = io;
    const code = await runCli(['export', file, '--format', 'phhs'], {
      ...io,
      stdout: {
        write(text) {
          steps.push('written');
          return stdout.write(text);
        },
      },
      whenTaken: async () => void steps.push('taken'),
    });
    expect([code, steps]).toEqual([0, ['written', 'written', 'taken']]);
  });

  it('that is stopped leaves nothing that is not whole', async () => {
    const { facts } = scriptMatch({ maxHands: 2, answers: [50] });
    const folder = makeFolder();
    const [file = ''] = writeFiles(folder, { 'match-1.jsonl': linesOf(facts) });
    const io = fakeIo();
    const running = runCli(['export', file, '--format', 'phhs', '--out', join(folder, 'x.phhs')], {
      ...io,
      onSignal(listener) {
        listener('SIGINT');
        return io.onSignal(listener);
      },
    });
    expect([await running, io.err()]).toEqual([1, ['Stopped before the end.']]);
    expect(readdirSync(folder)).toEqual(['match-1.jsonl']);
    expect(io.listeners()).toBe(0);
  });

  it('writes no token', async () => {
    const token = `cz_extbot_${'a'.repeat(32)}`;
    const { file } = folderWith([
      { ...foldedRound, seats: foldedRound.seats.map((seat) => ({ ...seat, name: token })) },
    ]);
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token });
    await runCli(['export', file, '--format', 'fpdb-json'], io);
    expect(io.out().join('')).toContain('[token]');
    expect(io.out().join('')).not.toContain(token);
  });

  it.each([
    ['no format', [], /--format/],
    ['another format', ['--format', 'pdf'], /phh, phhs, pokerstars/],
    ['a report where the hands are', ['--format', 'phhs', '--json'], /--json needs --out/],
    ['several hands for one file', ['--format', 'phh'], /A \.phh file has one hand.*--format phhs/],
    ['a place that cannot be written', ['--format', 'phhs', '--out', '/dev/null/x'], /cannot be written/],
    ['a time that is none', ['--format', 'ohh', '--started-at', 'noon'], /2026-11-27T22:00Z/],
  ])('refuses %s', async (_, args, sentence) => {
    const { file } = folderWith(numbered);
    const { code, out, err } = await run(file, ...args);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toMatch(sentence);
  });

  it('has examples in its help', async () => {
    expect((await run('--help')).out.join('\n')).toContain(
      'chipzen-agent export match.phhs --format pokerstars',
    );
  });
});
