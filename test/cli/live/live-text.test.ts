import { describe, expect, it } from 'vitest';
import { paintOf, wantsColour } from '../../../src/cli/live/live-style.js';
import { cell, fit, harmless } from '../../../src/cli/live/live-text.js';

const esc = '\u001b';

describe('text in the cells of a terminal', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['扑克牌', 6, '扑克牌'],
    ['扑克牌', 5, '扑克…'],
    ['扑克牌', 4, '扑…'],
    ['é́́a', 1, '…'],
    ['🃏🃏', 3, '🃏…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('cuts %s to %i cells', (text, cells, expected) => {
    expect(fit(text, cells)).toBe(expected);
  });

  it('fills up to the width on either side', () => {
    expect([cell('扑', 4), cell('扑', 4, 'right'), cell('扑克', 4), cell('扑克a', 4)]).toEqual([
      '扑  ',
      '  扑',
      '扑克',
      '扑… ',
    ]);
  });
});

describe('a line that somebody printed', () => {
  it.each([
    ['plain', 'plain'],
    ['a\tb', 'a    b'],
    ['with the ending of Windows\r', 'with the ending of Windows'],
    ['10 %\r50 %\r100 %', '100 %'],
    [`${esc}[2J${esc}[1;1Hgone${esc}[A`, 'gone'],
    [`${esc}]0;a title\u0007text`, 'text'],
    ['\u009b2Jtext\u0007\u0000', '2Jtext'],
    ['\u0007[INFO] text', '[INFO] text'],
  ])('cannot move the cursor: %j', (line, expected) => {
    expect([harmless(line, true), harmless(line, false)]).toEqual([expected, expected]);
  });

  it('keeps its colours where there are colours, and they end with it', () => {
    const line = `${esc}[1;31mred${esc}[5A and bold`;
    expect(harmless(line, true)).toBe(`${esc}[1;31mred and bold${esc}[0m`);
    expect(harmless(line, false)).toBe('red and bold');
  });

  it('is bounded', () => {
    expect(harmless('x'.repeat(100_000), true)).toHaveLength(10_000);
  });
});

describe('colours', () => {
  it.each([
    [{}, true],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ TERM: 'dumb' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, true],
    [{ FORCE_COLOR: '' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: 'false' }, false],
  ])('with %j: %s', (env, expected) => {
    expect(wantsColour(env)).toBe(expected);
  });

  it('leave the text alone where there are none', () => {
    expect([
      paintOf(false)('text', 'bad'),
      paintOf(true)('text', 'bad'),
      paintOf(true)('text', null),
    ]).toEqual(['text', `${esc}[31mtext${esc}[0m`, 'text']);
  });
});
