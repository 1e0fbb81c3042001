/** Two matches at the same time of one bot file, whose bots are in processes of their own: an accident in one of them. */
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { startAgent, watchEvents } from './agent.js';
import { createBotFolder } from './bot-folder.js';
import { watchBots } from './live-bots.js';
import { openPlatform } from './platform.js';

export type Accident = AgentOptions & {
  /** Code before the bot. */
  head?: string;
  decisionTimeoutMs?: number;
};

export const whole = { outcome: 'completed', hands: 4, fallbacks: 0, timeouts: 0 };
export const lostOne = { ...whole, fallbacks: 1 };

export async function openTwoMatches() {
  const folder = createBotFolder();
  const bots = watchBots();
  const events = watchEvents();
  const { sandbox } = await openPlatform({ seed: 'process', maxHands: 4 });
  const me = sandbox.addBot({ name: 'me' });
  return {
    folder,
    sandbox,
    me,
    /** The events of a type so far. */
    told: <T extends AgentEvent['type']>(type: T) =>
      events.all.filter((event): event is Extract<typeof event, { type: T }> => event.type === type),
    /** Plays both; `accident` is an expression that is run in the third turn of one of them. The whole one is first. */
    async play(accident: string, { head = '', decisionTimeoutMs = 30_000, ...options }: Accident = {}) {
      const module = folder.botFile(
        `decide(state, turn) {
          if (++this.turns === 3 && once('done')) return (${accident}) ?? passive(state);
          return passive(state);
        }`,
        `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${head}`,
      );
      const world = { env: { PATH: process.env.PATH } };
      const { done } = startAgent(
        { module },
        me,
        { maxMatches: 2, onEvent: events.onEvent, ...options },
        world,
      );
      await Promise.all([0, 1].map(() => sandbox.dispatch(me.botId, { decisionTimeoutMs })));
      const results = await done;
      return results
        .map(({ outcome, hands, fallbacks, timeouts }) => ({ outcome, hands, fallbacks, timeouts }))
        .toSorted((a, b) => a.fallbacks - b.fallbacks);
    },
    /** @returns how many bots are still there. */
    async close(): Promise<number> {
      await sandbox.close();
      bots.stop();
      return bots.live();
    },
  };
}
