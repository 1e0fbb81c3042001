/** Each feature of XState in a small machine, plain and compiled side by side (docs/testing.md). */
import { describe, expect, it } from 'vitest';
import { smallMachines } from './small/index.js';
import { type SmallMachine, walkThrough } from './small-machine.js';
import type { WalkReport } from './walk.js';

const walks = 12;

const walksThrough = (machine: SmallMachine): WalkReport[] =>
  Array.from({ length: walks }, (_, walk) => walkThrough({ machine, seed: `test:${walk}`, steps: 30 }));

const isCompiled = ({ told }: SmallMachine) => told === 'never';
const named = (machines: readonly SmallMachine[]) =>
  machines.map((machine) => [machine.name, machine] as const);

describe.each(named(smallMachines.filter(isCompiled)))('%s', (_name, machine) => {
  it('is compiled, and played alike', () => {
    const reports = walksThrough(machine);
    expect(reports.flatMap(({ played }) => played).length).toBeGreaterThan(2 * walks);
    expect(reports.flatMap(({ interpreted }) => interpreted)).toEqual([]);
  });
});

describe.each(named(smallMachines.filter((machine) => !isCompiled(machine))))('%s', (_name, machine) => {
  it('is handed to XState in part, and played alike', () => {
    const reports = walksThrough(machine);
    const reasons = new Set(reports.flatMap(({ interpreted }) => interpreted));
    const { told } = machine as { told: readonly string[] };
    expect([...reasons].filter((why) => !told.some((words) => why.includes(words)))).toEqual([]);
    expect(told.filter((words) => ![...reasons].some((why) => why.includes(words)))).toEqual([]);
  });
});
