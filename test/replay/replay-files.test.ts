import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayFiles } from '../../src/replay/replay-files.js';
import { passive } from '../check/bad-bots.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { recordReader } from '../kit/record-reader.js';
import { linesOf, scriptMatch, writeFiles } from '../kit/recorded-match.js';

const bot = () => ({ decide: passive });

/** A match against `random`, with what the platform's public records tell of it in a file each. */
async function publicRecords() {
  const folder = makeFolder();
  const { sandbox } = await openPlatform({ maxHands: 8, seed: 'files' });
  const seat = sandbox.addBot({ name: 'me' });
  const { done } = startAgent(bot, seat, { record: { folder }, maxMatches: 1 });
  await sandbox.dispatch(seat.botId, { opponents: ['random'] });
  const [result] = await done;
  const matchId = result?.matchId ?? '';
  const records = recordReader(sandbox);
  const outside = makeFolder();
  const write = (name: string, answer: unknown): string => {
    const file = join(outside, name);
    writeFileSync(file, JSON.stringify(answer));
    return file;
  };
  return {
    folder,
    replay: write(`${matchId}.json`, await records.replay(matchId)),
    hands: write('hands.json', { total: 99, hands: await records.hands(matchId) }),
  };
}

describe('replayFiles', () => {
  it('plays the answer of /replay as it plays the recording, and cannot play that of /hands', async () => {
    const { folder, replay, hands } = await publicRecords();
    const recorded = await replayFiles(bot, [folder]);
    expect([recorded.passed, recorded.counts.decisions > 5]).toEqual([true, true]);
    const told = await replayFiles(bot, [replay], { hero: 'me' });
    expect([told.passed, told.counts]).toEqual([true, recorded.counts]);
    const without = await replayFiles(bot, [hands], { hero: '0' });
    expect(without.counts.hands).toBe(0);
    expect(new Set(without.unplayed.map(({ code }) => code))).toEqual(new Set(['no_stacks']));
  });

  it('names a hand that does not add up once, also of a recording of the platform', async () => {
    const { facts, matchId } = scriptMatch({ maxHands: 4 });
    const folder = makeFolder();
    const amiss = facts.map(({ hand, record }) =>
      hand === 1 && record.type === 'fact' && record.fact.type === 'handEnded'
        ? {
            hand,
            record: { ...record, fact: { ...record.fact, stacks: record.fact.stacks.map((n) => n + 7) } },
          }
        : { hand, record },
    );
    writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(amiss) });
    const { unplayed } = await replayFiles(bot, [folder], { hero: '0' });
    expect(unplayed).toEqual([expect.objectContaining({ matchId, handNumber: 1, code: 'unsound' })]);
  });

  it('says how much of the recordings was read', async () => {
    const { folder } = await publicRecords();
    const shares: (number | null)[] = [];
    await replayFiles(bot, [folder], { onProgress: ({ readShare }) => void shares.push(readShare) });
    expect(shares.at(-1)).toBe(1);
  });
});
