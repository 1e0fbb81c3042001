/**
 * A worker of arenas: plays blocks of any run on a NATS server whose bots it has. The connection lives on this thread, and every hand is
 * played on another one, so that none of both keeps the other waiting.
 */
import { setTimeout as later } from 'node:timers/promises';
import type { Bus } from '../io/hosting/remote/bus.js';
import { addToQueue, type Given, pullOne, QueueError } from '../io/hosting/remote/work-queue.js';
import { messageOf } from '../protocol/message-of.js';
import { version } from '../protocol/version.js';
import { systemNow } from '../time/clock.js';
import { startArenaJob } from './arena-job.js';
import { arenaMemoryOf } from './arena-memory.js';
import type { PlayedBlock } from './arena-record.js';
import type { ArenaTerms } from './arena-terms.js';
import type { ArenaHosting, BlockPlayer } from './block-player.js';
import { castOf, type FleetBot } from './fleet-bots.js';
import { isPlaceOf } from './fleet-checks.js';
import {
  encoded,
  type FleetOffer,
  type FleetReport,
  type FleetTask,
  fleetQueueOf,
  offerSubject,
  readOffer,
  readTask,
  refusalSubject,
  subjectOfBlock,
} from './fleet-messages.js';

const defaults = {
  pullMs: 2_000,
  retryMs: 500,
  /** A run that was not heard for so long is over. */
  silentMs: 10_000,
  /** How often it is told that a block goes on, as a share of the time in which it is given back. */
  stepShare: 0.25,
  maxRuns: 100,
} as const;

export interface FleetWorkerOptions {
  bus: Bus;
  /** By which arenas are found. */
  name: string;
  /** This worker: with something by chance in it, so that one that is started again is another one. */
  worker: string;
  bots: readonly FleetBot[];
  hosting: Omit<ArenaHosting, 'files'>;
  /** Threads that play. */
  jobs: number;
  /** Whether there are so many, whatever memory their bots take. */
  isJobsFixed: boolean;
  onEvent: (event: FleetEvent) => void;
  onOutput: (text: string, from: 'stdout' | 'stderr') => void;
  /** What goes wrong with a bot, in a sentence. @param bot its name. */
  onTrouble: (bot: string, sentence: string) => void;
}

export type FleetEvent =
  | { type: 'joined'; run: string; bots: readonly string[] }
  | { type: 'refused'; run: string; why: string }
  | { type: 'left'; run: string; blocks: number }
  /** The thread of a block did nothing for so long that another worker has it by now. */
  | { type: 'stuck'; run: string; block: number }
  | { type: 'failed'; run: string; block: number; message: string };

export interface FleetWorker {
  /** Takes no more blocks; resolves when those that are played are over. */
  drain(): Promise<void>;
  /** Gives back what is being played. */
  stop(): Promise<void>;
}

interface LiveRun {
  offer: FleetOffer;
  heardAt: number;
  /** Null: it cannot be played here. */
  terms: ArenaTerms | null;
  hosting: ArenaHosting;
  mostJobs: number;
  blocks: number;
  /** Ends when the run does. */
  over: AbortController;
}

interface Slot {
  run: string;
  job: BlockPlayer;
}

