/**
 * Matches that another session of this bot plays to their end, after it gave its lobby to this one. The platform announces
 * them here, too: they are remembered, and played only when that session does not play them any more.
 */
import { assertEvent } from './assert-event.js';
import { withId } from './id-set.js';
import type { Elsewhere, LobbyEvent } from './lobby.context.js';
import { type LobbyMoment, lobbyBase, lobbyPorts } from './lobby.setup.js';

const { assign, enqueueActions } = lobbyBase;
const { report } = lobbyPorts;

function without(elsewhere: Elsewhere, matchId: string): Elsewhere {
  const { [matchId]: _gone, ...rest } = elsewhere;
  return rest;
}

export const lobbyElsewhere = {
  guards: {
    isKnownElsewhere: ({ context, event }: LobbyMoment) =>
      event.type === 'match.freed' && Object.hasOwn(context.elsewhere, event.matchId),
  },

  actions: {
    recordElsewhere: assign(({ context, event }) => {
      assertEvent(event, 'matches.elsewhere');
      const added = Object.fromEntries(event.matchIds.map((matchId) => [matchId, null]));
      return { elsewhere: { ...added, ...context.elsewhere } };
    }),
    rememberElsewhere: assign(({ context, event }) => {
      assertEvent(event, 'frame.matched');
      return { elsewhere: { ...context.elsewhere, [event.frame.match_id]: event.frame } };
    }),
    reportElsewhere: report(({ event }) => {
      assertEvent(event, 'frame.matched');
      return { type: 'handover.playing', matchId: event.frame.match_id };
    }),
    recordFreed: assign(({ context, event }) => {
      assertEvent(event, 'match.freed');
      return {
        elsewhere: without(context.elsewhere, event.matchId),
        ...(event.how === 'played' && { completedIds: withId(context.completedIds, event.matchId) }),
      };
    }),
    /** A lobby that is not there announces it again when it is back. */
    announceFreed: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'match.freed');
      const frame = context.elsewhere[event.matchId];
      if (event.how !== 'open' || !frame) return;
      enqueue.raise({ type: 'frame.matched', frame: { ...frame, resume: true } } satisfies LobbyEvent);
    }),
  },
};
