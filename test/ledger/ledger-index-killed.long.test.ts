import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { indexedLedger } from '../../src/ledger/ledger-index.js';
import { ledgerReport } from '../../src/ledger/ledger-report.js';
import { type LedgerContents, readLedger } from '../../src/ledger/read-ledger.js';
import { makeFolder } from '../kit/folder.js';
import { linesOf, scriptMatch, writeFiles } from '../kit/recorded-match.js';

const matches = 300;

function collection(): string {
  const folder = makeFolder();
  for (let number = 0; number < matches; number += 1) {
    const { matchId, records, result } = scriptMatch({
      matchId: `m${number}`,
      seed: `${number}`,
      maxHands: 4,
    });
    writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(records) });
    appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(result)}\n`);
  }
  return folder;
}

/** Builds the index in a process of its own, which is killed after so many matches. @returns whether it came to an end. */
async function killedAfter(count: number, file: string, folder: string): Promise<boolean> {
  const script = fileURLToPath(new URL('./build-index.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'jiti/register', script, file, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isDone = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') isDone = true;
    if (Number(line) >= count) child.kill('SIGKILL');
  }
  await ended;
  return isDone;
}

const reportOf = (contents: LedgerContents) => ledgerReport(contents, { by: ['version', 'day'], filter: {} });

describe('an index whose builder is killed', () => {
  it('at twenty points goes on, and is as the files are', { timeout: 600_000 }, async () => {
    const folder = collection();
    const right = reportOf(await readLedger([folder]));
    expect(right.total.matches).toBe(matches);
    const resumed: number[] = [];
    for (let point = 1; point <= 20; point += 1) {
      const file = join(makeFolder(), 'index.duckdb');
      expect(await killedAfter(point * 15, file, folder)).toBe(false);
      const troubles: string[] = [];
      let read = 0;
      const contents = await indexedLedger([folder], {
        file,
        onTrouble: (sentence) => troubles.push(sentence),
        onProgress: (progress) => {
          read = progress.matches;
        },
      });
      expect({ point, troubles, report: reportOf(contents) }).toEqual({ point, troubles: [], report: right });
      expect(readdirSync(join(file, '..'))).toEqual(['index.duckdb']);
      resumed.push(matches - read);
    }
    // What was committed is not read again: in whole transactions, from the second quarter on.
    expect(resumed.slice(6).every((count) => count >= 64)).toBe(true);
  });
});
