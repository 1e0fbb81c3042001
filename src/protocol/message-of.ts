import { isObject, isText } from './checks.js';

const defaults = { maxLength: 1_000 } as const;

/**
 * What was thrown, as text. Never throws, although user code may throw anything, also what cannot be converted to
 * text.
 */
export function messageOf(error: unknown): string {
  try {
    if (error instanceof Error) {
      // User code may have put anything there.
      const message: unknown = error.message;
      return String(message);
    }
    if (isObject(error) && isText(error.message)) return error.message;
    const text = String(error);
    return text === '[object Object]' ? JSON.stringify(error).slice(0, defaults.maxLength) : text;
  } catch {
    return 'an error without a text';
  }
}
