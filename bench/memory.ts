/** What a client holds on to: for its lobby, for each idle match, and for matches that are over. */
import { slopeOf } from '../test/soak/slope.js';
import { seatPlayer } from './per-turn.js';
import type { PlayerKind } from './table-messages.js';

const defaults = {
  matches: [1, 100, 1_000],
  warmUpMatches: 3_000,
  steps: 10,
  matchesPerStep: 500,
  atOnce: 5,
  /** What the growth is told for. */
  growthOf: 100_000,
} as const;

export interface MemoryRow {
  kind: PlayerKind;
  /** A client that is in the lobby, without what the process had before. */
  lobbyKb: number;
  /** Of each match, by how many there are. Heap after a collection; what the process holds has sockets in it, too. */
  idle: { matches: number; heapKb: number; rssKb: number }[];
}

export interface GrowthRow {
  matches: number;
  /** By the slope over the readings, for 100,000 matches. */
  growthMb: number;
}

export async function measureMemory(): Promise<MemoryRow[]> {
  return [await holdMatches('bare'), await holdMatches('agent')];
}

async function holdMatches(kind: PlayerKind): Promise<MemoryRow> {
  const { player, table, before } = await seatPlayer(kind, 0);
  const inLobby = await player.ask({ type: 'memory' });
  const idle: MemoryRow['idle'] = [];
  let seated = 0;
  for (const matches of defaults.matches) {
    await table.ask({ type: 'seat', matches: matches - seated });
    seated = matches;
    const { heapBytes, rssBytes } = await player.ask({ type: 'memory' });
    const each = (bytes: number, from: number) => (bytes - from) / matches / 1_000;
    idle.push({
      matches,
      heapKb: each(heapBytes, inLobby.heapBytes),
      rssKb: each(rssBytes, inLobby.rssBytes),
    });
  }
  await player.close();
  await table.close();
  return { kind, lobbyKb: (inLobby.heapBytes - before.heapBytes) / 1_000, idle };
}

/** One match after the other, five at a time as the platform allows one token, and the line through what is left. */
export async function measureGrowth(): Promise<GrowthRow> {
  const { warmUpMatches, steps, matchesPerStep, atOnce } = defaults;
  const { player, table } = await seatPlayer('agent', 0);
  await table.ask({ type: 'short', matches: warmUpMatches, atOnce, from: 0 });
  const points: { x: number; y: number }[] = [];
  for (let step = 0; step <= steps; step += 1) {
    const from = warmUpMatches + step * matchesPerStep;
    points.push({ x: from, y: (await player.ask({ type: 'memory' })).heapBytes });
    if (step < steps) await table.ask({ type: 'short', matches: matchesPerStep, atOnce, from });
  }
  await player.close();
  await table.close();
  return { matches: steps * matchesPerStep, growthMb: (slopeOf(points) * defaults.growthOf) / 1e6 };
}
