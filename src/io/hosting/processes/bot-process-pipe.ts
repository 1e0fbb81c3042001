/** Messages as bytes on a pipe between the agent and the process of a bot: whatever can be cloned, of limited size. */
import { deserialize, serialize } from 'node:v8';

const defaults = {
  /** The limit of one message. */
  maxMessageBytes: 1024 * 1024,
  /** The limit of one snapshot. The agent keeps its bytes and never reads them. */
  maxSnapshotBytes: 16 * 1024 * 1024,
} as const;

const headerBytes = 5;
const kinds = { message: 0, snapshot: 1 } as const;

class MessageTooLargeError extends Error {
  constructor(bytes: number, most: number) {
    super(`It has ${bytes} bytes, and at most ${most} can be sent`);
    this.name = 'MessageTooLargeError';
  }
}

export type PipeMessage = { type: string };

/** A snapshot as it is sent: `state` is bytes, which only bots decode. */
interface PipeSnapshot {
  type: 'snapshot';
  event: number;
  state: unknown;
}

const isSnapshot = (message: PipeMessage): message is PipeSnapshot => message.type === 'snapshot';

/** To a process: of any size, because the agent is trusted. @throws {Error} for values that cannot be cloned. */
export const encodeForBot = (message: PipeMessage): Buffer => framed(kinds.message, serialize(message));

/** @throws {Error} for values that cannot be cloned or are too large. */
export function encodeForAgent(message: PipeMessage): Buffer {
  if (isSnapshot(message)) {
    const event = Buffer.alloc(8);
    event.writeDoubleLE(message.event, 0);
    return framed(
      kinds.snapshot,
      Buffer.concat([event, serialize(message.state)]),
      defaults.maxSnapshotBytes,
    );
  }
  return framed(kinds.message, serialize(message), defaults.maxMessageBytes);
}

function framed(kind: number, body: Buffer, most = Number.POSITIVE_INFINITY): Buffer {
  if (body.length > most) throw new MessageTooLargeError(body.length, most);
  const frame = Buffer.allocUnsafe(headerBytes + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt8(kind, 4);
  body.copy(frame, headerBytes);
  return frame;
}

/** Decodes a snapshot that the process of an earlier bot has sent. */
export const openSnapshot = (state: unknown): unknown => deserialize(state as Uint8Array);

/** Reads messages from chunks of bytes. */
export interface PipeReader {
  /** @throws {Error} when the bytes cannot be a message; nothing after them can be read. */
  read(bytes: Buffer): unknown[];
}

export const readAgent = (): PipeReader => createReader(() => Number.POSITIVE_INFINITY);

export const readBot = (): PipeReader =>
  createReader((kind) => (kind === kinds.snapshot ? defaults.maxSnapshotBytes : defaults.maxMessageBytes));

function createReader(mostOf: (kind: number) => number): PipeReader {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let awaited = headerBytes;

  /** Joins the chunks; called only when a message is complete. */
  const joined = (): Buffer => {
    const all = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes);
    chunks = [all];
    return all;
  };

  return {
    read(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      const messages: unknown[] = [];
      while (bytes >= awaited) {
        const all = joined();
        const length = all.readUInt32LE(0);
        const kind = all.readUInt8(4);
        if (kind !== kinds.message && kind !== kinds.snapshot)
          throw new Error('what the bot wrote there is no message');
        if (length > mostOf(kind)) throw new MessageTooLargeError(length, mostOf(kind));
        awaited = headerBytes + length;
        if (bytes < awaited) break;
        messages.push(decode(kind, all.subarray(headerBytes, awaited)));
        chunks = [all.subarray(awaited)];
        bytes -= awaited;
        awaited = headerBytes;
      }
      return messages;
    },
  };
}

function decode(kind: number, body: Buffer): unknown {
  if (kind === kinds.message) return deserialize(body);
  if (body.length < 8) throw new Error('what the bot wrote there is no snapshot');
  // A copy, so that the rest of the chunk is not kept in memory.
  return { type: 'snapshot', event: body.readDoubleLE(0), state: Buffer.from(body.subarray(8)) };
}
