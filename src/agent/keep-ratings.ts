/**
 * Asks the platform for the bot's rating after its matches, and keeps what it says beside the results: the platform tells
 * no history. Nothing waits for the answer but the end of the session, and that for a moment.
 */
import { join } from 'node:path';
import { codeOf } from '../io/output/outlet.js';
import type { PlatformClient } from '../platform/platform-client.js';
import { createMask } from '../protocol/redact.js';
import type { RecordedRating } from '../recording/ratings-file.js';
import { ratingsName } from '../recording/record-names.js';
import { type RecordedResult, recordingSchema } from '../recording/recording-shape.js';
import { resultsFile } from '../recording/results-file.js';
import type { Clock } from '../time/clock.js';
import { within } from '../time/time-limit.js';

const defaults = {
  /** From the end of a match to the question: the platform counts it meanwhile. */
  delayMs: 2_000,
  /** How long the end of a session waits for an answer. */
  closeMs: 1_000,
} as const;

export interface RatingKeeperOptions {
  /** The folder of the recordings. */
  folder: string;
  botId: string;
  platform: Pick<PlatformClient, 'records'>;
  /** Never written. */
  secret: string;
  clock: Clock;
  wallNow: () => number;
  /** Called with what the platform said, where it told a rating. */
  onRating?: (rating: RecordedRating & { rating: number }) => void;
  /** Called once, with a sentence, when a rating cannot be had or kept. */
  onTrouble: (message: string) => void;
}

export interface RatingKeeper {
  /** A match is over. Those that are unrated change nothing, and nothing is asked for them. */
  matchEnded(result: RecordedResult): void;
  /** Asks for what waits, at once. Resolves within a second. */
  close(): Promise<void>;
}

const tooLate = (): Error => new Error('the session is over, and the platform has not answered.');

export function keepRatings(options: RatingKeeperOptions): RatingKeeper {
  const { folder, botId, platform, secret, clock, wallNow, onRating, onTrouble } = options;
  const file = resultsFile(join(folder, ratingsName), clock);
  const { json: mask } = createMask([secret]);
  /** The newest match that nothing was asked for: one question is for all that ended until it is sent. */
  let waiting: RecordedResult | null = null;
  let timer: unknown = null;
  let asking: Promise<void> | null = null;
  let isTold = false;
  let isClosed = false;

  const tell = (why: string): void => {
    if (isTold) return;
    isTold = true;
    onTrouble(`The rating after a match is not kept: ${why}`);
  };

  const ask = async ({ matchId, label, hash, git, env }: RecordedResult): Promise<void> => {
    try {
      const { botKind: _, llmAuthorModel: __, ...told } = await platform.records.bot(botId);
      const rating: RecordedRating = {
        schema: recordingSchema,
        at: Math.round(wallNow()),
        matchId,
        botId,
        label,
        hash,
        git,
        env,
        ...told,
      };
      if (rating.rating !== null) onRating?.({ ...rating, rating: rating.rating });
      const code = file.add(mask(JSON.stringify(rating)));
      if (code !== null) tell(`${join(folder, ratingsName)} cannot be written to (${code}).`);
    } catch (error) {
      if (!isClosed) tell(error instanceof Error ? error.message : codeOf(error));
    }
  };

  const begin = (): void => {
    clock.clearTimeout(timer);
    timer = null;
    const result = waiting;
    if (result === null || asking !== null) return;
    waiting = null;
    asking = ask(result).then(() => {
      asking = null;
      if (waiting !== null && !isClosed) begin();
    });
  };

  return {
    matchEnded(result) {
      if (isClosed || !result.rated || result.outcome !== 'completed') return;
      waiting = result;
      if (timer === null && asking === null) timer = clock.setTimeout(begin, defaults.delayMs);
    },
    async close() {
      begin();
      const ended = asking ?? Promise.resolve();
      await within(defaults.closeMs, clock, ended, tooLate).catch((error: Error) => tell(error.message));
      isClosed = true;
      file.close();
    },
  };
}
