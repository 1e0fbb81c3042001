/**
 * Where a bot's thread leaves the last proposal of a turn. It is memory that both threads see, not messages: a bot may
 * propose a million times in a turn without ever letting go of its thread.
 */
import { isObject } from '../../../protocol/checks.js';
import type { WireAction } from '../../../protocol/frames.js';
import { isWireAction } from './bot-message-rules.js';

const defaults = {
  /** Of one proposal as JSON; a larger answer could not be sent (docs/protocol.md 3). */
  maxBytes: 4_096,
  /** So many proposals later the memory of one is used again: a reader has that long to copy it. */
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

/** The newest proposal is in the slot of the version, the next one goes into the one after it. */
const slotOffset = (version: number): number => headerBytes + (version % defaults.slots) * slotBytes;

function slotOf(board: SharedArrayBuffer, version: number): Buffer {
  return Buffer.from(board, slotOffset(version), slotBytes);
}

/** Where the parts of a board are, for a copy of it that is kept elsewhere. */
export const boardLayout = { headerBytes, slotBytes, slots: defaults.slots, slotOffset } as const;

/** Only one thread may write. A proposal that is too large is not left. */
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
 * The last proposal of this turn, if there is one. The bot can write to this memory too, whatever it likes: what is no
 * proposal there is none.
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
    // The writer may be at the one after the newest: perhaps it has come round, and this is half of one and half of another.
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
