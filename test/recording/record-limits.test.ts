/** What a folder of recordings may hold. */
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TidyOptions, tidyRecords } from '../../src/recording/record-limits.js';
import { makeFolder } from '../kit/folder.js';
import { namesIn } from './recorded-folder.js';

const all: TidyOptions = {
  maxBytes: Infinity,
  maxAgeMs: Infinity,
  maxMatches: Infinity,
  isOpen: () => false,
  now: Date.now(),
};

interface Made {
  at: number;
  /** Default: yes. */
  isEnded?: boolean;
  bytes?: number;
  matchId?: string | null;
  by?: 'agent' | 'platform';
}

function makeRecording(
  folder: string,
  name: string,
  { at, isEnded = true, bytes = 200, matchId = name, by = 'platform' }: Made,
) {
  const header = JSON.stringify({ type: 'header', schema: 1, at, by, matchId });
  const end = isEnded ? '{"type":"end","at":1}\n' : '';
  const fill = JSON.stringify({
    type: 'event',
    x: 'x'.repeat(Math.max(0, bytes - header.length - end.length)),
  });
  writeFileSync(join(folder, `${name}.jsonl`), `${header}\n${fill}\n${end}`);
}

describe('the limits of a folder', () => {
  it('keep the newest by the time in their headers, whatever the times of the files, over restarts', async () => {
    const folder = makeFolder();
    for (const [index, name] of ['c', 'a', 'e', 'b', 'd'].entries()) {
      makeRecording(folder, name, { at: name.charCodeAt(0) });
      // The oldest match has the newest file.
      utimesSync(join(folder, `${name}.jsonl`), 2_000 - index, 2_000 - name.charCodeAt(0));
      // Each is a start of its own: nothing is remembered between them.
      await tidyRecords(folder, { ...all, maxMatches: 3 });
    }
    expect(namesIn(folder)).toEqual(['c.jsonl', 'd.jsonl', 'e.jsonl']);
  });

  it('count bytes and age', async () => {
    const folder = makeFolder();
    for (const at of [1, 2, 3, 4]) makeRecording(folder, `m${at}`, { at, bytes: 1_000 });
    expect((await tidyRecords(folder, { ...all, maxBytes: 2_500 })).removed).toHaveLength(2);
    expect(namesIn(folder)).toEqual(['m3.jsonl', 'm4.jsonl']);
    await tidyRecords(folder, { ...all, now: 1_000, maxAgeMs: 996 });
    expect(namesIn(folder)).toEqual(['m4.jsonl']);
  });

  it('spare live matches, of this process and of others', async () => {
    const folder = makeFolder();
    makeRecording(folder, 'ours', { at: 1 });
    makeRecording(folder, 'theirs', { at: 2, isEnded: false });
    makeRecording(folder, 'killed', { at: 3, isEnded: false });
    makeRecording(folder, 'ended', { at: 4 });
    const longAgo = Date.now() / 1_000 - 7_200;
    utimesSync(join(folder, 'killed.jsonl'), longAgo, longAgo);
    const isOpen = (name: string) => name === 'ours.jsonl';
    await tidyRecords(folder, { ...all, maxMatches: 0, isOpen });
    expect(namesIn(folder)).toEqual(['ours.jsonl', 'theirs.jsonl']);
  });

  it('touch nothing that is no recording, and do not count sessions as matches', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'results.jsonl'), '{"schema":1,"matchId":"m"}\n');
    writeFileSync(join(folder, 'notes.jsonl'), '{"type":"note"}\n');
    writeFileSync(join(folder, 'broken.jsonl'), '{"type":"hea');
    writeFileSync(join(folder, 'mine.txt'), 'x');
    makeRecording(folder, 'session-1', { at: 1, matchId: null });
    makeRecording(folder, 'm', { at: 2 });
    await tidyRecords(folder, { ...all, maxMatches: 1 });
    expect(namesIn(folder)).toHaveLength(6);
    await tidyRecords(folder, { ...all, maxBytes: 1 });
    expect(namesIn(folder)).toEqual(['broken.jsonl', 'mine.txt', 'notes.jsonl', 'results.jsonl']);
  });

  it('spare what nothing else knows of: an agent’s match without a result', async () => {
    const folder = makeFolder();
    for (const at of [1, 2, 3]) makeRecording(folder, `m${at}`, { at, by: 'agent' });
    makeRecording(folder, 'table', { at: 4 });
    expect(await tidyRecords(folder, { ...all, maxMatches: 0 })).toEqual({
      removed: [join(folder, 'table.jsonl')],
      kept: 3,
    });
    writeFileSync(
      join(folder, 'results.jsonl'),
      '{"schema":1,"matchId":"m1"}\n{"schema":1,"matchId":"m3"}\n',
    );
    expect((await tidyRecords(folder, { ...all, maxMatches: 0 })).kept).toBe(1);
    expect(namesIn(folder)).toEqual(['m2.jsonl', 'results.jsonl']);
  });

  it('fail where the folder is gone', async () => {
    const folder = makeFolder();
    rmSync(folder, { recursive: true });
    await expect(tidyRecords(folder, all)).rejects.toThrow(/ENOENT/);
  });
});
