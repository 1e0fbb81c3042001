import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CollectionProgress } from '../../src/histories/collection/collected-match.js';
import { loadDuckDb, openIndexFile } from '../../src/ledger/duckdb.js';
import { indexSchema } from '../../src/ledger/index-tables.js';
import { askIndex, indexedLedger, indexName } from '../../src/ledger/ledger-index.js';
import { ledgerReport } from '../../src/ledger/ledger-report.js';
import { type LedgerContents, readLedger } from '../../src/ledger/read-ledger.js';
import { makeFolder } from '../kit/folder.js';
import { linesOf, type MatchScript, scriptMatch, writeFiles } from '../kit/recorded-match.js';

/** A folder with recordings of these matches, and their results. */
function collectionOf(...scripts: MatchScript[]): string {
  const folder = makeFolder();
  addTo(folder, ...scripts);
  return folder;
}

function addTo(folder: string, ...scripts: MatchScript[]): void {
  for (const script of scripts) {
    const { matchId, records, result } = scriptMatch(script);
    writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(records) });
    appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(result)}\n`);
  }
}

const three: MatchScript[] = [
  { matchId: 'm1', seed: 'a' },
  { matchId: 'm2', seed: 'b', startedAt: Date.UTC(2026, 10, 28, 1), stacks: [500, 500, 500] },
  { matchId: 'm3', seed: 'c', startedAt: Date.UTC(2026, 10, 28, 2) },
];

const reportOf = (contents: LedgerContents) =>
  ledgerReport(contents, { by: ['opponent', 'day'], filter: {} });

/** Asks the index, and says how many matches were read for that. */
async function ask(file: string, ...paths: string[]) {
  let read: CollectionProgress | null = null;
  const troubles: string[] = [];
  const contents = await indexedLedger(paths, {
    file,
    onProgress: (progress) => {
      read = progress;
    },
    onTrouble: (sentence) => troubles.push(sentence),
  });
  const { matches = 0 } = (read ?? {}) as Partial<CollectionProgress>;
  return { report: reportOf(contents), read: matches, troubles };
}

const fromFiles = async (...paths: string[]) => reportOf(await readLedger(paths));
const indexFile = () => join(makeFolder(), 'index.duckdb');

describe('the index', () => {
  it('answers as the files do, and reads nothing twice', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    const right = await fromFiles(folder);
    expect(right.total.matches).toBe(3);
    expect(await ask(file, folder)).toEqual({ report: right, read: 3, troubles: [] });
    expect(await ask(file, folder)).toEqual({ report: right, read: 0, troubles: [] });
    expect(readdirSync(join(file, '..'))).toEqual(['index.duckdb']);
  });

  it('reads only matches that are new or changed', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    await ask(file, folder);
    addTo(folder, { matchId: 'm4', seed: 'd', startedAt: Date.UTC(2026, 10, 29) });
    expect(await ask(file, folder)).toEqual({ report: await fromFiles(folder), read: 1, troubles: [] });
    const path = join(folder, 'm2.jsonl');
    truncateSync(path, Math.floor(readFileSync(path).length / 2));
    const right = await fromFiles(folder);
    expect(right.head).toMatchObject({ torn: 1, unfinished: 1 });
    expect(await ask(file, folder)).toEqual({ report: right, read: 1, troubles: [] });
  });

  it('follows links to recordings, and says how many files it passed over', async () => {
    const folder = collectionOf(three[0] ?? {});
    const linked = makeFolder();
    symlinkSync(join(folder, 'm1.jsonl'), join(linked, 'm1.jsonl'));
    symlinkSync(join(folder, 'results.jsonl'), join(linked, 'results.jsonl'));
    symlinkSync('nowhere', join(linked, 'gone.jsonl'));
    symlinkSync('loop', join(linked, 'loop'));
    writeFileSync(join(linked, 'notes.txt'), 'Bob bluffs.');
    const right = await fromFiles(linked);
    expect(right.head).toMatchObject({ matches: 1, passedOver: 1, resultsOnly: 0 });
    const file = indexFile();
    expect(await ask(file, linked)).toEqual({ report: right, read: 1, troubles: [] });
    expect(await ask(file, linked)).toEqual({ report: right, read: 0, troubles: [] });
  });

  it('forgets what is gone, and keeps the result of a match whose recording is', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    await ask(file, folder);
    rmSync(join(folder, 'm1.jsonl'));
    const right = await fromFiles(folder);
    expect(right.head).toMatchObject({ matches: 3, resultsOnly: 1 });
    expect(await ask(file, folder)).toEqual({ report: right, read: 1, troubles: [] });
    rmSync(join(folder, 'results.jsonl'));
    expect((await ask(file, folder)).report).toEqual(await fromFiles(folder));
    expect((await ask(file, folder)).report.head.matches).toBe(2);
  });

  it('reads a match again when a second result of it comes', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    await ask(file, folder);
    const { result } = scriptMatch(three[0]);
    const later = { ...result, at: result.at + 1, fallbacks: 7 };
    appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(later)}\n`);
    const { report, read } = await ask(file, folder);
    expect([read, report.total.answeredFor]).toEqual([1, (await fromFiles(folder)).total.answeredFor]);
  });

  it('counts a match in two folders once, also when the second comes later', async () => {
    const [script] = three;
    const { records } = scriptMatch(script);
    const second = Math.max(...records.map(({ hand }) => hand)) - 3;
    const [first, other] = [makeFolder(), makeFolder()];
    // The process was killed, and another one has recorded the last hands, three of them again.
    writeFiles(first, { 'm1.jsonl': linesOf(records.filter(({ hand }) => hand < second + 3)) });
    const file = indexFile();
    await ask(file, first, other);
    const header = records.slice(0, 1).map((one) => ({ ...one.record, at: one.record.at + 1, pid: 2 }));
    const rest = records.filter(({ hand }) => hand >= second);
    writeFiles(other, { 'm1.jsonl': linesOf([...header, ...rest] as typeof records) });
    const { report, read, troubles } = await ask(file, first, other);
    expect([read, troubles]).toEqual([1, []]);
    const { netChips, hands } = scriptMatch(script).result;
    expect(report.total).toMatchObject({ matches: 1, hands, net: netChips, handNet: netChips });
    expect(report).toEqual(await fromFiles(first, other));
  });

  it('knows named files, and takes of the results beside them only what is theirs', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    const path = join(folder, 'm2.jsonl');
    const right = await fromFiles(path);
    expect(right.total).toMatchObject({ matches: 1 });
    expect((await ask(file, path)).report).toEqual(right);
    expect(await ask(file, path)).toEqual({ report: right, read: 0, troubles: [] });
  });

  it('is made anew when it is no database, and when it is of another schema', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    const right = await fromFiles(folder);
    writeFileSync(file, 'nothing that anybody can open'.repeat(1_000));
    const first = await ask(file, folder);
    expect(first).toMatchObject({ report: right, read: 3 });
    expect(first.troubles).toEqual([
      expect.stringMatching(/cannot be used .*: it is made anew from the files\.$/),
    ]);
    const open = await openIndexFile(await loadDuckDb(), file, true);
    await open.connection.run('UPDATE about SET schema = 99');
    open.close();
    const second = await ask(file, folder);
    expect(second).toMatchObject({
      report: right,
      read: 3,
      troubles: [expect.stringContaining(`schema 99, not ${indexSchema}`)],
    });
  });

  it('is for its folders alone', () => {
    const [a, b] = [makeFolder(), makeFolder()];
    expect(indexName([a, b])).toBe(indexName([b, a, b]));
    expect(indexName([a])).not.toBe(indexName([b]));
    expect(indexName([a])).toMatch(/^[\da-f]{16}\.duckdb$/);
  });

  it('goes on where a process was killed that built it', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    await ask(file, folder);
    // A process that is gone, with its log: no number of a process is that high.
    const left = `${file}.99999999.building`;
    writeFileSync(left, readFileSync(file));
    rmSync(file);
    expect(await ask(file, folder)).toEqual({ report: await fromFiles(folder), read: 0, troubles: [] });
    expect(existsSync(left)).toBe(false);
  });

  it('leaves what a process builds that is alive', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    const theirs = `${file}.${process.ppid}.building`;
    writeFileSync(theirs, 'being built');
    await ask(file, folder);
    expect(readFileSync(theirs, 'utf8')).toBe('being built');
  });

  it('ends with what the signal says, and goes on the next time', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error('enough'));
    await expect(indexedLedger([folder], { file, signal: controller.signal, onProgress })).rejects.toThrow(
      'enough',
    );
    expect(existsSync(file)).toBe(false);
    expect((await ask(file, folder)).report).toEqual(await fromFiles(folder));
  });
});

