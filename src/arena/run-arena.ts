/** Bots that play each other on the same decks. */
import { availableParallelism } from 'node:os';
import { systemNow } from '../time/clock.js';
import { type ArenaFile, arenaIdentityOf, openArenaFile } from './arena-file.js';
import { JobLostError, startArenaJob } from './arena-job.js';
import { type ArenaMemory, arenaMemoryOf } from './arena-memory.js';
import type { ArenaOptions } from './arena-options.js';
import { blockPlaces } from './arena-plan.js';
import type { BlockRecord, PlayedBlock } from './arena-record.js';
import type { ArenaEnd, ArenaResult } from './arena-result.js';
import { type ArenaTerms, blocksOf } from './arena-terms.js';
import { createBlockOrder } from './block-order.js';
import {
  type ArenaHosting,
  type ArenaListener,
  type BlockPlayer,
  createBlockPlayer,
} from './block-player.js';
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
 * @throws {StateWriteError} when the file cannot be written.
 * @throws {NatsUnavailableError} when workers are to play, and their server is not there, or keeps no streams.
 */
export async function runArena(options: ArenaOptions): Promise<ArenaResult> {
  const read = termsOfOptions(options);
  const { terms } = read;
  const proven = await proveBots(read, options);
  const startedAt = systemNow();
  const file = options.resume === undefined ? null : await openFile(options.resume, terms, proven);
  const tally = createRunTally(terms, options.until);
  try {
    tally.addBefore(file?.blocks ?? []);
    const stop = new AbortController();
    const forward = (): void => stop.abort();
    options.signal?.addEventListener('abort', forward);
    if (options.signal?.aborted === true) stop.abort();
    const { players, close, isUnlike } = await startPlayers(read, proven, options, tally);
    const elapsedMs = (): number => systemNow() - startedAt;
    const progress = setInterval(
      () => options.onProgress?.(tally.result(null, elapsedMs(), isUnlike())),
      defaults.progressMs,
    );
    try {
      const end = await playAll({ terms, players, tally, file, stop });
      return tally.result(end, elapsedMs(), isUnlike());
    } finally {
      clearInterval(progress);
      options.signal?.removeEventListener('abort', forward);
      await close();
    }
  } finally {
    await file?.close();
  }
}

const openFile = (path: string, terms: ArenaTerms, { digests }: ProvenBots): Promise<ArenaFile> =>
  openArenaFile(path, terms, arenaIdentityOf(terms, digests));

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
    const fleet = await openFleet({ terms, digests, ...fleetOf(options.nats), onNotice });
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
  stop: AbortController;
}

async function playAll({ terms, players, tally, file, stop }: Playing): Promise<ArenaEnd> {
  const order = createBlockOrder(blockPlaces(terms, tally.blocksPlayed));
  let failure: { error: unknown } | null = null;
  const stopped = new Promise<null>((resolve) => {
    if (stop.signal.aborted) resolve(null);
    stop.signal.addEventListener('abort', () => resolve(null));
  });

  const take = (played: PlayedBlock): void => {
    tally.addTimes(played);
    const counted: BlockRecord[] = order.take(played.record);
    for (const block of counted) {
      // What comes after a verdict is no part of it.
      if (tally.isDecided) break;
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
