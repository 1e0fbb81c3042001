/** What a recording begins with, without reading the rest. */
import { closeSync, openSync, readSync } from 'node:fs';
import { isObject } from '../protocol/checks.js';
import type { RecordingHeader } from './recording-shape.js';

const defaults = {
  /** A header is far shorter; one with the hashes of thousands of files is not. */
  maxBytes: 1024 * 1024,
} as const;

/** The header of a file, read at once; null for a file that is no recording, or cannot be read. */
export function firstHeader(path: string): RecordingHeader | null {
  try {
    const fd = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(defaults.maxBytes);
      return headerIn(bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0)));
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

/** The header that these first bytes of a file begin with; null when there is none. */
export function headerIn(bytes: Buffer): RecordingHeader | null {
  const end = bytes.indexOf('\n');
  try {
    const value: unknown = JSON.parse(bytes.subarray(0, end < 0 ? bytes.length : end).toString());
    const isHeader = isObject(value) && value.type === 'header' && Number.isInteger(value.schema);
    return isHeader ? (value as unknown as RecordingHeader) : null;
  } catch {
    return null;
  }
}
