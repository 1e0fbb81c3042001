/**
 * The memory where a bot's thread leaves the last proposal of a turn. Both threads share it, and there are no
 * messages: a bot may propose a million times in a turn without ever yielding its thread.
 */
import { isObject } from '../../../protocol/checks.js';
import type { WireAction } from '../../../protocol/frames.js';
import { isWireAction } from './bot-message-rules.js';

const defaults = {
  /** The most bytes of a proposal as JSON; a larger answer could not be sent (docs/protocol.md 3). */
  maxBytes: 4_096,
  /** After so many proposals the memory of one is used again: a reader has that long to copy it. */
  slots: 16,
  readAttempts: 10,
} as const;

const headerBytes = 4;
const lengthBytes = 4;
const slotBytes = lengthBytes + defaults.maxBytes;

interface Slot {
  requestId: string;
  proposal: WireAction;
}

export const createProposalBoard = (): SharedArrayBuffer =>
  new SharedArrayBuffer(headerBytes + defaults.slots * slotBytes);

/** The newest proposal is in the slot of the version; the next one goes into the slot after it. */
const slotOffset = (version: number): number => headerBytes + (version % defaults.slots) * slotBytes;

function slotOf(board: SharedArrayBuffer, version: number): Buffer {
  return Buffer.from(board, slotOffset(version), slotBytes);
}

/** The layout of a board, for a board that is a file. */
export const boardLayout = { headerBytes, slotBytes, slots: defaults.slots, slotOffset } as const;

/** Only one thread may write. A proposal that is too large is dropped. */
export function writeProposal(board: SharedArrayBuffer, requestId: string, proposal: WireAction): void {
  const version = new Int32Array(board, 0, 1);
  const text = Buffer.from(JSON.stringify({ requestId, proposal } satisfies Slot));
  if (text.length > defaults.maxBytes) return;
  const next = (Atomics.load(version, 0) + 1) & 0x7fff_ffff;
  const slot = slotOf(board, next);
  slot.writeUInt32LE(text.length, 0);
  text.copy(slot, lengthBytes);
  Atomics.store(version, 0, next);
}

/**
 * The last proposal of this turn, if there is one. The bot can write anything to this memory, so anything but a
 * proposal is ignored.
 */
export function readProposal(board: SharedArrayBuffer, requestId: string): WireAction | undefined {
  const version = new Int32Array(board, 0, 1);
  for (let attempt = 0; attempt < defaults.readAttempts; attempt++) {
    const seen = Atomics.load(version, 0);
    if (seen <= 0) return undefined;
    const slot = slotOf(board, seen);
    const bytes = slot.readUInt32LE(0);
    if (bytes > defaults.maxBytes) return undefined;
    const text = slot.toString('utf8', lengthBytes, lengthBytes + bytes);
    // The writer may have reached this slot again: then the copy is half of one proposal and half of another.
    if (Atomics.load(version, 0) - seen >= defaults.slots - 1) continue;
    return proposalIn(text, requestId);
  }
  return undefined;
}

function proposalIn(text: string, requestId: string): WireAction | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (!isObject(found) || found.requestId !== requestId) return undefined;
    return isWireAction(found.proposal) ? found.proposal : undefined;
  } catch {
    return undefined;
  }
}
