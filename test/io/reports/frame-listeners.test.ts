import { describe, expect, it } from 'vitest';
import { createFrameListeners, frozenCopy } from '../../../src/io/reports/frame-listeners.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import type { RoundStart, WireFrame } from '../../../src/protocol/frames.js';

const hand: RoundStart = { type: 'round_start', match_id: 'm1', seq: 3, state: { stacks: [500, 500] } };
const told = { matchId: 'm1', direction: 'in', frame: hand, at: 5 };

function listeners() {
  const events: AgentEvent[] = [];
  return { events, frames: createFrameListeners({ wallNow: () => 5, emit: (event) => events.push(event) }) };
}

describe('those who listen to frames', () => {
  it('get each frame with its match, its direction and the time, from when they come until they go', () => {
    const { frames } = listeners();
    const heard: [string, WireFrame][] = [];
    expect(frames.isOpen).toBe(false);
    frames.report('m1', 'in', hand);
    const first = frames.add((frame) => heard.push(['first', frame]));
    frames.report('m1', 'in', hand);
    const second = frames.add((frame) => heard.push(['second', frame]));
    frames.report(null, 'out', { type: 'pong' });
    first();
    expect(frames.isOpen).toBe(true);
    frames.report('m1', 'in', hand);
    second();
    expect(frames.isOpen).toBe(false);
    frames.report('m1', 'in', hand);
    expect(heard).toEqual([
      ['first', told],
      ['first', { matchId: null, direction: 'out', frame: { type: 'pong' }, at: 5 }],
      ['second', { matchId: null, direction: 'out', frame: { type: 'pong' }, at: 5 }],
      ['second', told],
    ]);
  });

  it('may be one function that subscribes twice, and leaves one by one', () => {
    const { frames } = listeners();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    const leave = frames.add(listener);
    frames.add(listener);
    frames.report('m1', 'in', hand);
    leave();
    leave();
    frames.report('m1', 'in', hand);
    expect(calls).toBe(3);
  });

  it('cannot change what the machines read, nor what another listener gets', () => {
    const { events, frames } = listeners();
    const own = structuredClone(hand);
    const heard: WireFrame[] = [];
    frames.add(({ frame }) => void ((frame as RoundStart).state['stacks'] as number[]).push(7));
    frames.add((frame) => void ((frame as { matchId: unknown }).matchId = 'm2'));
    frames.add((frame) => heard.push(frame));
    frames.report('m1', 'in', own);
    own.state = {};
    expect(heard).toEqual([told]);
    expect(events).toHaveLength(2);
  });

  it('are called again after they threw, which is reported once for each', async () => {
    const { events, frames } = listeners();
    let calls = 0;
    frames.add(() => {
      calls += 1;
      throw new Error('bo\u001b[31mom');
    });
    frames.add(async () => Promise.reject(Object.create(null)));
    for (let n = 0; n < 3; n += 1) frames.report('m1', 'in', hand);
    await new Promise(setImmediate);
    expect(calls).toBe(3);
    expect(events).toEqual([
      { type: 'config.warning', message: "A listener of the agent's frames failed: bo[31mom" },
      { type: 'config.warning', message: "A listener of the agent's frames failed: an error without a text" },
    ]);
  });
});

describe('the copy of a frame', () => {
  it('is the same JSON, frozen in depth, and leaves the frame as it was', () => {
    const text = '{"a":[1,{"b":null}],"__proto__":{"polluted":true},"c":{"__proto__":[2]},"d":"x","e":[]}';
    const original = JSON.parse(text) as { a: [number, object] };
    const copy = frozenCopy(original) as typeof original;
    expect(JSON.stringify(copy)).toBe(text);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect([copy, copy.a, copy.a[1]].map(Object.isFrozen)).toEqual([true, true, true]);
    expect([original, original.a, original.a[1]].map(Object.isFrozen)).toEqual([false, false, false]);
  });
});
