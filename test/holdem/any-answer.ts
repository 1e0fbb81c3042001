/** Whatever a bot may return. */
import * as fc from 'fast-check';
import { Action } from '../../src/holdem/action.js';

/** An object whose every use throws. */
export const hostile = (): unknown => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

export const throwingGetter = {
  get action(): string {
    throw new Error('not today');
  },
};

/** Behind a function: fast-check itself cannot hold a revoked proxy. */
const hostileAnswer = fc.constantFrom<(() => unknown)[]>(
  () => throwingGetter,
  hostile,
  () => Symbol('x'),
  () => () => undefined,
  () => new Proxy({}, { get: () => hostile() }),
  () => ({ action: 'raise', params: hostile() }),
  () => ({ action: 'raise', params: { amount: hostile() } }),
);
const plainAnswer = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true, withObjectString: true }),
  fc.record(
    {
      action: fc.oneof(fc.constantFrom('fold', 'check', 'call', 'raise', 'all_in'), fc.anything()),
      amount: fc.anything({ withBigInt: true }),
      params: fc.oneof(
        fc.anything(),
        fc.record({ amount: fc.oneof(fc.integer(), fc.double(), fc.anything()) }),
      ),
    },
    { requiredKeys: ['action'] },
  ),
  fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }).map((amount) => Action.raiseTo(amount)),
);
const given = (answer: unknown) =>
  Object.assign(() => answer, { [fc.toStringMethod]: () => fc.stringify(answer) });
/** Answers of all kinds, each behind a function that gives it. */
export const anyAnswer = fc.oneof(
  { weight: 9, arbitrary: plainAnswer.map(given) },
  { weight: 1, arbitrary: hostileAnswer },
);
