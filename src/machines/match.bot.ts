/** What the bot port tells besides answers: failures, restarts, slow hooks, cards that it cannot read. */
import { assertEvent } from './assert-event.js';
import { matchPorts } from './match.setup.js';

const { report } = matchPorts;

export const matchBot = {
  actions: {
    reportBotFailure: report(({ context: { matchId }, event }) => {
      assertEvent(event, 'bot.failed');
      const { hook, message, place = null, error, note, terminated: why } = event;
      if (why !== undefined) return { type: 'bot.terminated', matchId, why, message, error };
      return { type: 'bot.failed', matchId, hook, message, place, error, ...(note && { note }) };
    }),
    reportRestart: report(({ context, event }) => {
      assertEvent(event, 'bot.restarted');
      const { replayed, restored } = event;
      return { type: 'bot.restarted', matchId: context.matchId, replayed, restored };
    }),
    reportSlowHook: report(({ context, event }) => {
      assertEvent(event, 'bot.slow');
      return { type: 'bot.slow', matchId: context.matchId, hook: event.hook, waitedMs: event.waitedMs };
    }),
    reportUnreadCard: report(({ context, event }) => {
      assertEvent(event, 'bot.unread');
      return { type: 'card.unread', matchId: context.matchId, field: event.field, found: event.found };
    }),
  },
};
