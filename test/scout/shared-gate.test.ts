/** The pace that several scouts of a machine share, also one that is killed and started again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSharedGate } from '../../src/scout/shared-gate.js';
import { createTestClock } from '../kit/clock.js';
import { makeFolder } from '../kit/folder.js';

const signal = new AbortController().signal;

function gates(count: number, paceMs = 1_500) {
  const path = join(makeFolder(), 'gate.json');
  const clock = createTestClock(1_700_000_000_000);
  const start = clock.now();
  const waits: number[] = [];
  const open = () => createSharedGate({ path, paceMs, clock, onWait: (ms) => waits.push(ms) });
  return {
    path,
    clock,
    waits,
    open,
    at: () => clock.now() - start,
    all: Array.from({ length: count }, open),
  };
}

describe('a gate', () => {
  it('lets one scout after the other in, a pace apart', async () => {
    const { clock, all, at } = gates(3);
    const entered: number[] = [];
    const entering = Promise.all(all.map((gate) => gate.enter(signal).then(() => entered.push(at()))));
    await clock.passUntil(entering, 'three scouts');
    expect(entered.map((ms) => Math.round(ms / 1_500))).toEqual([0, 1, 2]);
    expect((entered[2] ?? 0) - (entered[1] ?? 0)).toBeGreaterThanOrEqual(1_500);
  });

  it('stays closed for all when one of them was refused, and after a restart', async () => {
    const { clock, open, at, waits } = gates(0);
    const first = open();
    await clock.passUntil(first.enter(signal), 'the first');
    first.close(60_000);
    await clock.passUntil(open().enter(signal), 'the next');
    expect(at()).toBe(60_000);
    expect(waits).toEqual([60_000]);
  });

  it('that is closed for longer than any platform asks for is open: somebody has set the clock', async () => {
    const { path, clock, open, at } = gates(0);
    writeFileSync(path, JSON.stringify({ closedUntil: clock.now() + 86_400_000 }));
    await clock.passUntil(open().enter(signal), 'the first');
    expect(at()).toBe(0);
    for (const text of ['', '\0\0', '{"closedUntil":"x"}', '[]']) {
      writeFileSync(path, text);
      await clock.passUntil(open().enter(signal), 'with a broken file');
    }
    expect(at()).toBe(0);
  });

  it('is left by a scout that is stopped while it waits', async () => {
    const { clock, open } = gates(0);
    open().close(30_000);
    const stop = new AbortController();
    const waiting = open().enter(stop.signal);
    await clock.rest();
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
