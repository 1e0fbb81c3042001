/** Out of the lobby on purpose: nobody is announced a match there, and nothing is dialed. */
import { assertEvent } from './assert-event.js';
import { liveCount } from './lobby.context.js';
import { type LobbyMoment, lobbyBase, lobbyPorts } from './lobby.setup.js';

const { assign } = lobbyBase;
const { report } = lobbyPorts;

export const lobbyAbsence = {
  guards: {
    beginsAway: ({ context }: LobbyMoment) => context.awayWhy !== null,
    isOtherReason: ({ context, event }: LobbyMoment) =>
      event.type === 'lobby.leave' && event.message !== context.awayWhy,
  },

  actions: {
    recordLeaving: assign(({ event }) => {
      assertEvent(event, 'lobby.leave');
      return { awayWhy: event.message };
    }),
    // What was lost before says nothing about the lobby of now.
    recordEntering: assign({ awayWhy: null, attempt: 0, refusal: null, loss: null }),
    reportLeft: report(({ context }) => ({
      type: 'lobby.left',
      message: context.awayWhy ?? '',
      live: liveCount(context),
    })),
  },
};
