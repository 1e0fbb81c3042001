/** Runs on this thread whose hands are recorded. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import { ArenaWriteError } from '../../src/arena/arena-write-error.js';
import { runArena } from '../../src/arena/run-arena.js';
import type { GameState } from '../../src/holdem/game-state.js';
import { makeFolder } from '../kit/folder.js';

class Caller {
  decide({ validActions }: GameState) {
    return { action: validActions.includes('check') ? 'check' : 'call' };
  }
}

class Folder extends Caller {
  override decide(state: GameState) {
    return state.handNumber % 4 === 0 && state.toCall > 0 ? { action: 'fold' } : super.decide(state);
  }
}

const run = (more: Partial<ArenaOptions>) =>
  runArena({ bots: [Caller, Folder], deals: 250, seed: 'test', env: {}, ...more });

/** Of the second leg of each block. */
const secondLegs = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('-1.jsonl'));

it('a folder that cannot be written to any more ends the run, with what counted, and it goes on later', async () => {
  const [folder, whole] = [makeFolder(), makeFolder()];
  const resume = join(folder, 'run.jsonl');
  const record = join(folder, 'hands');
  const all = await run({ record: whole });
  expect(all.recorded).toEqual({ folder: whole, matches: 6 });
  const inTheWay = join(record, secondLegs(whole)[1] ?? '');
  mkdirSync(inTheWay, { recursive: true });

  const error = await run({ resume, record }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ArenaWriteError);
  const { soFar, code } = error as ArenaWriteError;
  expect({ code, end: soFar.end, pairs: soFar.pairings[0]?.pairs, recorded: soFar.recorded }).toEqual({
    code: 'state_unwritable',
    end: 'stopped',
    pairs: 100,
    recorded: { folder: record, matches: 2 },
  });
  expect(readFileSync(resume, 'utf8').split('\n')).toHaveLength(1 + 1 + 1);

  rmSync(inTheWay, { recursive: true });
  const rest = await run({ resume, record });
  expect(rest.pairings).toEqual(all.pairings);
  const textOf = (of: string, name: string) =>
    readFileSync(join(of, name), 'utf8').replaceAll(/"(at|startedAt|endedAt)":\d+/g, '"$1":0');
  expect(readdirSync(record)).toEqual(readdirSync(whole));
  for (const name of readdirSync(whole)) expect(textOf(record, name)).toBe(textOf(whole, name));
});

it('hands that were played without a folder are told to be missing', async () => {
  const resume = join(makeFolder(), 'run.jsonl');
  await run({ deals: 100, resume });
  const notices: string[] = [];
  const folder = makeFolder();
  const onNotice = (sentence: string) => notices.push(sentence);
  await run({ deals: 200, resume, record: folder, onNotice });
  expect(notices).toEqual([`The hands of 100 pairs that were played before are not in ${folder}.`]);
  expect(secondLegs(folder)).toHaveLength(1);
});
