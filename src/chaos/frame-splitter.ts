/** Splits a WebSocket byte stream into frames (RFC 6455 5.2), however the network has split it. */

const defaults = {
  /** Larger frames are not collected: they pass in pieces. */
  maxWholeBytes: 1024 * 1024,
  /** The first allocation for a frame: the length in a header costs no memory before the data arrives. */
  initialBytes: 4 * 1024,
  maxHeaderBytes: 14,
} as const;

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameHeader {
  readonly fin: boolean;
  readonly opcode: number;
  /** The four masking bytes; null for a frame that is not masked. */
  readonly mask: Buffer | null;
  /** Bytes before the payload. */
  readonly headerBytes: number;
  readonly payloadBytes: number;
}

/** A piece that is `first` and `last` is a whole frame. `header` is null for bytes behind an invalid frame. */
export interface FramePiece {
  readonly header: FrameHeader | null;
  /** The bytes on the wire, including the header. */
  readonly bytes: Buffer;
  readonly first: boolean;
  readonly last: boolean;
}

export interface FrameSplitter {
  push(chunk: Buffer): FramePiece[];
}

/** @param maxWholeBytes frames up to this size, including the header, come in one piece. Default: 1 MiB. */
export function createFrameSplitter(maxWholeBytes: number = defaults.maxWholeBytes): FrameSplitter {
  const head = Buffer.alloc(defaults.maxHeaderBytes);
  let headBytes = 0;
  let header: FrameHeader | null = null;
  let remaining = 0;
  let first = true;
  let held = createHeld();
  let broken = false;

  /** Takes the bytes that the header still needs. Returns how many. */
  function readHeader(chunk: Buffer, from: number): number {
    let offset = from;
    for (let need = headerBytesOf(head, headBytes); headBytes < need; need = headerBytesOf(head, headBytes)) {
      const taken = chunk.copy(head, headBytes, offset, offset + need - headBytes);
      if (taken === 0) return offset - from;
      headBytes += taken;
      offset += taken;
    }
    header = parseHeader(head.subarray(0, headBytes));
    if (header === null) broken = true;
    else remaining = header.payloadBytes;
    held.add(head.subarray(0, headBytes));
    headBytes = 0;
    return offset - from;
  }

  function take(last: boolean): FramePiece {
    const piece = { header, bytes: held.take(), first, last };
    first = last;
    if (last) {
      header = null;
      held = createHeld();
    }
    return piece;
  }

  return {
    push(chunk) {
      const pieces: FramePiece[] = [];
      let offset = 0;
      while (offset < chunk.length && !broken) {
        if (header === null) offset += readHeader(chunk, offset);
        if (header === null) continue;
        const part = chunk.subarray(offset, offset + remaining);
        offset += part.length;
        remaining -= part.length;
        held.add(part);
        const whole = header.headerBytes + header.payloadBytes <= maxWholeBytes;
        if (remaining === 0) pieces.push(take(true));
        else if (!whole) pieces.push(take(false));
      }
      if (broken) {
        held.add(chunk.subarray(offset));
        const bytes = held.take();
        if (bytes.length > 0) pieces.push({ header: null, bytes, first: true, last: true });
      }
      return pieces;
    },
  };
}

/** The payload of a whole frame, unmasked. */
export function payloadOf({ header, bytes }: FramePiece): Buffer {
  if (header === null) return bytes;
  const payload = bytes.subarray(header.headerBytes);
  const { mask } = header;
  if (mask === null) return payload;
  const plain = Buffer.from(payload);
  for (let index = 0; index < plain.length; index += 1) {
    plain[index] = (plain[index] ?? 0) ^ (mask[index % mask.length] ?? 0);
  }
  return plain;
}

/** The length of the header, as far as it is known from its first bytes. */
function headerBytesOf(head: Buffer, known: number): number {
  if (known < 2) return 2;
  const second = head[1] ?? 0;
  const length = second & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + ((second & 0x80) === 0 ? 0 : 4);
}

/** Null for a length above the safe integers. */
function parseHeader(head: Buffer): FrameHeader | null {
  const [start = 0, second = 0] = head;
  const short = second & 0x7f;
  const payloadBytes =
    short === 126 ? head.readUInt16BE(2) : short === 127 ? Number(head.readBigUInt64BE(2)) : short;
  if (!Number.isSafeInteger(payloadBytes)) return null;
  return {
    fin: (start & 0x80) !== 0,
    opcode: start & 0x0f,
    mask: (second & 0x80) === 0 ? null : Buffer.from(head.subarray(-4)),
    headerBytes: head.length,
    payloadBytes,
  };
}

/** Collects bytes in one buffer, however small the pieces are. */
function createHeld() {
  let buffer: Buffer = Buffer.alloc(0);
  let used = 0;
  return {
    add(part: Buffer): void {
      if (used + part.length > buffer.length) {
        const grown = Buffer.allocUnsafe(
          Math.max(defaults.initialBytes, 2 * buffer.length, used + part.length),
        );
        buffer.copy(grown, 0, 0, used);
        buffer = grown;
      }
      part.copy(buffer, used);
      used += part.length;
    },
    take(): Buffer {
      const taken = buffer.subarray(0, used);
      buffer = Buffer.alloc(0);
      used = 0;
      return taken;
    },
  };
}
