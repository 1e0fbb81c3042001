/** Everything that can happen next. */
import fc from 'fast-check';
import type { Step, Tally } from './command.js';
import { losses } from './loss-steps.js';
import { sessions, tableSteps, ways } from './session-steps.js';
import { define } from './step-parts.js';
import { words } from './word-steps.js';

const time = [
  define({
    name: 'pass',
    args: fc.record({ ms: fc.constantFrom(100, 1_000, 3_000, 10_000, 40_000) }),
    act: (scene, { ms }) => scene.pass(ms),
  }),
  define({
    name: 'tick',
    args: fc.record({ timers: fc.integer({ min: 1, max: 12 }) }),
    act: (scene, { timers }) => scene.tick(timers),
  }),
  define({
    name: 'sleep',
    disturbs: () => true,
    args: fc.record({ ms: fc.constantFrom(500, 6_000, 60_000) }),
    act: ({ clock }, { ms }) => clock.block(ms),
  }),
];

/** How often each comes, against the others. */
const weights: Readonly<Record<string, number>> = {
  ambush: 14,
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
  announceOver: 3,
  stop: 2,
  freezeMatch: 2,
};

/** In the middle of which happenings a step can strike. */
const moments = [
  'lobby.online',
  'match.created',
  'seat.connected',
  'match.started',
  'turn.opened',
  'turn.rejected',
  'turn.substituted',
  'hand.ended',
  'match.ended',
  'lobby.ping',
  'lobby.listening',
  'lobby.lost',
  'lobby.draining',
  'match.announced',
  'match.connected',
  'match.lost',
  'match.retrying',
  'turn.requested',
  'turn.answered',
  'turn.overdue',
  'bot.failed',
  'bot.asked',
  'wire.opened',
  'wire.ended',
  'platform hello',
  'platform turn_request',
  'platform turn_result',
  'platform match_end',
  'platform evict',
  'agent authenticate',
  'agent hello',
  'agent turn_action',
  'agent pong',
] as const;

function oneOf(makers: readonly ReturnType<typeof define>[], tally: Tally): fc.Arbitrary<Step> {
  return fc.oneof(
    ...makers.map((make) => {
      const { name, arbitrary } = make(tally);
      return { weight: weights[name] ?? 1, arbitrary };
    }),
  );
}

/** A step that waits for its moment. */
function ambush(tally: Tally) {
  // Those that are done at once.
  const sudden = [...ways, ...tableSteps, ...losses, ...words];
  return define({
    name: 'ambush',
    args: fc.record({
      on: fc.constantFrom(...moments),
      skip: fc.nat({ max: 4 }),
      what: oneOf(sudden, tally),
    }),
    act: (scene, { on, skip, what }) => scene.ambush(on, skip, () => what.strike(scene)),
  })(tally);
}

export function anyStep(tally: Tally): fc.Arbitrary<Step> {
  return oneOf([...time, ...sessions, ...ways, ...tableSteps, ...losses, ...words, ambush], tally);
}
