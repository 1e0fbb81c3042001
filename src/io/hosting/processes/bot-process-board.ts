/**
 * The proposals of a bot in a process of its own: a file without a name, which both sides have open. What is written
 * there survives the process, and costs the agent nothing until it reads.
 */

import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireAction } from '../../../protocol/frames.js';
import { boardLayout, createProposalBoard, readProposal, writeProposal } from '../threads/proposal-board.js';

const { headerBytes, slotBytes, slots, slotOffset } = boardLayout;

const defaults = {
  /** In memory where such a folder exists. */
  folders: ['/dev/shm', tmpdir()],
  readAttempts: 10,
} as const;

export interface BoardFile {
  /** The file descriptor for the process. */
  readonly fd: number;
  /** The last proposal of this turn, if there is one. */
  read(requestId: string): WireAction | undefined;
  close(): void;
}

/** Null where no file can be made; then proposals are messages. */
export function createBoardFile(): BoardFile | null {
  const fd = openNameless();
  return fd === null ? null : readerOf(fd);
}

function openNameless(): number | null {
  for (const folder of defaults.folders) {
    const name = join(folder, `chipzen-proposals-${randomUUID()}`);
    try {
      const fd = openSync(name, 'wx+', 0o600);
      unlinkSync(name);
      return fd;
    } catch {
      // The next folder may have space and permission.
    }
  }
  return null;
}

function readerOf(fd: number): BoardFile {
  const copy = createProposalBoard();
  const bytes = Buffer.from(copy);
  const copyOf = (offset: number, length: number): boolean =>
    readSync(fd, bytes, offset, length, offset) === length;
  const version = (): number | null => (copyOf(0, headerBytes) ? bytes.readInt32LE(0) : null);
  let closed = false;

  return {
    fd,
    read(requestId) {
      if (closed) return undefined;
      for (let attempt = 0; attempt < defaults.readAttempts; attempt++) {
        const seen = version();
        // A version is never negative; other values were written by the bot itself.
        if (seen === null || seen < 0 || !copyOf(slotOffset(seen), slotBytes)) return undefined;
        const now = version();
        // The writer may have reached this slot again: then this is half of one proposal and half of another.
        if (now === null || now - seen >= slots - 1) continue;
        bytes.writeInt32LE(seen, 0);
        return readProposal(copy, requestId);
      }
      return undefined;
    },
    close() {
      if (!closed) closeSync(fd);
      closed = true;
    },
  };
}

/** @returns the function that writes a proposal to that file. It throws when there is no space for it. */
export function boardWriter(fd: number): (requestId: string, proposal: WireAction) => void {
  const own = createProposalBoard();
  const bytes = Buffer.from(own);
  const write = (offset: number, length: number): void => {
    if (writeSync(fd, bytes, offset, length, offset) !== length) throw new Error('The board is full.');
  };
  return (requestId, proposal) => {
    writeProposal(own, requestId, proposal);
    write(slotOffset(bytes.readInt32LE(0)), slotBytes);
    write(0, headerBytes);
  };
}
