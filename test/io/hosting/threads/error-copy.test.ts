import { describe, expect, it } from 'vitest';
import { copyOfError, obstacleTo } from '../../../../src/io/hosting/threads/error-copy.js';

function around(): Error {
  const outer = new TypeError('outer');
  outer.cause = new Error('inner', { cause: outer });
  return outer;
}

const hostile = Object.defineProperty(new Error('x'), 'name', {
  get() {
    throw new Error('no');
  },
});

describe('the copy of an error', () => {
  it.each<[string, unknown]>([
    ['an error in a circle', around()],
    ['an error with a function in its cause', new Error('x', { cause: { run: () => 0 } })],
    ['an error that throws when it is read', hostile],
    ['a function', () => 0],
    ['a symbol', Symbol('x')],
  ])('arrives, which %s does not', (_what, error) => {
    expect(obstacleTo(error)).not.toBeNull();
    expect(obstacleTo(copyOfError(error))).toBeNull();
  });

  it('has the message, the stack and each cause once', () => {
    const error = around();
    const copy = copyOfError(error);
    expect([copy.name, copy.message, copy.stack]).toEqual(['TypeError', 'outer', error.stack]);
    expect(copy.cause).toMatchObject({ message: 'inner', stack: (error.cause as Error).stack });
    expect((copy.cause as Error).cause).toBeUndefined();
  });

  it('has the first of several errors as its cause', () => {
    const several = new AggregateError([new Error('first'), () => 0], 'all');
    expect(copyOfError(several)).toMatchObject({ message: 'all', cause: { message: 'first' } });
  });
});
