/** A sandbox on a free port, and what its tests ask of it. */

import { createSandbox, type SandboxEvent, type SandboxOptions } from '../../src/sandbox/index.js';
import { createMailbox } from '../support/raw-server.js';
import { type Frame, goOnline, hangUp, type RawClient } from './raw-client.js';

export async function openSandbox(options: SandboxOptions = {}) {
  const events = createMailbox<SandboxEvent>();
  const sandbox = await createSandbox({
    port: 0,
    seed: 'test',
    speed: 0,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return {
    sandbox,
    url: sandbox.url,
    events: events.all,
    /** The next event of this type that was not taken; others before it are passed over. */
    async event<T extends SandboxEvent['type']>(type: T): Promise<Extract<SandboxEvent, { type: T }>> {
      for (;;) {
        const event = await events.next();
        if (event.type === type) return event as Extract<SandboxEvent, { type: T }>;
      }
    },
    /** A bot that is online and has been told of a match. */
    async matched(opponent: Parameters<typeof sandbox.dispatch>[1] = {}): Promise<{
      bot: ReturnType<typeof sandbox.addBot>;
      lobby: RawClient;
      matched: Frame;
      matchId: string;
    }> {
      const bot = sandbox.addBot();
      const lobby = await goOnline(bot);
      const { matchId } = await sandbox.dispatch(bot.botId, opponent);
      return { bot, lobby, matched: await lobby.next(), matchId };
    },
    async close() {
      hangUp();
      await sandbox.close();
    },
  };
}

export type Opened = Awaited<ReturnType<typeof openSandbox>>;

/** An opponent that always does the same. */
export const caller = {
  decide: ({ validActions }: { validActions: string[] }) => ({
    action: validActions.includes('check') ? 'check' : 'call',
  }),
};
