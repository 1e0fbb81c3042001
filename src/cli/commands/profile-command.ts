/** `chipzen-agent profile`: what a bot does, counted over matches that were scouted or recorded. */
import { readCollection } from '../../histories/collection/read-collection.js';
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
  const unread = files.length > 0 ? await countFiles(book, files) : [];
  if (files.length === 0 || flags.cache !== undefined) countCache(book, name, flags, io);
  const since = flags.since ?? null;
  const profile = book.profile(name, { since });
  const field = fieldFor(book, [name]);
  const line = (stream: Terminal['stdout'], text: string) =>
    printLine(stream, printable(text, defaults.maxLineLength, io.redact));
  for (const { file, why } of unread) line(io.stderr, `${file}: ${why}`);
  if (flags.json === true) {
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify({ ...profile, field }))));
  } else {
    const room = io.screen?.size().columns;
    for (const text of profileLines(profile, field, { redact: io.redact, room })) printLine(io.stdout, text);
  }
  if (flags.store !== undefined) await storeProfiles(book, flags.store, line, io);
  if (profile.hands > 0) return exitCodes.done;
  const where = files.length > 0 ? 'in these files' : 'among the scouted matches: scout it first';
  line(io.stderr, `chipzen-agent profile: nothing of ${name} is ${where}.${didYouMean(name, book.names())}`);
  return exitCodes.failed;
}

async function countFiles(
  book: ProfileBook,
  files: readonly string[],
): Promise<readonly { file: string; why: string }[]> {
  const collection = readCollection(files);
  for await (const { hands, startedAt } of collection)
    for (const hand of hands) book.count({ ...hand, startedAt: hand.startedAt ?? startedAt });
  return collection.unread;
}

function countCache(book: ProfileBook, name: string, flags: ProfileFlags, io: Terminal): void {
  const client = connectToRecords(flags, io);
  client.close();
  const cache = openScoutCache({
    folder: cacheFolderOf(flags, io),
    origin: client.apiUrl,
    wallNow: Date.now,
  });
  const bot = { name, botIds: [...openMatchIndex(cache.folder).botIdsOf(name)] };
  for (const scouted of cache.all()) countScouted(book, scouted, [bot]);
}

/**
 * Everything that was counted, of each bot and match. What a bot has counted itself stays where that is more.
 *
 * @throws {OptionError} when an agent has the store, or it cannot be used.
 */
async function storeProfiles(
  book: ProfileBook,
  path: string,
  line: (stream: Terminal['stdout'], text: string) => void,
  io: Terminal,
): Promise<void> {
  const hub = createStoreHub({ path, onTrouble: (message) => line(io.stderr, message) });
  await hub.open();
  try {
    let written = 0;
    for (const name of book.names()) {
      for (const tally of book.tallies(name)) {
        const before = storedTally(hub.store, name, tally.matchId);
        if (before !== null && before.hands >= tally.hands) continue;
        storeTally(hub.store, name, tally);
        written += 1;
      }
    }
    line(io.stderr, `${path}: ${written} matches of ${book.names().length} bots were written.`);
  } finally {
    await hub.close();
  }
}
