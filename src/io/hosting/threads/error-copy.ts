/**
 * What a bot threw, as a value that arrives in another thread or process. V8 writes some errors that it cannot read
 * again, such as one that is its own cause, and refuses others because of a single field.
 */
import { isText } from '../../../protocol/checks.js';
import { messageOf } from '../../../protocol/message-of.js';

const defaults = { maxCauses: 8, maxStackLength: 16_384 } as const;

/** Why a value does not arrive as it is; null where it does. */
export function obstacleTo(value: unknown): string | null {
  try {
    structuredClone(value);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * The error with its message, its stack and its causes, and nothing else. A cause that was there before, and those beyond
 * the eighth, are left out; of several errors in one the first is the cause. Never throws.
 */
export function copyOfError(error: unknown): Error {
  return copied(error, new Set());
}

function copied(error: unknown, seen: Set<unknown>): Error {
  seen.add(error);
  const copy = new Error(messageOf(error));
  const stack = fieldOf(error, 'stack');
  copy.stack = isText(stack) ? stack.slice(0, defaults.maxStackLength) : copy.message;
  const name = fieldOf(error, 'name');
  if (isText(name)) copy.name = name;
  const cause = causeOf(error);
  if (cause !== undefined && !seen.has(cause) && seen.size <= defaults.maxCauses)
    copy.cause = copied(cause, seen);
  return copy;
}

/** What stands behind an error; undefined where nothing does. */
function causeOf(error: unknown): unknown {
  const cause = fieldOf(error, 'cause');
  if (cause !== undefined && cause !== null) return cause;
  const errors = fieldOf(error, 'errors');
  return Array.isArray(errors) ? errors[0] : undefined;
}

/** Fields of what was thrown may throw as well. */
function fieldOf(error: unknown, name: 'stack' | 'name' | 'cause' | 'errors'): unknown {
  try {
    return error instanceof Error ? (error as unknown as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
