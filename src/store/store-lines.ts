/** The lines of a store's file: a header, then what was set and deleted, the newest last. */

import { StoreMap } from '../bot/store-map.js';
import { isObject } from '../protocol/checks.js';
import { maskTokensInJson } from '../protocol/redact.js';

const schema = 1;

export const storeHeader = `${JSON.stringify({ schema, what: 'chipzen-agent store' })}\n`;

/**
 * A line without what looks like a bot's token: a name that a server gave may be one.
 *
 * @param text JSON, or null: the key is deleted.
 */
export function storeLine(key: string, text: string | null): string {
  const value = text === null ? '' : `,"value":${text}`;
  return `${maskTokensInJson(`{"key":${JSON.stringify(key)}${value}}`)}\n`;
}

export interface ReadStore {
  readonly map: StoreMap;
  /** The last line has no end: whoever wrote it was killed. */
  readonly isTorn: boolean;
  /** The numbers of lines that cannot be read. */
  readonly damaged: readonly number[];
}

/** Null for what is no store. */
export function readStoreText(text: string): ReadStore | null {
  // Only a line feed ends a line: other separators may stand in texts.
  const lines = text.split('\n');
  const tail = lines.pop() ?? '';
  const header = parsed(lines[0] ?? tail);
  if (!isObject(header) || header['schema'] !== schema) return null;
  const map = new StoreMap();
  const damaged: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (index > 0 && !take(map, line)) damaged.push(index + 1);
  }
  // A last line that is whole is one although its end is missing.
  const isTorn = tail !== '' && lines.length > 0 && !take(map, tail);
  return { map, isTorn, damaged };
}

function take(map: StoreMap, line: string): boolean {
  const entry = parsed(line);
  if (!isObject(entry) || typeof entry['key'] !== 'string') return false;
  map.put(entry['key'], 'value' in entry ? JSON.stringify(entry['value']) : null);
  return true;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
