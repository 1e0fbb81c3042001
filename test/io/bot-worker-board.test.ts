import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createBoard, readProposal, writeProposal } from '../../src/io/bot-worker-board.js';

const jiti = createRequire(import.meta.url).resolve('jiti');

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

  it('can be read at any moment from another thread than that which writes without a pause', async () => {
    const board = createBoard();
    const entry = fileURLToPath(new URL('../../src/io/bot-worker-board.ts', import.meta.url));
    const writer = new Worker(
      `const { workerData } = require('node:worker_threads');
      const { writeProposal } = require(${JSON.stringify(jiti)}).createJiti(${JSON.stringify(entry)})(${JSON.stringify(entry)});
      for (let amount = 1; ; amount++) {
        writeProposal(workerData, 'q1', { action: 'raise', params: { amount, copies: Array(amount % 50).fill(amount) } });
      }`,
      { eval: true, workerData: board },
    );
    try {
      await expect.poll(() => readProposal(board, 'q1'), { timeout: 15_000 }).toBeDefined();
      for (let read = 0; read < 2_000; read++) {
        const { amount, copies } = (readProposal(board, 'q1')?.params ?? {}) as {
          amount: number;
          copies: number[];
        };
        expect(copies).toEqual(Array.from({ length: amount % 50 }, () => amount));
      }
    } finally {
      await writer.terminate();
    }
  });

  it('does not hand out a proposal that is being written: the one before stays whole', () => {
    const board = createBoard();
    writeProposal(board, 'q1', { action: 'call' });
    // What the writer's thread has done when it is ended in the middle: bytes, and no new version.
    const slotBytes = (board.byteLength - 4) / 16;
    Buffer.from(board, 4 + 2 * slotBytes, slotBytes).fill('x');
    expect(readProposal(board, 'q1')).toEqual({ action: 'call' });
  });
});
