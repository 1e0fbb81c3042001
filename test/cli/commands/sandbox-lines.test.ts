import { expect, it } from 'vitest';
import { createSandboxLines } from '../../../src/cli/commands/sandbox-lines.js';

it('tells a failure of an opponent with its line, and again at the tenth time of that opponent', () => {
  const lineOf = createSandboxLines();
  const lines = Array.from({ length: 11 }, (_, index) =>
    ['bob', 'eve'].map((name) =>
      lineOf({
        type: 'bot.failed',
        matchId: 'm',
        name,
        hook: 'decide',
        error: new RangeError(`hand ${index}`),
      }),
    ),
  );
  const told = lines.flat().flatMap((line) => line?.replace(/[^\s(]+\.test\.ts:\d+/, 'HERE') ?? []);
  expect(told).toEqual(
    ['0', '9'].flatMap((hand) =>
      ['bob', 'eve'].map(
        (name) =>
          `warning: the opponent ${name} threw in decide: RangeError: hand ${hand} (HERE)${hand === '0' ? '' : ', 10 times so far'}`,
      ),
    ),
  );
});
