/** Copies of machine contexts and events that may leave the process: plain data of limited size without secrets. */
import { tokenPrefix } from '../protocol/credential.js';
import { createMask, isMaskable } from '../protocol/redact.js';
import { hideCardsIn, isCard, isClosedKey, isOpenKey } from './hidden-cards.js';

export const plainLimits = {
  maxDepth: 20,
  /** The most entries of an object or list. */
  maxEntries: 200,
  maxTextLength: 2_000,
  /** Roughly the most bytes of a copy; the rest is left out. */
  maxSize: 65_536,
  /** The size that each value counts besides its text. */
  entrySize: 8,
} as const;

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

export interface PlainOptions {
  /** Texts to mask. Whatever looks like a bot's token is also masked. */
  secrets: readonly string[];
  hideCards: boolean;
}

const cut = '[cut]';
const hidden = '[hidden]';

/** Makes the function that copies. It never throws, whatever is in the value. */
export function createPlain({ secrets, hideCards }: PlainOptions): (value: unknown) => Plain {
  const known = secrets.filter(isMaskable);
  const hide = createMask(known).text;

  /** The longest part of a secret that may be cut off: each character can be an escape of six characters. */
  const margin = 6 * Math.max(0, ...known.map(({ length }) => length));

  /** Shorter text holds neither a token nor a secret. */
  const mask = (text: string): string => (text.length < tokenPrefix.length ? text : hide(text));

  /** Masks before it cuts, or half of a secret could remain; only the beginning of a huge text is masked and kept. */
  function textOf(text: string, isOpen: boolean): string {
    const { maxTextLength } = plainLimits;
    const isHuge = text.length > 4 * maxTextLength;
    const masked = mask(isHuge ? text.slice(0, 4 * maxTextLength) : text);
    const whole = isHuge ? masked.slice(0, Math.max(0, masked.length - margin)) : masked;
    const shown = hideCards && !isOpen ? hideCardsIn(whole) : whole;
    return isHuge || shown.length > maxTextLength ? `${shown.slice(0, maxTextLength)}${cut}` : shown;
  }

  return (root) => {
    let room: number = plainLimits.maxSize;
    const within = new Set<object>();

    function copy(value: unknown, depth: number, isOpen: boolean): Plain {
      room -= plainLimits.entrySize;
      if (room < 0) return cut;
      switch (typeof value) {
        case 'string': {
          const text = textOf(value, isOpen);
          room -= text.length;
          return text;
        }
        case 'number':
          return Number.isFinite(value) ? value : String(value);
        case 'boolean':
          return value;
        case 'function':
          return { type: textOf(value.name, true) };
        case 'object':
          return value === null ? null : copyObject(value, depth, isOpen);
        case 'bigint':
        case 'symbol':
          return textOf(String(value), isOpen);
        case 'undefined':
          return null;
      }
    }

    function copyObject(value: object, depth: number, isOpen: boolean): Plain {
      if (within.has(value)) return '[circular]';
      if (depth >= plainLimits.maxDepth) return cut;
      within.add(value);
      try {
        return copyEntries(value, depth, isOpen);
      } catch {
        return '[unreadable]';
      } finally {
        within.delete(value);
      }
    }

    function copyEntries(value: object, depth: number, isOpen: boolean): Plain {
      if ('toJSON' in value && typeof value.toJSON === 'function') {
        return copy(value.toJSON(), depth + 1, isOpen);
      }
      if (Array.isArray(value)) {
        return value.slice(0, plainLimits.maxEntries).map((item) => copy(item, depth + 1, isOpen));
      }
      if (value instanceof Error) return copy({ name: value.name, message: value.message }, depth, isOpen);
      if (hideCards && !isOpen && isCard(value)) return hidden;
      const copied: { [key: string]: Plain } = {};
      for (const key of Object.keys(value).slice(0, plainLimits.maxEntries)) {
        const item: unknown = (value as Record<string, unknown>)[key];
        // This key would set the prototype of the copy.
        if (item === undefined || key === '__proto__') continue;
        room -= key.length;
        copied[textOf(key, isOpen)] =
          hideCards && isClosedKey(key) ? hidden : copy(item, depth + 1, isOpen || isOpenKey(key));
        if (room < 0) break;
      }
      return copied;
    }

    return copy(root, 0, false);
  };
}
