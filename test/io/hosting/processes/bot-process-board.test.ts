import { ftruncateSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BoardFile,
  boardWriter,
  createBoardFile,
} from '../../../../src/io/hosting/processes/bot-process-board.js';

let board: BoardFile;

beforeEach(() => {
  const made = createBoardFile();
  if (made === null) throw new Error('There is no folder for it.');
  board = made;
});
afterEach(() => board.close());

describe('the board of a process', () => {
  it('has the last proposal of a turn, and none of another', () => {
    const propose = boardWriter(board.fd);
    expect(board.read('q1')).toBeUndefined();
    propose('q1', { action: 'raise', params: { amount: 40 } });
    expect(board.read('q1')).toEqual({ action: 'raise', params: { amount: 40 } });
    for (let time = 0; time < 100; time++) propose('q2', { action: 'raise', params: { amount: time } });
    expect([board.read('q1'), board.read('q2')]).toEqual([
      undefined,
      { action: 'raise', params: { amount: 99 } },
    ]);
  });

  it('leaves out a proposal that is too large, and keeps the one before it', () => {
    const propose = boardWriter(board.fd);
    propose('q1', { action: 'call' });
    propose('q1', { action: 'x'.repeat(5_000) });
    expect(board.read('q1')).toEqual({ action: 'call' });
  });

  it.each<[string, () => void]>([
    ['cut the file', () => ftruncateSync(board.fd, 10)],
    ['emptied it', () => ftruncateSync(board.fd, 0)],
    ['written text over it', () => writeSync(board.fd, 'x'.repeat(70_000), 0)],
    ['written zeros over it', () => writeSync(board.fd, Buffer.alloc(70_000), 0, 70_000, 0)],
    ['made the version negative', () => writeSync(board.fd, Buffer.alloc(4, 0xff), 0, 4, 0)],
  ])('has no proposal when the bot has %s', (_what, spoil) => {
    boardWriter(board.fd)('q1', { action: 'call' });
    spoil();
    expect(board.read('q1')).toBeUndefined();
  });

  it('has none any more when it is closed, which can be said twice', () => {
    boardWriter(board.fd)('q1', { action: 'call' });
    board.close();
    board.close();
    expect(board.read('q1')).toBeUndefined();
  });

  it('tells a writer that there is no room', () => {
    expect(() => boardWriter(-1)('q1', { action: 'call' })).toThrow(Error);
  });
});
