import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlayedBlock } from '../../src/arena/arena-record.js';
import type { ArenaTerms } from '../../src/arena/arena-terms.js';
import { type HandsFolder, openHandsFolder } from '../../src/arena/hands-folder.js';
import { readCollection } from '../../src/histories/collection/read-collection.js';
import type { HouseBotName } from '../../src/house/house-bot-names.js';
import type { LedgerRow } from '../../src/ledger/ledger-row.js';
import { entriesOf } from '../../src/ledger/rows-of-match.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { houseTerms, matchTerms, playHouseBlock, playWithHands } from './arena-kit.js';

const two = ['random', 'maniac'] as const;

async function open(folder: string, terms: ArenaTerms, more: { at?: number; digests?: string[] } = {}) {
  const { at = 1_000, digests = terms.names.map((name) => `house:${name}`) } = more;
  const opened = await openHandsFolder({ folder, terms, digests, wallNow: () => at });
  afterTest(() => opened.close());
  return opened;
}

async function record(folder: string, terms: ArenaTerms, more: Parameters<typeof open>[2] = {}) {
  const hands = await open(folder, terms, more);
  const blocks: PlayedBlock[] = [];
  for (let block = 0; block * terms.pairsPerBlock < terms.pairs; block += 1) {
    const played = await playWithHands(terms, block);
    hands.add(played.record, played.hands);
    blocks.push(played);
  }
  await hands.close();
  return { hands, blocks };
}

