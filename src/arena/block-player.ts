/** Plays blocks on one thread, one after the other, and keeps the threads of bots in between. */
import type { BotSource } from '../bot/bot.js';
import type { KeptFile } from '../io/hosting/code/kept-files.js';
import type { BotThread } from '../io/hosting/threads/bot-thread.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { InternalError } from '../protocol/errors.js';
import type { PlayedBlock } from './arena-record.js';
import type { BlockPlace, OpenSeat, SeatPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import { type BotStand, createBotStand } from './bot-stand.js';
import { createHereThread } from './here-thread.js';
import { openHostedSeat } from './hosted-arena-seat.js';
import { createHouseArenaSeat } from './house-arena-seat.js';
import { playBlock } from './play-block.js';

/** How bots are hosted, as plain data. */
export interface ArenaHosting {
  place: BotThread['place'];
  memoryMb: number | null;
  /** By bot of the run; empty for one that is not of a file. */
  files: readonly (readonly KeptFile[])[];
  /** Of bots in threads and processes. */
  env: EnvironmentVariables;
  /** Hands are told beside what counts, to be written down. Default: no. */
  withHands?: boolean;
}

export interface ArenaListener {
  /** What bots write. */
  onOutput: (text: string, from: 'stdout' | 'stderr') => void;
  /** What goes wrong with a bot of the run, in a sentence. */
  onTrouble: (bot: number, sentence: string) => void;
  /** Something was played, so that it is not stuck: a bot was made, or has answered, or a hand is over. */
  onStep?: () => void;
}

export interface BlockPlayer {
  /** @throws {BadBotError} when a bot cannot be made. */
  play(place: BlockPlace): Promise<PlayedBlock>;
  close(): Promise<void>;
}

/** @param sources of bots that play on this thread. */
export function createBlockPlayer(
  terms: ArenaTerms,
  { place, memoryMb, files, env, withHands }: ArenaHosting,
  { onOutput, onTrouble, onStep }: ArenaListener,
  sources: readonly BotSource[] = [],
): BlockPlayer {
  /** By leg and seat, of one pairing: a bot never meets a deck again that it has seen in another leg or against another bot. */
  let stands = new Map<string, BotStand>();
  /** Bots that play here share this thread, and what they keep in their modules. */
  const areApart = sources.length === 0;
  let pairing = -1;
  let isClosed = false;

  /** A bot of this thread cannot be ended from outside: its block is, as soon as it has answered. */
  const step = (): void => {
    if (isClosed && sources.length > 0) throw new InternalError('The run was ended before this block.');
    onStep?.();
  };

  const closeAll = async (): Promise<void> => {
    const closing = [...stands.values()];
    stands = new Map();
    await Promise.all(closing.map((stand) => stand.close()));
  };

  const threadOf = (seat: SeatPlace): Promise<BotThread> => {
    const bot = terms.bots[seat.bot];
    if (bot?.kind === 'here') return Promise.resolve(hereThread(sources[bot.place], seat.matchId));
    if (bot?.kind !== 'file') throw new InternalError(`The run has no bot ${seat.bot}.`);
    const key = `${seat.leg}:${seat.seatIndex}`;
    const stand =
      stands.get(key) ??
      createBotStand({
        path: bot.path,
        exportName: bot.exportName,
        files: files[seat.bot] ?? [],
        place,
        memoryMb,
        env,
        onOutput,
      });
    stands.set(key, stand);
    return stand.open(seat.matchId);
  };

  return {
    async play(next) {
      if (next.pairing !== pairing) await closeAll();
      pairing = next.pairing;
      const openSeat: OpenSeat = (seat) => {
        const bot = terms.bots[seat.bot];
        const { seed, clockMs } = terms;
        const { seatIndex, matchId } = seat;
        if (bot?.kind === 'house')
          return createHouseArenaSeat({ house: bot.house, seed, seatIndex, matchId, clockMs });
        return openHostedSeat({
          seed,
          seatIndex,
          matchId,
          clockMs,
          open: () => threadOf(seat),
          onTrouble: (sentence) => onTrouble(seat.bot, sentence),
        });
      };
      return playBlock(terms, next, openSeat, { onStep: step, withHands, atOnce: areApart });
    },
    close() {
      isClosed = true;
      return closeAll();
    },
  };
}

function hereThread(source: BotSource | undefined, matchId: string): BotThread {
  if (source === undefined) throw new InternalError('A bot of this thread is missing.');
  const thread = createHereThread(source);
  thread.post({ type: 'seat', matchId });
  return thread;
}
