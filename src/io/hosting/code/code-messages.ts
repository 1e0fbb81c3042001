/** How source files cross the border between the agent and a bot's thread or process. */
import { isObject, isText } from '../../../protocol/checks.js';
import type { KeptFile } from './kept-files.js';

const defaults = {
  /** UTF-16 units of one message: those of a process may have 1 MB. */
  partLength: 256 * 1024,
  maxPathLength: 4_096,
} as const;

/** A part of a file that a bot's thread or process keeps, in the order of the text. */
export interface CodeMessage {
  type: 'code';
  path: string;
  form: KeptFile['form'];
  format: string | null;
  part: string;
  isLast: boolean;
}

export function codeMessages({ path, form, format, text }: KeptFile): CodeMessage[] {
  const count = Math.max(1, Math.ceil(text.length / defaults.partLength));
  return Array.from({ length: count }, (_, index) => ({
    type: 'code',
    path,
    form,
    format,
    part: text.slice(index * defaults.partLength, (index + 1) * defaults.partLength),
    isLast: index === count - 1,
  }));
}

export function isCodeMessage(value: unknown): value is CodeMessage {
  if (!isObject(value) || value.type !== 'code') return false;
  const { path, form, format, part, isLast } = value;
  return (
    isText(path) &&
    path.length <= defaults.maxPathLength &&
    (form === 'source' || form === 'module' || form === 'script' || form === 'link') &&
    (format === null || isText(format)) &&
    isText(part) &&
    part.length <= defaults.partLength &&
    typeof isLast === 'boolean'
  );
}
