/** A plan of outages, suffered by the agents of one build at a platform of their own. */
import { setMaxListeners } from 'node:events';
import { createSandbox } from '../../src/sandbox/index.js';
import { shortGame } from '../kit/short-game.js';
import type { Account } from './account.js';
import { startAgents } from './agents-process.js';
import { createStallLog, watchStalls } from './busy.js';
import type { PlannedOutage } from './plan.js';
import { watchPlatform } from './platform-watch.js';
import { openRoute, type Route } from './route.js';

const defaults = {
  /** Bots start one after the other, so that they do not move in step. */
  apartMs: 150,
  /** Of one match: the platform's three would be used up by its outages. */
  maxReconnects: 100,
  /** Of one machine that all bots share. */
  connectsPerMinute: 1_000_000,
} as const;

export interface CampaignOptions {
  seed: string;
  plan: readonly PlannedOutage[];
  /** The folder of a built project. */
  folder: string;
  /** Bots side by side. */
  bots: number;
  /** Ends it at once, with what there is. */
  signal: AbortSignal;
  /** Called for the matches of each outage that is through. */
  onAccounts: (accounts: readonly Account[]) => void;
}

/** @throws when the build cannot be started, or its process dies. */
export async function runOutages(options: CampaignOptions): Promise<void> {
  const { seed, plan, folder, bots, signal, onAccounts } = options;
  const died = new AbortController();
  const until = AbortSignal.any([signal, died.signal]);
  // Whatever each bot waits for listens to it.
  setMaxListeners(0, until);
  const routes = new Map<string, Route>();
  const platform = await createSandbox({
    port: 0,
    seed,
    ...shortGame,
    maxReconnects: defaults.maxReconnects,
    connectsPerMinute: defaults.connectsPerMinute,
  });
  const watch = watchPlatform(platform);
  const stalls = createStallLog();
  const endStalls = watchStalls((ms) => stalls.note({ at: Date.now(), ms }));
  try {
    const agents = await startAgents(
      folder,
      (told) => {
        if (told.type === 'stall') stalls.note(told);
        else if (told.type !== 'ready') routes.get(told.botId)?.hear(told);
      },
      () => died.abort(),
    );
    try {
      const left = [...plan];
      await Promise.all(
        Array.from({ length: Math.min(bots, plan.length) }, async (_, index) => {
          await new Promise((resolve) => setTimeout(resolve, index * defaults.apartMs));
          const route = await openRoute({ platform, watch, agents, stalls, signal: until });
          routes.set(route.botId, route);
          for (let outage = left.shift(); outage !== undefined && !until.aborted; outage = left.shift()) {
            const accounts = await route.suffer(outage);
            if (accounts !== null) onAccounts(accounts);
          }
        }),
      );
      if (died.signal.aborted) throw new Error(`The agents of ${folder} have died.`);
    } finally {
      await agents.close();
    }
  } finally {
    watch.stop();
    endStalls();
    await Promise.all([...routes.values()].map((route) => route.close()));
    await platform.close();
  }
}
