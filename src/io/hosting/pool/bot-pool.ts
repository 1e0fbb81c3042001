/**
 * The threads or processes of one agent: one for each match, and a spare one for the next match or the next failure.
 */
import { BadBotError } from '../../../protocol/errors.js';
import type { Clock } from '../../../time/clock.js';
import { within } from '../../../time/time-limit.js';
import { createBotCode } from '../code/bot-code.js';
import type { KeptFile, LoadedCode } from '../code/kept-files.js';
import { startProcess } from '../processes/bot-process.js';
import type { BotThread, ThreadOptions } from '../threads/bot-thread.js';
import { startThread } from '../threads/worker-thread.js';
import { createStarts } from './bot-starts.js';

const defaults = {
  /**
   * A thread limits its loading to 120 s itself; this limit is for one that is blocked or never finishes making its
   * bot.
   */
  loadLimitMs: 121_000,
  /** How long to wait for threads to end; a thread in a synchronous system call does not react. */
  endLimitMs: 1_000,
} as const;

export interface BotPool {
  /**
   * Starts the first thread, once. Resolves when its bot is made, or when the pool was closed before.
   *
   * @throws {BadBotError} when the bot cannot be made.
   */
  prepare(): Promise<void>;
  /**
   * A thread whose bot was never seated. It may still be loading.
   *
   * @param isUrgent a live match waits for it.
   */
  take(isUrgent?: boolean): BotThread;
  /** Calls the listener when the first bot was made and turns out to be unusable before it was ever seated. */
  onUnfit?(listener: (error: BadBotError) => void): void;
  /**
   * Calls the listener when a bot cannot be made although the first one was: that of a match, or a spare one and the next
   * one as well.
   */
  onUnmade?(listener: (error: BadBotError) => void): void;
  /** What its next thread evaluates. */
  playing?(): LoadedCode;
  /** The files and links that its threads evaluate, and those of a `renew` that failed since: as they were loaded. */
  code?(): readonly KeptFile[];
  /**
   * Loads the file as it is now, for the threads that are started from then on. Live matches play on with what they have.
   *
   * @throws {BadBotError} when the bot cannot be made of it; then nothing changes.
   */
  renew?(): Promise<void>;
  /** Ends every thread. Resolves when all are gone, or after a second, with those that are left. */
  close(): Promise<readonly LeftBehind[]>;
}

/** A thread that does not end before the process does. */
export interface LeftBehind {
  /** Null: its bot was never seated. */
  matchId: string | null;
  message: string;
}

const isUnfit = ({ unfit = null }: BotThread): boolean => unfit !== null;

const leftBehind = (): Error => new Error('Threads are left behind.');

export interface PoolOptions extends Omit<ThreadOptions, 'code' | 'onUnfit'> {
  place: BotThread['place'];
  /** Refuses a bot that has no `decide`, which plays other games only. Default: no. */
  needsDecide?: boolean | undefined;
}

/** The sentence about a bot for a table of poker. */
export const withoutDecide = (path: string): string =>
  `The bot of ${path} has no decide(state), and the local platform plays poker: give it that method.`;

