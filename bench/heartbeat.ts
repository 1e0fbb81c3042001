/** Whether the lobby's pings are answered while five bots compute, in threads of their own and in the agent's. */
import { seatPlayer } from './per-turn.js';
import type { Spread } from './platform-messages.js';

const defaults = { matches: 5, turns: 3, pingMs: 20 } as const;

export interface HeartbeatRow {
  name: string;
  turns: number;
  /** Turns whose answer was not the bot's. */
  lost: number;
  pongs: Spread;
}

export async function measureHeartbeat(): Promise<HeartbeatRow[]> {
  const rows: HeartbeatRow[] = [];
  for (const kind of ['burning apart', 'burning here'] as const) {
    const { matches, turns, pingMs } = defaults;
    const { player, table } = await seatPlayer(kind, matches);
    const { pongs, answers } = await table.ask({ type: 'play', turns, gapMs: 0, pingMs });
    await player.close();
    await table.close();
    const all = matches * turns;
    const name = kind === 'burning apart' ? "isolate: 'worker'" : "isolate: 'none'";
    rows.push({ name, turns: all, lost: all - (answers['raise'] ?? 0), pongs });
  }
  return rows;
}
