import { expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { chanceTermOfEngine, luckFreeBound, luckFreeNets } from '../../src/holdem/chance-terms.js';
import { HandEngine } from '../../src/holdem/hand-engine.js';

const hands = 1_000_000;

it('a million hands have no more luck than chance gives them', { timeout: 900_000 }, () => {
  const engine = new HandEngine({ seats: 2 });
  const random = new FastRandom('chance terms');
  engine.setBlinds(5, 10);
  const terms = { sum: 0, squares: 0 };
  const luck = { sum: 0, squares: 0 };
  let most = 0;
  for (let hand = 0; hand < hands; hand += 1) {
    engine.stacks.set([1000, 1000]);
    engine.placeButton(hand % 2);
    engine.deal(random);
    while (engine.turn !== -1) {
      const dice = random.below(100);
      if (engine.toCall > 0 && dice < (engine.street === 0 ? 60 : 25)) engine.fold();
      else if (engine.maxRaise > 0 && dice > 94) engine.raiseTo(engine.maxRaise);
      else if (engine.maxRaise > 0 && dice > 75)
        engine.raiseTo(Math.min(engine.maxRaise, 2 * engine.minRaise));
      else if (engine.toCall > 0) engine.call();
      else engine.check();
    }
    const term = chanceTermOfEngine(engine);
    const [net = 0] = luckFreeNets(engine);
    const difference = (engine.stacks[0] ?? 0) - 1000 - net;
    terms.sum += term;
    terms.squares += term * term;
    luck.sum += difference;
    luck.squares += difference * difference;
    most = Math.max(most, Math.abs(net));
  }
  // Four standard errors of the sums.
  expect(Math.abs(terms.sum)).toBeLessThan(4 * Math.sqrt(terms.squares));
  expect(Math.abs(luck.sum)).toBeLessThan(4 * Math.sqrt(luck.squares));
  expect(most).toBeLessThanOrEqual(10 * luckFreeBound(100));
  expect(most).toBeGreaterThan(1000);
});
