/** The composition root: the only place that gives the machines their ports. */
import { defineBot } from './io/bot-host.js';
import type { IoClock } from './io/clock.js';
import { defineLobbySocket } from './io/lobby-socket.js';
import { defineMatchSocket, type MatchCredential } from './io/match-socket.js';
import { lobbyMachine } from './machines/lobby.js';
import { matchMachine } from './machines/match.js';
import type { ReporterLogic } from './machines/ports.js';
import type { BotSource } from './poker/bot.js';

/** What the outer world gives; tests give their own. */
export interface World {
  clock: IoClock;
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  env: NodeJS.ProcessEnv;
}

interface Parts {
  bot: BotSource;
  userAgent: string;
  reporter: ReporterLogic;
  /** Aborting it ends every socket, whatever became of the machines. */
  signal: AbortSignal;
  world: Pick<World, 'clock' | 'now'>;
}

/** The match machine with real ports. */
export function composeMatch(
  credential: MatchCredential,
  { bot, userAgent, reporter, signal, world }: Parts,
) {
  const { clock, now } = world;
  return matchMachine.provide({
    actors: {
      matchSocket: defineMatchSocket({ credential, userAgent, clock, now, signal }),
      bot: defineBot(bot, { clock, now }),
      reporter,
    },
  });
}

/** The lobby machine with real ports, and real matches as its children. */
export function composeLobby(token: string, parts: Parts) {
  const { userAgent, reporter, signal, world } = parts;
  const { clock, now } = world;
  return lobbyMachine.provide({
    actors: {
      lobbySocket: defineLobbySocket({ token, userAgent, clock, now, signal }),
      reporter,
      match: composeMatch({ kind: 'bot', token }, parts),
    },
  });
}
