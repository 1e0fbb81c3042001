import { describe, expect, it } from 'vitest';
import { createStateTrail, pathsOf } from '../../src/dashboard/state-trail.js';

describe('the trail of a statechart', () => {
  it('names every active state by its path, the outermost first', () => {
    expect(pathsOf('listening')).toEqual(['listening']);
    expect(pathsOf({ playing: 'deciding' })).toEqual(['playing', 'playing.deciding']);
    expect(pathsOf({ a: { b: 'c' }, d: 'e' })).toEqual(['a', 'a.b', 'a.b.c', 'd', 'd.e']);
    expect(pathsOf(undefined)).toEqual([]);
  });

  it('remembers how it came to where it is, and nothing of what moves nothing', () => {
    const trail = createStateTrail('connecting', 1_000);
    expect(trail.move('connecting', 'frame.ping', 1_001)).toBe(false);
    expect(trail.move({ playing: 'watching' }, 'frame.hello', 1_002)).toBe(true);
    // The same states in another object.
    expect(trail.move({ playing: 'watching' }, 'frame.ping', 1_003)).toBe(false);
    expect(trail.view).toEqual({
      active: ['playing', 'playing.watching'],
      since: 1_002,
      trail: [{ n: 1, from: 'connecting', to: 'playing.watching', event: 'frame.hello', at: 1_002 }],
    });
  });

  it('keeps the newest eight transitions', () => {
    const trail = createStateTrail('s0', 0);
    for (let n = 1; n <= 20; n += 1) trail.move(`s${n}`, 'e', n);
    expect(trail.view.trail.map(({ n }) => n)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  });
});
