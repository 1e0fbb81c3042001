/** The keys and values of a store in memory, within their limits. Values are texts of JSON. */
import { StoreError } from '../protocol/errors.js';
import type { BotStore, StoredValue } from './bot-store.js';

export const storeLimits = {
  /** UTF-16 units. */
  maxKeyLength: 256,
  /** Of one value as JSON, in UTF-16 units. */
  maxValueLength: 256 * 1024,
  /** Of all keys and values. */
  maxTotalLength: 8 * 1024 * 1024,
} as const;

/** A text of null: the key is deleted. `by`: something is added to a number. */
export type StoreChange =
  | { readonly key: string; readonly text: string | null }
  | { readonly key: string; readonly by: number };

export class StoreMap {
  readonly #texts = new Map<string, string>();
  #length = 0;

  constructor(entries: Iterable<readonly [string, string]> = []) {
    for (const [key, text] of entries) this.put(key, text);
  }

  text(key: string): string | undefined {
    return this.#texts.get(key);
  }

  put(key: string, text: string | null): void {
    const before = this.#texts.get(key);
    if (before !== undefined) this.#length -= key.length + before.length;
    if (text === null) {
      this.#texts.delete(key);
      return;
    }
    this.#texts.set(key, text);
    this.#length += key.length + text.length;
  }

  /**
   * The text that a change leads to.
   *
   * @throws {StoreError} when it cannot be kept.
   */
  after(change: StoreChange): string | null {
    const { key } = change;
    const before = this.#texts.get(key);
    const text = 'by' in change ? sumOf(key, before, change.by) : change.text;
    if (text === null) return null;
    if (text.length > storeLimits.maxValueLength) {
      throw new StoreError(
        'too_large',
        `The value of ${shown(key)} has ${text.length} characters as JSON, and the store takes ${storeLimits.maxValueLength}: split it over several keys.`,
      );
    }
    const rest = before === undefined ? 0 : key.length + before.length;
    if (this.#length - rest + key.length + text.length > storeLimits.maxTotalLength) {
      throw new StoreError(
        'full',
        `The store is full (${storeLimits.maxTotalLength} characters): delete what is no longer needed.`,
      );
    }
    return text;
  }

  get size(): number {
    return this.#texts.size;
  }

  /** Of all keys and texts. */
  get length(): number {
    return this.#length;
  }

  entries(): IterableIterator<[string, string]> {
    return this.#texts.entries();
  }
}

function sumOf(key: string, before: string | undefined, by: number): string {
  const value: unknown = before === undefined ? 0 : JSON.parse(before);
  if (typeof value !== 'number')
    throw new StoreError('not_a_number', `${shown(key)} is no number, so that nothing can be added to it.`);
  return JSON.stringify(value + by);
}

const shown = (key: string): string => JSON.stringify(key.slice(0, 60));

/** @throws {StoreError} for what is no key. */
function requireKey(key: unknown): asserts key is string {
  if (typeof key === 'string' && key !== '' && key.length <= storeLimits.maxKeyLength) return;
  throw new StoreError(
    'bad_key',
    `A key of the store is text of 1 to ${storeLimits.maxKeyLength} characters.`,
  );
}

/** @throws {StoreError} for what JSON cannot hold. */
function textOfValue(key: string, value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // A loop, or a BigInt.
  }
  if (text !== undefined) return text;
  throw new StoreError('no_json', `What is to be kept as ${shown(key)} is no JSON: give plain data.`);
}

const valueOf = (text: string): StoredValue => JSON.parse(text) as StoredValue;

/** A store as bots see it. */
export function storeView(
  map: { text(key: string): string | undefined; size: number; entries(): Iterable<[string, string]> },
  change: (change: StoreChange) => void,
): BotStore {
  return {
    get(key) {
      const text = map.text(key);
      return text === undefined ? undefined : valueOf(text);
    },
    set(key, value) {
      requireKey(key);
      change({ key, text: textOfValue(key, value) });
    },
    add(key, by) {
      requireKey(key);
      if (!Number.isFinite(by)) throw new StoreError('not_a_number', 'What is added must be a number.');
      change({ key, by });
      return Number(map.text(key));
    },
    delete(key) {
      const isThere = map.text(key) !== undefined;
      if (isThere) change({ key, text: null });
      return isThere;
    },
    entries(prefix = '') {
      return [...map.entries()]
        .filter(([key]) => key.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, text]) => [key, valueOf(text)]);
    },
    get size() {
      return map.size;
    },
  };
}

/** A store that ends with whoever made it. */
export function createMemoryStore(): BotStore {
  const map = new StoreMap();
  return storeView(map, (change) => map.put(change.key, map.after(change)));
}
