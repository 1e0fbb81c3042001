/**
 * The file of a run, from which it goes on: a line with what is played, then a line for each block that counts, in the order in which they
 * count. Lines are added whole; of a run that was killed the last one may be a part, and is taken away.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { lockPath, type PathLock } from '../files/path-lock.js';
import { writeWhole } from '../files/write-whole.js';
import { OptionError, StateWriteError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { version } from '../protocol/version.js';
import type { BlockRecord } from './arena-record.js';
import type { ArenaTerms } from './arena-terms.js';

const kind = 'chipzen-arena';
const format = 1;

/** What two runs must have alike for one to go on with the pairs of the other. */
export interface ArenaIdentity {
  readonly kind: typeof kind;
  readonly format: number;
  /** Of this package: another one may play its house bots, or its table, differently. */
  readonly version: string;
  readonly terms: Omit<ArenaTerms, 'pairs' | 'bots' | 'names'>;
  /** By bot: a house bot by its name, one of a file by the digest of its code. */
  readonly bots: readonly string[];
}

export interface ArenaFile {
  /** Blocks that count already, in the order of each pairing. */
  readonly blocks: readonly BlockRecord[];
  /** @throws {StateWriteError} when it cannot be written. */
  append(blocks: readonly BlockRecord[]): void;
  close(): Promise<void>;
}

/** @param digests by bot. */
export function arenaIdentityOf(terms: ArenaTerms, digests: readonly string[]): ArenaIdentity {
  const { pairs: _, bots: __, names: ___, ...rest } = terms;
  return { kind, format, version, terms: rest, bots: digests };
}

/**
 * Makes the file, or reads it.
 *
 * @throws {OptionError} when it is in use, is no file of a run, or is that of another run: the message says what differs.
 */
