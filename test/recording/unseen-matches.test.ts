/** Matches without an end in a folder that may have thousands of files. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstHeader } from '../../src/recording/record-heads.js';
import { unseenMatches } from '../../src/recording/unseen-matches.js';
import { makeFolder } from '../kit/folder.js';

const lobby = 'ws://localhost:8001';

/** Of matches whose process was killed at once. */
function headers(folder: string, count: number, participantId: string | null): void {
  for (let match = 0; match < count; match += 1) {
    const header = {
      type: 'header',
      schema: 1,
      by: 'agent',
      at: 0,
      matchId: `m${match}`,
      participantId,
      lobby,
    };
    writeFileSync(join(folder, `m${match}.jsonl`), `${JSON.stringify(header)}\n`);
  }
}

it('others have their turn between one recording and the next', async () => {
  const folder = makeFolder();
  headers(folder, 5, 'p');
  let turns = 0;
  const turnsAt: number[] = [];
  const headerOf = (path: string) => {
    turnsAt.push(turns);
    setImmediate(() => {
      turns += 1;
    });
    return firstHeader(path);
  };
  expect(await unseenMatches(folder, { lobby, since: 0 }, headerOf)).toHaveLength(5);
  expect(turnsAt).toEqual([0, 1, 2, 3, 4]);
});

it('a participant without a name is settled by a result that has none', async () => {
  const folder = makeFolder();
  headers(folder, 1, null);
  const result = { schema: 1, matchId: 'm0', participantId: '', netChips: 5 };
  appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(result)}\n`);
  expect(await unseenMatches(folder, { lobby, since: 0 })).toEqual([]);
});
