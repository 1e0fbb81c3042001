/** `chipzen-agent review`: where the chips went. */

import { findMatches } from '../../histories/collection/find-matches.js';
import type { FileReport } from '../../histories/collection/read-hand-file.js';
import { count } from '../../io/reports/describe.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { reviewMatches, withRefused } from '../../review/review.js';
import type { Review } from '../../review/review-shape.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { openHandFiles, type ReadingFlags, type RefusedInFile, refusedIn } from './hand-files.js';
import { reviewLines, reviewMarkdown } from './review-lines.js';
import { untilStopped } from './until-stopped.js';

const defaults = { paths: ['matches'], maxLineLength: 400, maxStrangers: 5 } as const;

export interface ReviewFlags extends ReadingFlags {
  hero?: string;
  opponent?: string;
  label?: string;
  /** Epoch milliseconds. */
  since?: number;
  last?: number;
  worst: number;
  md?: boolean;
  json?: boolean;
}

/**
 * Reads them all, and prints the review. Ended early, it prints that of what was read.
 *
 * @returns the exit code: 1 when there was no hand, and when it was ended early.
 * @throws {OptionError} when there is no such file, and for flags that do not go together.
 */
export function review(given: readonly string[], flags: ReviewFlags, io: Terminal): Promise<number> {
  const { md = false, json = false, game, startingStack, ...options } = flags;
  if (md && json)
    throw new OptionError('md', '--json and --md are two forms of one review: give one of them.');
  const paths = given.length === 0 ? defaults.paths : given;
  return untilStopped(io, async (signal) => {
    const wanted = await matchesToRead(paths, flags);
    const { collection, end } = openHandFiles(
      paths,
      {
        ...(game !== undefined && { game }),
        ...(startingStack !== undefined && { startingStack }),
        wants: ({ matchId }) => wanted === null || matchId === null || wanted.has(matchId),
      },
      io,
      signal,
    );
    let told: Review;
    try {
      told = await reviewMatches(collection, { ...options, signal });
    } finally {
      end();
    }
    const read = withRefused(told, refusedOfFiles(collection.reports));
    for (const { file, why } of collection.unread) print(io.stderr, `${file}: ${why}`, io);
    if (json) {
      const report = { ...read, unread: collection.unread };
      printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(report))));
    } else {
      const terms = { columns: io.screen?.size().columns, redact: io.redact };
      for (const line of md ? reviewMarkdown(read, terms) : reviewLines(read, terms))
        printLine(io.stdout, line);
      tellSeats(read, flags, io);
      if (read.base.hands === 0) tellStrangers(collection.reports, io);
    }
    return read.base.hands > 0 && read.base.isWhole ? exitCodes.done : exitCodes.failed;
  });
}

/** Of files in other formats, whose refused hands belong to no match. */
function refusedOfFiles(reports: readonly FileReport[]): RefusedInFile[] {
  return refusedIn(reports.filter(({ kind }) => kind !== 'recording' && kind !== null));
}

/** Beside recordings anything may lie in a folder; where no hand was found these files may be the cause. */
function tellStrangers(reports: readonly FileReport[], io: Terminal): void {
  const strangers = refusedIn(reports.filter(({ kind }) => kind === null));
  for (const { file, why } of strangers.slice(0, defaults.maxStrangers))
    print(io.stderr, `${file}: ${why}`, io);
}

function print(stream: Terminal['stdout'], line: string, io: Terminal): void {
  printLine(stream, printable(line, defaults.maxLineLength, io.redact));
}

/**
 * The recorded matches that have to be read, as their first lines tell; null: all. Whether another player is at the table, or
 * which version played, takes the whole match.
 */
async function matchesToRead(
  paths: readonly string[],
  { hero, opponent, label, since, last }: ReviewFlags,
): Promise<ReadonlySet<string> | null> {
  if (since === undefined && last === undefined) return null;
  const { matches } = await findMatches(paths, { signal: undefined, unread: [] });
  const inTime = matches.filter(
    ({ startedAt }) => since === undefined || (startedAt !== null && startedAt >= since),
  );
  const isAllOurs = [hero, opponent, label].every((option) => option === undefined);
  const ours = inTime.filter(({ views }) => views.some(({ by }) => by === 'agent'));
  const chosen = last === undefined || !isAllOurs ? inTime : ours.slice(-last);
  return new Set(chosen.map(({ matchId }) => matchId));
}

/** What to do where there is nothing, or something was passed over. */
function tellSeats({ base }: Review, { hero, label, opponent, since }: ReviewFlags, io: Terminal): void {
  const { matches, matchesWithoutSeat, matchesWithoutHands, playersSeen } = base;
  const tell = (line: string): void => print(io.stderr, line, io);
  if (matches + matchesWithoutSeat + matchesWithoutHands === 0) {
    const given = Object.entries({ opponent, since }).filter(([, value]) => value !== undefined);
    const flags = given.map(([flag]) => `--${flag}`).join(' and ');
    tell(flags === '' ? 'There is no match in these files.' : `No match in these files fits ${flags}.`);
    return;
  }
  if (matchesWithoutSeat === 0) return;
  const names = playersSeen.join(', ');
  const were = `${count(matchesWithoutSeat, 'match')} ${matchesWithoutSeat === 1 ? 'was' : 'were'}`;
  const their = matchesWithoutSeat === 1 ? 'its' : 'their';
  if (label !== undefined) tell(`${were} passed over: ${their} label is not "${label}".`);
  else if (hero !== undefined) {
    const there = matches > 0 || names === '' ? '' : ` There are ${names}.`;
    tell(`${were} passed over: ${hero} is not at ${their} table.${there}`);
  } else if (matches > 0) tell(`${were} passed over: no bot of yours is at ${their} table.`);
  else
    tell(
      `It is not known whose hands these are: name a player with --hero${names === '' ? '' : ` (${names})`}.`,
    );
}
