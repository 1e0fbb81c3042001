/** `chipzen-agent report`: one HTML file of recorded matches. */

import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { findOwnFile } from '../../files/own-files.js';
import type { CollectedMatch } from '../../histories/collection/collected-match.js';
import type { Collection } from '../../histories/collection/read-collection.js';
import { count } from '../../io/reports/describe.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { createReport } from '../../report/create-report.js';
import type { PageData } from '../../report/page-data.js';
import { pageFile } from '../../report/page-file.js';
import { reviewTables } from '../../report/review-tables.js';
import { reviewMatches } from '../../review/review.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { openHandFiles, type ReadingFlags } from './hand-files.js';
import { untilStopped } from './until-stopped.js';
import { writeOutput } from './write-output.js';

const defaults = { paths: ['matches'], out: 'report.html', title: 'chipzen-agent report' } as const;

export interface ReportFlags extends ReadingFlags {
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
export function writeReport(given: readonly string[], flags: ReportFlags, io: Terminal): Promise<number> {
  requireSense(flags);
  const page = readFileSync(findOwnFile('dist/report/page/report.html', 'report'), 'utf8');
  const paths = given.length === 0 ? defaults.paths : given;
  return untilStopped(io, async (signal) => {
    const { match: id, hand } = flags;
    const wants = id === undefined ? {} : { wants: wantsMatch(id) };
    const reading = {
      ...(flags.game !== undefined && { game: flags.game }),
      ...(flags.startingStack !== undefined && { startingStack: flags.startingStack }),
    };
    const { collection, end } = openHandFiles(paths, { ...reading, ...wants }, io, signal);
    const report = createReport({
      title: flags.title ?? titleOf(flags),
      madeAt: Date.now(),
      hands: flags.hands,
      hideCards: flags.hideCards === true,
      withNotes: flags.notes === true,
    });
    const read = { matches: 0 };
    async function* asked(): AsyncGenerator<CollectedMatch> {
      for await (const match of collection) {
        if (!isAsked(match, flags)) continue;
        if (!match.isContinued) read.matches += 1;
        report.add(hand === undefined ? match : onlyHand(match, hand));
        yield match;
      }
    }
    try {
      const review = await reviewMatches(asked(), { signal });
      signal.throwIfAborted();
      const tables = hand === undefined ? reviewTables(review) : [];
      const data = report.data({ tables, remarks: remarksOf(collection) });
      const wanted = hand === undefined ? data : { ...data, statistics: null };
      return writeData(wanted, { page, matches: read.matches, flags, io });
    } finally {
      end();
    }
  });
}

interface WriteTerms {
  readonly page: string;
  readonly matches: number;
  readonly flags: ReportFlags;
  readonly io: Terminal;
}

function writeData(data: PageData, { page, matches, flags, io }: WriteTerms): number {
  const { out = defaults.out, json = false } = flags;
  const shown = data.matches.reduce((sum, match) => sum + match.hands.length, 0);
  if (data.statistics === null && shown === 0) {
    const isChosen = [flags.match, flags.opponent, flags.since].some((flag) => flag !== undefined);
    const none = isChosen ? 'no such match' : 'no match in these files';
    const what = matches === 0 ? none : 'no hand in it';
    printLine(io.stderr, printable(`Nothing is written: there is ${what}.`, 400, io.redact));
    return exitCodes.failed;
  }
  // A name may be anything, also a token in the wrong place.
  const text = pageFile(page, JSON.parse(io.mask.json(JSON.stringify(data))) as PageData);
  writeOutput(out, text, 'report again');
  const bytes = Buffer.byteLength(text);
  if (json) {
    const told = { file: out, bytes, matches, hands: data.totalHands, handsShown: shown };
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(told))));
  } else {
    const part = shown < data.totalHands ? `, ${shown} of them to watch` : '';
    const line = `${out}: ${count(matches, 'match')}, ${count(data.totalHands, 'hand')}${part}, ${sizeOf(bytes)}`;
    printLine(io.stdout, printable(line, 400, io.redact));
  }
  return exitCodes.done;
}

const wantsMatch =
  (id: string) =>
  ({ matchId }: { readonly matchId: string | null }): boolean =>
    matchId?.startsWith(id) === true;

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
