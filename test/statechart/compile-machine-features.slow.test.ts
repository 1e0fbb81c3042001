/** Each feature of XState in a small machine, plain and compiled side by side (docs/testing.md). */
import { describe, expect, it } from 'vitest';
import type { Step } from './lockstep.js';
import { smallMachines } from './small/index.js';
import { walkThrough } from './small-machine.js';

const walks = 12;
const isSend = (step: Step | string): boolean => typeof step !== 'string' && step.do === 'send';

describe.each(smallMachines.map((machine) => [machine.name, machine] as const))('%s', (_name, machine) => {
  it(`is played alike, and is ${machine.told} handed to XState`, () => {
    const reports = Array.from({ length: walks }, (_, walk) =>
      walkThrough({ machine, seed: `test:${walk}`, steps: 30 }),
    );
    const sent = reports.flatMap(({ played }) => played.filter((step) => isSend(step)));
    const interpreted = reports.flatMap((report) => report.interpreted);
    expect(sent.length).toBeGreaterThan(2 * walks);
    expect(interpreted.every((why) => why.length > 0)).toBe(true);
    if (machine.told === 'never') expect(interpreted).toEqual([]);
    else expect(interpreted.length).toBeGreaterThan(machine.told === 'always' ? sent.length - 2 * walks : 0);
  });
});
