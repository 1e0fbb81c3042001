/** The messages between a run and the threads that play its blocks. */
import type { PlayedBlock } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import type { ArenaHosting } from './block-player.js';

/** The `workerData` of a job. */
export interface JobData {
  terms: ArenaTerms;
  hosting: ArenaHosting;
  /** How often it is told that something was played, in ms, as long as something is. Default: never. */
  stepMs?: number;
}

export type ToJob = { type: 'play'; place: BlockPlace } | { type: 'close' };

export type FromJob =
  | { type: 'played'; block: PlayedBlock }
  /** `isBot`: a bot cannot be made. */
  | { type: 'failed'; isBot: boolean; message: string }
  | { type: 'output'; text: string; from: 'stdout' | 'stderr' }
  | { type: 'trouble'; bot: number; sentence: string }
  | { type: 'step' }
  | { type: 'closed' };
