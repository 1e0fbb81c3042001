/**
 * The keeper that most players write first: it stays in the lobby, looks once a minute whether it is in the queue, joins when it is not,
 * and dials a lobby that was closed five times, a second apart. Somebody starts it anew each morning.
 */
import type { Credentials } from '../kit/client.js';
import { type HttpReply, type SeasonBot, seasonBot } from '../kit/season-bot.js';
import type { Machine, MachineWorld } from './season-machine.js';

const defaults = { lookEveryMs: 63_000, retries: 5, retryMs: 1_000 } as const;

export interface NaiveMachine extends Machine {
  /** Does what is due. */
  step(): Promise<void>;
  stop(): Promise<void>;
}

export function openNaive(
  { network, port, seed, wallNow }: MachineWorld,
  url: string,
  account: Credentials & { botId: string },
): NaiveMachine {
  const gate = network.openGate(port);
  const lobbyUrl = gate.through(account.lobbyUrl);
  let bot: SeasonBot | null = null;
  let isAsleep = false;
  let retries = 0;
  let nextAt = 0;

  /** Null when the request failed, or went over a connection that a sleep has left silent. */
  async function answerTo(reply: Promise<HttpReply>): Promise<HttpReply | null> {
    let answer: HttpReply | null = null;
    reply.then(
      (told) => {
        answer = told;
      },
      () => undefined,
    );
    await network.rest();
    return answer;
  }

  async function die(): Promise<void> {
    const dying = bot;
    bot = null;
    await dying?.offline();
  }

  return {
    advance: () => undefined,
    start() {
      const platform = {
        url: gate.through(url),
        addBot: () => ({ ...account, name: 'naive', lobbyUrl }),
      };
      bot = seasonBot(platform, 'naive', { seed, onLost: () => undefined });
      retries = 0;
      nextAt = 0;
    },
    async step() {
      const now = wallNow();
      if (bot === null || isAsleep || now < nextAt) return;
      if (!bot.isOnline()) {
        if (retries > defaults.retries) return;
        retries += 1;
        nextAt = now + defaults.retryMs;
        await bot.online().then(
          () => {
            retries = 0;
          },
          () => undefined,
        );
        return;
      }
      nextAt = now + defaults.lookEveryMs;
      if (bot.matches.some(({ reason }) => reason === null)) return;
      const status = await answerTo(bot.ask('GET', '/matchmaking/status'));
      if (status?.body['status'] === 'queued') return;
      await answerTo(bot.ask('POST', '/matchmaking/join'));
    },
    async kill() {
      gate.cut();
      await die();
      gate.mend();
    },
    sleep() {
      isAsleep = true;
      gate.silence();
    },
    wake() {
      isAsleep = false;
    },
    cut: () => gate.cut(),
    mend: () => gate.mend(),
    stop: die,
  };
}
