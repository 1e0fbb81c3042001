/** Everything that can happen next. */
import fc from 'fast-check';
import type { Step, Tally } from './command.js';
import { losses } from './loss-steps.js';
import { sessions, tables } from './session-steps.js';
import { define } from './step-parts.js';
import { words } from './word-steps.js';

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
    disturbs: () => true,
    args: fc.record({ ms: fc.constantFrom(500, 6_000, 60_000) }),
    act: ({ clock }, { ms }) => clock.block(ms),
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
