/** Encodes server frames (RFC 6455 5.2): not masked, not fragmented. */
import { opcodes } from './frame-splitter.js';

const finalBit = 0x80;

export function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 2 ** 16 ? 4 : 10);
  header[0] = finalBit | opcode;
  if (header.length === 2) {
    header[1] = length;
  } else if (header.length === 4) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

export function textFrame(text: string): Buffer {
  return frameOf(opcodes.text, Buffer.from(text));
}

/** Without a code the frame has no payload; its receiver reports 1005. */
export function closeFrame(code: number | undefined, reason: string): Buffer {
  if (code === undefined) return frameOf(opcodes.close, Buffer.alloc(0));
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(code);
  payload.write(reason, 2);
  return frameOf(opcodes.close, payload);
}
