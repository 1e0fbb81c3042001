import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecent, noRecentIds, type RecentIds, withRecentId } from '../../src/machines/recent-ids.js';

const kept = 8;
const all = (ids: readonly string[]): RecentIds =>
  ids.reduce((recent, id) => withRecentId(recent, id, kept), noRecentIds);

const manyIds = fc.uniqueArray(fc.string({ maxLength: 12 }), { maxLength: 60 });

describe('recent ids', () => {
  it('remember at least so many of the newest, and at most twice as many', () => {
    fc.assert(
      fc.property(manyIds, (ids) => {
        const recent = all(ids);
        const known = ids.filter((id) => isRecent(recent, id));
        expect(known).toStrictEqual(ids.slice(ids.length - known.length));
        expect(known.length).toBeGreaterThanOrEqual(Math.min(kept, ids.length));
        expect(known.length).toBeLessThanOrEqual(2 * kept);
      }),
    );
  });

  it('know which one is the newest', () => {
    expect(noRecentIds.newest).toBeNull();
    expect(all(['a', 'b', 'c']).newest).toBe('c');
  });

  it('know no id that was not added', () => {
    fc.assert(
      fc.property(manyIds, fc.string(), (ids, other) => {
        expect(isRecent(all(ids.filter((id) => id !== other)), other)).toBe(false);
      }),
    );
  });

  it('do not change when another one is added', () => {
    const two = all(['a', 'b']);
    const before = structuredClone(two);
    withRecentId(two, 'c', kept);
    expect(two).toStrictEqual(before);
  });

  it('are plain data', () => {
    const recent = all(['a', 'b', 'c']);
    expect(JSON.parse(JSON.stringify(recent))).toStrictEqual(recent);
  });
});
