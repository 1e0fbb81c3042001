/**
 * Asks the platform how matches have ended whose end no session of the bot has seen, and keeps what it says beside the
 * results. Whoever comes back to a match that is over is told nothing: the lobby does not announce it, and the gateway
 * refuses it. The public record of the match stays, and tells its chips (docs/protocol.md 7).
 */
import { basename, join } from 'node:path';
import type { PlatformClient } from '../platform/platform-client.js';
import { PlatformRefusedError, PlatformUnreachableError } from '../platform/platform-error.js';
import type { Participant, RecordedMatch } from '../platform/read-records.js';
import { messageOf } from '../protocol/message-of.js';
import { createMask } from '../protocol/redact.js';
import { resultsName } from '../recording/record-names.js';
import { recordedSoFar } from '../recording/recorded-so-far.js';
import { type RecordedResult, recordingSchema } from '../recording/recording-shape.js';
import { resultsFile } from '../recording/results-file.js';
import { type UnseenMatch, unseenMatches } from '../recording/unseen-matches.js';
import type { Clock } from '../time/clock.js';
import { summarizeLatency } from '../time/latency.js';
import { createOwnTimers } from '../time/own-timers.js';
import { within } from '../time/time-limit.js';

const defaults = {
  /** From the beginning, or the end of a match, to each time that it is asked: a match may go on without the bot for long. */
  delaysMs: [10_000, 2 * 60_000, 15 * 60_000, 60 * 60_000, 4 * 60 * 60_000],
  /** So many matches are asked for at a time, the newest first. */
  most: 20,
  /** Nothing is asked for matches that were written to longer ago: records do not stay for ever. */
  maxAgeMs: 14 * 24 * 60 * 60_000,
  /** How long the end of a session waits for what is on its way. */
  closeMs: 1_000,
} as const;

/** The login is refused, or asked too often: what is refused for one match is refused for all. */
const refusesAll: ReadonlySet<number> = new Set([401, 429]);
const serverErrors = 500;

/** What a record says of a match that is over. Another word is not taken for an end. */
const overWords: ReadonlySet<string> = new Set([
  'completed',
  'complete',
  'finished',
  'ended',
  'abandoned',
  'forfeited',
  'cancelled',
  'canceled',
  'error',
  'failed',
]);

export interface ToldEnd {
  readonly matchId: string;
  readonly netChips: number;
  /** In the platform's word. */
  readonly status: string;
}

export interface EndKeeperOptions {
  /** The folder of the recordings. */
  folder: string;
  lobbyUrl: string;
  /** Null: the lobby does not tell it; then the seat says whose chips are ours. */
  botId: string | null;
  platform: Pick<PlatformClient, 'records'>;
  /** Never written. */
  secret: string;
  clock: Clock;
  wallNow: () => number;
  /** The match is played by this session. */
  isLive: (matchId: string) => boolean;
  /** Called when an end is kept. */
  onTold: (end: ToldEnd) => void;
  /** Called once, with a sentence, when an end cannot be had or kept. */
  onTrouble: (message: string) => void;
}

export interface EndKeeper {
  /** Matches are played from now on: those of earlier sessions are asked for. */
  begin(): void;
  /** A match of this session is over, perhaps without its end. */
  matchEnded(result: RecordedResult): void;
  /** What is not known yet is asked for by the next session. Resolves within a second. */
  close(): Promise<void>;
}

const tooLate = (): Error => new Error('The session is over.');