export function startFleetWorker(options: FleetWorkerOptions): FleetWorker {
  const { bus, name, worker, bots, onEvent } = options;
  const runs = new Map<string, LiveRun>();
  let isDraining = false;
  let isStopped = false;
  const takesBlocks = (): boolean => !isDraining;
  const isReporting = (): boolean => !isStopped;
  const stopped = new AbortController();

  const join = (offer: FleetOffer): LiveRun => {
    const cast = castOf(offer, bots);
    const terms = 'why' in cast ? null : cast.terms;
    const hosting = { ...options.hosting, files: 'why' in cast ? [] : cast.files };
    const run: LiveRun = {
      offer,
      heardAt: systemNow(),
      terms,
      hosting,
      mostJobs: terms === null || options.isJobsFixed ? options.jobs : arenaMemoryOf(terms, hosting).mostJobs,
      blocks: 0,
      over: new AbortController(),
    };
    if ('why' in cast) {
      onEvent({ type: 'refused', run: offer.run, why: cast.why });
      bus.publish(refusalSubject(name), encoded({ run: offer.run, worker, why: cast.why }));
    } else onEvent({ type: 'joined', run: offer.run, bots: cast.terms.names });
    return run;
  };

  const leave = (run: LiveRun): void => {
    runs.delete(run.offer.run);
    run.over.abort();
    if (run.terms !== null) onEvent({ type: 'left', run: run.offer.run, blocks: run.blocks });
  };

  const unhear = bus.subscribe(offerSubject(name), ({ data }) => {
    const offer = readOffer(data);
    if (offer === null) return;
    const known = runs.get(offer.run);
    if (offer.isOver) {
      if (known !== undefined) leave(known);
      return;
    }
    if (known !== undefined) known.heardAt = systemNow();
    else if (!isDraining && runs.size < defaults.maxRuns) runs.set(offer.run, join(offer));
  });

  const sweep = setInterval(() => {
    // While the server is away nobody is heard.
    for (const run of runs.values()) {
      if (!bus.isConnected) run.heardAt = systemNow();
      else if (systemNow() - run.heardAt > defaults.silentMs) leave(run);
    }
  }, defaults.retryMs);

  /** Adds a result until the server has confirmed it: its id is the same each time. */
  const report = async (run: LiveRun, given: Given, made: FleetReport): Promise<void> => {
    const { prefix } = fleetQueueOf(name, run.offer);
    const id = `${made.run}.${made.pairing}.${made.block}.${made.attempt}.${given.delivery}.${worker}`;
    while (isReporting() && !run.over.signal.aborted) {
      try {
        await addToQueue(bus, subjectOfBlock(prefix, 'done', made), encoded(made), id);
        return;
      } catch {
        // The run makes its queue anew, or is over.
        await later(defaults.retryMs);
      }
    }
  };

  const jobOf = async (slot: Slot | null, run: LiveRun, beat: { onStep: () => void }): Promise<Slot> => {
    if (slot !== null && slot.run === run.offer.run) return slot;
    await slot?.job.close();
    const stepMs = Math.ceil(run.offer.giveBackMs * defaults.stepShare);
    const job = startArenaJob(
      { terms: run.terms as ArenaTerms, hosting: run.hosting, stepMs },
      {
        onOutput: options.onOutput,
        onTrouble: (bot, sentence) => options.onTrouble(run.terms?.names[bot] ?? '', sentence),
        onStep: () => beat.onStep(),
      },
    );
    return { run: run.offer.run, job };
  };

  /** The result is stored before its block is taken off the queue. */
  const finish = async (
    run: LiveRun,
    given: Given,
    task: FleetTask,
    what: { played: PlayedBlock },
  ): Promise<void> => {
    await report(run, given, { ...task, worker, version, ...what });
    if (!isStopped && !run.over.signal.aborted) await given.confirm();
  };

  /** One thread that plays, and what it plays. */
  const work = async (index: number): Promise<void> => {
    let slot: Slot | null = null;
    const beat = { onStep: (): void => undefined };
    const drop = async (): Promise<void> => {
      const dropped = slot;
      slot = null;
      await dropped?.job.close();
    };

    const play = async (run: LiveRun, given: Given, task: FleetTask): Promise<void> => {
      const { offer } = run;
      const stuck = new AbortController();
      const played = new AbortController();
      let patience: ReturnType<typeof setTimeout> | undefined;
      const wait = (): void => {
        clearTimeout(patience);
        patience = setTimeout(() => stuck.abort(), offer.giveBackMs);
      };
      // By what is played, and by no timer of its own: a thread that is stuck loses its block.
      beat.onStep = () => {
        given.goesOn();
        wait();
      };
      wait();
      try {
        slot = await jobOf(slot, run, beat);
        const ends = [
          abortedAs(stuck.signal, 'stuck', played.signal),
          abortedAs(run.over.signal, 'over', played.signal),
          abortedAs(stopped.signal, 'stopped', played.signal),
        ] as const;
        const { pairing, block } = task;
        const result = await Promise.race([slot.job.play({ pairing, block }), ...ends]);
        if (typeof result === 'string') {
          if (result === 'stuck') onEvent({ type: 'stuck', run: offer.run, block: task.block });
          if (result === 'stopped') given.giveBack();
          await drop();
          return;
        }
        run.blocks += 1;
        await finish(run, given, task, { played: result });
      } catch (error) {
        const failure = messageOf(error);
        onEvent({ type: 'failed', run: offer.run, block: task.block, message: failure });
        await report(run, given, { ...task, worker, version, failure });
        given.giveBack();
        await drop();
      } finally {
        clearTimeout(patience);
        played.abort();
        beat.onStep = () => undefined;
      }
    };

    for (let turn = 0; takesBlocks(); turn += 1) {
      const playable = [...runs.values()].filter(({ terms, mostJobs }) => terms !== null && index < mostJobs);
      // The run that it has bots for, as long as that has blocks.
      const own = playable.find(({ offer }) => offer.run === slot?.run);
      const run = own ?? playable[turn % Math.max(1, playable.length)];
      if (run === undefined) {
        if (slot !== null) await drop();
        await later(defaults.retryMs);
        continue;
      }
      const given = await pull(run);
      if (given === null) {
        // Another run may have some.
        if (playable.length > 1) await drop();
        continue;
      }
      const task = readTask(given.data);
      if (task === null || task.run !== run.offer.run || !isPlaceOf(run.terms as ArenaTerms, task))
        await given.confirm();
      else if (isDraining) given.giveBack();
      else await play(run, given, task);
    }
    await drop();
  };

  const pull = async (run: LiveRun): Promise<Given | null> => {
    const asked = new AbortController();
    try {
      const { stream } = fleetQueueOf(name, run.offer);
      // A queue that is removed meanwhile leaves a pull without an answer.
      const given = await Promise.race([
        pullOne(bus, stream, 'todo', defaults.pullMs),
        abortedAs(run.over.signal, 'over', asked.signal),
        abortedAs(stopped.signal, 'stopped', asked.signal),
      ]);
      return typeof given === 'string' ? null : given;
    } catch (error) {
      // A queue that is not there, a server that is away, a pull that nobody answers: asked anew.
      await later(error instanceof QueueError ? defaults.retryMs : defaults.retryMs / 2);
      return null;
    } finally {
      asked.abort();
    }
  };

  const slots = Array.from({ length: options.jobs }, (_, index) => work(index));

  return {
    async drain() {
      isDraining = true;
      await Promise.all(slots);
    },
    async stop() {
      isDraining = true;
      isStopped = true;
      stopped.abort();
      unhear();
      clearInterval(sweep);
      await Promise.all(slots);
      runs.clear();
    },
  };
}

/** @param until when it is no longer waited for. */
function abortedAs<Name extends string>(signal: AbortSignal, name: Name, until: AbortSignal): Promise<Name> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(name);
    signal.addEventListener('abort', () => resolve(name), { once: true, signal: until });
  });
}
