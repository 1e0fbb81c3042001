/** An agent of its user, as most tests want it. */
import { createAgent } from '../../src/agent/agent.js';
import type { World } from '../../src/agent/world.js';
import type { Agent, AgentOptions } from '../../src/io/settings/agent-options.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import { afterTest } from './after-test.js';
import type { Credentials } from './client.js';
import { createMailbox } from './mailbox.js';

/** Events of an agent, to be awaited by type. */
export function watchEvents() {
  const events = createMailbox<TimedAgentEvent>();
  return {
    all: events.all,
    onEvent: (event: TimedAgentEvent) => events.push(event),
    /** The next event of this type that was not taken yet; others before it are passed over. */
    async next<T extends TimedAgentEvent['type']>(type: T): Promise<Extract<TimedAgentEvent, { type: T }>> {
      for (;;) {
        const event = await events.next();
        if (event.type === type) return event as Extract<TimedAgentEvent, { type: T }>;
      }
    },
    types: () => events.all.map(({ type }) => type),
  };
}

export interface StartedAgent {
  readonly agent: Agent;
  /** The results, when the session is over. */
  readonly done: Agent['done'];
  readonly events: ReturnType<typeof watchEvents>;
}

/**
 * Starts an agent that logs in as this bot (`sandbox.addBot()`), knows no other settings and no variables, and writes nothing
 * that its bots say. It is stopped after the test; with a clock of the test's own (`world.clock`) it is only told to.
 */
export function startAgent(
  bot: Parameters<typeof createAgent>[0],
  { lobbyUrl, token }: Credentials,
  options: AgentOptions = {},
  world: Partial<World> = {},
): StartedAgent {
  const events = watchEvents();
  const onEvent = (event: TimedAgentEvent): void => {
    events.onEvent(event);
    options.onEvent?.(event);
  };
  const agent = createAgent(
    bot,
    { url: lobbyUrl, token, config: null, ...options, onEvent },
    { env: {}, onBotOutput: () => undefined, ...world },
  );
  const done = agent.start();
  done.catch(() => undefined);
  afterTest(() => {
    const stopped = agent.stop({ graceMs: 0 });
    return world.clock === undefined ? stopped : undefined;
  });
  return { agent, done, events };
}
