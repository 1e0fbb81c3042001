import { expect, it } from 'vitest';
import { showReplayProgress } from '../../../src/cli/commands/replay-progress.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

function written(isErrorTerminal: boolean): string {
  let text = '';
  let now = 0;
  const io = { ...fakeIo(), isErrorTerminal, stderr: { write: (part: string) => (text += part) } };
  const progress = showReplayProgress(io, () => now);
  progress.show({ matches: 0, hands: 1, readShare: null });
  now = 50;
  progress.show({ matches: 0, hands: 2, readShare: null });
  now = 100;
  progress.show({ matches: 1, hands: 40, readShare: 0.254 });
  progress.end();
  return text;
}

it('says how far it is some times a second, where standard error is a terminal', () => {
  const clear = '\r\u001b[K';
  expect(written(true)).toBe(
    `${clear}1 hand played, 0 matches done${clear}40 hands played, 1 match done, 25 % read${clear}`,
  );
  expect(written(false)).toBe('');
});