export function createBotPool(
  { place, needsDecide = false, ...options }: PoolOptions,
  clock: Clock,
): BotPool {
  let first: Promise<void> | null = null;
  let onUnfit: ((error: BadBotError) => void) | null = null;
  let onUnmade: ((error: BadBotError) => void) | null = null;
  let spare: BotThread | null = null;
  /** The spare before could not be made. */
  let isSecondTry = false;
  let isPrepared = false;
  let isClosed = false;
  let leave: (() => void) | null = null;
  const closed = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const threads = new Set<BotThread>();
  const trials = new WeakSet<BotThread>();
  /** Their bots were made; `untilMade` hears what they say until they are seated. */
  const proven = new WeakSet<BotThread>();
  let code = createBotCode(options.path);
  /** Of the class of the bot that was made of the code. */
  let name: string | undefined;
  /** The files of the last load that failed. */
  let failed: readonly KeptFile[] = [];

  const tooSlow = () =>
    new BadBotError(
      `${options.path} has not ended loading after ${defaults.loadLimitMs / 1_000} s: it blocks its ${place}.`,
    );

  const startOne = place === 'process' ? startProcess : startThread;
  const starts = createStarts(
    {
      place,
      start: () =>
        startOne({ ...options, path: code.loaded().file, code: code.place(), onUnfit: lookForUnfit }),
    },
    clock,
  );

  const start = (isUrgent = false): BotThread => {
    const thread = starts.begin(isUrgent);
    threads.add(thread);
    void thread.gone.then(() => threads.delete(thread));
    return thread;
  };

  /** A spare whose bot cannot be made is replaced once. A spare that ends is replaced when a match takes it. */
  const warm = (): void => {
    const thread = start();
    spare = thread;
    thread.hold(false);
  };

  const lookForUnfit = (): void => {
    if (isClosed || !isPrepared) return;
    const unfit = [...threads].find((thread) => isUnfit(thread) && !trials.has(thread));
    if (unfit === undefined) return;
    // It was made and starts a session of its own, as the next one would.
    if (unfit === spare && proven.has(unfit)) return;
    if (unfit !== spare || isSecondTry) return onUnmade?.(unfit.unfit as BadBotError);
    isSecondTry = true;
    void unfit.end();
    threads.delete(unfit);
    warm();
  };

  const makeFirst = async (): Promise<void> => {
    const thread = start();
    name = await untilMade(thread);
    if (isClosed) return;
    isPrepared = true;
    thread.hold(false);
    spare = thread;
  };

  const makeAnew = async (): Promise<void> => {
    const renewed = createBotCode(options.path);
    const thread = startOne({
      ...options,
      path: renewed.loaded().file,
      code: renewed.place(),
      onUnfit: () => undefined,
    });
    threads.add(thread);
    // Of code that is not taken yet: no match has it, nor will the next one.
    trials.add(thread);
    void thread.gone.then(() => threads.delete(thread));
    let madeName: string | undefined;
    try {
      madeName = await untilMade(thread);
    } catch (error) {
      failed = renewed.watched();
      throw error;
    }
    if (isClosed) return;
    failed = [];
    trials.delete(thread);
    code = renewed;
    name = madeName;
    isSecondTry = false;
    thread.hold(false);
    void spare?.end();
    spare = thread;
  };

  /** @returns the name of its class, if it has one and the pool has not ended it before. */
  const untilMade = async (thread: BotThread): Promise<string | undefined> => {
    const made = new Promise<string | undefined>((resolve, reject) => {
      thread.listen({
        onMessage(message) {
          if (message.type === 'ready') {
            if (needsDecide && message.isRawOnly === true)
              reject(new BadBotError(withoutDecide(options.path)));
            else resolve(message.name);
          }
          if (message.type !== 'unfit') return;
          const error = new BadBotError(message.message, { cause: message.cause });
          reject(error);
          // A renewed one that cannot be made changes nothing.
          if (!isPrepared || thread === spare) onUnfit?.(error);
        },
        onEnd: ({ message, error }) =>
          reject(new BadBotError(`${options.path} cannot be loaded. ${message}`, { cause: error })),
      });
      // The pool has ended it, which is not reported.
      void Promise.race([thread.gone, closed]).then(() => resolve(undefined));
    });
    try {
      const madeName = await within(defaults.loadLimitMs, clock, made, tooSlow);
      proven.add(thread);
      return madeName;
    } catch (error) {
      // Not awaited: it may be in a call that never returns.
      void thread.end();
      throw error;
    }
  };

  const closeAll = async (): Promise<LeftBehind[]> => {
    const ending = [...threads];
    const gone = Promise.all(ending.map((thread) => thread.end()));
    await within(defaults.endLimitMs, clock, gone, leftBehind).catch(() => undefined);
    return ending
      .filter((thread) => threads.has(thread))
      .map(({ matchId = null }) => ({
        matchId,
        message: `A ${place} of the bot does not end: it is in a call of the system, such as execFileSync. It is left behind.`,
      }));
  };

  let closing: Promise<LeftBehind[]> | null = null;
  return {
    prepare() {
      first ??= makeFirst();
      return first;
    },
    onUnfit(listener) {
      onUnfit = listener;
    },
    playing: () => ({ ...code.loaded(), ...(name !== undefined && { name }) }),
    code: () => {
      const paths = new Set(failed.map(({ path }) => path));
      return [...failed, ...code.watched().filter(({ path }) => !paths.has(path))];
    },
    renew: makeAnew,
    onUnmade(listener) {
      onUnmade = listener;
    },
    take(isUrgent = false) {
      const isOfUse = spare !== null && !spare.hasEnded && (spare.isMade || !isUrgent);
      if (spare?.isMade === true && !isUnfit(spare)) isSecondTry = false;
      const taken = spare !== null && isOfUse ? spare : start(isUrgent);
      taken.hold(false);
      if (!isClosed && (taken === spare || spare === null || spare.hasEnded)) warm();
      return taken;
    },
    close() {
      isClosed = true;
      spare = null;
      leave?.();
      closing ??= closeAll();
      return closing;
    },
  };
}
