/** `chipzen-agent replay`: plays hands again to a bot, or shows them. */
import { createMaskedOutput } from '../../io/hosting/masked-output.js';
import type { Isolation } from '../../io/settings/isolation.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { replayFiles } from '../../replay/replay-files.js';
import type { ReplayReport } from '../../replay/replay-report.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { refuseExit } from '../surroundings/refuse-exit.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { type WantedHands, whyNoHand } from './hand-files.js';
import { moduleOf } from './loading.js';
import { chosenHands, type ReplayDetail, replayHandLines, replaySummary } from './replay-lines.js';
import { showReplayProgress } from './replay-progress.js';
import { type ShownHandFlags, showHands } from './show-hands.js';

const defaults = {
  /** Hands that are printed where neither --only nor --worst chooses. */
  maxHands: 20,
  maxLineLength: 400,
} as const;

export interface ReplayFlags extends ShownHandFlags {
  botClass?: string;
  isolate: Isolation;
  /** MB. */
  workerMemory?: number;
  repeat: number;
  expect?: boolean;
  only?: Exclude<ReplayDetail, 'all'>;
  /** Seconds. */
  clock?: number;
}

/** Flags that say something about a bot. */
const ofBots = ['botClass', 'expect', 'only', 'clock', 'workerMemory'] as const;

const botFiles = /\.(?:[cm]?js|[cm]?ts)$/i;

/** Whether this argument is a bot, and not a file of hands. */
const isBotFile = (path: string): boolean => botFiles.test(path);

/**
 * With a bot file before the others: plays the hands to that bot. Without: shows them.
 *
 * @param given a bot file or none, and files of hands.
 * @returns the exit code.
 * @throws {OptionError} when there is no such file; BadBotError when the bot cannot be made.
 */
export async function replay(given: readonly string[], flags: ReplayFlags, io: Terminal): Promise<number> {
  const bots = given.filter(isBotFile);
  const [bot] = bots;
  if (bot === undefined) {
    requireNoBotFlags(flags);
    return showHands(given, flags, io);
  }
  const paths = given.filter((path) => path !== bot);
  if (bots.length > 1) throw new OptionError('bot file', 'Give one bot file, and then files of hands.');
  if (paths.length === 0)
    throw new OptionError('files', 'Give files of hands, or folders with them, after the bot file.');
  return replayBot(bot, paths, flags, io);
}

function requireNoBotFlags(flags: ReplayFlags): void {
  const useless = ofBots.find((name) => flags[name] !== undefined);
  if (useless === undefined && flags.repeat === 1) return;
  throw new OptionError(
    useless ?? 'repeat',
    'There is no bot among the files: give a bot file (.ts or .js) first, then files of hands.',
  );
}

/** Prints where it decides differently. */
async function replayBot(
  file: string,
  paths: readonly string[],
  flags: ReplayFlags,
  io: Terminal,
): Promise<number> {
  const { botClass, isolate, workerMemory, hero, opponent, hands, repeat, clock } = flags;
  const progress = showReplayProgress(io);
  const output = createMaskedOutput(io.mask, (text) => progress.beside(() => io.stderr.write(text)));
  const controller = new AbortController();
  const forget = io.onSignal(() => controller.abort());
  let report: ReplayReport;
  try {
    report = await refuseExit(isolate === 'none', () =>
      replayFiles(moduleOf({ file, botClass }), paths, {
        isolate,
        hero,
        opponent,
        hands,
        repeat,
        ...(workerMemory !== undefined && { workerMemoryMb: workerMemory }),
        ...(clock !== undefined && { clockMs: clock * 1_000 }),
        signal: controller.signal,
        env: io.env,
        onProgress: progress.show,
        onBotOutput: (text) => output.write(text),
      }),
    );
  } finally {
    forget();
    output.end();
    progress.end();
  }
  printReport(file, report, flags, io);
  if (report.counts.hands === 0 && report.finished)
    printLine(io.stderr, printable(whyNone(report, { opponent, hands }), defaults.maxLineLength, io.redact));
  return exitCodeFor(report, flags.expect === true);
}

function printReport(file: string, report: ReplayReport, flags: ReplayFlags, io: Terminal): void {
  const { only: detail = 'all', worst, json = false } = flags;
  const chosen = chosenHands(report, { detail, worst });
  if (json) {
    const told = JSON.stringify({ bot: file, ...report, hands: chosen });
    printLine(io.stdout, visibleJson(io.mask.json(told)));
    return;
  }
  const shown = detail === 'all' && worst === undefined ? chosen.slice(0, defaults.maxHands) : chosen;
  for (const hand of shown) {
    for (const line of replayHandLines(hand, detail, io.redact)) printLine(io.stdout, line);
    printLine(io.stdout, '');
  }
  for (const line of replaySummary(file, report, { shown: shown.length, redact: io.redact }))
    printLine(io.stdout, line);
}

/** A hero that is nowhere has been told before. */
const whyNone = ({ unplayed }: ReplayReport, choice: WantedHands): string =>
  unplayed.length > 0 ? 'All hands were left out, for the causes that are named.' : whyNoHand(choice);

function exitCodeFor({ passed, finished, counts }: ReplayReport, isExpected: boolean): number {
  if (counts.hands === 0 || !finished) return exitCodes.failed;
  return isExpected && !passed ? exitCodes.failed : exitCodes.done;
}
