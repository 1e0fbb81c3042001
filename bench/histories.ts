/**
 * `npm run bench:histories`: a hundred thousand hands read, checked and summed, beside `JSON.parse` of the same lines. They
 * come from recordings of an agent, of a local platform, and from files in other formats; all made from a seed, in a folder
 * that is removed. `npm run bench:histories -- --hands 20000 --only agent` for a part of it.
 */
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportHands, newExportMemory } from '../src/histories/formats/export-hands.js';
import type { ExportFormat } from '../src/histories/formats/format-names.js';
import { historiesOfMatch } from '../src/histories/played-histories.js';
import { linesOf, type ScriptedMatch, scriptMatch } from '../test/kit/recorded-match.js';
import { startChild } from './child.js';
import type { ReadingAnswer, ReadingQuestion } from './hand-reader.js';

const settings = { handsOfMatch: 50, seed: 'histories', answers: 997 } as const;

const limits = { seconds: 20, mb: 300 } as const;

const kinds = ['agent', 'platform', 'phhs', 'pokerstars', 'ohh', 'acpc', 'fpdb-json'] as const;
type Kind = (typeof kinds)[number];

/** Numbers from 0 to 99: many folds, some calls, few raises, as hands are played. */
function answersOf(seed: number): number[] {
  let state = seed + 1;
  return Array.from({ length: settings.answers }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * 84);
  });
}

function matchOf(index: number): ScriptedMatch {
  return scriptMatch({
    matchId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    seed: `${settings.seed} ${index}`,
    stacks: [100_000, 100_000],
    maxHands: settings.handsOfMatch,
    answers: answersOf(index),
    startedAt: Date.UTC(2026, 0, 1) + index * 60_000,
    seat: index % 2,
  });
}

/** A file a match of recordings, and one file of all hands in other formats. */
function makeCorpus(folder: string, kind: Kind, hands: number): void {
  mkdirSync(folder);
  const memory = newExportMemory();
  const file = kind === 'agent' || kind === 'platform' ? null : openSync(join(folder, 'hands.txt'), 'w');
  for (let index = 0, made = 0; made < hands; index += 1) {
    const match = matchOf(index);
    made += match.played.hands.length;
    if (file !== null) {
      const { written } = exportHands(
        historiesOfMatch(match.played),
        { format: kind as ExportFormat, startedAt: match.played.startedAt },
        memory,
      );
      writeSync(file, written.map(({ text }) => text).join(''));
    } else {
      const records = kind === 'agent' ? match.records : match.facts;
      writeFileSync(join(folder, `${match.matchId}.jsonl`), linesOf(records));
    }
  }
  if (file !== null) closeSync(file);
}

/** In a process of its own, without what making the files left in the memory of this one. */
async function readAll(folder: string): Promise<ReadingAnswer> {
  const reader = startChild<ReadingQuestion, ReadingAnswer>('./hand-reader.ts');
  try {
    return await reader.ask({ folder });
  } finally {
    await reader.close();
  }
}

/** The same bytes, each line parsed and forgotten; in seconds. */
function parseAll(folder: string): number {
  const from = performance.now();
  for (const name of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
      if (line === '') continue;
      JSON.parse(line);
    }
  }
  return (performance.now() - from) / 1_000;
}

const { values } = parseArgs({
  options: { hands: { type: 'string', default: '100000' }, only: { type: 'string' } },
});
const count = Number(values.hands);
const chosen = kinds.filter((kind) => values.only === undefined || values.only.split(',').includes(kind));
const root = mkdtempSync(join(tmpdir(), 'chipzen-bench-'));
let isWithin = true;
try {
  process.stdout.write(
    `node ${process.version}, ${count} hands heads-up, ${settings.handsOfMatch} a match\n`,
  );
  for (const kind of chosen) {
    const folder = join(root, kind);
    makeCorpus(folder, kind, count);
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    const { hands, sum, seconds, cpuSeconds, maxMb } = await readAll(folder);
    const isJson = kind === 'agent' || kind === 'platform' || kind === 'fpdb-json';
    const beside = isJson ? `, JSON.parse alone ${parseAll(folder).toFixed(1)} s` : '';
    process.stdout.write(
      `${kind.padEnd(11)}${String(hands).padStart(7)} hands, ${(bytes / 2 ** 20).toFixed(0).padStart(4)} MB in ${seconds.toFixed(1).padStart(5)} s (CPU ${cpuSeconds.toFixed(1)} s), at most ${maxMb.toFixed(0)} MB${beside} (sum ${sum})\n`,
    );
    rmSync(folder, { recursive: true });
    // Other processes take time of the wall clock.
    if (cpuSeconds * (100_000 / hands) > limits.seconds || maxMb > limits.mb) isWithin = false;
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
if (!isWithin) {
  process.stdout.write(`That is more than ${limits.seconds} s or ${limits.mb} MB for 100000 hands.\n`);
  process.exitCode = 1;
}