async function ledgerOf(folder: string): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for await (const match of readCollection([folder])) {
    expect(match.refused).toEqual([]);
    rows.push(...entriesOf(match).rows);
  }
  return rows;
}

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('recorded hands of an arena', () => {
  it.each<[string, readonly HouseBotName[], Partial<ArenaTerms>]>([
    ['deals', two, {}],
    ['deals at three seats', ['random', 'maniac', 'calling-station'], { pairs: 10 }],
    ['matches', two, { ...matchTerms, pairs: 2 }],
  ])('of %s say the same chips as its blocks', async (_, names, more) => {
    const terms = houseTerms(names, more);
    const folder = makeFolder();
    const { hands, blocks } = await record(folder, terms);
    const rows = await ledgerOf(folder);
    expect(hands.matches).toBe(blocks.length * names.length);
    expect(rows).toHaveLength(blocks.length * names.length ** 2);
    // Hands of the recording, outcome of the result.
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(['both']));
    for (const [bot, label] of terms.names.entries()) {
      const own = rows.filter((row) => row.label === label);
      const net = sum(
        blocks.flatMap(({ record: { netChips } }) => netChips.flatMap((leg) => leg[bot] ?? [])),
      );
      expect(sum(own.map((row) => row.net ?? Number.NaN))).toBe(net);
      expect(sum(own.map(({ handNet }) => handNet))).toBe(net);
      expect(sum(own.map((row) => row.hands))).toBe(
        sum(blocks.flatMap(({ record: one }) => one.hands.flat())),
      );
      expect(sum(own.map(({ turns }) => turns))).toBe(
        sum(blocks.map(({ record: { answers } }) => answers[bot]?.turns ?? 0)),
      );
    }
    expect(rows.some(({ net }) => net !== 0)).toBe(true);
  });

  it('are worth in the ledger what they are worth in the arena', async () => {
    const terms = houseTerms(two, { pairs: 60, pairsPerBlock: 60 });
    const folder = makeFolder();
    const { blocks } = await record(folder, terms);
    const rows = (await ledgerOf(folder)).filter(({ label }) => label === terms.names[1]);
    const adjusted = sum(
      blocks.flatMap(({ record: { adjustedChips } }) => adjustedChips?.flatMap((leg) => leg[1] ?? []) ?? []),
    );
    expect(sum(rows.map(({ adjustedHands }) => adjustedHands))).toBeGreaterThan(5);
    expect(100 * sum(rows.map(({ levelAdjusted }) => levelAdjusted))).toBeCloseTo(adjusted, 6);
    expect(adjusted).not.toBeCloseTo(sum(rows.map(({ handNet }) => handNet)), 0);
  });

  it('change nothing of what counts', async () => {
    const terms = houseTerms(two);
    const without = await playHouseBlock(terms);
    expect(without.hands).toBeUndefined();
    expect((await playWithHands(terms)).record).toEqual(without.record);
  });

  it('are the same, and there once, when the same run is recorded again', async () => {
    const terms = houseTerms(two);
    const folder = makeFolder();
    await record(folder, terms);
    const before = filesOf(folder);
    await record(folder, terms, { at: 9_000 });
    expect(filesOf(folder)).toEqual(before);
  });

  it('of another run with the same names stand beside them', async () => {
    const terms = houseTerms(two);
    const folder = makeFolder();
    await record(folder, terms);
    await record(folder, { ...terms, seed: 'other' });
    await record(folder, terms, { digests: ['house:random', 'file:1'] });
    expect(await ledgerOf(folder)).toHaveLength(3 * 8);
  });

  it('count as they were played last, where bots play the same run differently', async () => {
    const terms = houseTerms(two);
    const digests = ['here:a', 'here:b'];
    const folder = makeFolder();
    await record(folder, terms, { digests });
    const changed = houseTerms(['calling-station', 'reraiser'], { names: terms.names });
    const { blocks } = await record(folder, changed, { digests });
    const rows = await ledgerOf(folder);
    expect(rows).toHaveLength(8);
    const nets = blocks.flatMap(({ record: { netChips } }) => netChips.map((leg) => sum(leg[0] ?? [])));
    expect(rows.filter(({ label }) => label === terms.names[0]).map(({ net }) => net)).toEqual(nets);
  });

  it('go on after a kill: what was begun is taken away, and a torn line is ended', async () => {
    const terms = houseTerms(two);
    const folder = makeFolder();
    await record(folder, terms);
    const whole = filesOf(folder);
    const [name = ''] = readdirSync(folder);
    writeFileSync(join(folder, `${name}.draft-1-a`), whole[name]?.slice(0, 400) ?? '');
    const results = whole['results.jsonl'] ?? '';
    writeFileSync(join(folder, 'results.jsonl'), results.slice(0, results.length - 40));
    // Also before anything is repaired it is no match of its own.
    expect(await ledgerOf(folder)).toHaveLength(7);
    await record(folder, terms);
    const { 'results.jsonl': repaired = '', ...files } = filesOf(folder);
    expect({ ...files, 'results.jsonl': results }).toEqual(whole);
    expect(repaired.split('\n').filter((line) => line !== '')).toHaveLength(9);
    expect(await ledgerOf(folder)).toHaveLength(8);
  });

  it('tell how many pairs that were played before are not among them', async () => {
    const terms = houseTerms(two);
    const folder = makeFolder();
    const [first, second] = [await playWithHands(terms, 0), await playWithHands(terms, 1)];
    const hands = await open(folder, terms);
    hands.add(second.record, second.hands);
    await hands.close();
    expect((await open(folder, terms)).missingOf([first.record, second.record])).toBe(10);
  });

  it('are whole blocks: one that cannot be written leaves nothing behind', async () => {
    const terms = houseTerms(two);
    const folder = makeFolder();
    const hands = await open(folder, terms);
    const [first, second] = [await playWithHands(terms, 0), await playWithHands(terms, 1)];
    hands.add(first.record, first.hands);
    const before = filesOf(folder);
    const lastLeg = Object.keys(before).find((name) => name.endsWith('-1.jsonl')) ?? '';
    const inTheWay = join(folder, lastLeg.replace('000000', '000001'));
    mkdirSync(inTheWay);
    const add = (to: HandsFolder): void => to.add(second.record, second.hands);
    expect(() => add(hands)).toThrow(
      expect.objectContaining({ code: 'state_unwritable', message: expect.stringContaining('--resume') }),
    );
    expect(readdirSync(folder)).toHaveLength(Object.keys(before).length + 1);
    expect(readFileSync(join(folder, 'results.jsonl'), 'utf8')).toBe(before['results.jsonl']);
  });

  it('are refused where there can be no folder, and while the same run writes there', async () => {
    const terms = houseTerms(two);
    const folder = makeFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(open(join(folder, 'file'), terms)).rejects.toMatchObject({
      code: 'bad_option',
      option: 'record',
    });
    mkdirSync(join(folder, 'results.jsonl'));
    await expect(open(folder, terms)).rejects.toThrow('Nothing can be recorded in');
    const good = makeFolder();
    await open(good, terms);
    await expect(open(good, terms)).rejects.toThrow('Another arena with these bots');
    await open(good, { ...terms, seed: 'other' });
  });
});
