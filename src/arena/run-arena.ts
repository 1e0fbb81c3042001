/** Bots that play each other on the same decks. */
import { availableParallelism } from 'node:os';
import { count } from '../io/reports/describe.js';
import { StateWriteError } from '../protocol/errors.js';
import { systemNow } from '../time/clock.js';
import { type ArenaFile, arenaIdentityOf, openArenaFile } from './arena-file.js';
import { JobLostError, startArenaJob } from './arena-job.js';
import { type ArenaMemory, arenaMemoryOf } from './arena-memory.js';
import type { ArenaOptions } from './arena-options.js';
import { blockPlaces } from './arena-plan.js';
import type { BlockRecord, PlayedBlock } from './arena-record.js';
import type { ArenaEnd, ArenaResult } from './arena-result.js';
import { type ArenaTerms, blocksOf } from './arena-terms.js';
import { ArenaWriteError } from './arena-write-error.js';
import { createBlockOrder } from './block-order.js';
import {
  type ArenaHosting,
  type ArenaListener,
  type BlockPlayer,
  createBlockPlayer,
} from './block-player.js';
import { type HandsFolder, openHandsFolder } from './hands-folder.js';
import { type ProvenBots, proveBots } from './prove-bots.js';
import { createRunTally, type RunTally } from './run-tally.js';
import { fleetOf, type ReadTerms, termsOfOptions } from './terms-of-options.js';

const defaults = { progressMs: 500, memoryShare: 0.5 } as const;

/**
 * Plays deals or matches in pairs: each deck once in each seating, on bots of their own. A block of pairs is a function of the seed and its
 * place, so that the number of jobs changes nothing in the result.
 *
 * @throws {OptionError} for options that make no run, and for a file to go on from that is of another run.
 * @throws {BadBotError} when a bot cannot be made.
 * @throws {ArenaWriteError} when the file, or the folder of the hands, cannot be written to; it has what counted until then.
 * @throws {NatsUnavailableError} when workers are to play, and their server is not there, or keeps no streams.
 */
export async function runArena(options: ArenaOptions): Promise<ArenaResult> {
  const read = termsOfOptions(options);
  const { terms } = read;
  const proven = await proveBots(read, options);
  const startedAt = systemNow();
  const { file, hands, close: closeKept } = await openKept(options, terms, proven);
  const tally = createRunTally(terms, options.until);
  try {
    tally.addBefore(file?.blocks ?? []);
    const missing = hands?.missingOf(file?.blocks ?? []) ?? 0;
    if (missing > 0)
      options.onNotice?.(
        `The hands of ${count(missing, 'pair')} that were played before are not in ${hands?.path}.`,
      );
    const stop = new AbortController();
    const forward = (): void => stop.abort();
    options.signal?.addEventListener('abort', forward);
    if (options.signal?.aborted === true) stop.abort();
    const { players, close, isUnlike } = await startPlayers(read, proven, options, tally);
    const resultOf = (end: ArenaEnd | null): ArenaResult => ({
      ...tally.result(end, systemNow() - startedAt, isUnlike()),
      recorded: hands === null ? null : { folder: hands.path, matches: hands.matches },
    });
    const progress = setInterval(() => options.onProgress?.(resultOf(null)), defaults.progressMs);
    try {
      return resultOf(await playAll({ terms, players, tally, file, hands, stop }));
    } catch (error) {
      throw error instanceof StateWriteError ? new ArenaWriteError(error, resultOf('stopped')) : error;
    } finally {
      clearInterval(progress);
      options.signal?.removeEventListener('abort', forward);
      await close();
    }
  } finally {
    await closeKept();
  }
}

/** What a run writes to while it is played. */
interface Kept {
  file: ArenaFile | null;
  hands: HandsFolder | null;
  close: () => Promise<void>;
}

const ignore = (): void => undefined;

