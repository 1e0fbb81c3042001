/** What the season keeper looks at: the clocks, the matches of the session, and how it stands with the fixtures. */
import type { SeasonEvent } from '../protocol/season-events.js';
import { assertEvent } from './assert-event.js';
import { inherited, type SeasonContext, type SeasonMatch, seasonDefaults } from './season.context.js';
import { isUnlisted, lookAtMarks, nextMark, type Urgency, urgencyOf } from './season.serving.js';
import { type SeasonMoment, seasonBase } from './season.setup.js';

const { assign, enqueueActions } = seasonBase;

const isUrgency =
  (urgency: Urgency) =>
  ({ context }: SeasonMoment): boolean =>
    urgencyOf(context) === urgency;

/** By how much the wall clock went on more than the time that was waited for. */
function jumpOf({ tick, now, wallNow }: SeasonContext): number {
  const waitedMs = Math.min(Math.max(0, now() - tick.at), tick.delayMs);
  return wallNow() - tick.wallAt - waitedMs;
}

function jumpWords(byMs: number): string {
  const seconds = Math.round(Math.abs(byMs) / 1_000);
  const long = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return byMs < 0
    ? `The wall clock was set back by ${long}.`
    : `The wall clock went on by ${long} unseen: the machine slept, this process was stopped, or the clock was set.`;
}

const changed = (
  { matches }: SeasonContext,
  matchId: string,
  more: Partial<SeasonMatch>,
): { matches: SeasonMatch[] } => ({
  matches: matches.map((match) => (match.matchId === matchId ? { ...match, ...more } : match)),
});

export const seasonPresence = {
  delays: {
    // Absolute marks are looked at; a timer never waits for one alone.
    tick: ({ context }: SeasonMoment) => context.tick.delayMs,
  },

  guards: {
    isApart: isUrgency('none'),
    isNear: isUrgency('near'),
    isDue: isUrgency('due'),
    isPlaying: isUrgency('playing'),
    isUnlisted: ({ context }: SeasonMoment) => isUnlisted(context),
    isListed: ({ context }: SeasonMoment) => !isUnlisted(context),
    isRated: ({ event }: SeasonMoment) => event.type === 'match.announced' && event.rated,
  },

  actions: {
    // the clocks
    planTick: assign(({ context }) => {
      const wallAt = context.wallNow();
      const untilMs = nextMark(context, wallAt) - wallAt;
      return {
        tick: {
          wallAt,
          at: context.now(),
          delayMs: Math.min(seasonDefaults.tickMs, Math.max(1, Math.ceil(untilMs))),
        },
      };
    }),
    reportJump: enqueueActions(({ context, enqueue }) => {
      const byMs = Math.round(jumpOf(context));
      if (Math.abs(byMs) <= seasonDefaults.jumpMs) return;
      const report: SeasonEvent = { type: 'clock.jumped', byMs, message: jumpWords(byMs) };
      enqueue.sendTo('reporter', report);
      enqueue.assign({ nextListAt: Math.min(context.nextListAt, context.wallNow()) });
    }),

    // the session
    recordAnnounced: assign(({ context, event }) => {
      assertEvent(event, 'match.announced');
      const { matchId } = event;
      const known = context.matches.some((match) => match.matchId === matchId);
      // One that goes on after it was given up, or after a restart, is the same match.
      if (known) return changed(context, matchId, { end: null });
      const wallAt = context.wallNow();
      const recent = context.matches.filter(
        ({ announcedAt }) => Math.abs(wallAt - announcedAt) < seasonDefaults.keptMs,
      );
      return { matches: [...recent, { matchId, announcedAt: wallAt, opponents: null, end: null }] };
    }),
    recordOpponents: assign(({ context, event }) => {
      assertEvent(event, 'match.started');
      return changed(context, event.matchId, { opponents: event.opponents });
    }),
    recordMatchEnd: assign(({ context, event }) => {
      assertEvent(event, 'match.ended');
      return changed(context, event.matchId, { end: event.isCompleted ? 'completed' : 'abandoned' });
    }),
    recordInherited: assign(({ context, event }) => {
      assertEvent(event, 'season.inherited');
      return inherited(context, event);
    }),
    recordOnline: assign({ offlineSince: null }),
    recordOffline: assign(({ context }) => ({ offlineSince: context.offlineSince ?? context.wallNow() })),

    lookAtFixtures: enqueueActions(({ context, enqueue }) => {
      const { fixtures, reports } = lookAtMarks(context);
      for (const report of reports) enqueue.sendTo('reporter', report);
      if (fixtures !== context.fixtures) enqueue.assign({ fixtures });
    }),
  },
};
