import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';

describe('fast random numbers', () => {
  it('are those of xoshiro128** from the state 1, 2, 3, 4', () => {
    const random = new FastRandom('');
    random.seedWords(1, 2, 3, 4);
    expect(Array.from({ length: 6 }, () => random.next())).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492,
    ]);
  });

  it('begin anew with their seed', () => {
    const random = new FastRandom('a');
    const first = [random.next(), random.next()];
    random.seed('b');
    expect([random.next(), random.next()]).not.toEqual(first);
    random.seed('a');
    expect([random.next(), random.next()]).toEqual(first);
  });

  it.each([3, 52, 2 ** 21, 2 ** 21 + 1, 3 * 2 ** 30])('below %i fill their range evenly', (bound) => {
    const random = new FastRandom('even');
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 30_000; draw += 1) {
      const value = random.below(bound);
      if (!(Number.isInteger(value) && value >= 0 && value < bound)) expect.fail(`${value} is drawn.`);
      counts[Math.floor((3 * value) / bound)]! += 1;
    }
    const parts = [0, 1, 2].map(
      (third) => (Math.ceil(((third + 1) * bound) / 3) - Math.ceil((third * bound) / 3)) / bound,
    );
    const far = counts.map((count, third) => Math.abs(count - 30_000 * parts[third]!));
    // Four deviations.
    expect(Math.max(...far)).toBeLessThan(4 * Math.sqrt((30_000 * 2) / 9));
  });

  it('fill a list with what they are drawn one by one, and go on from there', () => {
    const [one, list] = [new FastRandom('list'), new FastRandom('list')];
    for (const size of [1, 5, 0, 300]) {
      const numbers = new Uint32Array(size);
      list.drawInto(numbers);
      expect([...numbers]).toEqual(Array.from({ length: size }, () => one.next()));
    }
    expect(list.next()).toBe(one.next());
  });

  it('refuse a state from which only zeros come', () => {
    expect(() => new FastRandom('').seedWords(0, 0, 0, 0)).toThrow('not 0');
  });
});
