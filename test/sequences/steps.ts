/** Everything that can happen next. */
import fc from 'fast-check';
import { profiles } from '../../src/chaos/profiles.js';
import { type Step, type StepOptions, step, type Tally } from './command.js';
import type { Guest } from './guest.js';
import { lobbyNoise, lobbyNoiseOf, mangled, mangles, matchNoise, noiseOf } from './noise.js';
import { noChaos, type Stage } from './stage.js';
import { hookTempers, tempers } from './tempers.js';

const limits = { sessions: 2, matches: 3 } as const;

const who = fc.nat({ max: 1 });
const nth = fc.nat({ max: 5 });
const codes = [null, 1000, 1001, 1011, 1012, 1013, 4000, 4009] as const;
const matchCodes = [
  ...codes,
  1008,
  4001,
  4002,
  4003,
  4004,
  4005,
  4006,
  4007,
  4008,
  4010,
  4011,
  4013,
] as const;

/** The newest session of an account, for steps that need one. */
function guestOf({ guests, accounts }: Stage, account: number): Guest | undefined {
  return guests.findLast((guest) => guest.account.botId === accounts[account]?.botId);
}

function matchOf({ matches }: Stage, index: number): string {
  return matches[index % Math.max(1, matches.length)] ?? '';
}

/** Runs what needs a seat; nothing happens to a bot that has none. */
function atSeat(
  stage: Stage,
  index: number,
  account: number,
  run: (matchId: string, botId: string) => void,
): void {
  const matchId = matchOf(stage, index);
  const botId = stage.accounts[account]?.botId ?? '';
  const match = stage.sandbox.matches().find((one) => one.matchId === matchId);
  if (match?.seats.some((seat) => seat.botId === botId) === true) run(matchId, botId);
}

const hasSession: StepOptions<{ who: number }>['needs'] = ({ sessions }, args) =>
  (sessions[args.who] ?? 0) > 0;
const hasMatch: StepOptions<{ nth: number }>['needs'] = ({ matches }) => matches > 0;

function define<T>(
  options: StepOptions<T>,
): (tally: Tally) => { name: string; arbitrary: fc.Arbitrary<Step> } {
  return (tally) => ({ name: options.name, arbitrary: step(options, tally) });
}

const time = [
  define({
    name: 'pass',
    args: fc.record({ ms: fc.constantFrom(100, 1_000, 3_000, 10_000, 40_000) }),
    act: (stage, { ms }) => stage.pass(ms),
  }),
  define({
    name: 'tick',
    args: fc.record({ timers: fc.integer({ min: 1, max: 12 }) }),
    act: (stage, { timers }) => stage.tick(timers),
  }),
  define({
    name: 'sleep',
    args: fc.record({ ms: fc.constantFrom(500, 6_000, 60_000) }),
    act: ({ clock }, { ms }) => clock.block(ms),
  }),
];

const sessions = [
  define({
    name: 'start',
    args: fc.record({
      who,
      maxMatches: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 }),
      safeMode: fc.constantFrom(true, true, true, false),
    }),
    needs: ({ sessions: live }, { who: index }) => (live[index] ?? 0) < limits.sessions,
    act: (stage, { who: index, ...options }) => stage.start(index, options),
  }),
  define({
    name: 'stop',
    args: fc.record({ who, graceMs: fc.constantFrom(undefined, 0, 1_000, 60_000) }),
    needs: hasSession,
    act(stage, { who: index, graceMs }) {
      void guestOf(stage, index)?.agent.stop(graceMs === undefined ? {} : { graceMs });
    },
  }),
  define({
    name: 'abort',
    args: fc.record({ who }),
    needs: hasSession,
    act: (stage, { who: index }) => guestOf(stage, index)?.abort.abort(),
  }),
  define({
    name: 'behave',
    args: fc.record({
      who,
      decide: fc.constantFrom(...tempers),
      hooks: fc.constantFrom('quiet' as const, ...hookTempers),
    }),
    needs: hasSession,
    act(stage, { who: index, decide, hooks }) {
      Object.assign(guestOf(stage, index)?.mood ?? {}, { decide, hooks });
    },
  }),
];

const tables = [
  define({
    name: 'dispatch',
    args: fc.record({
      who,
      against: fc.constantFrom('calling-station', 'random', 'tight-aggressive', 'other', 'table'),
      rated: fc.boolean(),
      decisionTimeoutMs: fc.constantFrom(undefined, 600, 30_000),
    }),
    needs: ({ matches }) => matches < limits.matches,
    act(stage, { who: index, against, rated, decisionTimeoutMs }) {
      const [me, other] = [index, 1 - index].map((account) => ({
        botId: stage.accounts[account]?.botId ?? '',
      }));
      if (me === undefined || other === undefined) return;
      const others =
        against === 'other'
          ? [other]
          : against === 'table'
            ? ['random', other, 'calling-station']
            : [against];
      stage.dispatch([me, ...others], {
        rated,
        ...(decisionTimeoutMs !== undefined && { decisionTimeoutMs }),
      });
    },
  }),
  define({
    name: 'announce',
    args: fc.record({ who, nth, how: fc.constantFrom('again', 'resume', 'elsewhere', 'untrusted') }),
    needs: hasMatch,
    act(stage, { who: index, nth: match, how }) {
      const more = {
        again: {},
        resume: { resume: true },
        elsewhere: { gateway_ws_url: '/ws/external/match/elsewhere/nobody' },
        untrusted: { gateway_ws_url: 'ws://example.invalid/ws/external/match/1/2' },
      }[how];
      atSeat(stage, match, index, (matchId, botId) => stage.sandbox.control.announce(botId, matchId, more));
    },
  }),
  define({
    name: 'endMatch',
    args: fc.record({
      nth,
      how: fc.constantFrom('cancelled' as const, 'error' as const, 'gateway' as const, 'abandoned' as const),
    }),
    needs: hasMatch,
    act: (stage, { nth: match, how }) => stage.sandbox.control.endMatch(matchOf(stage, match), how),
  }),
];

