/** The comparison itself is compared: a compiler with a defect is found, whatever the defect. */
import { describe, expect, it } from 'vitest';
import { brokenCompilers } from './broken-compilers.js';
import { liveCharts, walkLive } from './chart-walks.js';
import { smallMachines } from './small/index.js';
import { walkThrough } from './small-machine.js';
import { WalkError } from './walk.js';

const isWalkError = (play: () => unknown): boolean => {
  try {
    play();
    return false;
  } catch (error) {
    if (error instanceof WalkError) return true;
    throw error;
  }
};

describe.each(Object.entries(brokenCompilers))('a compiler that %s', (_defect, compile) => {
  it('is found by small machines', () => {
    const found = smallMachines.filter((machine) =>
      isWalkError(() => walkThrough({ machine, seed: 'broken', steps: 20, compile })),
    );
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('in the charts of the package', () => {
  // What the charts do not have cannot be seen in them: anonymous actions, an assignment that changes nothing.
  const visible = /nothing has changed|context$|another order|undefined|twice|no cancel|timers|microstep/;
  const lasting = Object.entries(brokenCompilers).filter(([defect]) => visible.test(defect));

  it.each(lasting)('a compiler that %s is found', (_defect, compile) => {
    const found = liveCharts.filter((chart) =>
      [1, 2, 3].some((walk) =>
        isWalkError(() => walkLive(chart, { seed: `broken:${walk}`, steps: 60, compile })),
      ),
    );
    expect(found.map(({ name }) => name)).toEqual(['match', 'lobby']);
  });
});
