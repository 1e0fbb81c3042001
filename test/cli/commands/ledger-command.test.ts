import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { playRecordedMatch } from '../../histories/collection/played-records.js';
import { makeFolder } from '../../kit/folder.js';
import { linesOf, scriptMatch, writeFiles } from '../../kit/recorded-match.js';
import { exampleResult, startedAt } from '../../ledger/example-matches.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function run(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['ledger', ...args], io);
  return { code, out: io.out(), err: io.err().join('') };
}

const json = async (...args: string[]) => {
  const { code, out } = await run(...args, '--json');
  return { code, report: JSON.parse(out.join('')) };
};

function resultsFolder(...results: Parameters<typeof exampleResult>[0][]): string {
  const folder = makeFolder();
  const lines = results.map((result) => `${JSON.stringify(exampleResult(result))}\n`);
  writeFileSync(join(folder, 'results.jsonl'), lines.join(''));
  return folder;
}

describe('a recorded match', () => {
  it('counts as the platform counts it', async () => {
    const { agentFolder, result, replayed } = await playRecordedMatch();
    const { code, report } = await json(agentFolder);
    expect(code).toBe(0);
    expect(report.head).toMatchObject({ matches: 1, differing: 0, unfinished: 0, leftOut: {}, unread: [] });
    expect(report.total).toMatchObject({
      matches: 1,
      hands: replayed.length,
      net: result?.netChips,
      handNet: result?.netChips,
      turns: result?.turns,
      answeredFor: result?.fallbacks,
      errors: 0,
      resumes: result?.resumes,
    });
    expect(report.groups[0].version.label).toBe('v7');
  });

  it('counts once in however many folders it is, with or without its results', async () => {
    const { agentFolder, platformFolder } = await playRecordedMatch();
    const copy = makeFolder();
    cpSync(agentFolder, copy, { recursive: true });
    const alone = makeFolder();
    cpSync(agentFolder, alone, { recursive: true });
    rmSync(join(alone, 'results.jsonl'));
    const one = (await json(agentFolder)).report.total;
    expect((await json(agentFolder, copy, alone, platformFolder)).report.total).toEqual(one);
    const { outcome: _, ...recorded } = (await json(alone)).report.total;
    expect(recorded).toEqual(one);
  });

  it('is known from its result alone, without levels', async () => {
    const { agentFolder, result } = await playRecordedMatch();
    const folder = makeFolder();
    cpSync(join(agentFolder, 'results.jsonl'), join(folder, 'results.jsonl'));
    const { report } = await json(folder);
    expect(report.head.resultsOnly).toBe(1);
    expect(report.total).toMatchObject({
      matches: 1,
      hands: result?.hands,
      net: result?.netChips,
      errors: null,
      bbPer100: { value: null },
    });
  });

  it("is nobody's where only the platform recorded it", async () => {
    const { code, report } = await json((await playRecordedMatch()).platformFolder);
    expect([code, report.head.foreign, report.total.matches]).toEqual([1, 1, 0]);
  });

  it('has hands whose chips do not add up in no sum, and names them by their number', async () => {
    const { agentFolder, matchId, result, replayed } = await playRecordedMatch();
    const path = join(agentFolder, `${matchId}.jsonl`);
    const lines = readFileSync(path, 'utf8').split('\n');
    const broken = lines
      .map((line) =>
        line.includes('"type":"round_result"') ? line.replace(/"stacks":\[\d/, (text) => `${text}7`) : line,
      )
      .join('\n');
    writeFileSync(path, broken);
    const { report } = await json(agentFolder);
    const unsound = report.head.leftOut.unsound;
    expect(unsound).toBeGreaterThan(0);
    expect(report.total).toMatchObject({ hands: replayed.length - unsound, net: result?.netChips });
    expect((await run(agentFolder)).out).toContain(
      `  ${unsound} hands in no sum (the chips do not add up): see --left-out`,
    );
    const { out } = await run(agentFolder, '--left-out');
    expect(out).toHaveLength(unsound);
    expect(out[0]).toMatch(/, hand \d+: unsound: The pot has \d+ chips, and \d+ were won\./);
  });
});

describe('the answer', () => {
  const two = () =>
    resultsFolder(
      { matchId: 'm1', netChips: 100 },
      {
        matchId: 'm2',
        netChips: -40,
        startedAt: startedAt + 86_400_000,
        label: 'a|b',
        opponents: ['Cid, "x"'],
      },
    );

  it('is a table, with what has to be known of it above', async () => {
    const { code, out } = await run(two());
    expect(code).toBe(0);
    expect(out).toEqual([
      '2 matches in the files, 2 counted, 4 hands',
      '  2 matches known by the result alone: without bb/100 and show-downs',
      '',
      'version       matches  won  won %  hands   net  bb/100  95 %  all-in adjusted  95 %  show-downs  answered for  errors  resumes',
      'v1 aaaaaaaa         1    1  100 %      2  +100       -     -                -     -           -             1       -        1',
      'a|b aaaaaaaa        1    0    0 %      2   -40       -     -                -     -           -             1       -        1',
      'all                 2    1   50 %      4   +60       -     -                -     -           -             2       -        2',
    ]);
  });

  it('is a sentence where nothing was counted, with the names that there are', async () => {
    const head = '2 matches in the files, 0 counted, 0 hands';
    expect(await run(two(), '--label', 'v2', '--since', '2030-01-01')).toEqual({
      code: 1,
      out: [head],
      err: 'No match fits --label (there are v1, a|b) and --since.',
    });
    expect(await run(makeFolder())).toEqual({
      code: 1,
      out: ['0 matches in the files, 0 counted, 0 hands'],
      err: 'No match of a bot of yours is there: name a folder that `run --record` has written to.',
    });
  });

  it('to SQL needs a question, and files that are there', async () => {
    expect(await run(two(), '--sql', ' ')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--sql needs'),
    });
    const { code, err } = await run(join(two(), 'nowhere'), '--sql', 'SELECT 1');
    expect([code, err]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
  });

  it.each([
    ['--by', 'version,day'],
    ['--opponent', 'Bob'],
    ['--label', 'v1'],
    ['--since', '2026-01-01'],
    ['--left-out'],
  ])('to SQL is chosen by the question alone: %s is refused', async (...flags) => {
    expect(await run(two(), '--sql', 'SELECT 1', ...flags)).toMatchObject({
      code: 2,
      out: [],
      err: expect.stringContaining(`${flags[0]} does not go with --sql`),
    });
  });

  it('is Markdown, in which a bar in a name is no cell', async () => {
    const { out } = await run(two(), '--md', '--by', 'version,day');
    expect(out.slice(3)).toEqual([
      '| version | day | matches | won | won % | hands | net | bb/100 | 95 % | all-in adjusted | 95 % | show-downs | answered for | errors | resumes |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| v1 aaaaaaaa | 2026-11-27 | 1 | 1 | 100 % | 2 | +100 | - | - | - | - | - | 1 | - | 1 |',
      '| a\\|b aaaaaaaa | 2026-11-28 | 1 | 0 | 0 % | 2 | -40 | - | - | - | - | - | 1 | - | 1 |',
      '| all |  | 2 | 1 | 50 % | 4 | +60 | - | - | - | - | - | 2 | - | 2 |',
    ]);
  });

  it('is CSV with all figures', async () => {
    const { out } = await run(two(), '--csv', '--by', 'opponent');
    expect(out[0]?.split(',').slice(0, 8)).toEqual([
      'opponent',
      'hash',
      'label',
      'git',
      'first',
      'last',
      'matches',
      'won',
    ]);
    expect(out[2]).toContain('"Cid, ""x""",aaaaaaaaaaaa,a|b,c0ffee1234+,2026-11-28T22:00:00.000Z');
  });

  it('is about some of the matches where that was asked', async () => {
    const folder = two();
    const matches = async (...flags: string[]) => (await json(folder, ...flags)).report.total.matches;
    expect(await matches('--label', 'v1')).toBe(1);
    expect(await matches('--opponent', 'BOB')).toBe(1);
    expect(await matches('--since', '2026-11-28')).toBe(1);
    expect(await matches('--since', '2026-11-29')).toBe(0);
    await expect(matches('--since', '2026-02-30')).rejects.toThrow();
  });

  it('says of how many matches nothing tells the end', async () => {
    const { matchId, records } = scriptMatch({ maxHands: 6, answers: [50, 60, 75, 50] });
    const folder = makeFolder();
    writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(records.filter(({ hand }) => hand <= 3)) });
    expect((await json(folder)).report.head.open).toBe(1);
    expect((await run(folder)).out.join('\n')).toContain('1 match without an end');
    writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(records) });
    expect((await json(folder)).report.head.open).toBe(0);
  });

  it('says of how many matches the platform has told the end', async () => {
    const { matchId, records, result } = scriptMatch({ maxHands: 6, answers: [50, 60, 75, 50] });
    const folder = makeFolder();
    writeFiles(folder, {
      [`${matchId}.jsonl`]: linesOf(records.filter(({ hand }) => hand <= 3)),
      'results.jsonl': `${JSON.stringify({ ...result, netChips: -700, toldBy: 'platform' })}\n`,
    });
    const { head, total } = (await json(folder)).report;
    expect([head.told, head.open, total.net]).toEqual([1, 0, -700]);
    expect((await run(folder)).out).toContain(
      '  1 match that ended unseen by your bot: chips as the platform tells them',
    );
    writeFiles(folder, { 'results.jsonl': `${JSON.stringify(result)}\n` });
    expect((await json(folder)).report.head.told).toBe(0);
  });

  it('takes the last line of a match that was played on', async () => {
    const folder = resultsFolder({ at: 1, netChips: null, outcome: 'abandoned' }, { at: 2, netChips: 10 });
    expect((await json(folder)).report.total).toMatchObject({ matches: 1, net: 10, abandoned: 0 });
  });

  it('shows no secret that stands in a name', async () => {
    const io = fakeIo({ CHIPZEN_TOKEN: 'cz_extbot_abcdefghijklmnop' });
    await runCli(
      ['ledger', resultsFolder({ opponents: ['cz_extbot_abcdefghijklmnop'] }), '--by', 'opponent'],
      io,
    );
    expect(io.out().join('\n')).not.toContain('abcdefghijklmnop');
  });
});

