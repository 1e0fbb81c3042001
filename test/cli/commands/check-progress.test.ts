import { expect, it } from 'vitest';
import { showProgress } from '../../../src/cli/commands/check-progress.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

function written(isErrorTerminal: boolean): string {
  let text = '';
  const io = { ...fakeIo(), isErrorTerminal, stderr: { write: (part: string) => (text += part) } };
  const progress = showProgress(io);
  progress.show({ done: 0, total: 3, title: 'the flop' });
  progress.beside(() => io.stderr.write('the bot\n'));
  progress.show({ done: 1, total: 3, title: `the turn ${'x'.repeat(90)}` });
  progress.end();
  return text;
}

it('draws one line on a terminal, and takes it away for what the bot writes and at the end', () => {
  const clear = '\r\u001b[K';
  expect(written(true)).toBe(
    `${clear}1/3  the flop${clear}the bot\n${clear}2/3  the turn ${'x'.repeat(65)}${clear}`,
  );
});

it('draws nothing where standard error is no terminal', () => {
  expect(written(false)).toBe('the bot\n');
});
