import { describe, expect, it } from 'vitest';
import { createOutputBacklog } from '../../../src/io/output/output-backlog.js';

const open = (maxBytes: number) => createOutputBacklog({ maxBytes, gapLine: (lines) => `(${lines})` });
const all = (backlog: ReturnType<typeof open>) => backlog.take(Infinity).toString();

describe('a backlog', () => {
  it('gives back what it was given, in order, in parts of at least the wanted size', () => {
    const backlog = open(100);
    for (const text of ['one\n', 'two\n', 'half', ' line\n']) backlog.push(text);
    expect(backlog.bytes).toBe(18);
    expect(backlog.take(5).toString()).toBe('one\ntwo\n');
    backlog.push(new TextEncoder().encode('bytes\n'));
    expect([all(backlog), all(backlog), backlog.bytes]).toEqual(['half line\nbytes\n', '', 0]);
  });

  it('keeps what came first, and one line stands for what it had no room for', () => {
    const backlog = open(12);
    for (const text of ['1aaa\n', '2bbb\n', '3ccc\n4ddd\n', '5eee\n']) backlog.push(text);
    expect(backlog.lines()).toBe(5);
    expect(backlog.take(1).toString()).toBe('1aaa\n');
    // Half of the room is free again.
    backlog.push('6fff\n');
    expect([all(backlog), all(backlog)]).toEqual(['2bbb\n(3)\n6fff\n', '']);
  });

  it('tells a gap at the latest when all else is taken', () => {
    const backlog = open(6);
    backlog.push('1aaa\n');
    backlog.push('2bbb\n');
    expect([all(backlog), all(backlog), all(backlog)]).toEqual(['1aaa\n', '(1)\n', '']);
  });

  it('goes on losing until there is room worth having, so that gaps stay few', () => {
    const backlog = open(20);
    for (let i = 0; i < 5; i += 1) backlog.push(`${i}aaa\n`);
    backlog.take(5);
    backlog.push('5aaa\n');
    backlog.take(5);
    backlog.push('6aaa\n');
    expect([all(backlog), all(backlog)]).toEqual(['2aaa\n3aaa\n(2)\n6aaa\n', '']);
  });

  it('cuts no line in two without a new one for the gap, and leaves out the rest of a line that it lost', () => {
    const backlog = open(10);
    for (const text of ['1aaaaaa', 'aaaa\n', '2bbb', 'bb', 'b\n3c']) backlog.push(text);
    expect(all(backlog)).toBe('1aaaaaa');
    backlog.push('cc');
    backlog.push('c\n4d\n');
    expect([all(backlog), all(backlog)]).toEqual(['\n(3)\n4d\n', '']);
  });

  it('holds a text that is larger than its bounds when it holds nothing else', () => {
    const backlog = open(3);
    backlog.push('large\n');
    backlog.push('x\n');
    expect([all(backlog), all(backlog)]).toEqual(['large\n', '(1)\n']);
  });
});
