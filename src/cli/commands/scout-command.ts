/** `chipzen-agent scout`: reads the public matches of bots, keeps them, and shows what each bot does. */

import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.js';
import { count } from '../../io/reports/describe.js';
import { platformEventWords } from '../../platform/event-words.js';
import type { PlatformClient } from '../../platform/platform-client.js';
import type { Field } from '../../profiles/field.js';
import { fieldOf } from '../../profiles/field.js';
import { createProfileBook, type ProfileBook } from '../../profiles/profile-book.js';
import { OptionError } from '../../protocol/errors.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { openMatchIndex } from '../../scout/match-index.js';
import { type ScoutedBot, type ScoutReport, scout } from '../../scout/scout.js';
import { openScoutCache, type ScoutCache } from '../../scout/scout-cache.js';
import { countScouted } from '../../scout/scouted-hands.js';
import { createSharedGate } from '../../scout/shared-gate.js';
import { scoutBackOffMs } from '../../scout/stops.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { profileLines } from './profile-lines.js';
import { cacheFolderOf, connectToRecords, type PlaceFlags } from './records-place.js';
import { drawProgress } from './scout-progress.js';

const defaults = { maxLineLength: 1_000, bytesPerMb: 1024 * 1024 } as const;

export interface ScoutFlags extends PlaceFlags {
  fixtures?: boolean;
  maxMatches: number;
  /** Epoch ms. */
  since?: number;
  /** Seconds. */
  pace: number;
  /** MB. */
  cacheSize: number;
  force?: boolean;
  json?: boolean;
}

/**
 * @param clock of the waits.
 * @returns the exit code.
 * @throws {OptionError | ConfigError} for what cannot be used.
 */
export async function scoutBots(
  names: readonly string[],
  flags: ScoutFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  const progress = drawProgress(io);
  const paceMs = flags.pace * 1_000;
  const folder = cacheFolderOf(flags, io);
  const stop = new AbortController();
  const wallNow = () => clock.wallNow?.() ?? clock.now();
  // The folder is named after the platform, which the client finds out.
  const gate = { path: '' };
  /** Lists that are elsewhere than usual, which was told. */
  const said = new Set<string>();
  const client = connectToRecords(flags, io, {
    recordPaceMs: paceMs,
    recordBackOffMs: scoutBackOffMs,
    recordGate: {
      enter: (signal) => shared().enter(signal),
      close: (ms) => shared().close(ms),
    },
    onEvent(event) {
      // Each match has a list of hands of its own, and all of them are elsewhere.
      const about = event.type === 'platform.reshaped' ? `${event.usual} ${event.place}` : null;
      if (about === null || !said.has(about)) progress.beside(platformEventWords(event));
      if (about !== null) said.add(about);
    },
    clock,
  });
  const shared = () =>
    createSharedGate({
      path: gate.path,
      paceMs,
      clock,
      onWait: (ms) =>
        progress.beside(
          `waiting ${Math.ceil(ms / 1_000)} s: another scout of this machine asks, or the platform wants fewer requests`,
        ),
    });
  const release = io.onSignal(() => stop.abort(new DOMException('The scout was stopped.', 'AbortError')));
  try {
    const cache = openScoutCache({
      folder,
      origin: client.apiUrl,
      maxBytes: flags.cacheSize * defaults.bytesPerMb,
      wallNow,
    });
    makeFolder(cache.folder);
    gate.path = join(cache.folder, 'gate.json');
    const wanted = await namesOf(names, flags, client, stop.signal);
    const report = await scout({
      records: client.records,
      cache,
      index: openMatchIndex(cache.folder),
      names: wanted,
      maxMatches: flags.maxMatches,
      since: flags.since ?? null,
      isForced: flags.force === true,
      signal: stop.signal,
      wallNow,
      onProgress: (step) => progress.show(step),
    });
    progress.end();
    print(report, cache, flags, io);
    if (report.stopped?.code === 'unreachable') return exitCodes.unreachable;
    return report.stopped === null && report.bots.every(({ botIds }) => botIds.length > 0)
      ? exitCodes.done
      : exitCodes.failed;
  } finally {
    release();
    progress.end();
    client.close();
  }
}

