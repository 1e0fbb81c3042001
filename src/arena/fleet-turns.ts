/** Which of several runs a thread of a worker asks for a block next, so that none waits until another one is over. */
import { systemNow } from '../time/clock.js';

const defaults = {
  /** How long a thread stays at a run while nobody here plays another one: bots are made anew for each change. */
  shareMs: 10_000,
} as const;

interface Offered {
  readonly offer: { readonly run: string };
}

export interface RunTurns {
  /**
   * The run that the thread asks next: the one that it has bots for as long as that has blocks, or its share of time is not over,
   * or every other run has a thread.
   */
  next<Run extends Offered>(thread: number, runs: readonly Run[]): Run | undefined;
  /** What the thread got from the run that it asked. */
  tell(thread: number, hadBlock: boolean): void;
}

interface Asked {
  run: string;
  since: number;
  hadBlock: boolean;
}

/** For all threads of a worker. */
export function createRunTurns(now: () => number = systemNow): RunTurns {
  const asked = new Map<number, Asked>();

  const threadsAt = ({ offer }: Offered): number =>
    [...asked.values()].filter(({ run }) => run === offer.run).length;

  const choose = <Run extends Offered>(last: Asked | undefined, runs: readonly Run[]): Run | undefined => {
    const at = runs.findIndex(({ offer }) => offer.run === last?.run);
    const following = [...runs.slice(at + 1), ...runs.slice(0, at + 1)];
    if (last === undefined || at < 0) return following.toSorted((a, b) => threadsAt(a) - threadsAt(b))[0];
    if (!last.hadBlock) return following[0];
    const isShareOver = now() - last.since >= defaults.shareMs;
    const unserved = isShareOver ? following.find((run) => threadsAt(run) === 0) : undefined;
    return unserved ?? runs[at];
  };

  return {
    next(thread, runs) {
      const last = asked.get(thread);
      const run = choose(last, runs);
      if (run === undefined) asked.delete(thread);
      else if (run.offer.run !== last?.run)
        asked.set(thread, { run: run.offer.run, since: now(), hadBlock: false });
      return run;
    },
    tell(thread, hadBlock) {
      const last = asked.get(thread);
      if (last !== undefined) last.hadBlock = hadBlock;
    },
  };
}
