import { describe, expect, it } from 'vitest';
import { createBoundedOutput } from '../../../src/cli/commands/bounded-output.js';

function written(...texts: string[]) {
  let out = '';
  const output = createBoundedOutput((text) => (out += text));
  for (const text of texts) output.write(text);
  return { out, leftOut: output.leftOut() };
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

describe('the output of a chatty bot', () => {
  it('is written as it comes while it is short', () => {
    expect(written('a', 'b\n', '', 'c')).toEqual({ out: 'ab\nc', leftOut: null });
    expect(written(lines(1, 40))).toEqual({ out: lines(1, 40), leftOut: null });
  });

  it.each([
    ['at once', [lines(1, 100)]],
    ['line by line', Array.from({ length: 100 }, (_, index) => lines(index + 1, index + 1))],
    ['in pieces of lines', lines(1, 100).split(/(?<=e)/)],
  ])('ends after forty lines, and the rest is counted: %s', (_, texts) => {
    const { out, leftOut } = written(...texts);
    expect(out).toBe(lines(1, 40));
    const rest = lines(41, 100).length;
    expect(leftOut).toMatch(
      new RegExp(`^The bot wrote 60 further lines \\(${rest} characters\\), which are left out`),
    );
  });

  it('ends within a line that is too long', () => {
    const { out, leftOut } = written('x'.repeat(10_000), 'y');
    expect(out).toBe(`${'x'.repeat(8_192)}\n`);
    expect(leftOut).toContain('1 further line (1809 characters)');
  });
});
