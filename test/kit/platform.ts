/** The local platform, as most tests want it. */
import {
  createSandbox,
  type Sandbox,
  type SandboxEvent,
  type SandboxOptions,
} from '../../src/sandbox/index.js';
import { afterTest } from './after-test.js';
import { type Client, type Frame, goOnline, sitDown } from './client.js';
import { createMailbox } from './mailbox.js';
import { shortGame } from './short-game.js';

/** Whom a bot is to play, and how: the options of `dispatch`. */
type Terms = Parameters<Sandbox['dispatch']>[1];

/** A bot of the test that is online and was told of a match. */
export interface MatchedBot {
  bot: ReturnType<Sandbox['addBot']>;
  lobby: Client;
  matched: Frame;
  matchId: string;
}

export interface TestPlatform {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** What the platform told so far. */
  readonly events: readonly SandboxEvent[];
  /** The next event of this type that was not taken; others before it are passed over. */
  event<T extends SandboxEvent['type']>(type: T): Promise<Extract<SandboxEvent, { type: T }>>;
  /** A new bot, online, and told of a match. */
  matched(terms?: Terms): Promise<MatchedBot>;
  /** The same, seated: what comes next at `seat` is `match_start`. */
  seated(terms?: Terms): Promise<MatchedBot & { seat: Client }>;
  close(): Promise<void>;
}

/**
 * A platform on a free port of this machine, which deals the same cards each time and waits for nothing (`speed: 0`), unless
 * the options say otherwise, and plays the short game unless they name a format; `speed: 1` is the pace of its own, and `clock` one that the test owns (`createTestClock`). It is
 * closed after the test.
 */
export async function openPlatform(options: SandboxOptions = {}): Promise<TestPlatform> {
  const { onEvent, ...more } = options;
  const events = createMailbox<SandboxEvent>();
  const sandbox = await createSandbox({
    port: 0,
    seed: 'test',
    speed: 0,
    ...(more.format === undefined && shortGame),
    ...more,
    onEvent(event) {
      events.push(event);
      onEvent?.(event);
    },
  });
  afterTest(() => sandbox.close());

  const matched = async (terms: Terms = {}): Promise<MatchedBot> => {
    const bot = sandbox.addBot();
    const lobby = await goOnline(bot);
    const { matchId } = await sandbox.dispatch(bot.botId, terms);
    return { bot, lobby, matched: await lobby.until('matched'), matchId };
  };

  return {
    sandbox,
    url: sandbox.url,
    events: events.all,
    async event(type) {
      for (;;) {
        const event = await events.next();
        if (event.type === type) return event as Extract<SandboxEvent, { type: typeof type }>;
      }
    },
    matched,
    async seated(terms) {
      const told = await matched(terms);
      return { ...told, seat: await sitDown(sandbox.url, told.matched, told.bot.token) };
    },
    close: () => sandbox.close(),
  };
}

/** An opponent that always checks or calls. */
export const caller = {
  decide: ({ validActions }: { validActions: string[] }) => ({
    action: validActions.includes('check') ? 'check' : 'call',
  }),
};
