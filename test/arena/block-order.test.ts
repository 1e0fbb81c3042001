import { expect, it } from 'vitest';
import { blockPlaces } from '../../src/arena/arena-plan.js';
import { createBlockOrder } from '../../src/arena/block-order.js';
import { blockOf, houseTerms } from './arena-kit.js';

const places = (blocks: number) =>
  blockPlaces(houseTerms(['random', 'random'], { pairs: blocks, pairsPerBlock: 1 }), [0]);

it('counts blocks in the order of their decks, not in that of their ends', () => {
  const order = createBlockOrder(places(4));
  const given = [order.next(), order.next(), order.next(), order.next(), order.next()];
  expect(given).toEqual([...[0, 1, 2, 3].map((block) => ({ pairing: 0, block })), null]);
  // The slow one has +10, the fast ones −2: the first that are there would say −2 of a truth of +1.
  const [slow, ...fast] = [10, -2, -2, -2].map((bb, block) => blockOf([[bb * 100]], { block }));
  expect(fast.flatMap((block) => order.take(block))).toEqual([]);
  expect(order.take(slow as never)).toEqual([slow, ...fast]);
});

it('takes a second copy of a block only if it is the same', () => {
  const order = createBlockOrder(places(4));
  order.next();
  order.next();
  const late = blockOf([[100]], { block: 1 });
  expect(order.take(late)).toEqual([]);
  expect(order.take(structuredClone(late))).toEqual([]);
  expect(() => order.take(blockOf([[200]], { block: 1 }))).toThrow(/played twice, and differently/);
  const first = blockOf([[0]], { block: 0 });
  expect(order.take(first)).toEqual([first, late]);
  // Counted already, or given out to nobody.
  expect(order.take(first)).toEqual([]);
  expect(order.take(blockOf([[0]], { block: 3 }))).toEqual([]);
});
