/** What the parts of the match chart are made with: its types, its ports, and what it can tell them. */
import { type AnyActorRef, sendTo, setup } from 'xstate';
import type { AgentEvent } from '../protocol/events.js';
import type { MatchContext, MatchEvent, MatchInput, MatchOutput } from './match.context.js';
import { type BotCommand, type MatchSocketCommand, missingPorts } from './ports.js';

/** What guards look at, and actions that make a command or a report. */
export interface MatchMoment {
  context: MatchContext;
  event: MatchEvent;
}

export const matchBase = setup({
  types: {
    context: {} as MatchContext,
    events: {} as MatchEvent,
    input: {} as MatchInput,
    output: {} as MatchOutput,
  },
  actors: {
    matchSocket: missingPorts.matchSocket,
    bot: missingPorts.bot,
    reporter: missingPorts.reporter,
  },
});

/** Actions that tell a port something. The ids are those that the chart invokes the ports by. */
export const matchPorts = {
  commandSocket: (command: MatchSocketCommand | ((moment: MatchMoment) => MatchSocketCommand)) =>
    matchBase.sendTo('socket', command),
  commandBot: (command: (moment: MatchMoment) => BotCommand) => matchBase.sendTo('bot', command),
  report: <Params = undefined>(event: (moment: MatchMoment, params: Params) => AgentEvent) =>
    sendTo<MatchContext, MatchEvent, Params, AnyActorRef, MatchEvent>('reporter', event),
};
