/** `chipzen-agent arena`: which of these bots is better. */
import type { ArenaBot, ArenaNats, ArenaOptions, ArenaPool, ArenaUntil } from '../../arena/arena-options.js';
import type { ArenaResult } from '../../arena/arena-result.js';
import { ArenaWriteError } from '../../arena/arena-write-error.js';
import { runArena } from '../../arena/run-arena.js';
import type { FormatName } from '../../holdem/match-formats.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { createMaskedOutput } from '../../io/hosting/masked-output.js';
import type { Isolation } from '../../io/settings/isolation.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { arenaLines, arenaStartLine, recordedLine } from './arena-lines.js';
import { showArenaProgress } from './arena-progress.js';
import { requireWritable, writeArenaReport } from './arena-report-file.js';
import { createBoundedOutput } from './bounded-output.js';
import { moduleOf } from './loading.js';
import { unknownOpponent } from './opponent.js';

const defaults = {
  deals: 10_000,
  /** With `--until`: it ends by its verdict. */
  untilDeals: 100_000_000,
  maxTroubles: 5,
  maxLineLength: 400,
} as const;

export interface ArenaFlags {
  opponentPool?: ArenaPool;
  deals?: number;
  matches?: number;
  format: FormatName;
  stackBb?: number;
  dealsPerMatch?: number;
  seed?: string;
  jobs?: number;
  until?: ArenaUntil;
  sprt?: { low: number; high: number };
  resume?: string;
  /** `false` of `--no-all-in`. */
  allIn: boolean;
  aivat?: boolean;
  details?: boolean;
  nats?: string;
  natsName?: string;
  /** Seconds. */
  giveBack?: number;
  record?: string;
  report?: string;
  json?: boolean;
  isolate: Exclude<Isolation, 'none'>;
  /** MB. */
  workerMemory?: number;
  /** Seconds. */
  clock?: number;
}

/**
 * @returns the exit code.
 * @throws {OptionError | BadBotError | StateWriteError} as `runArena`.
 */
export async function arena(given: readonly string[], flags: ArenaFlags, io: Terminal): Promise<number> {
  if (given.length < 2)
    throw new OptionError('bots', 'Give two bots or more: files, or names of house bots.');
  const bots = given.map(botOf);
  if (flags.report !== undefined) requireWritable(flags.report);
  const progress = showArenaProgress(io, flags.until !== undefined || flags.sprt !== undefined);
  const beside = (text: string): void => progress.beside(() => io.stderr.write(text));
  const bounded = createBoundedOutput(beside);
  const output = createMaskedOutput(io.mask, (text) => bounded.write(text));
  const troubles = tellTroubles(given, (line) =>
    beside(`${printable(line, defaults.maxLineLength, io.redact)}\n`),
  );
  const controller = new AbortController();
  const forget = io.onSignal(() => controller.abort());
  let result: ArenaResult;
  let stoppedBy: ArenaWriteError | null = null;
  try {
    result = await runArena({
      ...optionsOf(bots, flags),
      env: io.env,
      signal: controller.signal,
      onStart: (start) => beside(`${arenaStartLine(start)}\n`),
      onProgress: progress.show,
      onBotOutput: (text) => output.write(text),
      onBotTrouble: troubles,
      onNotice: (sentence) => beside(`${printable(sentence, defaults.maxLineLength, io.redact)}\n`),
    });
  } catch (error) {
    if (!(error instanceof ArenaWriteError)) throw error;
    stoppedBy = error;
    result = error.soFar;
  } finally {
    forget();
    output.end();
    progress.end();
  }
  const left = bounded.leftOut();
  if (left !== null) printLine(io.stderr, left);
  // First of all: a disk that is full takes no file.
  if (flags.json === true) printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(result))));
  else
    for (const line of arenaLines(result, io.screen?.size().columns)) printLine(io.stdout, io.redact(line));
  if (stoppedBy !== null) throw stoppedBy;
  const tell = (line: string): void =>
    printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  if (flags.record !== undefined && result.recorded !== null)
    tell(recordedLine(result.recorded, flags.record));
  if (flags.report !== undefined) {
    writeArenaReport(result, flags.report, io);
    tell(`The report is in ${flags.report}.`);
  }
  return exitCodeOf(result, flags);
}

function botOf(text: string): ArenaBot {
  if ((houseBotNames as readonly string[]).includes(text)) return text;
  const unknown = unknownOpponent(text);
  if (unknown !== null) throw new OptionError('bots', unknown);
  return moduleOf({ file: text, botClass: undefined });
}

function optionsOf(bots: ArenaBot[], flags: ArenaFlags): ArenaOptions {
  const { opponentPool, matches, format, stackBb, dealsPerMatch, seed, jobs } = flags;
  const { until, sprt, resume, record, isolate } = flags;
  const nats = natsOf(flags);
  const endless = until === undefined && sprt === undefined ? defaults.deals : defaults.untilDeals;
  const deals = flags.deals ?? (matches === undefined ? endless : undefined);
  return {
    bots,
    format,
    isolate,
    ...(opponentPool !== undefined && { pool: opponentPool }),
    ...(deals !== undefined && { deals }),
    ...(stackBb !== undefined && { stackBb }),
    ...(dealsPerMatch !== undefined && { dealsPerMatch }),
    ...(matches !== undefined && { matches }),
    ...(seed !== undefined && { seed }),
    ...(jobs !== undefined && { jobs }),
    ...(sprt === undefined ? until !== undefined && { until } : { sprt, until: until ?? 'decided' }),
    ...(resume !== undefined && { resume }),
    ...(record !== undefined && { record }),
    ...(!flags.allIn && { allIn: false }),
    ...(flags.aivat === true && { aivat: true }),
    ...((flags.details === true || flags.report !== undefined) && { details: true }),
    ...(nats !== null && { nats }),
    ...(flags.workerMemory !== undefined && { workerMemoryMb: flags.workerMemory }),
    ...(flags.clock !== undefined && { clockMs: flags.clock * 1_000 }),
  };
}

function natsOf({ nats, natsName, giveBack }: ArenaFlags): ArenaNats | null {
  if (nats === undefined) {
    if (natsName === undefined && giveBack === undefined) return null;
    throw new OptionError('nats', 'Flags --nats-name and --give-back go with --nats.');
  }
  return {
    url: nats,
    ...(natsName !== undefined && { name: natsName }),
    ...(giveBack !== undefined && { giveBackMs: Math.ceil(giveBack * 1_000) }),
  };
}

/** The first of each bot; a bot makes the same mistake again and again. */
function tellTroubles(
  names: readonly string[],
  write: (line: string) => void,
): (bot: number, what: string) => void {
  const told = names.map(() => 0);
  return (bot, what) => {
    const before = told[bot] ?? 0;
    told[bot] = before + 1;
    if (before < defaults.maxTroubles) write(`warning: ${names[bot]}: ${what}`);
    if (before === defaults.maxTroubles)
      write(`warning: ${names[bot]}: further ones are counted, and not shown.`);
  };
}

function exitCodeOf({ end }: ArenaResult, { until, sprt }: ArenaFlags): number {
  const wanted = until === undefined && sprt === undefined ? 'complete' : 'decided';
  return end === wanted ? exitCodes.done : exitCodes.failed;
}
