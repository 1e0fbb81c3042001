import { describe, expect, it } from 'vitest';
import { describeEvent } from '../../../src/io/reports/describe.js';
import { createFailureCounter } from '../../../src/io/reports/failure-counter.js';

const failure = (message: string, place: string | null = 'bot.ts:1', hook = 'decide') => ({
  hook,
  message,
  place,
});

describe('failures of a bot', () => {
  it('are the same but for the numbers in their messages', () => {
    const { count } = createFailureCounter();
    const counts = [
      failure('no card 17 in hand 3'),
      failure('no card 2 in hand 44.5'),
      failure('no card 2 in hand 44.5', 'bot.ts:2'),
      failure('no card 2 in hand 44.5', 'bot.ts:1', 'onRoundStart'),
      failure('no board'),
      failure('no card 0 in hand 0'),
    ].map(count);
    expect(counts).toEqual([1, 2, 1, 1, 1, 3]);
  });

  it('that do not come for a while are forgotten when there are too many kinds', () => {
    const { count } = createFailureCounter();
    const kinds = Array.from({ length: 500 }, (_, n) => failure('x', null, `hook${'a'.repeat(n)}`));
    kinds.forEach(count);
    expect(count(failure('x', null, 'hook'))).toBe(2);
    count(failure('one more'));
    expect(count(failure('x', null, 'hook'))).toBe(3);
    expect(count(failure('x', null, 'hooka'))).toBe(1);
  });

  it('get a line the first, tenth and hundredth time', () => {
    const lines = Array.from({ length: 120 }, (_, index) =>
      describeEvent({
        type: 'bot.failed',
        matchId: 'm',
        error: null,
        times: index + 1,
        ...failure('no idea'),
      }),
    );
    expect(lines.filter((line) => line !== null)).toEqual([
      'match m: the bot threw in decide: no idea (bot.ts:1)',
      'match m: the bot threw in decide: no idea (bot.ts:1), 10 times so far',
      'match m: the bot threw in decide: no idea (bot.ts:1), 100 times so far',
    ]);
  });
});
