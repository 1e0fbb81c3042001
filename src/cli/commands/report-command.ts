/** `chipzen-agent report`: one HTML file of recorded matches. */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { findOwnFile } from '../../files/own-files.js';
import type { CollectedMatch } from '../../histories/collection/collected-match.js';
import { type Collection, readCollection } from '../../histories/collection/read-collection.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { createReport } from '../../report/create-report.js';
import type { PageData } from '../../report/page-data.js';
import { pageFile } from '../../report/page-file.js';
import { systemNow } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { showCollection } from './collection-progress.js';
import { writeWhole } from './whole-file.js';

const defaults = { paths: ['matches'], out: 'report.html', title: 'chipzen-agent report' } as const;

export interface ReportFlags {
  out?: string;
  title?: string;
  opponent?: string;
  /** Epoch milliseconds. */
  since?: number;
  match?: string;
  hand?: number;
  hands: number;
  hideCards?: boolean;
  notes?: boolean;
  json?: boolean;
}

/**
 * @returns the exit code: 1 when there was nothing to report.
 * @throws {OptionError} for a path that leads nowhere, and flags that do not go together.
 */
export async function writeReport(
  paths: readonly string[],
  flags: ReportFlags,
  io: Terminal,
): Promise<number> {
  requireSense(flags);
  const { out = defaults.out, hideCards = false, notes = false, hands, json = false } = flags;
  const page = readFileSync(findOwnFile('dist/report/page/report.html', 'report'), 'utf8');
  const report = createReport({
    title: flags.title ?? titleOf(flags),
    madeAt: Date.now(),
    hands,
    hideCards,
    withNotes: notes,
  });
  const progress = showCollection(io, systemNow);
  const { match: id } = flags;
  const collection = readCollection(paths.length === 0 ? defaults.paths : paths, {
    onProgress: progress.show,
    ...(id !== undefined && { wants: ({ matchId }) => matchId?.startsWith(id) === true }),
  });
  let matches = 0;
  for await (const match of collection) {
    if (!isAsked(match, flags)) continue;
    matches += 1;
    report.add(flags.hand === undefined ? match : onlyHand(match, flags.hand));
  }
  progress.end();
  const data = report.data({ remarks: remarksOf(collection) });
  const asked: PageData = flags.hand === undefined ? data : { ...data, statistics: null };
  const shown = asked.matches.reduce((sum, match) => sum + match.hands.length, 0);
  if (asked.statistics === null && shown === 0) {
    const what = matches === 0 ? 'no such match' : 'no hand in it';
    printLine(io.stderr, printable(`Nothing is written: there is ${what}.`, 400, io.redact));
    return exitCodes.failed;
  }
  // A name may be anything, also a token in the wrong place.
  const text = pageFile(page, JSON.parse(io.mask.json(JSON.stringify(asked))) as PageData);
  writeWhole(out, text, 'report again');
  const bytes = Buffer.byteLength(text);
  if (json) {
    const told = { file: out, bytes, matches, hands: asked.totalHands, handsShown: shown };
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(told))));
  } else {
    const part = shown < asked.totalHands ? `, ${shown} of them to watch` : '';
    const line = `${out}: ${matches} matches, ${asked.totalHands} hands${part}, ${sizeOf(bytes)}`;
    printLine(io.stdout, printable(line, 400, io.redact));
  }
  return exitCodes.done;
}

function requireSense({ match, hand, notes, hideCards }: ReportFlags): void {
  if (hand !== undefined && match === undefined)
    throw new OptionError('hand', '--hand needs --match: numbers of hands are those of their match.');
  if (notes === true && hideCards === true)
    throw new OptionError('notes', '--notes may tell cards, and --hide-cards hides them: give one of them.');
}

function isAsked({ startedAt, opponents }: CollectedMatch, { since, opponent }: ReportFlags): boolean {
  if (since !== undefined && (startedAt === null || startedAt < since)) return false;
  return opponent === undefined || opponents.some((name) => name.toLowerCase() === opponent.toLowerCase());
}

function onlyHand(match: CollectedMatch, number: number): CollectedMatch {
  return { ...match, hands: match.hands.filter(({ handNumber }) => handNumber === number) };
}

function titleOf({ match, hand, opponent }: ReportFlags): string {
  if (hand !== undefined) return `Hand ${hand} of match ${match}`;
  if (match !== undefined) return `Match ${match}`;
  return opponent === undefined ? defaults.title : `Matches against ${opponent}`;
}

/** Files stand by their names alone: folders of this machine are nobody's business. */
function remarksOf({ unread }: Collection): string[] {
  return unread.map(({ file, why }) => `${file.split(/[/\\]/).at(-1) ?? file} was not read: ${why}`);
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
