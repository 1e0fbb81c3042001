/** A process that reads the matches of a folder. What it takes is the reading alone: whoever made the files is another one. */
import { readCollection } from '../src/histories/collection/read-collection.js';
import { serve } from './child.js';

export interface ReadingQuestion {
  folder: string;
}

export interface ReadingAnswer {
  hands: number;
  /** Chips that the first seats won. */
  sum: number;
  seconds: number;
  cpuSeconds: number;
  /** The most that the process ever held, as the system counts it. */
  maxMb: number;
}

serve(async ({ folder }: ReadingQuestion): Promise<ReadingAnswer> => {
  const from = performance.now();
  const before = process.cpuUsage();
  let [hands, sum] = [0, 0];
  for await (const match of readCollection([folder])) {
    if (match.refused.length > 0) throw new Error(`${match.refused.length} hands were refused`);
    hands += match.hands.length;
    for (const { seats } of match.hands) {
      const [own] = seats;
      sum += (own?.stackAfter ?? 0) - (own?.stack ?? 0);
    }
  }
  const { user, system } = process.cpuUsage(before);
  return {
    hands,
    sum,
    seconds: (performance.now() - from) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    maxMb: process.resourceUsage().maxRSS / 1_024,
  };
});
