import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arenaIdentityOf, openArenaFile } from '../../src/arena/arena-file.js';
import type { BlockRecord } from '../../src/arena/arena-record.js';
import type { ArenaTerms } from '../../src/arena/arena-terms.js';
import { houseTerms, playHouseBlock } from './arena-kit.js';

const terms = houseTerms(['tight-aggressive', 'random'], { pairs: 40 });
const digests = ['house:tight-aggressive', 'house:random'];
const open = (path: string, of: ArenaTerms = terms, by: readonly string[] = digests) =>
  openArenaFile(path, of, arenaIdentityOf(of, by));

let folder = '';
let path = '';
let played: BlockRecord[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arena-file-'));
  path = join(folder, 'duel.jsonl');
  played = [];
  for (const block of [0, 1, 2]) played.push((await playHouseBlock(terms, { block })).record);
  const file = await open(path);
  file.append(played);
  await file.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function reopened(...given: [of?: ArenaTerms, by?: readonly string[]]) {
  const file = await open(path, ...given);
  await file.close();
  return file.blocks;
}

describe('the file of a run', () => {
  it('has what was played', async () => {
    expect(await reopened()).toEqual(played);
  });

  it('cut off anywhere has the blocks that are whole, and goes on behind them', async () => {
    const text = readFileSync(path, 'utf8');
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    const head = ends[0] as number;
    for (let length = head; length <= text.length; length += 97) {
      writeFileSync(path, text.slice(0, length));
      const whole = ends.filter((end) => end <= length).length - 1;
      const file = await open(path);
      expect(file.blocks).toEqual(played.slice(0, whole));
      file.append(played.slice(whole));
      await file.close();
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('has one writer', async () => {
    const file = await open(path);
    await expect(open(path)).rejects.toThrow('another run writes it');
    await file.close();
    expect(await reopened()).toHaveLength(3);
  });

  it.each<[string, (block: BlockRecord) => unknown]>([
    ['chips of nobody', (block) => ({ ...block, netChips: block.netChips.map(([first]) => [first, first]) })],
    ['chips that are no numbers', (block) => ({ ...block, adjustedChips: [[['1'], ['-1']]] })],
    ['no adjusted chips', (block) => ({ ...block, adjustedChips: null })],
    ['other pairs', (block) => ({ ...block, firstPair: block.firstPair + 1 })],
    ['a pairing that is not played', (block) => ({ ...block, pairing: 1 })],
    ['no answers', (block) => ({ ...block, answers: [] })],
    ['no losses', (block) => ({ ...block, losses: undefined })],
    ['the block before', () => played[0]],
  ])('with %s in a line is refused, with the line', async (_, change) => {
    const [head, first, second = '', third] = readFileSync(path, 'utf8').split('\n');
    const changed = JSON.stringify(change(JSON.parse(second) as BlockRecord));
    writeFileSync(path, `${[head, first, changed, third].join('\n')}\n`);
    await expect(reopened()).rejects.toThrow('line 3 is damaged');
    // It is left as it was.
    expect(readFileSync(path, 'utf8')).toContain(changed);
  });

  it('is refused for other terms, bots and files', async () => {
    const flags = 'give the flags of the run that began it.';
    await expect(reopened({ ...terms, seed: 'another' })).rejects.toThrow('the seed is another one');
    await expect(reopened({ ...terms, startingStack: 1_000 })).rejects.toThrow(
      `the starting stack is another one (10000, and now 1000): ${flags}`,
    );
    await expect(reopened({ ...terms, details: true })).rejects.toThrow(
      `the choice of --details (which --report makes, too) is another one (false, and now true): ${flags}`,
    );
    await expect(reopened(terms, ['house:random', 'file:2'])).rejects.toThrow('the code of the bots');
    await expect(reopened({ ...terms, pairs: 20 })).rejects.toThrow('more pairs than the 20');
    expect(await reopened({ ...terms, pairs: 1_000 })).toHaveLength(3);
    writeFileSync(path, 'bot,chips\n');
    await expect(reopened()).rejects.toThrow('it is no file of an arena');
  });
});
