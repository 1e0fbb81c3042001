/** What the parts of the season chart are made with: its types, its ports, and what it can tell them. */
import { setup } from 'xstate';
import { type FixtureListCommand, missingPorts } from './ports.js';
import type { SeasonContext, SeasonInput, SeasonKeeperEvent } from './season.context.js';

/** What guards look at, and actions that make a command. */
export interface SeasonMoment {
  context: SeasonContext;
  event: SeasonKeeperEvent;
}

export const seasonBase = setup({
  types: {
    context: {} as SeasonContext,
    events: {} as SeasonKeeperEvent,
    input: {} as SeasonInput,
  },
  actors: {
    fixtureList: missingPorts.fixtureList,
    reporter: missingPorts.reporter,
  },
});

/** Actions that tell a port something. The id is that which the chart invokes the port by. */
export const seasonPorts = {
  commandList: (command: (moment: SeasonMoment) => FixtureListCommand) => seasonBase.sendTo('list', command),
};
