/** One thread of a worker: it takes a block of a run, plays it, and says what became of it; then the next one. */
import { setTimeout as later } from 'node:timers/promises';
import type { Bus } from '../io/hosting/remote/bus.js';
import { addToQueue, type Given, pullOne, QueueError } from '../io/hosting/remote/work-queue.js';
import { messageOf } from '../protocol/message-of.js';
import { version } from '../protocol/version.js';
import { startArenaJob } from './arena-job.js';
import type { BlockPlayer } from './block-player.js';
import { isPlaceOf } from './fleet-checks.js';
import type { HeardRun, HeardRuns } from './fleet-heard.js';
import {
  encoded,
  type FleetReport,
  type FleetTask,
  fleetQueueOf,
  readTask,
  subjectOfBlock,
} from './fleet-messages.js';
import type { RunTurns } from './fleet-turns.js';

const defaults = {
  pullMs: 2_000,
  /** Where there are other runs to ask. */
  shortPullMs: 250,
  retryMs: 500,
  /** Of a message, for its subject and headers. */
  headBytes: 1_024,
  /** How often it is told that a block goes on, as a share of the time in which it is given back. */
  stepShare: 0.25,
} as const;

export type ThreadEvent =
  /** The thread of a block did nothing for so long that another worker has it by now. */
  | { type: 'stuck'; run: string; block: number }
  | { type: 'failed'; run: string; block: number; message: string };

export interface FleetThreadOptions {
  /** Among the threads of the worker. */
  index: number;
  bus: Bus;
  name: string;
  worker: string;
  runs: HeardRuns;
  turns: RunTurns;
  /** Takes no more blocks. */
  draining: AbortSignal;
  /** Gives back what is being played. */
  stopped: AbortSignal;
  onEvent: (event: ThreadEvent) => void;
  onOutput: (text: string, from: 'stdout' | 'stderr') => void;
  /** @param bot its name. */
  onTrouble: (bot: string, sentence: string) => void;
}

interface Slot {
  run: HeardRun;
  job: BlockPlayer;
}

