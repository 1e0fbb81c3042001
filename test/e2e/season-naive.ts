/**
 * The keeper that most players write first: it stays in the lobby, looks once a minute whether it is in the queue, joins when it is not,
 * and dials a lobby that was closed five times, a second apart. Somebody starts it anew each morning.
 */
import type { Credentials } from '../kit/client.js';
import { type HttpReply, type SeasonBot, seasonBot } from '../kit/season-bot.js';
import type { Machine } from './season-machine.js';
import { openRelay } from './season-relay.js';

const defaults = { lookEveryMs: 63_000, retries: 5, retryMs: 1_000, patienceMs: 1_000 } as const;

export interface NaiveMachine extends Machine {
  /** Does what is due. */
  step(): Promise<void>;
  stop(): Promise<void>;
}

/** Null when the request failed, or went over a connection that a sleep has left silent. In the time of this machine. */
function answered(reply: Promise<HttpReply>): Promise<HttpReply | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), defaults.patienceMs);
    void reply
      .catch(() => null)
      .then((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
  });
}

export async function openNaive(
  { port, wallNow }: { port: number; wallNow: () => number },
  url: string,
  account: Credentials & { botId: string },
): Promise<NaiveMachine> {
  const relay = await openRelay(port);
  const lobbyUrl = relay.through(account.lobbyUrl);
  let bot: SeasonBot | null = null;
  let isAsleep = false;
  let retries = 0;
  let nextAt = 0;

  async function die(): Promise<void> {
    const dying = bot;
    bot = null;
    await dying?.offline();
  }

  return {
    advance: () => undefined,
    start() {
      const platform = {
        url: relay.through(url),
        addBot: () => ({ ...account, name: 'naive', lobbyUrl }),
      };
      bot = seasonBot(platform, 'naive', { onLost: () => undefined });
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
      const status = await answered(bot.ask('GET', '/matchmaking/status'));
      if (status?.body['status'] === 'queued') return;
      await answered(bot.ask('POST', '/matchmaking/join'));
    },
    async kill() {
      relay.cut();
      await die();
      relay.mend();
    },
    sleep() {
      isAsleep = true;
      relay.silence();
    },
    wake() {
      isAsleep = false;
    },
    cut: () => relay.cut(),
    mend: () => relay.mend(),
    stop: die,
  };
}
