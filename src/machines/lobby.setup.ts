/** What the parts of the lobby chart are made with: its types, its ports, and what it can tell them. */
import { setup } from 'xstate';
import type { AgentEvent } from '../protocol/events.js';
import type { LobbyContext, LobbyEvent, LobbyInput, LobbyOutput } from './lobby.context.js';
import { type AnyMatch, matchMachine } from './match.js';
import { type LobbySocketCommand, missingPorts } from './ports.js';

/** What guards look at, and actions that make a command or a report. */
export interface LobbyMoment {
  context: LobbyContext;
  event: LobbyEvent;
}

export const lobbyBase = setup({
  types: {
    context: {} as LobbyContext,
    events: {} as LobbyEvent,
    input: {} as LobbyInput,
    output: {} as LobbyOutput,
  },
  actors: {
    lobbySocket: missingPorts.lobbySocket,
    reporter: missingPorts.reporter,
    match: matchMachine as AnyMatch,
  },
});

/** Actions that tell a port something. The ids are those that the chart invokes the ports by. */
export const lobbyPorts = {
  commandSocket: (command: LobbySocketCommand | ((moment: LobbyMoment) => LobbySocketCommand)) =>
    lobbyBase.sendTo('socket', command),
  report: (event: (moment: LobbyMoment) => AgentEvent) => lobbyBase.sendTo('reporter', event),
};
