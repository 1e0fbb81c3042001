/** How a session ends: for the first reason there was, and with the time that its live matches get. */
import { assign } from 'xstate';
import { describeEndReason, type EndReason } from '../protocol/events.js';
import { maxTimerMs } from '../time/max-timer.js';
import { assertEvent } from './assert-event.js';
import { type LobbyContext, type LobbyEvent, liveCount } from './lobby.context.js';
import { type LobbyMoment, lobbyBase, lobbyPorts } from './lobby.setup.js';
import type { MatchEvent } from './match.context.js';

const { enqueueActions } = lobbyBase;
const { report } = lobbyPorts;

/** A grace that timers can count; NaN leaves the one that was configured. */
function graceOf(context: LobbyContext, graceMs: number | undefined): number {
  if (graceMs === undefined || Number.isNaN(graceMs)) return context.drainGraceMs;
  return Math.min(maxTimerMs, Math.max(0, graceMs));
}

export const lobbyEnding = {
  delays: {
    drainGrace: ({ context }: LobbyMoment) => context.drainGraceMs,
  },

  guards: {
    wasEvicted: ({ context }: LobbyMoment) => context.endReason === 'evicted' && liveCount(context) === 0,
    nothingIsLive: ({ context }: LobbyMoment) => liveCount(context) === 0,
  },

  actions: {
    recordEnding: assign<LobbyContext, LobbyEvent, { reason: EndReason }, LobbyEvent, never>(
      (_, { reason }) => ({ endReason: reason }),
    ),
    recordGrace: lobbyBase.assign(({ context, event }) => {
      assertEvent(event, 'agent.stop');
      return { drainGraceMs: graceOf(context, event.graceMs) };
    }),
    recordUnfit: lobbyBase.assign(({ event }) => {
      assertEvent(event, 'agent.unfit');
      return { fault: { code: 'bad_bot', message: event.message, cause: event.cause } };
    }),
    cutMatches: enqueueActions(({ context, enqueue }) => {
      const cut: MatchEvent = { type: 'match.cut' };
      for (const slot of Object.keys(context.live)) enqueue.sendTo(slot, cut);
    }),
    reportDraining: report(({ context }) => {
      const { fault } = context;
      const reason = context.endReason as EndReason;
      const message = describeEndReason(reason, fault);
      return { type: 'lobby.draining', reason, message, live: liveCount(context), fault };
    }),
  },
};
