import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { readOhh } from '../../../src/histories/formats/ohh-read.js';
import { phhOf, phhsTable } from '../../../src/histories/formats/phh-write.js';
import { pokerStarsOf } from '../../../src/histories/formats/pokerstars-write.js';
import { handRow } from '../../../src/records/record-rows.js';
import { coveredCall, foldedRound } from '../../histories/example-hands.js';
import { makeFolder } from '../../kit/folder.js';
import { linesOf, scriptMatch, writeFiles } from '../../kit/recorded-match.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function run(args: string[], isErrorTerminal = false) {
  const io = { ...fakeIo(), isErrorTerminal };
  const code = await runCli(['import', ...args], io);
  return { code, out: io.out(), err: io.err().join('') };
}

function fileOf(text: string, name = 'hands.txt', folder = makeFolder()): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const good = phhOf(foldedRound);
const mixed = [good, good.replace("'NT'", "'PO'"), good.replace('[95, 105, 100]', '[95, 106, 100]')]
  .map((text, index) => phhsTable(text, index + 1))
  .join('');

describe('import', () => {
  it('says how many blocks it saw, and what it read', async () => {
    const path = fileOf(pokerStarsOf(coveredCall, null));
    expect(await run([path])).toEqual({
      code: 0,
      out: [`${path} (pokerstars): 1 block, 1 read, 0 refused`],
      err: '',
    });
  });

  it('names what it refused, with its cause, and ends with 1', async () => {
    const path = fileOf(mixed);
    const { code, out } = await run([path]);
    expect(code).toBe(1);
    expect(out).toEqual([
      `${path} (phh): 3 blocks, 1 read, 2 refused (1 other_game, 1 unsound)`,
      `  ${path}, block 2: other_game: It is "PO", not No-Limit Hold'em (NT).`,
      `  ${path}, block 3, hand 1: unsound: The pot has 10 chips, and 11 were won.`,
    ]);
  });

  it('reports the same as JSON', async () => {
    const path = fileOf(mixed);
    const { code, out } = await run([path, '--json']);
    expect([code, JSON.parse(out.join(''))]).toEqual([
      1,
      {
        blocks: 3,
        read: 1,
        twice: 0,
        unfinished: 0,
        refused: { other_game: 1, unsound: 1 },
        remarks: {},
        files: [{ file: path, kind: 'phh', blocks: 3, read: 1, twice: 0, unfinished: 0 }],
        unread: [],
        refusedHands: [
          { file: path, position: 2, handNumber: null, code: 'other_game', why: expect.any(String) },
          { file: path, position: 3, handNumber: 1, code: 'unsound', why: expect.any(String) },
        ],
      },
    ]);
  });

  it('ends with 1 where it read nothing of what is there', async () => {
    const { code, out } = await run([fileOf('Some other text\nof two lines\n')]);
    expect([code, out[0]]).toEqual([1, expect.stringContaining('1 block, 0 read, 1 refused (1 unreadable)')]);
    expect((await run([fileOf('')])).code).toBe(1);
  });

  it('reads the files of a folder in their order, and sums them up', async () => {
    const folder = makeFolder();
    fileOf(good, 'b.phh', folder);
    fileOf(pokerStarsOf(coveredCall, null), 'a.txt', folder);
    fileOf('x', '.hidden', folder);
    const { code, out, err } = await run([folder], true);
    expect([code, out.map((line) => line.replace(`${folder}/`, ''))]).toEqual([
      0,
      [
        'a.txt (pokerstars): 1 block, 1 read, 0 refused',
        'b.phh (phh): 1 block, 1 read, 0 refused',
        '2 files: 2 blocks, 2 read, 0 refused',
      ],
    ]);
    expect(err).not.toContain('\n');
  });

  it('reads recordings, and ends with 1 where lines of them are damaged', async () => {
    const { records, result } = scriptMatch({ maxHands: 3, answers: [50] });
    const cut = records.filter(({ record }) => record.type !== 'end').slice(0, -6);
    const folder = makeFolder();
    const [path] = writeFiles(folder, {
      'match-1.jsonl': linesOf(cut),
      'results.jsonl': `${JSON.stringify(result)}\n`,
    });
    const { code, out } = await run([folder]);
    expect([code, out]).toEqual([0, [`${path} (recording): 3 blocks, 3 read, 0 refused, 1 not finished`]]);
    writeFiles(folder, { 'match-1.jsonl': `${linesOf(cut)}{"a":1}{"a":2}\n{"type":"in"` });
    const damaged = await run([folder, '--json']);
    expect([damaged.code, JSON.parse(damaged.out.join(''))]).toMatchObject([
      1,
      { files: [{ file: path, kind: 'recording', torn: 1, damaged: 1, damagedLines: [cut.length + 1] }] },
    ]);
    expect((await run([folder])).out.slice(1)).toEqual([
      `  ${path}: 1 line torn by a process that was killed, or a full disk`,
      `  ${path}: 1 line damaged, the first one is line ${cut.length + 1}`,
    ]);
  });

  it.each([
    ['utf16le', '\uFEFF'],
    ['utf16le', ''],
  ] as const)(
    'names the encoding of recordings and results in %s that begin with "%s"',
    async (encoding, mark) => {
      const { records, result } = scriptMatch({ maxHands: 3, answers: [50] });
      const folder = makeFolder();
      const texts = { 'match-1.jsonl': linesOf(records), 'results.jsonl': `${JSON.stringify(result)}\n` };
      for (const [name, text] of Object.entries(texts))
        writeFileSync(join(folder, name), Buffer.from(mark + text, encoding));
      const { code, out } = await run([folder]);
      const why = 'It is in UTF-16, and recordings are read in UTF-8';
      expect(code).toBe(1);
      expect(out.slice(0, 2)).toEqual([
        expect.stringContaining(`match-1.jsonl: ${why}`),
        expect.stringContaining(`results.jsonl: ${why}`),
      ]);
    },
  );

  it('says of many files of a folder in one line what is in them, and names what it refused', async () => {
    const folder = makeFolder();
    for (let number = 0; number < 30; number += 1)
      fileOf(
        good.replace('hand = 1', `hand = ${number}`),
        `hand-${String(number).padStart(2, '0')}.phh`,
        folder,
      );
    fileOf('x', 'notes.txt', folder);
    fileOf(good.replace("'NT'", "'PO'"), 'omaha.phh', folder);
    const { code, out } = await run([folder]);
    expect([code, out]).toEqual([
      1,
      [
        `${folder} (31 phh files): 31 blocks, 30 read, 1 refused (1 other_game)`,
        `${folder}/notes.txt: 1 block, 0 read, 1 refused (1 unreadable)`,
        expect.stringContaining('notes.txt, block 1: unreadable'),
        expect.stringContaining('omaha.phh, block 1: other_game'),
        '32 files: 32 blocks, 30 read, 2 refused (1 unreadable, 1 other_game)',
      ],
    ]);
  });

  it('says which file has the hands of a match that several recorded', async () => {
    const { records, facts } = scriptMatch({ maxHands: 3, answers: [50] });
    const folder = makeFolder();
    const [own = '', other = ''] = writeFiles(folder, {
      'match-1.jsonl': linesOf(records),
      'match-1.77.jsonl': linesOf(facts),
    });
    const { code, out } = await run([folder]);
    expect([code, out]).toEqual([
      0,
      [
        `${own} (recording): 3 blocks, 3 read, 0 refused`,
        `${other} (recording): the hands of this match are those of ${own}`,
        '2 files: 3 blocks, 3 read, 0 refused',
      ],
    ]);
  });

  it('counts the stacks of /hands on from what every seat began with', async () => {
    const { played } = scriptMatch({ maxHands: 3, answers: [50, 20] });
    const text = JSON.stringify({ total: 3, hands: played.hands.map(handRow) });
    const path = fileOf(text, 'match-1.json');
    const exported = async (...flags: string[]) => {
      const io = fakeIo();
      await runCli(['export', path, '--format', 'ohh', '--started-at', '2026-11-27', ...flags], io);
      return { err: io.err(), text: io.out().join('\n') };
    };
    expect((await exported()).err[0]).toBe('0 hands written, 3 left out');
    const { err, text: ohh } = await exported('--starting-stack', '1000');
    expect(err[0]).toBe('3 hands written, 0 left out');
    expect(readOhh(ohh).hands.map(({ seats }) => seats.map(({ stackAfter }) => stackAfter))).toEqual(
      played.hands.map(({ stacksAfter }) => stacksAfter),
    );
    expect((await run([path, '--starting-stack', '1000'])).code).toBe(0);
  });

  it('takes the stacks of ACPC lines from a game definition', async () => {
    const log = fileOf('STATE:7:f:7s6s|AdAh:50|-50:alpha|beta\n', 'acpc.log');
    const game = fileOf(
      'GAMEDEF\nnolimit\nnumPlayers = 2\nstack = 20000 20000\nblind = 100 50\nEND GAMEDEF',
      'x.game',
    );
    expect((await run([log])).out.join('\n')).toMatch(/1 no_stacks.*\n.*--game/);
    expect((await run([log, '--game', game])).code).toBe(0);
  });

  it.each([
    ['a file that is not there', ['/nonexistent/hands.txt'], 'ENOENT'],
    ['what is no file', ['/dev/null'], 'a device'],
    ['nothing', [], "missing required argument 'files'"],
  ])('refuses %s', async (_, args, sentence) => {
    const io = fakeIo();
    expect(await runCli(['import', ...args], io)).toBe(2);
    expect(io.err().join('\n')).toContain(sentence);
  });

  it('has examples in its help', async () => {
    expect((await run(['--help'])).out.join('\n')).toContain('chipzen-agent import hands.txt');
  });
});
