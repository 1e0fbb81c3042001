/** `chipzen-agent review`: where the chips went. */
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
  const { since, md = false, json = false, ...options } = flags;
  const draw = (text: string): void => {
    if (io.isErrorTerminal === true) io.stderr.write(`\r\u001b[K${text.slice(0, defaults.columns)}`);
  };
  const ended = new AbortController();
  const forget = io.onSignal(() => ended.abort());
  const matches = readCollection(paths, {
    signal: ended.signal,
    onProgress: ({ matches, hands, bytes, totalBytes }) =>
      draw(
        `${matches} matches, ${hands} hands, ${Math.round((100 * bytes) / Math.max(1, totalBytes))} % read`,
      ),
    ...(since !== undefined && { wants: ({ startedAt }) => startedAt !== null && startedAt >= since }),
  });
  let told: Review;
  try {
    told = await reviewMatches(matches, { ...options, signal: ended.signal });
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

/** What to do where no seat was looked at. */
function tellSeats({ base }: Review, { hero, label }: ReviewFlags, io: Terminal): void {
  const { hands, matchesWithoutSeat, playersSeen } = base;
  if (matchesWithoutSeat === 0) return;
  const names = playersSeen.join(', ');
  const print = (line: string) => printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  if (label !== undefined || hero !== undefined || hands > 0)
    print(
      `${matchesWithoutSeat} matches were passed over: ${label === undefined ? `${hero ?? 'your bot'} is not at their table` : `their label is not "${label}"`}.`,
    );
  else
    print(
      `It is not known whose hands these are: name a player with --hero${names === '' ? '' : ` (${names})`}.`,
    );
}
