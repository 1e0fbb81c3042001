/** `chipzen-agent arena` as its users run it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ArenaResult } from '../../../src/arena/arena-result.js';
import { makeFolder } from '../../kit/folder.js';
import { arena, chipzen, duelFolder, flags } from './arena-duel.js';

const steady = (text: string): string => text.replaceAll(/\([\d,]+ a second\)/g, '(N a second)').trimEnd();

it('tells which of two bots is better, by how much, and after how many deals', async () => {
  const { code, out, err } = await arena(duelFolder(), 'call.mjs', 'fold.mjs', '--deals', '400', ...flags);
  expect(code).toBe(0);
  expect(steady(out)).toMatchInlineSnapshot(`
    "not decided after 400 deals: fold less call is −4.1 bb/100 so far (−153.1 to +145.0); about 11,000
    to 21,000 more deals at this rate.

    bot             deals  hands  bb/100    from     to  error  unpaired  correlation
    fold less call    400    800    −4.1  −153.1  145.0    1.3       3.3        −0.85

    400 deals now (N a second), 100 bb each, seed golden: the same seed gives the same"
  `);
  expect(err).toBe('1 job, with 4 bots of their own, about 145 MB\n');
});

it('tells all of a pool in one table', async () => {
  const { code, out } = await arena(
    duelFolder(),
    'call.mjs',
    'fold.mjs',
    './call.mjs',
    '--opponent-pool',
    'gauntlet',
    '--deals',
    '200',
    ...flags,
  );
  expect(code).toBe(0);
  expect(steady(out)).toMatchInlineSnapshot(`
    "not decided after 200 deals: fold less call 1 is −3.3 bb/100 so far (−333.9 to +327.6); about
    13,000 to 46,000 more deals at this rate (one of 2 comparisons: each may be wrong in 2.5 %, all
    together in 5 %).
    not decided after 200 deals: all of them came out alike, at 0.0 bb/100 (one of 2 comparisons: each
    may be wrong in 2.5 %, all together in 5 %).

    bot                 deals  hands  bb/100    from     to  error  unpaired  correlation
    fold less call 1      200    400    −3.3  −333.9  327.6    1.8       4.7        −0.86
    call 2 less call 1    200    400     0.0  −330.7  330.7    0.0       4.9        −1.00

    400 deals now (N a second), 100 bb each, seed golden: the same seed gives the same"
  `);
});

it('plays matches to a bust', async () => {
  const { code, out } = await arena(duelFolder(), 'call.mjs', 'fold.mjs', '--matches', '5', ...flags);
  expect(code).toBe(0);
  expect(steady(out)).toMatchInlineSnapshot(`
    "not decided after 3 pairs of matches: fewer than 30 pairs of matches say nothing.

    bot             pairs  hands  % won  from    to  error
    fold less call      3  1,138   50.0   7.1  92.9    0.0

    3 pairs of matches now (N a second), seed golden: the same seed gives the same"
  `);
});

it('writes a page, says where it is, and tells details as well', async () => {
  const folder = duelFolder();
  const bots = ['random', 'calling-station'];
  const { code, out, err } = await arena(folder, ...bots, '--deals', '30', '--report', 'duel.html', ...flags);
  expect({ code, told: err.split('\n').slice(1) }).toEqual({
    code: 0,
    told: ['The report is in duel.html.', ''],
  });
  expect(out).toContain('biggest pots\n');
  const page = readFileSync(join(folder, 'duel.html'), 'utf8');
  expect(page).toContain('calling-station less random');
  expect(page.trimEnd()).toMatch(/^<!doctype html>[^]*<\/html>$/i);
});

it('keeps hands that the ledger counts alike, and tells what it knows when they cannot be kept', async () => {
  const folder = makeFolder();
  const args = ['random', 'maniac', '--deals', '200', ...flags];
  const { out, err, code } = await arena(folder, ...args, '--record', 'hands');
  expect(code).toBe(0);
  expect(err).toContain('The hands of 4 matches were written to hands: see chipzen-agent ledger hands.\n');
  const ledger = await chipzen(folder, 'ledger', 'hands', '--by', 'version', '--json');
  const { groups } = JSON.parse(ledger.out) as {
    groups: { version: { label: string }; line: { hands: number; adjustedPer100: { value: number } } }[];
  };
  const [maniac] = groups.filter(({ version }) => version.label === 'maniac');
  const counted = /^maniac less random +200 +400 +([\d.]+)/m.exec(out)?.[1];
  expect(maniac?.line.hands).toBe(400);
  expect(maniac?.line.adjustedPer100.value.toFixed(1)).toBe(counted);

  const [, , second = ''] = readdirSync(join(folder, 'hands'));
  mkdirSync(join(folder, 'full', second), { recursive: true });
  const full = await arena(folder, ...args, '--record', 'full');
  expect(full.code).toBe(1);
  expect(full.out).toMatch(/after 100 deals[^]*It was ended before all was played\./);
  expect(full.err).toMatch(/The hands cannot be recorded in .*full \(EISDIR\)\..*go on with --resume/);
  expect(full.err).not.toContain('see chipzen-agent ledger');
});

it('is one line of JSON for programs, the same with two jobs as with one', async () => {
  const folder = duelFolder();
  const results = await Promise.all(
    ['1', '2'].map(async (jobs) => {
      const { out } = await arena(
        folder,
        'call.mjs',
        'fold.mjs',
        '--deals',
        '200',
        '--json',
        '--jobs',
        jobs,
        ...flags,
      );
      expect(out.trimEnd().split('\n')).toHaveLength(1);
      const { elapsedMs: _, times: __, ...told } = JSON.parse(out) as ArenaResult;
      return told;
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[0]?.pairings[0]?.pairs).toBe(200);
});

it.each<[string, string[], RegExp]>([
  ['one bot', ['call.mjs'], /Give two bots or more/],
  ['a name that nothing has', ['call.mjs', 'nobody'], /There is no house bot "nobody"/],
  ['a file that is not there', ['call.mjs', './nobody.mjs'], /There is no bot file/],
  ['deals and matches', ['call.mjs', 'fold.mjs', '--deals', '5', '--matches', '5'], /one of both/],
  ['matches without a deal', ['call.mjs', 'fold.mjs', '--deals-per-match', '0'], /from 1 to 1,?000/],
  ['a test without two differences', ['call.mjs', 'fold.mjs', '--sprt', '5'], /two numbers of bb\/100/],
  ['eleven bots at one table', Array(11).fill('call.mjs') as string[], /10 seats: choose a pool/],
])('refuses %s', async (_, args, why) => {
  const { code, err } = await arena(duelFolder(), ...args);
  expect(code).toBe(2);
  expect(err).toMatch(why);
});

it('a bot that cannot be made has an exit code of its own', async () => {
  const folder = duelFolder();
  writeFileSync(
    join(folder, 'broken.mjs'),
    'export default class { constructor() { throw new Error("no"); } decide() {} }\n',
  );
  expect((await arena(folder, 'call.mjs', 'broken.mjs', '--deals', '5')).code).toBe(6);
});