export function keepEnds(options: EndKeeperOptions): EndKeeper {
  const { folder, lobbyUrl, botId, platform, secret, clock, wallNow, isLive, onTold, onTrouble } = options;
  const file = resultsFile(join(folder, resultsName), clock);
  const { json: mask } = createMask([secret]);
  const timers = createOwnTimers(clock);
  const closed = new AbortController();
  /** Matches that need no other question: nothing more can be had of them, or what there was is kept. */
  const settled = new Set<string>();
  let step = 0;
  let timer: unknown = null;
  let asking: Promise<void> | null = null;
  let isTold = false;

  const tell = (why: string): void => {
    if (isTold || closed.signal.aborted) return;
    isTold = true;
    onTrouble(`The end of a match that was not seen is not kept: ${why}`);
  };

  /** @throws the client's errors. */
  async function ask({ matchId, header, paths, result }: UnseenMatch): Promise<void> {
    const recorded = await recordedSoFar(paths);
    if (recorded === null || recorded.hasEnd) return void settled.add(matchId);
    const { signal } = closed;
    const match = await platform.records.match(matchId, { signal });
    const { status } = match;
    if (status === null || !overWords.has(status.toLowerCase()) || isLive(matchId)) return undefined;
    const own = ownIn(match, { botId, seat: recorded.seat ?? result?.seat ?? null });
    if (own === null) {
      settled.add(matchId);
      return tell(`the record of ${matchId} does not tell which seat was this bot's.`);
    }
    if (own.netChips === null) return undefined;
    const told: RecordedResult = {
      schema: recordingSchema,
      at: Math.round(wallNow()),
      matchId,
      participantId: header.participantId ?? '',
      rated: recorded.rated ?? match.rated ?? false,
      outcome: result?.outcome ?? (status.toLowerCase() === 'completed' ? 'completed' : 'abandoned'),
      abandonReason: result?.abandonReason ?? null,
      seat: own.seat ?? recorded.seat,
      netChips: own.netChips,
      ...recorded.counts,
      latencyMs: summarizeLatency(recorded.latency),
      startedAt: recorded.firstAt,
      endedAt: recorded.lastAt,
      opponents: recorded.opponents.length > 0 ? [...recorded.opponents] : othersIn(match, own),
      label: header.label,
      bot: header.bot,
      env: header.env,
      package: header.package,
      hash: header.played?.hash ?? null,
      git: header.played?.git ?? null,
      file: nameOf(paths),
      toldBy: 'platform',
    };
    // A line that cannot be written now waits, and is not made again.
    settled.add(matchId);
    const code = file.add(mask(JSON.stringify(told)));
    if (code !== null) return tell(`${join(folder, resultsName)} cannot be written to (${code}).`);
    return onTold({ matchId, netChips: own.netChips, status });
  }

  const left = async (): Promise<UnseenMatch[]> => {
    const since = wallNow() - defaults.maxAgeMs;
    const unseen = await unseenMatches(folder, { lobby: lobbyUrl, since });
    return unseen.filter(({ matchId }) => !settled.has(matchId) && !isLive(matchId));
  };

  /** @returns how long to wait at least until it is asked again, in ms; null: there is nothing left to ask. */
  async function pass(): Promise<number | null> {
    for (const match of (await left()).slice(0, defaults.most)) {
      if (closed.signal.aborted) return null;
      try {
        await ask(match);
      } catch (error) {
        if (isOfAll(error)) throw error;
        if (error instanceof PlatformRefusedError) settled.add(match.matchId);
        tell(messageOf(error));
      }
    }
    return (await left()).length === 0 ? null : 0;
  }

  const plan = (leastMs: number): void => {
    const delayMs = defaults.delaysMs[step];
    if (delayMs === undefined || closed.signal.aborted) return;
    step += 1;
    timers.cancel(timer);
    timer = timers.later(Math.max(delayMs, leastMs), run);
  };

  function run(): void {
    timer = null;
    if (asking !== null) return;
    asking = pass()
      .catch((error: unknown) => {
        tell(messageOf(error));
        return error instanceof PlatformRefusedError ? (error.retryAfterMs ?? 0) : 0;
      })
      .then((leastMs) => {
        asking = null;
        if (leastMs !== null && timer === null) plan(leastMs);
      });
  }

  const restart = (): void => {
    step = 0;
    plan(0);
  };

  return {
    begin: restart,
    matchEnded({ netChips }) {
      if (netChips === null) restart();
    },
    async close() {
      closed.abort(tooLate());
      timers.clear();
      await within(defaults.closeMs, clock, asking ?? Promise.resolve(), tooLate).catch(() => undefined);
      file.close();
    },
  };
}

/** Whether the platform would say the same of any match; else one alone has it. */
function isOfAll(error: unknown): boolean {
  if (error instanceof PlatformUnreachableError) return true;
  if (!(error instanceof PlatformRefusedError)) return false;
  const { status, errorCode } = error;
  return status >= serverErrors || refusesAll.has(status) || errorCode === 'RATE_001';
}

/** By its id; where that does not single one out, by its seat. Null: it is not told. */
function ownIn(
  { participants }: RecordedMatch,
  { botId, seat }: { botId: string | null; seat: number | null },
): Participant | null {
  const named = participants.filter((one) => one.botId !== null && one.botId === botId);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  const mayBe = participants.filter((one) => one.botId === null || one.botId === botId || botId === null);
  const seated = mayBe.filter((one) => seat !== null && one.seat === seat);
  return seated.length === 1 ? (seated[0] ?? null) : null;
}

const othersIn = ({ participants }: RecordedMatch, own: Participant): string[] =>
  participants.filter((one) => one !== own).map(({ name }) => name ?? 'unknown');

/** Of the last file, without its folder. */
const nameOf = (paths: readonly string[]): string | null => basename(paths.at(-1) ?? '') || null;
