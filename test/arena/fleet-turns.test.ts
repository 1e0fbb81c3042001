import { describe, expect, it } from 'vitest';
import { createRunTurns } from '../../src/arena/fleet-turns.js';

const runs = (...names: string[]) => names.map((run) => ({ offer: { run } }));

/** Turns on a clock that the test moves on. */
function turnsAt() {
  let now = 0;
  const turns = createRunTurns(() => now);
  return {
    /** @param hadBlock what comes of asking. */
    ask(thread: number, names: readonly string[], hadBlock = true): string | undefined {
      const run = turns.next(thread, runs(...names));
      turns.tell(thread, hadBlock);
      return run?.offer.run;
    },
    pass(ms: number): void {
      now += ms;
    },
  };
}

describe('a thread of a worker', () => {
  it('asks nobody while there is no run', () => {
    const { ask } = turnsAt();
    expect(ask(0, [])).toBeUndefined();
    expect(ask(0, ['a'])).toBe('a');
    expect(ask(0, [])).toBeUndefined();
    expect(ask(0, ['b'])).toBe('b');
  });

  it('stays at a run as long as that has blocks, and goes round when it has none', () => {
    const { ask } = turnsAt();
    expect(ask(0, ['a', 'b', 'c'])).toBe('a');
    expect(ask(0, ['a', 'b', 'c'], false)).toBe('a');
    expect(ask(0, ['a', 'b', 'c'], false)).toBe('b');
    expect(ask(0, ['a', 'b', 'c'], false)).toBe('c');
    expect(ask(0, ['a', 'b', 'c'])).toBe('a');
    expect(ask(0, ['a', 'b', 'c'])).toBe('a');
  });

  it('asks the only run again, whatever came of it', () => {
    const { ask, pass } = turnsAt();
    expect(ask(0, ['a'], false)).toBe('a');
    expect(ask(0, ['a'])).toBe('a');
    pass(60_000);
    expect(ask(0, ['a'])).toBe('a');
  });

  it('leaves a run that has blocks when its share is over and another one has no thread', () => {
    const { ask, pass } = turnsAt();
    expect(ask(0, ['a'])).toBe('a');
    pass(9_999);
    expect(ask(0, ['a', 'b'])).toBe('a');
    pass(1);
    expect(ask(0, ['a', 'b'])).toBe('b');
    pass(9_999);
    expect(ask(0, ['a', 'b'])).toBe('b');
    pass(1);
    expect(ask(0, ['a', 'b'])).toBe('a');
  });

  it('goes where fewest of the others are, and stays while each run has one', () => {
    const { ask, pass } = turnsAt();
    expect(ask(0, ['a', 'b'])).toBe('a');
    expect(ask(1, ['a', 'b'])).toBe('b');
    expect(ask(2, ['a', 'b'])).toBe('a');
    pass(60_000);
    expect(ask(0, ['a', 'b'])).toBe('a');
    expect(ask(1, ['a', 'b'])).toBe('b');
    expect(ask(2, ['a', 'b', 'c'])).toBe('c');
    expect(ask(0, ['a', 'b', 'c'])).toBe('a');
  });

  it('takes the next one when its run is over', () => {
    const { ask } = turnsAt();
    expect(ask(0, ['a', 'b'])).toBe('a');
    expect(ask(0, ['b'])).toBe('b');
  });
});
