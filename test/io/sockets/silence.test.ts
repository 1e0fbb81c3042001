import { describe, expect, it } from 'vitest';
import { watchSilence } from '../../../src/io/sockets/silence.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';

function watched() {
  const clock = createVirtualClock();
  const told: string[] = [];
  const watch = watchSilence({
    clock,
    limitMs: 40,
    looks: 4,
    onSilent: () => told.push('silent'),
  });
  return { clock, told, watch };
}

describe('watchSilence', () => {
  it('tells a silence from the beginning when its limit is over, once', () => {
    const { clock, told } = watched();
    clock.advance(39);
    expect(told).toEqual([]);
    clock.advance(1000);
    expect(told).toEqual(['silent']);
    expect(clock.pending()).toBe(0);
  });

  it('tells a later silence within one look after its limit, never before', () => {
    for (let heardAt = 1; heardAt < 40; heardAt++) {
      const { clock, told, watch } = watched();
      clock.advance(heardAt);
      watch.received();
      clock.advance(39);
      expect(told).not.toContain('silent');
      clock.advance(11);
      expect(told).toContain('silent');
    }
  });

  it('a blocked process does not take its own absence for silence', () => {
    const { clock, told, watch } = watched();
    clock.advance(5);
    watch.received();
    clock.block(1000);
    clock.advance(0);
    watch.received();
    clock.advance(35);
    expect(told).not.toContain('silent');
  });

  it('tells nothing after it was stopped', () => {
    const { clock, told, watch } = watched();
    watch.stop();
    clock.advance(1000);
    expect(told).toEqual([]);
  });
});