describe('a match that the index cannot take', () => {
  it('costs no other one, is told, and is tried again', async () => {
    const folder = collectionOf(...three);
    const { result } = scriptMatch({ matchId: 'm4' });
    appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify({ ...result, netChips: 1.5 })}\n`);
    const file = indexFile();
    const { report, troubles } = await ask(file, folder);
    expect(report.total.matches).toBe(3);
    expect(troubles).toEqual([expect.stringMatching(/^Match m4 is not in the index: .*1\.5/)]);
    appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify({ ...result, at: result.at + 1 })}\n`);
    expect(await ask(file, folder)).toMatchObject({ report: await fromFiles(folder), troubles: [] });
  });
});

describe('a question in SQL', () => {
  const sql = async (question: string) => {
    const folder = collectionOf(...three);
    return askIndex([folder], question, { file: indexFile() });
  };

  it('is answered with numbers, whatever the engine sums with', async () => {
    const { columns, rows } = await sql(
      'SELECT -1234::BIGINT a, sum(x) b, 10 / 4 c, 2.50::DECIMAL(9, 2) d FROM (VALUES (1), (2)) t(x)',
    );
    expect([columns, rows]).toEqual([['a', 'b', 'c', 'd'], [[-1_234, 3, 2.5, 2.5]]]);
  });

  it('knows hands and matches', async () => {
    const folder = collectionOf(...three);
    const { total } = await fromFiles(folder);
    const { rows } = await askIndex([folder], 'SELECT count(*), sum(net), sum(is_showdown::INT) FROM hands', {
      file: indexFile(),
    });
    expect(rows).toEqual([[total.hands, total.handNet, total.showdowns]]);
  });

  it('gives times as text, lists as lists, and numbers that no number can be as text', async () => {
    const { rows } = await sql(
      "SELECT min(started_at), any_value(opponents ORDER BY match_id), 9007199254740993::BIGINT, 'NaN'::DOUBLE, NULL FROM matches WHERE match_id = 'm1'",
    );
    expect(rows).toEqual([
      [expect.stringMatching(/^2026-11-27 22:01:00/), ['Bob'], '9007199254740993', 'NaN', null],
    ]);
  });

  it('reads nothing but the index, and changes nothing', async () => {
    const folder = collectionOf(...three);
    const file = indexFile();
    const refused = async (question: string) => {
      const { message } = await askIndex([folder], question, { file }).then(
        () => new Error('It was answered.'),
        (error: Error) => error,
      );
      return message;
    };
    expect(await refused(`SELECT * FROM read_json('${join(folder, 'm1.jsonl')}')`)).toMatch(
      /disabled|not allowed/i,
    );
    expect(await refused(`COPY hands TO '${join(folder, 'out.csv')}'`)).toMatch(/disabled|not allowed/i);
    expect(await refused("SET enable_external_access = 'true'")).toMatch(/Cannot/i);
    expect(await refused('DELETE FROM hands')).toMatch(/read-only/i);
    expect(await refused('SELECT nothing FROM nowhere')).toMatch(
      /^The question was not understood: .*nowhere/,
    );
  });
});
