/** `replayFiles`: plays what files and folders hold to a bot as it is now. */
import type { BotSource } from '../bot/bot.js';
import type { CollectionProgress } from '../histories/collection/collected-match.js';
import { readCollection } from '../histories/collection/read-collection.js';
import type { RefusedHand } from '../histories/formats/hand-refusal.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { readRecording } from '../recording/read-recording.js';
import { firstHeader } from '../recording/record-heads.js';
import { matchOfRecording } from './match-of-recording.js';
import { replayDefaults } from './replay-defaults.js';
import { replayInputs } from './replay-hands.js';
import type { ReplayInput } from './replay-matches.js';
import { assertReplayOptions, type ReplayHandsOptions } from './replay-options.js';
import type { ReplayReport } from './replay-report.js';
import { type HeroTerms, seatMatches } from './seat-matches.js';

/**
 * As `replayHands`, of files: recordings of matches, in which case the bot gets the frames that were recorded, and hands in
 * all formats that are read. A folder stands for the files directly in it; each match is played once however many files
 * have it, and from a bot's own recording where there is one.
 *
 * @throws {OptionError} as `replayHands`, and for a path that leads nowhere.
 */
export async function replayFiles(
  source: BotSource | BotModule,
  paths: readonly string[],
  options: ReplayHandsOptions = {},
): Promise<ReplayReport> {
  assertReplayOptions(options, 'replayFiles');
  const { hero, clockMs = replayDefaults.clockMs, onProgress } = options;
  let readShare: number | null = null;
  const inputs = readMatches(paths, { hero, clockMs }, ({ bytes, totalBytes }) => {
    readShare = totalBytes === 0 ? null : bytes / totalBytes;
  });
  return replayInputs(source, inputs, {
    ...options,
    ...(onProgress && { onProgress: (progress) => onProgress({ ...progress, readShare }) }),
  });
}

/** @throws {OptionError} for a path that leads nowhere, and where nothing says which seat is the bot's. */
export async function* readMatches(
  paths: readonly string[],
  terms: HeroTerms,
  onProgress: (progress: CollectionProgress) => void = () => undefined,
): AsyncGenerator<ReplayInput, void, undefined> {
  const collection = readCollection(paths, { onProgress });
  for await (const { matchId, by, participantId, files, hands, refused } of collection) {
    if (by === 'agent') yield* ownView(files, participantId);
    else {
      yield* seatMatches(hands, terms);
      for (const hand of refused) yield { unplayed: { matchId, ...withoutPosition(hand) } };
    }
  }
  // Those of recordings came with their matches.
  for (const { file, refused } of collection.reports.filter(({ kind }) => kind !== 'recording'))
    for (const hand of refused) yield { unplayed: { matchId: file, ...withoutPosition(hand) } };
  for (const { file, why } of collection.unread)
    yield { unplayed: { matchId: file, handNumber: null, code: 'unreadable', why } };
}

const withoutPosition = ({ handNumber, code, why }: RefusedHand) => ({ handNumber, code, why });

/** The frames of the bot that tells of the match: other bots, and the platform, may have recorded it as well. */
async function* ownView(
  files: readonly string[],
  participantId: string | null,
): AsyncGenerator<ReplayInput, void, undefined> {
  const own = files.filter((file) => {
    const header = firstHeader(file);
    return header?.by === 'agent' && header.participantId === participantId;
  });
  const { match, unplayed } = await matchOfRecording(recordsOf(own));
  if (match !== null) yield { match };
  for (const hand of unplayed) yield { unplayed: hand };
}

async function* recordsOf(files: readonly string[]) {
  for (const file of files) yield* (await readRecording(file)).records();
}
