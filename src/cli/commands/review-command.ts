/** `chipzen-agent review`: where the chips went. */
import { findMatches } from '../../histories/collection/find-matches.js';
import { readCollection } from '../../histories/collection/read-collection.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { reviewMatches } from '../../review/review.js';
import type { Review } from '../../review/review-shape.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { reviewLines, reviewMarkdown } from './review-lines.js';

const defaults = { columns: 79, maxLineLength: 400 } as const;

export interface ReviewFlags {
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
 * Reads them all, and prints the review.
 *
 * @returns the exit code: 1 when there was no hand, and when it was ended early.
 * @throws {OptionError} when there is no such file.
 */
export async function review(paths: readonly string[], flags: ReviewFlags, io: Terminal): Promise<number> {
  const { md = false, json = false, ...options } = flags;
  const draw = (text: string): void => {
    if (io.isErrorTerminal === true) io.stderr.write(`\r\u001b[K${text.slice(0, defaults.columns)}`);
  };
  const ended = new AbortController();
  const { signal } = ended;
  const wanted = await matchesToRead(paths, flags);
  const matches = readCollection(paths, {
    signal,
    onProgress: ({ matches, hands, bytes, totalBytes }) =>
      draw(
        `${matches} matches, ${hands} hands, ${Math.round((100 * bytes) / Math.max(1, totalBytes))} % read`,
      ),
    ...(wanted !== null && { wants: ({ matchId }) => matchId === null || wanted.has(matchId) }),
  });
  const forget = io.onSignal(() => ended.abort());
  let told: Review;
  try {
    told = await reviewMatches(matches, { ...options, signal });
  } finally {
    forget();
    draw('');
  }
  for (const { file, why } of matches.unread)
    printLine(io.stderr, printable(`${file}: ${why}`, defaults.maxLineLength, io.redact));
  if (json)
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify({ ...told, unread: matches.unread }))));
  else {
    const terms = { columns: io.screen?.size().columns, redact: io.redact };
    for (const line of md ? reviewMarkdown(told, terms) : reviewLines(told, terms))
      printLine(io.stdout, line);
    tellSeats(told, flags, io);
  }
  return told.base.hands > 0 && told.base.isWhole ? exitCodes.done : exitCodes.failed;
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
function tellSeats({ base }: Review, { hero, label }: ReviewFlags, io: Terminal): void {
  const { matches, matchesWithoutSeat, matchesWithoutHands, playersSeen } = base;
  const print = (line: string) => printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  if (matches + matchesWithoutSeat + matchesWithoutHands === 0) {
    print('There is no match in these files.');
    return;
  }
  if (matchesWithoutSeat === 0) return;
  const names = playersSeen.join(', ');
  const were = matchesWithoutSeat === 1 ? '1 match was' : `${matchesWithoutSeat} matches were`;
  const their = matchesWithoutSeat === 1 ? 'its' : 'their';
  if (label !== undefined) print(`${were} passed over: ${their} label is not "${label}".`);
  else if (hero !== undefined) print(`${were} passed over: ${hero} is not at ${their} table.`);
  else if (matches > 0) print(`${were} passed over: no bot of yours is at ${their} table.`);
  else
    print(
      `It is not known whose hands these are: name a player with --hero${names === '' ? '' : ` (${names})`}.`,
    );
}