export async function openArenaFile(
  path: string,
  terms: ArenaTerms,
  identity: ArenaIdentity,
): Promise<ArenaFile> {
  const lock = await locked(path);
  try {
    const text = textOf(path);
    if (text === null) writeWhole(path, `${JSON.stringify(identity)}\n`, { isDurable: true });
    const { blocks, length } =
      text === null ? { blocks: [], length: null } : readRun(path, text, terms, identity);
    const fd = openSync(path, 'a+', 0o600);
    if (length !== null) ftruncateSync(fd, length);
    return {
      blocks,
      append(more) {
        if (more.length > 0) writeLines(fd, path, more);
      },
      async close() {
        fsyncSync(fd);
        closeSync(fd);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error instanceof OptionError ? error : unusable(path, messageOf(error));
  }
}

const unusable = (path: string, why: string): OptionError =>
  new OptionError('resume', `${path} cannot be gone on from: ${why}`);

async function locked(path: string): Promise<PathLock> {
  let lock: PathLock | null;
  try {
    lock = await lockPath(resolve(path));
  } catch (error) {
    throw unusable(path, `its folder ${dirname(resolve(path))} cannot be used (${messageOf(error)}).`);
  }
  if (lock === null) throw unusable(path, 'another run writes it.');
  return lock;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function writeLines(fd: number, path: string, blocks: readonly BlockRecord[]): void {
  const bytes = Buffer.from(blocks.map((block) => `${JSON.stringify(block)}\n`).join(''));
  try {
    for (let from = 0; from < bytes.length; ) from += writeSync(fd, bytes, from);
  } catch (error) {
    throw new StateWriteError(
      `The pairs cannot be kept in ${path}: ${messageOf(error)}. Those before are there: make room, and give the same command to go on.`,
      { cause: error },
    );
  }
}

/** @returns the blocks, and how many bytes of the file are whole. */
function readRun(path: string, text: string, terms: ArenaTerms, identity: ArenaIdentity) {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [head = '', ...lines] = whole.split('\n').slice(0, -1);
  requireSame(path, parsed(head), identity);
  const next = terms.pairings.map(() => 0);
  const blocks: BlockRecord[] = [];
  let length = Buffer.byteLength(head) + 1;
  for (const [index, line] of lines.entries()) {
    const block = parsed(line);
    if (!isBlock(block, terms) || block.block !== next[block.pairing])
      throw unusable(
        path,
        `line ${index + 2} is damaged. Take the file away, or cut it off before that line.`,
      );
    const most = Math.min(terms.pairsPerBlock, terms.pairs - block.firstPair);
    if (block.pairs > most || most <= 0)
      throw unusable(path, `it has more pairs than the ${terms.pairs} that are asked for.`);
    // The end of a shorter run: its last block is played as a whole one.
    if (block.pairs < most) break;
    next[block.pairing] = block.block + 1;
    blocks.push(block);
    length += Buffer.byteLength(line) + 1;
  }
  return { blocks, length };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Whether it can be of such a run: a line may be whole and yet have been changed. */
function isBlock(value: unknown, terms: ArenaTerms): value is BlockRecord {
  if (typeof value !== 'object' || value === null) return false;
  const block = value as Partial<BlockRecord>;
  const { pairing, firstPair, pairs, netChips, adjustedChips, hands, answers, readsClock } = block;
  const bots = terms.pairings[pairing ?? -1]?.length;
  if (bots === undefined || pairs === undefined || !Number.isInteger(pairs) || pairs < 1) return false;
  return (
    Number.isInteger(block.block) &&
    firstPair === (block.block ?? 0) * terms.pairsPerBlock &&
    isChips(netChips, bots, pairs) &&
    (terms.luck === 'as played' ? adjustedChips === null : isChips(adjustedChips, bots, pairs)) &&
    (terms.luck === 'aivat' ? isChips(block.allInChips, bots, pairs) : block.allInChips === undefined) &&
    isListOf(hands, bots, (byPair) => isListOf(byPair, pairs, Number.isInteger)) &&
    isListOf(answers, bots, (one) => typeof one === 'object' && one !== null) &&
    isListOf(readsClock, bots, (reads) => typeof reads === 'boolean') &&
    [block.disturbedPairs, block.losses].every(Array.isArray)
  );
}

/** By leg, bot and pair; what one wins another one loses. */
function isChips(chips: unknown, bots: number, pairs: number): boolean {
  const isLeg = (leg: unknown): boolean =>
    isListOf(leg, bots, (byPair) => isListOf(byPair, pairs, Number.isFinite)) &&
    Array.from({ length: pairs }, (_, pair) =>
      sumOf((leg as number[][]).map((byPair) => byPair[pair] ?? 0)),
    ).every((sum) => Math.abs(sum) < 1e-3);
  return isListOf(chips, bots, isLeg);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const isListOf = (value: unknown, length: number, isOne: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length === length && value.every((item) => isOne(item));

const differences: readonly {
  what: string;
  of: (identity: Partial<ArenaIdentity>) => unknown;
  advice: string;
}[] = [
  { what: 'form', of: ({ format: written }) => written, advice: 'another version of this package wrote it' },
  {
    what: 'version of this package',
    of: ({ version: made }) => made,
    advice: 'play with that version, or begin anew',
  },
  { what: 'seed', of: ({ terms }) => terms?.seed, advice: 'give that seed' },
  {
    what: 'way of taking luck off',
    of: ({ terms }) => [terms?.luck, terms?.valueFunction],
    advice: 'give the flags --aivat and --no-all-in as they were, or begin anew',
  },
  { what: 'number of bots', of: ({ bots }) => bots?.length, advice: 'give the same bots' },
  {
    what: 'code of the bots',
    of: ({ bots }) => bots,
    advice: 'a run is of one version of each bot: begin anew',
  },
];

/** What each term of the run is called; seed and luck have lines of their own above. */
const termNames: Record<Exclude<keyof ArenaIdentity['terms'], 'seed' | 'luck' | 'valueFunction'>, string> = {
  mode: 'kind of play',
  pairings: 'list of pairings',
  pairsPerBlock: 'number of deals in a match (--deals-per-match)',
  startingStack: 'starting stack',
  smallBlind: 'small blind',
  bigBlind: 'big blind',
  blindSchedule: 'blind schedule',
  maxHands: 'highest number of hands of a match',
  clockMs: 'clock in ms',
  sprt: 'test with --sprt',
  details: 'choice of --details (which --report makes, too)',
};

const termDifferences: typeof differences = Object.entries(termNames).map(([key, what]) => ({
  what,
  of: ({ terms }) => terms?.[key as keyof typeof termNames],
  advice: 'give the flags of the run that began it',
}));

function requireSame(path: string, found: unknown, identity: ArenaIdentity): void {
  if (typeof found !== 'object' || found === null || (found as Partial<ArenaIdentity>).kind !== kind)
    throw unusable(path, 'it is no file of an arena.');
  for (const { what, of, advice } of [...differences, ...termDifferences]) {
    const [theirs, ours] = [of(found as Partial<ArenaIdentity>), of(identity)].map((value) =>
      JSON.stringify(value),
    );
    if (theirs === ours) continue;
    const shown = [theirs, ours].some((text = '') => text.length > 60) ? '' : ` (${theirs}, and now ${ours})`;
    throw unusable(path, `the ${what} is another one${shown}: ${advice}.`);
  }
}
