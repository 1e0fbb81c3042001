/** Messages as bytes on a pipe between the agent and the process of a bot: what a structured clone can carry, bounded. */
import { deserialize, serialize } from 'node:v8';

const defaults = {
  /** Of one message. */
  maxMessageBytes: 1024 * 1024,
  /** Of one snapshot: the agent keeps it as it is and never looks into it. */
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

/** A snapshot on its way: `state` is bytes for whoever does not need to know what is in them. */
interface PipeSnapshot {
  type: 'snapshot';
  event: number;
  state: unknown;
}

const isSnapshot = (message: PipeMessage): message is PipeSnapshot => message.type === 'snapshot';

/** To a process, from an agent that is trusted: of any size. @throws {Error} for what no clone can carry. */
export const encodeForBot = (message: PipeMessage): Buffer => framed(kinds.message, serialize(message));

/** @throws {Error} for what no clone can carry, and what is too large. */
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

/** What the bot kept, from the bytes that its predecessor's process sent. */
export const openSnapshot = (state: unknown): unknown => deserialize(state as Uint8Array);

/** What a process says, or an agent: takes bytes as they come, gives whole messages. */
export interface PipeReader {
  /** @throws {Error} when what comes cannot be a message; nothing after it can be read. */
  read(bytes: Buffer): unknown[];
}

export const readAgent = (): PipeReader => createReader(() => Number.POSITIVE_INFINITY);

export const readBot = (): PipeReader =>
  createReader((kind) => (kind === kinds.snapshot ? defaults.maxSnapshotBytes : defaults.maxMessageBytes));

function createReader(mostOf: (kind: number) => number): PipeReader {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let awaited = headerBytes;

  /** All that is there as one piece; asked for only when a frame is whole. */
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
  // A copy: the rest of what came with it is not kept as long.
  return { type: 'snapshot', event: body.readDoubleLE(0), state: Buffer.from(body.subarray(8)) };
}
