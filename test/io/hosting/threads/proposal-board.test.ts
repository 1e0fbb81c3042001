import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createProposalBoard,
  readProposal,
  writeProposal,
} from '../../../../src/io/hosting/threads/proposal-board.js';

const jiti = createRequire(import.meta.url).resolve('jiti');

describe('the board of proposals', () => {
  it('has none at first', () => {
    expect(readProposal(createProposalBoard(), 'q1')).toBeUndefined();
  });

  it('has the last one of the turn that is asked for', () => {
    const board = createProposalBoard();
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
    const board = createProposalBoard();
    writeProposal(board, 'q1', { action: 'call' });
    writeProposal(board, 'q1', { action: 'draw', params: { cards: 'x'.repeat(9_000) } });
    expect(readProposal(board, 'q1')).toEqual({ action: 'call' });
  });

  it('can be read at any moment from another thread than that which writes without a pause', async () => {
    const board = createProposalBoard();
    const entry = fileURLToPath(
      new URL('../../../../src/io/hosting/threads/proposal-board.ts', import.meta.url),
    );
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
    const board = createProposalBoard();
    writeProposal(board, 'q1', { action: 'call' });
    // What the writer's thread has done when it is ended in the middle: bytes, and no new version.
    const slotBytes = (board.byteLength - 4) / 16;
    Buffer.from(board, 4 + 2 * slotBytes, slotBytes).fill('x');
    expect(readProposal(board, 'q1')).toEqual({ action: 'call' });
  });

  /** What a bot can write there that has got hold of the memory. */
  function boardOf(version: number, text: string | Buffer, length = Buffer.byteLength(text)) {
    const board = createProposalBoard();
    const slotBytes = (board.byteLength - 4) / 16;
    const slot = Buffer.from(board, 4 + (((version % 16) + 16) % 16) * slotBytes, slotBytes);
    slot.writeUInt32LE(length, 0);
    Buffer.from(text).copy(slot, 4);
    Atomics.store(new Int32Array(board, 0, 1), 0, version);
    return board;
  }
  const slot = (found: unknown) => JSON.stringify(found);
  const call = { requestId: 'q1', proposal: { action: 'call' } };

  it.each<[string, SharedArrayBuffer]>([
    ['no JSON', boardOf(1, 'not json')],
    ['nothing', boardOf(1, '')],
    ['half a proposal', boardOf(1, slot(call).slice(0, -1))],
    ['a length beyond its slot', boardOf(1, slot(call), 4_097)],
    ['the largest length', boardOf(1, slot(call), 0xffff_ffff)],
    ['bytes that are no text', boardOf(1, Buffer.alloc(4_096, 0xff))],
    ['a number below zero in place of the version', boardOf(-1, slot(call))],
    ['the lowest number in place of the version', boardOf(-0x8000_0000, slot(call))],
    ['null', boardOf(1, 'null')],
    ['a list', boardOf(1, slot([call]))],
    ['no proposal', boardOf(1, slot({ requestId: 'q1' }))],
    ['a proposal that is null', boardOf(1, slot({ requestId: 'q1', proposal: null }))],
    ['a proposal that is a list', boardOf(1, slot({ requestId: 'q1', proposal: ['call'] }))],
    ['a proposal that is text', boardOf(1, slot({ requestId: 'q1', proposal: 'call' }))],
    ['a proposal without an action', boardOf(1, slot({ requestId: 'q1', proposal: {} }))],
    ['an action that is no text', boardOf(1, slot({ requestId: 'q1', proposal: { action: 3 } }))],
    ['params that are none', boardOf(1, slot({ requestId: 'q1', proposal: { action: 'raise', params: 3 } }))],
    [
      'params that are a list',
      boardOf(1, slot({ requestId: 'q1', proposal: { action: 'raise', params: [3] } })),
    ],
    ['a depth that nothing needs', boardOf(1, '['.repeat(4_000))],
  ])('has no proposal where the bot has written %s', (_what, board) => {
    expect(readProposal(board, 'q1')).toBeUndefined();
  });

  it('has what the bot wrote by itself if it is one', () => {
    expect(readProposal(boardOf(0x7fff_ffff, slot(call)), 'q1')).toEqual({ action: 'call' });
  });

  it('never throws, whatever bytes are in it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.uint8Array({ maxLength: 4_096 }),
        fc.nat(),
        (version, bytes, length) => {
          expect(readProposal(boardOf(version, Buffer.from(bytes), length), 'q1')).toBeUndefined();
        },
      ),
    );
  });
});
