import { expect, it } from 'vitest';
import { type AnyStateMachine, createActor } from 'xstate';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import type { BotCommand, BotEvent, BotInput } from '../../src/machines/ports.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';

const reporter = scriptedPort<AgentEvent, never, undefined>().logic;
const bot = scriptedPort<BotCommand, BotEvent, BotInput>().logic;
const input = { matchId: 'm', gatewayUrl: 'ws://x', lobbyUrl: 'ws://x', now: () => 0, random: () => 0 };

it.each<[string, AnyStateMachine]>([
  ['reporter', matchMachine],
  ['bot', matchMachine.provide({ actors: { reporter } })],
  ['matchSocket', matchMachine.provide({ actors: { reporter, bot } })],
  ['lobbySocket', lobbyMachine.provide({ actors: { reporter } })],
])('a machine that is started without its %s names it, and says where to get one', (port, machine) => {
  const actor = createActor(machine, { input });
  const told: unknown[] = [];
  actor.subscribe({ error: (error) => told.push(error) });
  actor.start();
  const { output, status, context, error } = actor.getSnapshot();
  const why =
    output?.result?.detail ?? output?.fault?.message ?? (error instanceof Error ? error.message : context);
  expect({ status, why }).toEqual({
    status: port === 'reporter' ? 'error' : 'done',
    why: `\`${port}\` actor must be provided: machine.provide({ actors: { ${port}: ... } }). The package's own are in chipzen-agent/io.`,
  });
  actor.stop();
});
