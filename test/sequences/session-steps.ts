/** Sessions and matches that begin and end, and bots that change their ways. */
import fc from 'fast-check';
import { atSeat, define, guestOf, hasMatch, hasSession, matchOf, nth, who } from './step-parts.js';
import { hookTempers, tempers } from './tempers.js';

const limits = { sessions: 2, matches: 3 } as const;

export const sessions = [
  define({
    name: 'start',
    args: fc.record({
      who,
      maxMatches: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 }),
      safeMode: fc.constantFrom(true, true, true, false),
    }),
    needs: ({ sessions: live }, { who: index }) => (live[index] ?? 0) < limits.sessions,
    act: (scene, { who: index, ...options }) => scene.start(index, options),
  }),
];

export const ways = [
  define({
    name: 'stop',
    args: fc.record({ who, graceMs: fc.constantFrom(undefined, 0, 1_000, 60_000) }),
    needs: hasSession,
    act(scene, { who: index, graceMs }) {
      void guestOf(scene, index)?.agent.stop(graceMs === undefined ? {} : { graceMs });
    },
  }),
  define({
    name: 'abort',
    args: fc.record({ who }),
    needs: hasSession,
    act: (scene, { who: index }) => guestOf(scene, index)?.abort.abort(),
  }),
  define({
    name: 'behave',
    disturbs: ({ decide }) => decide === 'blocking',
    args: fc.record({
      who,
      decide: fc.constantFrom(...tempers),
      hooks: fc.constantFrom('quiet' as const, ...hookTempers),
    }),
    needs: hasSession,
    act(scene, { who: index, decide, hooks }) {
      Object.assign(guestOf(scene, index)?.mood ?? {}, { decide, hooks });
    },
  }),
];

export const tableSteps = [
  define({
    name: 'dispatch',
    args: fc.record({
      who,
      against: fc.constantFrom('calling-station', 'random', 'tight-aggressive', 'other', 'table'),
      rated: fc.boolean(),
      decisionTimeoutMs: fc.constantFrom(undefined, 600, 30_000),
    }),
    needs: ({ matches }) => matches < limits.matches,
    act(scene, { who: index, against, rated, decisionTimeoutMs }) {
      const [me, other] = [index, 1 - index].map((account) => ({
        botId: scene.accounts[account]?.botId ?? '',
      }));
      if (me === undefined || other === undefined) return;
      const others =
        against === 'other'
          ? [other]
          : against === 'table'
            ? ['random', other, 'calling-station']
            : [against];
      scene.dispatch([me, ...others], {
        rated,
        ...(decisionTimeoutMs !== undefined && { decisionTimeoutMs }),
      });
    },
  }),
  define({
    name: 'announce',
    args: fc.record({ who, nth, how: fc.constantFrom('again', 'resume', 'elsewhere', 'untrusted') }),
    needs: hasMatch,
    act(scene, { who: index, nth: match, how }) {
      const more = {
        again: {},
        resume: { resume: true },
        elsewhere: { gateway_ws_url: '/ws/external/match/elsewhere/nobody' },
        untrusted: { gateway_ws_url: 'ws://example.invalid/ws/external/match/1/2' },
      }[how];
      atSeat(scene, match, index, (matchId, botId) => scene.sandbox.control.announce(botId, matchId, more));
    },
  }),
  define({
    name: 'announceOver',
    args: fc.record({ who, nth }),
    needs: hasSession,
    act(scene, { who: index, nth: place }) {
      const botId = scene.accounts[index]?.botId ?? '';
      const over = scene.sandbox
        .matches()
        .filter(({ state, seats }) => state === 'ended' && seats.some((seat) => seat.botId === botId));
      const match = over[place % Math.max(1, over.length)];
      if (match !== undefined) scene.sandbox.control.announce(botId, match.matchId);
    },
  }),
  define({
    name: 'endMatch',
    args: fc.record({
      nth,
      how: fc.constantFrom('cancelled' as const, 'error' as const, 'gateway' as const, 'abandoned' as const),
    }),
    needs: hasMatch,
    act: (scene, { nth: match, how }) => scene.sandbox.control.endMatch(matchOf(scene, match), how),
  }),
];
