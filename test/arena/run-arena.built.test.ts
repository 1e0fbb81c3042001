/** Whole runs: bots of files in threads, jobs, losses, and files to go on from. */
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import type { BlockRecord } from '../../src/arena/arena-record.js';
import { runArena } from '../../src/arena/run-arena.js';
import type { BotSource } from '../../src/bot/bot.js';
import { makeFolder } from '../kit/folder.js';

import { botFiles, callerBody, meanOf, runBots, toldOf } from './arena-bots.js';

describe('the same seed', () => {
  it('gives the same with one, two and seven jobs, also in the file, whatever bots draw', async () => {
    const { drawer, other } = botFiles({
      drawer: `decide(s) { const n = s.validActions.length; const action = s.validActions[Math.floor(Math.random() * n)]; return { action, amount: s.minRaise }; }`,
      // Short hands are finished first.
      other: `hands = 0; onRoundStart() { this.hands += 1; } decide(s) { return this.hands % 3 === 0 && s.validActions.includes('fold') ? { action: 'fold' } : ${callerBody}; }`,
    });
    const folder = makeFolder();
    const results: unknown[] = [];
    const files: string[] = [];
    for (const jobs of [1, 2, 7]) {
      const resume = join(folder, `${jobs}.jsonl`);
      results.push(toldOf(await runBots({ bots: [drawer, other], deals: 250, jobs, resume })));
      files.push(readFileSync(resume, 'utf8'));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(files[1]).toBe(files[0]);
    expect(files[2]).toBe(files[0]);
    expect(files[0]?.split('\n')).toHaveLength(1 + 3 + 1);
    expect(results[0]).toMatchObject({ isRepeatable: true, end: 'complete' });
  });

  it('gives the same with one and two jobs where a match has other numbers of deals, which are what a bot learns from', async () => {
    // Folds from the fifth hand of a match on, which a bot that has played nothing cannot.
    const { learner } = botFiles({
      learner: `hands = 0; onRoundStart() { this.hands += 1; } decide(s) { return this.hands > 4 && s.validActions.includes('fold') ? { action: 'fold' } : ${callerBody}; }`,
    });
    const bots = [learner, 'calling-station'];
    const resume = join(makeFolder(), 'run.jsonl');
    const played = async (dealsPerMatch: number, jobs = 1) =>
      runBots({ bots, deals: 40, dealsPerMatch, jobs, ...(jobs === 2 && { resume }) });
    const seven = await played(7);
    expect(toldOf(await played(7, 2))).toEqual(toldOf(seven));
    const sizes = readFileSync(resume, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => (JSON.parse(line) as BlockRecord).pairs);
    expect(sizes).toEqual([7, 7, 7, 7, 7, 5]);
    expect(meanOf(await played(4))).toBe(0);
    expect(meanOf(seven)).toBeGreaterThan(0);
    await expect(played(4, 2)).rejects.toThrow(
      'the number of deals in a match (--deals-per-match) is another one (7, and now 4): give the flags of the run that began it.',
    );
  });

  it('gives the same in processes as in threads, and from a pool as from two bots', async () => {
    const { drawer } = botFiles({
      drawer: `decide(s) { return Math.random() < 0.3 ? { action: 'raise' } : ${callerBody}; }`,
    });
    const two = await runBots({ bots: [drawer, 'tight-aggressive'], deals: 40 });
    const inProcess = await runBots({ bots: [drawer, 'tight-aggressive'], deals: 40, isolate: 'process' });
    expect(toldOf(inProcess)).toEqual(toldOf(two));
    const pool = await runBots({
      bots: [drawer, 'calling-station', 'tight-aggressive'],
      deals: 40,
      pool: 'gauntlet',
    });
    expect(pool.pairings.map(({ bots }) => bots)).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(pool.pairings[1]?.contrasts[0]?.verdict.mean).toBe(meanOf(two));
  });

  it('is told not to be repeatable where a bot reads a clock', async () => {
    const { timed } = botFiles({ timed: `decide(s) { this.now = Date.now(); return ${callerBody}; }` });
    const result = await runBots({ bots: [timed, 'random'], deals: 5 });
    expect(result.pairings[0]?.readsClock).toEqual([true, false]);
    expect(result.isRepeatable).toBe(false);
  });
});

it('other arguments the other way round change the sign, and nothing else', async () => {
  const one = await runBots({ bots: ['tight-aggressive', 'random'], deals: 120 });
  const other = await runBots({ bots: ['random', 'tight-aggressive'], deals: 120 });
  expect(meanOf(one)).not.toBe(0);
  expect(meanOf(other)).toBeCloseTo(-(meanOf(one) ?? Number.NaN), 9);
  expect(other.pairings[0]?.contrasts[0]?.verdict.error).toBeCloseTo(
    one.pairings[0]?.contrasts[0]?.verdict.error ?? Number.NaN,
    9,
  );
});

it('bots of one name are told apart by their seats', async () => {
  const [Folder, Caller] = [
    class Same {
      decide = () => ({ action: 'fold' });
    },
    class Same {
      decide = ({ validActions }: { validActions: readonly string[] }) => ({
        action: validActions.includes('check') ? 'check' : 'call',
      });
    },
  ] as unknown as [BotSource, BotSource];
  const play = (...bots: BotSource[]) => runArena({ bots, seed: 'test', deals: 60 });
  const [first, second] = [await play(Folder, Caller), await play(Caller, Folder)];
  expect(new Set(first.terms.names).size).toBe(2);
  expect(meanOf(first)).toBeGreaterThan(0);
  expect(meanOf(second)).toBe(-(meanOf(first) ?? 0));
  expect(meanOf(await play(Caller, Caller))).toBe(0);
});

it('a bot that remembers what it saw at show-down gains nothing against itself', async () => {
  // By its own cards it looks up what the others had, in its instance, its module and its store, and folds what loses.
  const { memory } = botFiles({
    memory: `const seen = new Map();
export default class {
  own = ''; hits = 0;
  key(cards) { return cards.join(' '); }
  onRoundStart({ state }) { this.own = this.key(state.your_hole_cards); if (seen.has(this.own) || this.store.get(this.own) !== undefined) this.hits += 1; }
  onRoundResult({ result }) { for (const { hole_cards } of result.showdown) { seen.set(this.key(hole_cards), result.winner_seats); this.store.set(this.key(hole_cards), 1); } }
  onMatchEnd() { if (this.hits > 0) console.log('met again: ' + this.hits); }
  decide(s) { return this.hits > 0 && s.validActions.includes('raise') ? { action: 'all_in' } : ${callerBody}; }
}`,
  });
  let output = '';
  const { pairings } = await runBots({
    bots: [memory, memory, memory],
    pool: 'gauntlet',
    deals: 60,
    onBotOutput: (text) => {
      output += text;
    },
  });
  // Two hands of 1,326 may be alike by chance, of which the same seat with the same deck has as many in each leg.
  for (const { contrasts } of pairings) expect(contrasts[0]?.verdict.mean).toBeCloseTo(0, 9);
  const again = output.split('\n').flatMap((line) => /met again: (\d+)/.exec(line)?.[1] ?? []);
  expect(again.every((hits) => Number(hits) < 20)).toBe(true);
});

it('what a bot throws is told, and its proposal is played', async () => {
  const { throwing } = botFiles({
    throwing: `decide(s, turn) { turn.propose(${callerBody}); throw new Error('no idea'); }`,
  });
  const troubles: string[] = [];
  const result = await runBots({
    bots: [throwing, 'calling-station'],
    deals: 4,
    onBotTrouble: (bot, sentence) => troubles.push(`${bot} ${sentence}`),
  });
  expect(troubles[0]).toMatch(/^0 decide failed: no idea/);
  // Two that call everything win nothing from each other.
  expect(meanOf(result)).toBe(0);
  expect(result.pairings[0]?.answers[0]?.failed).toBe(result.pairings[0]?.answers[0]?.turns);
});

it('a bot that cannot be made ends the run before anything is played', async () => {
  const { broken } = botFiles({ broken: `constructor() { throw new Error('no'); } decide() {}` });
  await expect(runBots({ bots: [broken, 'random'], deals: 5 })).rejects.toMatchObject({ code: 'bad_bot' });
});

it('an instance that a file exports plays each block in a thread of its own', async () => {
  const { instance } = botFiles({
    instance: `let hands = 0; export default { onRoundStart() { hands += 1; }, decide(s) { return hands > 100 && s.validActions.includes('fold') ? { action: 'fold' } : ${callerBody}; } };`,
  });
  expect(meanOf(await runBots({ bots: [instance, 'calling-station'], deals: 250 }))).toBe(0);
});

it('a class that is given plays on this thread', async () => {
  class Caller {
    decide(state: { validActions: readonly string[] }) {
      return { action: state.validActions.includes('check') ? 'check' : 'call' };
    }
  }
  const result = await runArena({
    bots: [Caller, 'calling-station'],
    deals: 120,
    seed: 'here',
    jobs: 4,
  });
  expect(meanOf(result)).toBe(0);
  expect(result.terms.names).toEqual(['Caller', 'calling-station']);
  await expect(runArena({ bots: [new Caller() as never, 'random'], deals: 1 })).rejects.toMatchObject({
    code: 'bad_option',
  });
});

describe('a file to go on from', () => {
  // The quick ones: the file is looked at, not the play.
  const bots = ['calling-station', 'random'];

  it('killed at any point of a write, leads to the same file and result', async () => {
    const folder = makeFolder();
    const whole = join(folder, 'whole.jsonl');
    const result = await runBots({ bots, deals: 300, resume: whole });
    const text = readFileSync(whole, 'utf8');
    const lines = text.split('\n');
    const head = (lines[0]?.length ?? 0) + 1;
    const second = head + (lines[1]?.length ?? 0) + 1;
    // After the head, in a line, before and after its end, at the end of all.
    for (const length of [head, head + 1, second - 1, second, second + 20, text.length - 1, text.length]) {
      const resume = join(folder, `${length}.jsonl`);
      writeFileSync(resume, text.slice(0, length));
      const again = await runBots({ bots, deals: 300, resume });
      expect(again.pairings).toEqual(result.pairings);
      expect(readFileSync(resume, 'utf8')).toBe(text);
    }
  });

  it('goes on to more deals than before, where the last block was a short one, too', async () => {
    const folder = makeFolder();
    const resume = join(folder, 'run.jsonl');
    await runBots({ bots, deals: 150, resume });
    const more = await runBots({ bots, deals: 300, resume });
    expect(more.playedBefore).toBe(100);
    expect(toldOf(more)).toEqual(toldOf(await runBots({ bots, deals: 300 })));
  });

  it.each<[string, Partial<ArenaOptions>, RegExp]>([
    ['seed', { seed: 'other' }, /seed is another one \("test", and now "other"\)/],
    ['depth', { stackBb: 50 }, /starting stack is another one/],
    ['bot', { bots: ['calling-station', 'equity'] }, /code of the bots is another one/],
    ['number of bots', { bots: [...bots, 'random'] }, /number of bots is another one/],
    ['fewer deals', { deals: 100 }, /more pairs than the 100/],
  ])('is refused with another %s', async (_, change, why) => {
    const resume = join(makeFolder(), 'run.jsonl');
    await runBots({ bots, deals: 200, resume });
    await expect(runBots({ bots, deals: 200, resume, ...change })).rejects.toMatchObject({
      code: 'bad_option',
      message: expect.stringMatching(why),
    });
  });

  it('is refused with another version of a bot, damaged lines, and as a stranger', async () => {
    const folder = makeFolder();
    const { bot } = botFiles({ bot: `decide(s) { return ${callerBody}; }` });
    const resume = join(folder, 'run.jsonl');
    await runBots({ bots: [bot, 'random'], deals: 20, resume });
    appendFileSync(bot.module, '// changed\n');
    await expect(runBots({ bots: [bot, 'random'], deals: 20, resume })).rejects.toThrow(/code of the bots/);
    const strange = join(folder, 'notes.txt');
    writeFileSync(strange, 'notes\n');
    await expect(runBots({ bots, deals: 20, resume: strange })).rejects.toThrow(/no file of an arena/);
    expect(readFileSync(strange, 'utf8')).toBe('notes\n');
    const damaged = join(folder, 'damaged.jsonl');
    await runBots({ bots, deals: 300, resume: damaged });
    writeFileSync(damaged, readFileSync(damaged, 'utf8').replace('"block":1', '"block":9'));
    await expect(runBots({ bots, deals: 300, resume: damaged })).rejects.toThrow(/line 3 is damaged/);
  });

  it('holds whole pairs when the run is ended early, and says what is known', async () => {
    const resume = join(makeFolder(), 'run.jsonl');
    const controller = new AbortController();
    const result = await runBots({
      bots,
      deals: 1_000_000,
      resume,
      signal: controller.signal,
      onProgress: (soFar) => {
        if (soFar.playedNow > 0) controller.abort();
      },
    });
    expect(result.end).toBe('stopped');
    const blocks = readFileSync(resume, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as BlockRecord);
    expect(blocks.reduce((pairs, block) => pairs + block.pairs, 0)).toBe(result.pairings[0]?.pairs);
    expect(result.pairings[0]?.contrasts[0]?.verdict.n).toBe(result.pairings[0]?.pairs);
  });
});

it('ends as soon as it is decided, with the same result whatever the number of jobs', async () => {
  const bots = ['tight-aggressive', 'random', 'calling-station'];
  const options = { bots, pool: 'gauntlet', deals: 100_000, until: 'decided' } as const;
  const [folder, other] = [makeFolder(), makeFolder()];
  const one = await runBots({ ...options, record: folder });
  expect(one.end).toBe('decided');
  expect(one.pairings.every(({ contrasts }) => contrasts[0]?.verdict.outcome === 'worse')).toBe(true);
  expect(toldOf(await runBots({ ...options, jobs: 3, record: other }))).toEqual(toldOf(one));
  // Hands of what counts, and of nothing that was played beyond.
  const blocks = one.pairings.reduce((sum, { pairs }) => sum + pairs, 0) / 100;
  expect(one.recorded).toEqual({ folder, matches: 2 * blocks });
  const hands = [folder, other].map((name) =>
    readdirSync(name).map((file) => [
      file,
      readFileSync(join(name, file), 'utf8').replaceAll(/"(at|startedAt|endedAt)":\d+/g, '"$1":0'),
    ]),
  );
  expect(hands[0]).toHaveLength(2 * blocks + 1);
  expect(hands[1]).toEqual(hands[0]);
});
