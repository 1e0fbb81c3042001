/** How a match ends: played out, cut, or given up for the bot or a port. `match.output.ts` makes the result. */
import { messageOf } from '../protocol/message-of.js';
import { assertEvent } from './assert-event.js';
import { matchDefaults } from './match.context.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';

const { assign } = matchBase;
const { commandBot, report } = matchPorts;

export const matchEnding = {
  delays: {
    settleTimeout: matchDefaults.settleTimeoutMs,
  },

  guards: {
    endsTheSession: ({ context }: MatchMoment) => !context.fixed.safeMode,
  },

  actions: {
    recordEnd: assign(({ event }) => {
      assertEvent(event, 'frame.match_end');
      return { end: event.frame, abandonReason: null, detail: null };
    }),
    finishBot: commandBot(({ event }) => {
      assertEvent(event, 'frame.match_end');
      return { type: 'bot.finish', frame: event.frame };
    }),
    reportSlowEnd: report(({ context }) => ({
      type: 'bot.slow',
      matchId: context.matchId,
      hook: 'onMatchEnd',
      waitedMs: matchDefaults.settleTimeoutMs,
    })),
    recordCut: assign({ abandonReason: 'cut', detail: 'The session ended before the match did.' }),
    recordBotFault: assign(({ event }) => {
      assertEvent(event, 'bot.failed');
      const place = event.place ? ` (${event.place})` : '';
      const message = `The bot failed in ${event.hook}: ${event.message}${place}`;
      return {
        abandonReason: 'bot_error',
        detail: message,
        fault: { code: 'bot_decision', message, cause: event.error },
      };
    }),
    recordBrokenPort: assign(({ event }) => {
      const { error } = event as unknown as { error: unknown };
      return { abandonReason: 'internal', detail: messageOf(error) };
    }),
    reportBrokenPort: report(({ context, event }) => {
      const { error } = event as unknown as { error: unknown };
      return { type: 'match.error', matchId: context.matchId, code: 'internal', message: messageOf(error) };
    }),
  },
};