/** Resolves when it takes no more blocks, and the last one is over. */
export async function runFleetThread(options: FleetThreadOptions): Promise<void> {
  const { index, bus, name, worker, runs, turns, draining, stopped, onEvent } = options;
  let slot = null as Slot | null;
  let onStep = null as (() => void) | null;

  const drop = async (): Promise<void> => {
    const dropped = slot;
    slot = null;
    await dropped?.job.close();
  };

  const jobOf = async (run: HeardRun): Promise<BlockPlayer> => {
    if (slot?.run === run) return slot.job;
    await drop();
    const { terms, hosting, offer } = run;
    const job = startArenaJob(
      { terms, hosting, stepMs: Math.ceil(offer.giveBackMs * defaults.stepShare) },
      {
        onOutput: options.onOutput,
        onTrouble: (bot, sentence) => options.onTrouble(terms.names[bot] ?? '', sentence),
        onStep: () => onStep?.(),
      },
    );
    slot = { run, job };
    return job;
  };

  const pull = async (run: HeardRun, holdMs: number): Promise<Given | null> => {
    const pulling = pullOne(bus, fleetQueueOf(name, run.offer).stream, 'todo', holdMs);
    try {
      // A queue that is removed meanwhile leaves a pull without an answer.
      const given = await unless(pulling, { over: run.over, stopped });
      if (typeof given !== 'string') return given;
      // Nobody here reads what still comes.
      void pulling.then((late) => late?.giveBack()).catch(() => undefined);
    } catch (error) {
      // A queue that is not there, a server that is away, a pull that nobody answers: asked anew.
      await runs.untilNews(error instanceof QueueError ? defaults.retryMs : defaults.retryMs / 2);
    }
    return null;
  };

  /** A run that is over has removed its queue, which may leave this without an answer. */
  const confirm = (run: HeardRun, given: Given): Promise<unknown> =>
    unless(given.confirm(), { over: run.over, stopped });

  /** Adds a result until the server has confirmed it: its id is the same each time. */
  const report = async (run: HeardRun, given: Given, made: FleetReport): Promise<void> => {
    const { prefix } = fleetQueueOf(name, run.offer);
    const id = `${made.run}.${made.pairing}.${made.block}.${made.attempt}.${given.delivery}.${worker}`;
    while (!stopped.aborted && !run.over.aborted) {
      try {
        await addToQueue(bus, subjectOfBlock(prefix, 'done', made), encoded(made), id);
        return;
      } catch {
        // The run makes its queue anew, or is over.
        await later(defaults.retryMs);
      }
    }
  };

  const play = async (run: HeardRun, given: Given, task: FleetTask): Promise<void> => {
    const { offer } = run;
    const stuck = new AbortController();
    let patience: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      clearTimeout(patience);
      patience = setTimeout(() => stuck.abort(), offer.giveBackMs);
    };
    // By what is played, and by no timer of its own: a thread that is stuck loses its block.
    onStep = () => {
      given.goesOn();
      wait();
    };
    wait();
    try {
      const { pairing, block } = task;
      const job = await jobOf(run);
      const played = await unless(job.play({ pairing, block }), {
        stuck: stuck.signal,
        over: run.over,
        stopped,
      });
      if (typeof played === 'string') {
        if (played === 'stuck') onEvent({ type: 'stuck', run: offer.run, block });
        if (played === 'stopped') given.giveBack();
        return await drop();
      }
      run.blocks += 1;
      const made = { ...task, worker, version, played };
      const tooLarge = whyTooLarge(encoded(made).length, bus.maxPayload);
      if (tooLarge !== null) onEvent({ type: 'failed', run: offer.run, block, message: tooLarge });
      // The result is stored before its block is taken off the queue.
      await report(
        run,
        given,
        tooLarge === null ? made : { ...task, worker, version, failure: tooLarge, isTooLarge: true },
      );
      await confirm(run, given);
    } catch (error) {
      const failure = messageOf(error);
      onEvent({ type: 'failed', run: offer.run, block: task.block, message: failure });
      await report(run, given, { ...task, worker, version, failure });
      given.giveBack();
      await drop();
    } finally {
      clearTimeout(patience);
      onStep = null;
    }
  };

  while (!draining.aborted) {
    const playable = runs.playable();
    // Bots of a run that is over take memory.
    if (slot !== null && !playable.includes(slot.run)) await drop();
    const run = turns.next(
      index,
      playable.filter(({ mostJobs }) => index < mostJobs),
    );
    if (run === undefined) {
      await runs.untilNews(defaults.retryMs);
      continue;
    }
    const given = await pull(run, playable.length > 1 ? defaults.shortPullMs : defaults.pullMs);
    turns.tell(index, given !== null);
    if (given === null) continue;
    const task = readTask(given.data);
    if (task === null || task.run !== run.offer.run || !isPlaceOf(run.terms, task)) await confirm(run, given);
    else if (draining.aborted) given.giveBack();
    else await play(run, given, task);
  }
  await drop();
}

/** Null: the server takes it. */
function whyTooLarge(bytes: number, maxPayload: number): string | null {
  if (bytes <= maxPayload - defaults.headBytes) return null;
  return `it takes ${bytes} bytes with them, and the NATS server takes messages of ${maxPayload}: raise its max_payload, or leave --record out.`;
}

/** What comes of it, or the name of the signal that is given first; its end is no longer waited for then. */
async function unless<Result, Name extends string>(
  pending: Promise<Result>,
  signals: Readonly<Record<Name, AbortSignal>>,
): Promise<Result | Name> {
  const waiting = new AbortController();
  const given = (Object.entries(signals) as [Name, AbortSignal][]).map(
    ([name, signal]) =>
      new Promise<Name>((resolve) => {
        if (signal.aborted) resolve(name);
        signal.addEventListener('abort', () => resolve(name), { once: true, signal: waiting.signal });
      }),
  );
  try {
    return await Promise.race([pending, ...given]);
  } finally {
    waiting.abort();
  }
}
