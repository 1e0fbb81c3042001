/**
 * The folder of a run whose hands are recorded. A leg of a block is a file, whole or not there; then a line for each bot goes into
 * `results.jsonl`. The same run writes the same names, so that a run that goes on, or is played again, replaces what is there.
 */
import { closeSync, existsSync, fstatSync, ftruncateSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { lockPath } from '../files/path-lock.js';
import { draftMark, writeWhole } from '../files/write-whole.js';
import { codeOf } from '../io/output/outlet.js';
import { InternalError, OptionError, StateWriteError } from '../protocol/errors.js';
import { readResults } from '../recording/read-recording.js';
import { openToAppend } from '../recording/record-disk.js';
import { madeFolder } from '../recording/record-folder.js';
import { firstHeader } from '../recording/record-heads.js';
import { resultsName } from '../recording/record-names.js';
import type { RecordedResult } from '../recording/recording-shape.js';
import type { BlockRecord } from './arena-record.js';
import {
  fileOfLeg,
  legIdOf,
  type RecordedRun,
  recordingOfLeg,
  resultsOfLeg,
  runPrefixOf,
} from './leg-recordings.js';
import { unpackHands } from './played-hands.js';

export interface HandsFolder {
  /** The absolute path. */
  readonly path: string;
  /** Legs that were written. */
  readonly matches: number;
  /** Pairs of these blocks that are not in the folder: they were played without it. */
  missingOf(blocks: readonly BlockRecord[]): number;
  /**
   * Writes a block that counts, in whole or not at all.
   *
   * @param hands as `packHands` makes them.
   * @throws {StateWriteError} when it cannot be written.
   */
  add(block: BlockRecord, hands: string | undefined): void;
  close(): Promise<void>;
}

export interface HandsFolderOptions extends Omit<RecordedRun, 'at'> {
  folder: string;
  /** Epoch milliseconds. */
  wallNow: () => number;
}

/** @throws {OptionError} when there can be no such folder, nothing can be written there, or the same run writes there. */
export async function openHandsFolder(options: HandsFolderOptions): Promise<HandsFolder> {
  const { terms, digests, wallNow } = options;
  if (typeof options.folder !== 'string')
    throw new OptionError('record', 'Option record must be the path of a folder.');
  const path = madeFolder(options.folder);
  const prefix = runPrefixOf(options);
  const resultsPath = join(path, resultsName);
  // Hidden, as some systems keep a file of that name.
  const lock = await lockPath(join(path, `.${prefix}lock`)).catch((error: unknown) => refuse(path, error));
  if (lock === null)
    throw new OptionError(
      'record',
      `Another arena with these bots, terms and seed records in ${path}. Wait until it ends, or choose another folder.`,
    );
  let known: Map<string, KnownResult>;
  try {
    removeDrafts(path, prefix);
    closeSync(openToAppend(resultsPath).fd);
    known = await knownResults(resultsPath, prefix);
  } catch (error) {
    await lock.release();
    refuse(path, error);
  }
  const [first] = known.values();
  const firstFile = fileOfLeg(legIdOf(prefix, { pairing: 0, block: 0, leg: 0 }));
  const at = first?.startedAt ?? firstHeader(join(path, firstFile))?.at ?? Math.round(wallNow());
  const run: RecordedRun = { terms, digests, at };
  let matches = 0;

  const legsOf = ({ pairing, block }: BlockRecord): string[] =>
    (terms.pairings[pairing] ?? []).map((_, leg) => legIdOf(prefix, { pairing, block, leg }));

  /** What an earlier run has said of the same match may be something else, as bots may play on a clock: the later line counts. */
  const linesOf = (results: readonly RecordedResult[]): string[] =>
    results.flatMap((result) => {
      const before = known.get(keyOf(result));
      if (before !== undefined && before.told === toldOf(result)) return [];
      const later = before === undefined ? result.at : Math.max(result.at, before.at + 1);
      return `${JSON.stringify({ ...result, at: later })}\n`;
    });

  const write = (block: BlockRecord, hands: string): void => {
    const legs = unpackHands(hands);
    const matchIds = legsOf(block);
    if (legs?.length !== matchIds.length) throw new InternalError('The hands of a block are damaged.');
    const isNew = matchIds.map((matchId) => !existsSync(join(path, fileOfLeg(matchId))));
    try {
      const results = legs.flatMap((played, leg) => {
        const matchId = matchIds[leg] ?? '';
        const text = recordingOfLeg(run, matchId, { ...block, leg }, played);
        writeWhole(join(path, fileOfLeg(matchId)), text);
        return resultsOfLeg(run, matchId, block, { ...played, leg });
      });
      appendWhole(resultsPath, linesOf(results).join(''));
    } catch (error) {
      for (const [leg, matchId] of matchIds.entries())
        if (isNew[leg] === true) rmSync(join(path, fileOfLeg(matchId)), { force: true });
      throw error;
    }
    matches += legs.length;
  };

  return {
    path,
    get matches() {
      return matches;
    },
    missingOf(blocks) {
      const recorded = new Set([...known.values()].map(({ matchId }) => matchId));
      return blocks
        .filter((block) => !legsOf(block).every((matchId) => recorded.has(matchId)))
        .reduce((sum, { pairs }) => sum + pairs, 0);
    },
    add(block, hands) {
      if (hands === undefined) throw new InternalError('A block came without its hands.');
      try {
        write(block, hands);
      } catch (error) {
        if (error instanceof InternalError) throw error;
        throw new StateWriteError(
          `The hands cannot be recorded in ${path} (${codeOf(error)}). What is recorded there is whole. Make room, and go on with --resume, or leave --record out.`,
          { cause: error },
        );
      }
    },
    close: () => lock.release(),
  };
}

function refuse(path: string, error: unknown): never {
  throw new OptionError(
    'record',
    `Nothing can be recorded in ${path} (${codeOf(error)}). Choose another folder.`,
    { cause: error },
  );
}

/** Of a run that was killed. */
function removeDrafts(path: string, prefix: string): void {
  for (const name of readdirSync(path))
    if (name.startsWith(prefix) && name.includes(draftMark)) rmSync(join(path, name), { force: true });
}

interface KnownResult extends Pick<RecordedResult, 'matchId' | 'at' | 'startedAt'> {
  readonly told: string;
}

const keyOf = ({ matchId, participantId }: RecordedResult): string => `${matchId} ${participantId}`;

/** All but its time. */
const toldOf = (result: RecordedResult): string => JSON.stringify({ ...result, at: 0 });

/** The last line on each match of this run. */
async function knownResults(path: string, prefix: string): Promise<Map<string, KnownResult>> {
  const known = new Map<string, KnownResult>();
  for await (const result of readResults(path).results()) {
    if (!result.matchId.startsWith(prefix)) continue;
    const { matchId, at, startedAt } = result;
    known.set(keyOf(result), { matchId, at, startedAt, told: toldOf(result) });
  }
  return known;
}

/** @throws the system's error; nothing of the text is in the file then, unless another process has written there meanwhile. */
function appendWhole(path: string, text: string): void {
  if (text === '') return;
  const { fd, stats, lead } = openToAppend(path);
  const bytes = Buffer.from(`${lead}${text}`);
  let from = 0;
  try {
    while (from < bytes.length) {
      const written = writeSync(fd, bytes, from);
      if (written === 0) throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' });
      from += written;
    }
  } catch (error) {
    if (fstatSync(fd).size === stats.size + from) ftruncateSync(fd, stats.size);
    throw error;
  } finally {
    closeSync(fd);
  }
}
