/** What a recording begins with, without reading the rest. */

import { closeSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { isObject } from '../protocol/checks.js';
import { withoutMark } from './byte-order-mark.js';
import type { RecordingHeader } from './recording-shape.js';

const defaults = {
  /** A header is far shorter. */
  usualBytes: 16 * 1024,
  /** One with the hashes of thousands of files is not. */
  maxBytes: 1024 * 1024,
} as const;

/** The header of a file, read at once; null for a file that is no recording, or cannot be read. */
export function firstHeader(path: string): RecordingHeader | null {
  try {
    const fd = openSync(path, 'r');
    try {
      const first = head(fd, defaults.usualBytes);
      const isCut = first.length === defaults.usualBytes && !first.includes('\n');
      return headerIn(isCut ? head(fd, defaults.maxBytes) : first);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

/**
 * A sentence on a recording, or on results, in UTF-16: Windows PowerShell writes what it copies line by line so, and JSON Lines
 * are UTF-8. Null for everything else.
 */
export function wrongEncoding(path: string): string | null {
  try {
    const fd = openSync(path, 'r');
    try {
      const first = head(fd, defaults.usualBytes);
      const { 0: one, 1: other } = first;
      const encoding =
        (one === 0xff && other === 0xfe) || other === 0
          ? 'utf-16le'
          : one === 0xfe && other === 0xff
            ? 'utf-16be'
            : null;
      if (encoding === null || !recordStart.test(new TextDecoder(encoding).decode(first))) return null;
    } finally {
      closeSync(fd);
    }
  } catch {
    // Whoever reads it says why it cannot be read.
    return null;
  }
  return 'It is in UTF-16, and recordings are read in UTF-8: save it as UTF-8, such as with `iconv -f UTF-16 -t UTF-8`.';
}

/** Headers and results have the number of their schema near their beginning. */
const recordStart = /^\s*\{[^\n]{0,80}"schema":\d/;

function head(fd: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, 0));
}

/** The header that these first bytes of a file begin with; null when there is none. */
export function headerIn(bytes: Buffer): RecordingHeader | null {
  const end = bytes.indexOf('\n');
  try {
    const line = withoutMark(bytes.subarray(0, end < 0 ? bytes.length : end));
    const value: unknown = JSON.parse(line.toString());
    const isHeader = isObject(value) && value.type === 'header' && Number.isInteger(value.schema);
    return isHeader ? (value as unknown as RecordingHeader) : null;
  } catch {
    return null;
  }
}
