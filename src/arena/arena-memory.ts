/** What the bots of a run take of the machine. */
import { freemem } from 'node:os';
import type { ArenaTerms } from './arena-terms.js';
import type { ArenaHosting } from './block-player.js';

const defaults = {
  /**
   * MB of a bot of ten lines while it plays, measured on Node 20.20.2, Linux x64: the share of a process in its memory (43 to 46), and
   * what threads add to the process of the arena (25 to 33, of which an idle one has a third).
   */
  ofBot: { process: 45, thread: 30 },
  /** MB of a thread that plays blocks, about. */
  ofJob: 25,
  /** The share of the free memory that jobs may take unless they are told. */
  share: 0.5,
} as const;

export interface ArenaMemory {
  /** As many jobs as there is memory for. */
  readonly mostJobs: number;
  /** What so many jobs take. */
  of(jobs: number): { botsPerJob: number; memoryMb: number };
}

export function arenaMemoryOf(
  terms: ArenaTerms,
  { place }: Pick<ArenaHosting, 'place'>,
  freeMb: number = freemem() / 2 ** 20,
): ArenaMemory {
  // Each leg has bots of its own.
  const botsPerJob = Math.max(
    ...terms.pairings.map(
      (bots) => bots.length * bots.filter((bot) => terms.bots[bot]?.kind === 'file').length,
    ),
  );
  const ofJob = defaults.ofJob + botsPerJob * defaults.ofBot[place];
  return {
    mostJobs: Math.max(1, Math.floor((freeMb * defaults.share) / ofJob)),
    of: (jobs) => ({ botsPerJob, memoryMb: jobs * ofJob }),
  };
}
