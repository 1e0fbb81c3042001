/**
 * The store as a bot in a thread or process of its own has it: a copy, which the one writer keeps up to date. What the bot
 * changes it sees at once; the writer decides in which order the changes of several bots count.
 */
import type { BotStore } from '../bot/bot-store.js';
import { type StoreChange, StoreMap, storeView } from '../bot/store-map.js';

/** What the writer tells of one key: its text, null for none. */
export interface StoreUpdate {
  readonly key: string;
  readonly text: string | null;
  /** It answers the oldest change of this bot that was not answered yet. */
  readonly isOwn: boolean;
}

export interface StoreReplica {
  readonly store: BotStore;
  take(updates: readonly StoreUpdate[]): void;
}

/** @param post sends a change to the writer. */
export function createStoreReplica(
  entries: Iterable<readonly [string, string]>,
  post: (change: StoreChange) => void,
): StoreReplica {
  /** As the writer has it. */
  const base = new StoreMap(entries);
  /** With the changes that the writer has not answered. */
  const seen = new StoreMap(entries);
  const pending: StoreChange[] = [];

  function look(key: string): void {
    const text = new StoreMap();
    const known = base.text(key);
    if (known !== undefined) text.put(key, known);
    for (const change of pending) {
      if (change.key !== key) continue;
      try {
        text.put(key, text.after(change));
      } catch {
        // The writer will refuse it, too.
      }
    }
    seen.put(key, text.text(key) ?? null);
  }

  return {
    store: storeView(seen, (change) => {
      const text = seen.after(change);
      post(change);
      pending.push(change);
      seen.put(change.key, text);
    }),
    take(updates) {
      for (const { key, text, isOwn } of updates) {
        if (isOwn) pending.shift();
        base.put(key, text);
        look(key);
      }
    },
  };
}

/** Whether it may be a change: it comes from a thread in which a bot runs. */
export function isStoreChange(value: unknown): value is StoreChange {
  if (typeof value !== 'object' || value === null) return false;
  const { key, text, by } = value as { key?: unknown; text?: unknown; by?: unknown };
  if (typeof key !== 'string' || key === '') return false;
  return by === undefined ? text === null || isJsonText(text) : Number.isFinite(by);
}

function isJsonText(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
