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
});