const losses = [
  define({
    name: 'dropLobby',
    args: fc.record({ who, code: fc.constantFrom(...codes) }),
    needs: hasSession,
    act: (stage, { who: index, code }) =>
      void stage.sandbox.control.dropLobby(stage.accounts[index]?.botId ?? '', code ?? undefined),
  }),
  define({
    name: 'dropMatch',
    args: fc.record({ who, nth, code: fc.constantFrom(null, null, ...matchCodes) }),
    needs: hasMatch,
    act: (stage, { who: index, nth: match, code }) =>
      atSeat(stage, match, index, (matchId, botId) =>
        stage.sandbox.control.dropMatch(matchId, botId, code ?? undefined),
      ),
  }),
  define({
    name: 'evict',
    args: fc.record({ who }),
    needs: hasSession,
    act: (stage, { who: index }) => void stage.sandbox.control.evict(stage.accounts[index]?.botId ?? ''),
  }),
  define({
    name: 'revoke',
    args: fc.record({ who }),
    act(stage, { who: index }) {
      stage.sandbox.control.revoke(stage.accounts[index]?.token ?? '');
      stage.renew(index);
    },
  }),
  define({
    name: 'freezeLobby',
    args: fc.record({ who }),
    needs: hasSession,
    act: (stage, { who: index }) =>
      void stage.sandbox.control.freezeLobby(stage.accounts[index]?.botId ?? ''),
  }),
  define({
    name: 'freezeMatch',
    args: fc.record({ who, nth }),
    needs: hasMatch,
    act: (stage, { who: index, nth: match }) =>
      atSeat(stage, match, index, (matchId, botId) => stage.sandbox.control.freezeMatch(matchId, botId)),
  }),
  define({
    name: 'restart',
    args: fc.record({ downMs: fc.constantFrom(0, 1_000, 20_000) }),
    act: ({ sandbox }, { downMs }) => sandbox.control.restart({ downMs }),
  }),
  define({
    name: 'chaos',
    args: fc.record({ name: fc.constantFrom('none', ...profiles.map(({ name }) => name)) }),
    act: ({ sandbox }, { name }) =>
      sandbox.control.chaos(profiles.find((profile) => profile.name === name) ?? noChaos),
  }),
  define({
    name: 'cutWire',
    args: fc.record({ who, how: fc.constantFrom('reset' as const, 'fin' as const) }),
    needs: hasSession,
    act: (stage, { who: index, how }) => guestOf(stage, index)?.tap.cut(how),
  }),
  define({
    name: 'blockWire',
    args: fc.record({ who, isBlocked: fc.boolean() }),
    needs: hasSession,
    act: (stage, { who: index, isBlocked }) => guestOf(stage, index)?.tap.block(isBlocked),
  }),
];

const words = [
  define({
    name: 'mangle',
    args: fc.record({ who, what: fc.constantFrom(...mangles), times: fc.integer({ min: 1, max: 4 }) }),
    needs: hasSession,
    act(stage, { who: index, what, times }) {
      const { tap } = guestOf(stage, index) ?? {};
      for (let time = 0; time < times; time += 1) tap?.replaceNextAnswer((answer) => mangled(what, answer));
    },
  }),
  define({
    name: 'sayToMatch',
    args: fc.record({ who, nth, what: fc.constantFrom(...matchNoise) }),
    needs: hasMatch,
    act(stage, { who: index, nth: match, what }) {
      atSeat(stage, match, index, (matchId, botId) => {
        const noise = noiseOf(what, matchId, guestOf(stage, index)?.requests.get(matchId));
        if (noise !== null) stage.sandbox.control.sendMatch(matchId, botId, noise);
      });
    },
  }),
  define({
    name: 'sayToLobby',
    args: fc.record({ who, what: fc.constantFrom(...lobbyNoise) }),
    needs: hasSession,
    act: (stage, { who: index, what }) =>
      void stage.sandbox.control.sendLobby(stage.accounts[index]?.botId ?? '', lobbyNoiseOf(what)),
  }),
];

/** How often each comes, against the others. */
const weights: Readonly<Record<string, number>> = {
  pass: 10,
  tick: 14,
  dispatch: 8,
  start: 5,
  behave: 6,
  mangle: 4,
  sayToMatch: 6,
  dropMatch: 6,
  dropLobby: 3,
  cutWire: 4,
  chaos: 3,
  announce: 3,
  stop: 2,
  freezeMatch: 2,
};

export function anyStep(tally: Tally): fc.Arbitrary<Step> {
  const all = [...time, ...sessions, ...tables, ...losses, ...words];
  return fc.oneof(
    ...all.map((make) => {
      const { name, arbitrary } = make(tally);
      return { weight: weights[name] ?? 1, arbitrary };
    }),
  );
}
