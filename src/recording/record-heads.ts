/** What a recording begins with, read at once: without reading the rest, and without throwing. */
import { closeSync, openSync, readSync } from 'node:fs';
import { isObject } from '../protocol/checks.js';
import type { RecordingHeader } from './recording-shape.js';

const defaults = {
  /** A header is far shorter; one with the hashes of thousands of files is not. */
  maxBytes: 1024 * 1024,
} as const;

/** Null for a file that is no recording, or cannot be read. */
export function firstHeader(path: string): RecordingHeader | null {
  try {
    return headerIn(firstLine(path));
  } catch {
    return null;
  }
}

function firstLine(path: string): string {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(defaults.maxBytes);
    const text = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0));
    const end = text.indexOf('\n');
    return text.subarray(0, end < 0 ? text.length : end).toString();
  } finally {
    closeSync(fd);
  }
}

function headerIn(line: string): RecordingHeader | null {
  const value: unknown = JSON.parse(line);
  const isHeader = isObject(value) && value.type === 'header' && Number.isInteger(value.schema);
  return isHeader ? (value as unknown as RecordingHeader) : null;
}
