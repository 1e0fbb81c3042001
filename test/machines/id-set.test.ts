import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasId, noIds, withId, withoutId } from '../../src/machines/id-set.js';

describe('a set of ids', () => {
  it('has what was added and not removed, as a Set does, and leaves earlier ones as they were', () => {
    const id = fc.oneof(fc.string(), fc.uuid(), fc.constantFrom('__proto__', 'constructor', '0', ''));
    const step = fc.record({ add: fc.boolean(), id });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const known = new Set<string>();
        let ids = noIds;
        for (const { add, id: one } of steps) {
          const before = structuredClone(ids);
          const next = add ? withId(ids, one) : withoutId(ids, one);
          expect(ids).toEqual(before);
          ids = next;
          if (add) known.add(one);
          else known.delete(one);
        }
        for (const { id: one } of steps) expect(hasId(ids, one)).toBe(known.has(one));
        expect(Object.values(ids).flat().length).toBe(known.size);
      }),
    );
  });

  it('is the same set when there is nothing to add or to remove', () => {
    const ids = withId(noIds, 'a');
    expect([withId(ids, 'a') === ids, withoutId(ids, 'b') === ids]).toEqual([true, true]);
  });

  it('keeps a thousandth of many ids in each part, so that adding one copies few', () => {
    let ids = noIds;
    for (let n = 0; n < 25_600; n++) ids = withId(ids, `match-${n}`);
    const sizes = Object.values(ids).map((part) => part.length);
    expect(sizes).toHaveLength(256);
    expect(Math.max(...sizes)).toBeLessThan(200);
    expect(Math.min(...sizes)).toBeGreaterThan(25);
  });
});
