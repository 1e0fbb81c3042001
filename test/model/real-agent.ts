/** A real agent that dials a stage and lives by a virtual clock, with a log of one of its machines. */
import type { InspectionEvent } from 'xstate';
import { createAgent } from '../../src/agent/agent.js';
import type { BotSource } from '../../src/bot/bot.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import { modelRandom } from '../../src/testing/model.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { createMailbox } from '../kit/mailbox.js';
import { machineLog } from './machine-log.js';
import type { Stage } from './stage.js';

type EventOf<T extends TimedAgentEvent['type']> = Extract<TimedAgentEvent, { type: T }>;

/** @param machine whose events are logged: `lobby`, or the first `match`. */
/** Who is at the other end, and who looks on. */
export interface RealWorld {
  stage: Stage;
  inspect: (event: InspectionEvent) => void;
}

export function startRealAgent(
  machine: 'lobby' | 'match',
  bot: BotSource,
  options: AgentOptions,
  { stage, inspect }: RealWorld,
) {
  const clock = createVirtualClock();
  const log = machineLog((_id, machineId) => machineId === machine);
  const results = createMailbox<EventOf<'match.ended'>['result']>();
  const ends = createMailbox<EventOf<'lobby.ended'>>();
  const agent = createAgent(
    bot,
    {
      url: stage.lobbyUrl,
      token: stage.token,
      config: null,
      ...options,
      onEvent: (event) => {
        if (event.type === 'match.ended') results.push(event.result);
        if (event.type === 'lobby.ended') ends.push(event);
      },
      inspect: (event) => {
        log.inspect(event);
        inspect(event);
      },
    },
    { clock, now: () => clock.now(), random: modelRandom, env: {} },
  );
  agent.done.catch(() => undefined);
  return { stage, clock, log, results, ends, agent };
}