async function openKept(
  { resume, record }: ArenaOptions,
  terms: ArenaTerms,
  { digests }: ProvenBots,
): Promise<Kept> {
  // A limit of the file's size (`ulimit -f`) is like a full disk: the signal must not end the process.
  process.on('SIGXFSZ', ignore);
  let file: ArenaFile | null = null;
  let hands: HandsFolder | null = null;
  const close = async (): Promise<void> => {
    process.off('SIGXFSZ', ignore);
    await file?.close();
    await hands?.close();
  };
  try {
    if (resume !== undefined) file = await openArenaFile(resume, terms, arenaIdentityOf(terms, digests));
    if (record !== undefined)
      hands = await openHandsFolder({ folder: record, terms, digests, wallNow: Date.now });
    return { file, hands, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What plays the blocks, at once. */
interface Crew {
  players: readonly BlockPlayer[];
  close: () => Promise<void>;
  /** A block was played twice, and differently. */
  isUnlike: () => boolean;
}

async function startPlayers(
  { terms, sources }: ReadTerms,
  { hosting, digests }: ProvenBots,
  options: ArenaOptions,
  tally: RunTally,
): Promise<Crew> {
  const listener: ArenaListener = {
    onOutput: (text, from) => options.onBotOutput?.(text, from),
    onTrouble: (bot, sentence) => options.onBotTrouble?.(bot, sentence),
  };
  const { playedBefore } = tally;
  if (options.nats !== undefined) {
    const { openFleet } = await import('./fleet-run.js');
    const onNotice = (sentence: string): void => options.onNotice?.(sentence);
    const fleet = await openFleet({
      terms,
      digests,
      withHands: options.record !== undefined,
      ...fleetOf(options.nats),
      onNotice,
    });
    const { server, run, players } = fleet;
    options.onStart?.({ jobs: 0, botsPerJob: 0, memoryMb: 0, playedBefore, fleet: { server, run } });
    return { players, close: () => fleet.close(), isUnlike: () => fleet.isUnlike };
  }
  const memory = arenaMemoryOf(terms, hosting);
  const isHere = sources.length > 0;
  const jobs = isHere ? 1 : jobsOf(options, terms, memory, tally);
  options.onStart?.({ jobs, ...memory.of(jobs), playedBefore, fleet: null });
  const players = isHere
    ? [createBlockPlayer(terms, hosting, listener, sources)]
    : Array.from({ length: jobs }, () => revivingJob(terms, hosting, listener));
  return {
    players,
    isUnlike: () => false,
    async close() {
      await Promise.all(players.map((player) => player.close()));
    },
  };
}

function jobsOf(
  { jobs }: ArenaOptions,
  terms: ArenaTerms,
  memory: ArenaMemory,
  { playedBefore }: RunTally,
): number {
  const left = Math.max(
    1,
    terms.pairings.length * blocksOf(terms) - Math.floor(playedBefore / terms.pairsPerBlock),
  );
  const wanted = jobs ?? Math.min(availableParallelism() - 1, memory.mostJobs);
  return Math.max(1, Math.min(wanted, left));
}

/** A thread that plays blocks, and another one when that is lost: the block is played once more. */
function revivingJob(terms: ArenaTerms, hosting: ArenaHosting, listener: ArenaListener): BlockPlayer {
  const start = (): BlockPlayer => startArenaJob({ terms, hosting }, listener);
  let job = start();
  return {
    async play(place) {
      try {
        return await job.play(place);
      } catch (error) {
        if (!(error instanceof JobLostError)) throw error;
        await job.close();
        job = start();
        return job.play(place);
      }
    },
    close: () => job.close(),
  };
}

interface Playing {
  terms: ArenaTerms;
  players: readonly BlockPlayer[];
  tally: RunTally;
  file: ArenaFile | null;
  hands: HandsFolder | null;
  stop: AbortController;
}

async function playAll({ terms, players, tally, file, hands, stop }: Playing): Promise<ArenaEnd> {
  const order = createBlockOrder(blockPlaces(terms, tally.blocksPlayed));
  let failure: { error: unknown } | null = null;
  const stopped = new Promise<null>((resolve) => {
    if (stop.signal.aborted) resolve(null);
    stop.signal.addEventListener('abort', () => resolve(null));
  });

  /** Of blocks that were played and do not count yet. */
  const waitingHands = new Map<BlockRecord, string | undefined>();

  const take = (played: PlayedBlock): void => {
    tally.addTimes(played);
    if (hands !== null) waitingHands.set(played.record, played.hands);
    const counted: BlockRecord[] = order.take(played.record);
    for (const block of counted) {
      // What comes after a verdict is no part of it.
      if (tally.isDecided) break;
      hands?.add(block, waitingHands.get(block));
      waitingHands.delete(block);
      file?.append([block]);
      tally.add(block);
    }
    if (tally.isDecided) stop.abort();
  };

  const work = async (player: BlockPlayer): Promise<void> => {
    for (let place = order.next(); place !== null; place = order.next()) {
      if (stop.signal.aborted) return;
      try {
        const played = await Promise.race([player.play(place), stopped]);
        if (played === null) return;
        take(played);
      } catch (error) {
        failure ??= { error };
        stop.abort();
        return;
      }
      // House bots take no wait, and signals come between two blocks.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  if (!tally.isDecided) await Promise.all(players.map(work));
  if (failure !== null) throw (failure as { error: unknown }).error;
  if (tally.isDecided) return 'decided';
  return tally.isComplete ? 'complete' : 'stopped';
}