describe('a question in SQL', () => {
  const ask = (question: string, ...flags: string[]) =>
    run(
      resultsFolder({ netChips: -1_234 }),
      '--index',
      join(makeFolder(), 'index.duckdb'),
      '--sql',
      question,
      ...flags,
    );

  it('is answered in JSON with numbers, a name for each column', async () => {
    const { code, out } = await ask('SELECT sum(net), max(label) AS label FROM matches', '--json');
    expect([code, JSON.parse(out.join(''))]).toEqual([0, [{ 'sum(net)': -1_234, label: 'v1' }]]);
  });

  it('is answered with a table, CSV and Markdown', async () => {
    const question = 'SELECT label, 100 * net / 16 AS x, opponents, NULL AS none FROM matches';
    expect((await ask(question)).out).toEqual([
      'label        x  opponents  none',
      'v1     -7712.5    ["Bob"]      ',
    ]);
    expect((await ask(question, '--csv')).out).toEqual(['label,x,opponents,none', 'v1,-7712.5,"[""Bob""]",']);
    expect((await ask(question, '--md')).out[2]).toBe('| v1 | -7712.5 | ["Bob"] |  |');
  });

  it('that is none ends with 2', async () => {
    expect(await ask('SELEC 1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('was not understood'),
    });
    expect(await ask('SELECT 1', '--no-index')).toMatchObject({ code: 2 });
    const { err } = await ask('SELECT nothing FROM hands');
    expect(err).toMatch(/clause! Candidate bindings: .+ LINE 1: SELECT nothing FROM hands\n?$/);
  });

  it('leaves a file alone that the user names as the index, and that is something else', async () => {
    const folder = resultsFolder({});
    const path = join(folder, 'results.jsonl');
    const before = readFileSync(path, 'utf8');
    for (const flags of [[], ['--sql', 'SELECT 1']])
      expect(await run(folder, '--index', path, ...flags)).toMatchObject({
        code: 2,
        err: expect.stringContaining('is no index of the ledger'),
      });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('what is refused', () => {
  it('a folder that is not there', async () => {
    const { code, err } = await run(join(makeFolder(), 'none'));
    expect([code, err]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
  });

  it('two forms at once, and a key that is none', async () => {
    const folder = resultsFolder({});
    expect(await run(folder, '--json', '--csv')).toMatchObject({ code: 2 });
    expect(await run(folder, '--by', 'weather')).toMatchObject({
      code: 2,
      err: expect.stringContaining('version, opponent, format, day'),
    });
  });

  it('an empty folder ends with 1', async () => {
    expect((await run(makeFolder())).code).toBe(1);
  });
});

describe('two labels', () => {
  const folderOf = (count: number): string =>
    resultsFolder(
      ...Array.from({ length: 2 * count }, (_, index) => ({
        matchId: `m${index}`,
        label: index % 2 === 0 ? 'v1' : 'v2',
        netChips: index % 2 === (index % 8 === 0 || index % 8 === 1 ? 0 : 1) ? 100 : -100,
        startedAt: startedAt + index * 60_000,
      })),
    );

  it('have a verdict, what has to be known of it, and whom they met', async () => {
    const { code, out } = await run(folderOf(80), '--a', 'v1', '--b', 'v2');
    expect(code).toBe(0);
    expect(out[0]).toMatch(
      /^v2 is better than v1 by 50\.0 points of matches won so far \([\d.]+ to [\d.]+\) after 80 matched pairs$/,
    );
    expect(out.slice(2, 5)).toEqual([
      'v1: 80 matches, 20 won (25 %), unknown bb/100, unknown all-in adjusted',
      'v2: 80 matches, 60 won (75 %), unknown bb/100, unknown all-in adjusted',
      '80 matched pairs: a match of each against the same opponent with the same format, in the order of time',
    ]);
    expect(out.slice(-2)).toEqual([
      'opponent    format  pairs  v1: matches   won  v2: matches   won',
      'Bob       heads-up     80   80 (100 %)  25 %   80 (100 %)  75 %',
    ]);
    expect((await run(folderOf(80), '--a', 'v1', '--b', 'v2', '--md')).out.at(-1)).toBe(
      '| Bob | heads-up | 80 | 80 (100 %) | 25 % | 80 (100 %) | 75 % |',
    );
  });

  it('are JSON with the same words', async () => {
    const folder = folderOf(20);
    const { report } = await json(folder, '--a', 'v1', '--b', 'v2');
    expect(report).toMatchObject({
      words: 'not decided after 20 matched pairs: fewer than 30 matched pairs say nothing',
      labels: { a: 'v1', b: 'v2' },
      verdict: { outcome: 'undecided', reason: 'few', n: 20, unit: 'points' },
      mix: [{ opponent: 'Bob', pairs: 20 }],
    });
    expect((await run(folder, '--a', 'v1', '--b', 'v2')).out[0]).toBe(report.words);
  });

  it('that met nobody in common are told how to be compared', async () => {
    const folder = resultsFolder(
      { matchId: 'm2', label: 'v1', opponents: ['Bob'] },
      { matchId: 'm1', label: 'v2', opponents: ['Eve'] },
    );
    const { out } = await run(folder, '--a', 'v1', '--b', 'v2');
    expect(out).toContain(
      'They have not met the same opponents. Let both play the same ones, or each other: chipzen-agent arena.',
    );
    expect((await run(folderOf(4), '--a', 'v1', '--b', 'v2')).out.join()).not.toContain('They have not met');
  });

  it('that met each other are told where that stands', async () => {
    const folder = resultsFolder(
      { matchId: 'm1', label: 'v1', opponents: ['Two'], participantId: 'one' },
      { matchId: 'm1', label: 'v2', opponents: ['One'], participantId: 'two' },
      { matchId: 'm2', label: 'v1', opponents: ['Two'], participantId: 'one' },
    );
    const { out } = await run(folder, '--a', 'v1', '--b', 'v2');
    expect(out.slice(4, 7)).toEqual([
      '0 matched pairs: a match of each against the same opponent with the same format, in the order of time',
      'They have not met the same opponents. Let both play the same ones.',
      'They played each other in 1 match, of which none is a matched pair: --by version,opponent in place of --a and --b tells what came of them.',
    ]);
    expect((await run(folder, '--by', 'version,opponent')).out.join('\n')).toMatch(/v2 .*One/);
  });

  it('are named where one of them has no match', async () => {
    const { code, out, err } = await run(folderOf(4), '--a', 'v1', '--b', 'v3');
    expect([code, out]).toEqual([1, []]);
    expect(err).toContain('No match fits the label v3 (there are v1, v2).');
  });

  it('are both given, different, and not with other groups', async () => {
    const folder = folderOf(4);
    expect(await run(folder, '--a', 'v1')).toMatchObject({ code: 2 });
    expect((await run(folder, '--a', 'v1')).err).toContain('--a and --b name the two versions');
    expect((await run(folder, '--a', 'v1', '--b', 'v1')).err).toContain('two different labels');
    expect((await run(folder, '--a', 'v1', '--b', 'v2', '--by', 'day')).err).toContain(
      '--by does not go with a comparison',
    );
    expect((await run(folder, '--a', 'v1', '--b', 'v2', '--left-out')).err).toContain(
      '--left-out does not go',
    );
  });
});
