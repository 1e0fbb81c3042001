import { describe, expect, it } from 'vitest';
import { createBoard, readProposal, writeProposal } from '../../src/io/bot-worker-board.js';

describe('the board of proposals', () => {
  it('has none at first', () => {
    expect(readProposal(createBoard(), 'q1')).toBeUndefined();
  });

  it('has the last one of the turn that is asked for', () => {
    const board = createBoard();
    for (let amount = 1; amount <= 1_000; amount++) {
      writeProposal(board, 'q1', { action: 'raise', params: { amount } });
    }
    expect(readProposal(board, 'q1')).toEqual({ action: 'raise', params: { amount: 1_000 } });
    expect(readProposal(board, 'q2')).toBeUndefined();
    writeProposal(board, 'q2', { action: 'call' });
    expect(readProposal(board, 'q1')).toBeUndefined();
    expect(readProposal(board, 'q2')).toEqual({ action: 'call' });
  });

  it('keeps the one before for a proposal that is too large to be sent', () => {
    const board = createBoard();
    writeProposal(board, 'q1', { action: 'call' });
    writeProposal(board, 'q1', { action: 'draw', params: { cards: 'x'.repeat(9_000) } });
    expect(readProposal(board, 'q1')).toEqual({ action: 'call' });
  });

  it('does not hand out a proposal that is being written: the one before stays whole', () => {
    const board = createBoard();
    writeProposal(board, 'q1', { action: 'call' });
    // What the writer's thread has done when it is ended in the middle: bytes, and no new version.
    const next = Buffer.from(board, 4, 4 + 8_192);
    next.fill('x');
    expect(readProposal(board, 'q1')).toEqual({ action: 'call' });
  });
});
