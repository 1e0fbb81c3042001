/** `chipzen-agent profile`: what a bot does, counted over matches that were scouted or recorded. */

import { readCollection } from '../../histories/collection/read-collection.js';
import { count } from '../../io/reports/describe.js';
import type { MatchTally } from '../../profiles/match-tally.js';
import { createProfileBook, type ProfileBook } from '../../profiles/profile-book.js';
import { storedTally, storeTally } from '../../profiles/stored-tallies.js';
import { didYouMean } from '../../protocol/known-names.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { openMatchIndex } from '../../scout/match-index.js';
import { openScoutCache } from '../../scout/scout-cache.js';
import { countScouted } from '../../scout/scouted-hands.js';
import { createStoreHub } from '../../store/store-hub.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { profileLines } from './profile-lines.js';
import { cacheFolderOf, connectToRecords, type PlaceFlags } from './records-place.js';
import { fieldFor } from './scout-command.js';

const defaults = { maxLineLength: 1_000 } as const;

export interface ProfileFlags extends PlaceFlags {
  /** Epoch ms. */
  since?: number;
  store?: string;
  json?: boolean;
}

/**
 * @returns the exit code: 1 when nothing is known of the bot.
 * @throws {OptionError} for files and a cache that cannot be used.
 */
export async function showProfile(
  name: string,
  files: readonly string[],
  flags: ProfileFlags,
  io: Terminal,
): Promise<number> {
  const book = createProfileBook();
  const { unread, refused: ofFiles } = await countFiles(book, files);
  const isCached = files.length === 0 || flags.cache !== undefined;
  const refused = ofFiles + (isCached ? countCache(book, name, flags, io) : 0);
  const since = flags.since ?? null;
  const profile = book.profile(name, { since });
  const field = fieldFor(book, [name]);
  const line = (stream: Terminal['stdout'], text: string) =>
    printLine(stream, printable(text, defaults.maxLineLength, io.redact));
  for (const { file, why } of unread) line(io.stderr, `${file}: ${why}`);
  if (flags.json === true) {
    printLine(
      io.stdout,
      visibleJson(io.mask.json(JSON.stringify({ ...profile, field, refusedHands: refused }))),
    );
  } else {
    const room = io.screen?.size().columns;
    for (const text of profileLines(profile, field, { redact: io.redact, room })) printLine(io.stdout, text);
  }
  if (refused > 0)
    line(io.stderr, `${count(refused, 'hand')} in no figure: the chips do not add up, or cannot be told.`);
  if (flags.store !== undefined) {
    const told = (text: string) => line(io.stderr, text);
    await storeProfile(book.tallies(name), { name, since, path: flags.store, told });
  }
  if (profile.hands > 0) return exitCodes.done;
  const all = since === null ? profile : book.profile(name, {});
  if (all.hands > 0) {
    const last =
      all.lastAt === null ? '' : `, the last one on ${new Date(all.lastAt).toISOString().slice(0, 10)}`;
    line(
      io.stderr,
      `chipzen-agent profile: nothing of ${name} is since then. All that is known: ${count(all.hands, 'hand')}${last}.`,
    );
    return exitCodes.failed;
  }
  const where = files.length > 0 ? 'in these files' : 'among the scouted matches: scout it first';
  line(io.stderr, `chipzen-agent profile: nothing of ${name} is ${where}.${didYouMean(name, book.names())}`);
  return exitCodes.failed;
}

async function countFiles(
  book: ProfileBook,
  files: readonly string[],
): Promise<{ unread: readonly { file: string; why: string }[]; refused: number }> {
  if (files.length === 0) return { unread: [], refused: 0 };
  const collection = readCollection(files);
  let refusedHands = 0;
  for await (const { hands, refused, startedAt } of collection) {
    refusedHands += refused.length;
    for (const hand of hands) book.count({ ...hand, startedAt: hand.startedAt ?? startedAt });
  }
  return { unread: collection.unread, refused: refusedHands };
}

/** @returns how many hands are in no figure. */
function countCache(book: ProfileBook, name: string, flags: ProfileFlags, io: Terminal): number {
  const client = connectToRecords(flags, io);
  client.close();
  const cache = openScoutCache({
    folder: cacheFolderOf(flags, io),
    origin: client.apiUrl,
    wallNow: Date.now,
  });
  const bot = { name, botIds: [...openMatchIndex(cache.folder).botIdsOf(name)] };
  let refused = 0;
  for (const scouted of cache.all()) refused += countScouted(book, scouted, [bot]).refused.length;
  return refused;
}

interface StoredProfile {
  name: string;
  since: number | null;
  path: string;
  told: (text: string) => void;
}

/**
 * What was counted of each match. What a bot has counted itself stays where that is as much or more.
 *
 * @throws {OptionError} when an agent has the store, or it cannot be used.
 */
async function storeProfile(
  tallies: readonly MatchTally[],
  { name, since, path, told }: StoredProfile,
): Promise<void> {
  const hub = createStoreHub({ path, onTrouble: told });
  await hub.open();
  try {
    let written = 0;
    for (const tally of tallies) {
      const { matchId, startedAt, hands } = tally;
      // Matches without an id cannot be told apart later.
      const isWanted = matchId !== '' && (since === null || (startedAt !== null && startedAt >= since));
      const before = storedTally(hub.store, name, matchId);
      if (!isWanted || (before !== null && before.hands >= hands)) continue;
      storeTally(hub.store, name, tally);
      written += 1;
    }
    told(`${path}: wrote ${count(written, 'match')} of ${name}.`);
  } finally {
    await hub.close();
  }
}
