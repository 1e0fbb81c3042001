/** A comparison of players on one core and in one process. */
import { median } from './measure.js';

const defaults = { rounds: 3 } as const;

/** What is played: hands, or other work that is counted. */
export interface Contest {
  readonly name: string;
  /** The first one is what the others are compared with. */
  readonly players: readonly Contestant[];
}

export interface Contestant {
  readonly name: string;
  readonly count: number;
  readonly play: (count: number) => void | Promise<void>;
}

export interface ContestRow {
  contest: string;
  name: string;
  perSecond: number;
  /** How many times as fast as the first one. */
  ratio: number;
}

/** All play in turn, so that what the machine does meanwhile is the same for all; medians of some rounds after one. */
export async function* measureContest({ name: contest, players }: Contest): AsyncGenerator<ContestRow> {
  const rates = players.map((): number[] => []);
  for (let round = 0; round <= defaults.rounds; round += 1) {
    for (const [index, { count, play }] of players.entries()) {
      const startedAt = performance.now();
      await play(count);
      if (round > 0) rates[index]?.push((count * 1_000) / (performance.now() - startedAt));
    }
  }
  const base = median(rates[0] ?? []);
  for (const [index, { name }] of players.entries()) {
    const perSecond = median(rates[index] ?? []);
    yield { contest, name, perSecond: Math.round(perSecond), ratio: perSecond / base };
  }
}