/** Each once, in the order in which they were named. @throws {OptionError} when there is none. */
async function namesOf(
  names: readonly string[],
  { fixtures }: ScoutFlags,
  client: PlatformClient,
  signal: AbortSignal,
): Promise<string[]> {
  const upcoming = fixtures === true ? await client.fixtures.upcoming({ signal }) : [];
  const opponents = upcoming.flatMap(({ opponent }) => opponent ?? []);
  const all = [...new Set([...names, ...opponents])];
  if (all.length > 0) return all;
  throw new OptionError(
    'names',
    fixtures === true
      ? 'No fixture that is to come has an opponent yet: name a bot.'
      : 'Name a bot, or give --fixtures for the opponents of your fixtures.',
  );
}

function print(report: ScoutReport, cache: ScoutCache, flags: ScoutFlags, io: Terminal): void {
  const { book, refused } = countAll(cache, report.bots);
  const field = fieldFor(
    book,
    report.bots.map(({ name }) => name),
  );
  const since = flags.since ?? null;
  const line = (stream: Terminal['stdout'], text: string) =>
    printLine(stream, printable(text, defaults.maxLineLength, io.redact));
  if (flags.json === true) {
    const bots = report.bots.map((bot) => ({ ...bot, profile: book.profile(bot.name, { since }) }));
    const whole = {
      ...report,
      bots,
      field,
      refusedHands: refused,
      removedMatches: cache.removed,
      cache: cache.matches,
    };
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(whole))));
  } else {
    for (const bot of report.bots) {
      for (const text of botLines(bot)) line(io.stdout, text);
      if (bot.botIds.length === 0) continue;
      const room = io.screen?.size().columns;
      for (const text of profileLines(book.profile(bot.name, { since }), field, { redact: io.redact, room }))
        printLine(io.stdout, text);
      printLine(io.stdout, '');
    }
    if (refused > 0)
      line(io.stdout, `${count(refused, 'hand')} in no figure: the chips do not add up, or cannot be told.`);
    if (cache.removed > 0)
      line(io.stderr, `${cache.removed} matches had to go: the cache has its size (--cache-size).`);
  }
  if (report.stopped !== null) line(io.stderr, `chipzen-agent scout: ${report.stopped.message}`);
}

const reasons = {
  other_game: 'of other games',
  not_completed: 'not completed',
  no_record: 'without a record',
  unreadable: 'that cannot be read',
  no_seats: 'without seats',
  thinner: 'kept as they were, which tells more (--force replaces them)',
} as const;

function botLines({ name, botIds, hint, matches, fresh, leftOut }: ScoutedBot): string[] {
  if (botIds.length === 0) return [hint ?? `${name}: not looked for yet.`];
  const left = Object.entries(reasons).flatMap(([why, words]) => {
    const some = leftOut[why as keyof typeof reasons] ?? 0;
    return some === 0 ? [] : [`${some} ${words}`];
  });
  const several = botIds.length > 1 ? `; ${botIds.length} bots have this name` : '';
  const more = left.length === 0 ? '' : `; ${left.join(', ')}`;
  return [`${name}: ${matches.length} matches are there, ${fresh} of them new${several}${more}`];
}

/** Counts everything that the cache has, for the bots and the field. */
function countAll(cache: ScoutCache, bots: readonly ScoutedBot[]): { book: ProfileBook; refused: number } {
  const book = createProfileBook();
  let refused = 0;
  for (const scouted of cache.all()) refused += countScouted(book, scouted, bots).refused.length;
  return { book, refused };
}

/** Null: there are too few others. */
export function fieldFor(book: ProfileBook, subjects: readonly string[]): Field | null {
  const others = book.names().filter((name) => !subjects.includes(name));
  const field = fieldOf(others.map((name) => book.profile(name)));
  return Object.values(field).every((bounds) => bounds === null) ? null : field;
}
