/** Whether the lobby's pings are answered while five bots compute, in processes and threads of their own and in the agent's. */
import { seatPlayer } from './per-turn.js';
import type { Spread } from './platform-messages.js';
import type { PlayerKind } from './table-messages.js';

const defaults = { matches: 5, turns: 3, pingMs: 20, turnMs: 1_500 } as const;

export interface HeartbeatRow {
  name: string;
  turns: number;
  /** Turns whose answer was not the bot's. */
  lost: number;
  pongs: Spread;
}

/** The first row is a bare client in a process of its own, at the same time as the second: what the machine does. */
export async function measureHeartbeat(): Promise<HeartbeatRow[]> {
  const idle = await seatPlayer('bare', 0);
  const { turns, turnMs, pingMs } = defaults;
  const [apart, machine] = await Promise.all([
    burn('burning process', "isolate: 'process'"),
    idle.table.ask({ type: 'ping', forMs: turns * turnMs, pingMs }),
  ]);
  await idle.player.close();
  await idle.table.close();
  return [
    { name: 'bare client that does nothing', turns: 0, lost: 0, pongs: machine.pongs },
    apart,
    await burn('burning worker', "isolate: 'worker'"),
    await burn('burning none', "isolate: 'none'"),
  ];
}

async function burn(kind: PlayerKind, name: string): Promise<HeartbeatRow> {
  const { matches, turns, pingMs } = defaults;
  const { player, table } = await seatPlayer(kind, matches);
  const { pongs, answers } = await table.ask({ type: 'play', turns, gapMs: 0, pingMs });
  await player.close();
  await table.close();
  return { name, turns: matches * turns, lost: matches * turns - (answers['raise'] ?? 0), pongs };
}
