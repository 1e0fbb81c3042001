import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onAbort } from '../../src/network/on-abort.js';

describe('onAbort', () => {
  it('tells every listener once, in their order, behind one listener of the signal', () => {
    const controller = new AbortController();
    const told: number[] = [];
    for (let i = 0; i < 50; i++) onAbort(controller.signal, () => told.push(i));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    expect(told).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('forgets a listener that leaves, also while the others are told, and the signal with the last one', () => {
    const controller = new AbortController();
    const told: string[] = [];
    const one = () => void told.push('one');
    const leave = onAbort(controller.signal, one);
    onAbort(controller.signal, () => {
      told.push('two');
      leaveLast();
    });
    const leaveLast = onAbort(controller.signal, () => void told.push('last'));
    onAbort(controller.signal, one);
    leave();
    leave();
    controller.abort();
    expect(told).toEqual(['two', 'one']);

    const other = new AbortController();
    const leaves = [onAbort(other.signal, one), onAbort(other.signal, one)];
    for (const go of leaves) go();
    expect(getEventListeners(other.signal, 'abort')).toEqual([]);
    onAbort(other.signal, () => void told.push('again'));
    other.abort();
    expect(told).toEqual(['two', 'one', 'again']);
  });
});
