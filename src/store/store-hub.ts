/** The one writer of a store: bots on this thread use it, those in threads and processes have copies of it. */
import type { BotStore } from '../bot/bot-store.js';
import { type StoreChange, StoreMap, storeView } from '../bot/store-map.js';
import { messageOf } from '../protocol/message-of.js';
import { type Clock, systemClock } from '../time/clock.js';
import { createStoreFile } from './store-file.js';
import { isStoreChange, type StoreUpdate } from './store-replica.js';

export interface StoreHubOptions {
  /** Null: the store ends with the hub. */
  path?: string | null;
  clock?: Clock;
  /** Called with a sentence about what is wrong. */
  onTrouble?: (message: string) => void;
}

export interface StoreCopy {
  /** What the copy begins with. */
  readonly entries: [string, string][];
  /** A change that came from it. Anything else is dropped. */
  take(change: unknown): void;
  /** It gets no more updates. */
  drop(): void;
}

export interface StoreHub {
  /** For bots on this thread. */
  readonly store: BotStore;
  /** Null: there is nothing to open. @throws {OptionError} when the file is in use, or cannot be used. */
  open(): Promise<void> | null;
  /** @param post sends updates to a copy from now on. */
  copy(post: (updates: StoreUpdate[]) => void): StoreCopy;
  /** Whom troubles are told from now on. */
  tell(onTrouble: (message: string) => void): void;
  close(): Promise<void>;
}

const notKept =
  'The bot keeps something in its store, which ends with this session: name a file (run --store, option store).';

export function createStoreHub({
  path = null,
  clock = systemClock,
  onTrouble,
}: StoreHubOptions = {}): StoreHub {
  const map = new StoreMap();
  const posts = new Set<(updates: StoreUpdate[]) => void>();
  const untold: string[] = [];
  let tell = onTrouble ?? ((message: string) => void untold.push(message));
  const trouble = (message: string): void => tell(message);
  const file = path === null ? null : createStoreFile({ path, map, clock, onTrouble: trouble });
  let opening: Promise<void> | null = null;
  let isNoted = false;
  const refused = new Set<string>();

  /** @throws {StoreError} when it cannot be kept. */
  function apply(change: StoreChange, from: ((updates: StoreUpdate[]) => void) | null): void {
    const { key } = change;
    const text = map.after(change);
    map.put(key, text);
    file?.note(key);
    if (file === null && !isNoted) {
      isNoted = true;
      trouble(notKept);
    }
    for (const post of posts) post([{ key, text, isOwn: post === from }]);
  }

  return {
    store: storeView(map, (change) => apply(change, null)),
    open() {
      if (file === null) return null;
      opening ??= file.open();
      return opening;
    },
    copy(post) {
      posts.add(post);
      return {
        entries: [...map.entries()],
        take(change) {
          if (!isStoreChange(change)) return;
          try {
            apply(change, post);
          } catch (error) {
            // Several bots have filled it at once: this one has seen its change, and loses it.
            post([{ key: change.key, text: map.text(change.key) ?? null, isOwn: true }]);
            const message = messageOf(error);
            if (!refused.has(message)) trouble(message);
            refused.add(message);
          }
        },
        drop: () => void posts.delete(post),
      };
    },
    tell(next) {
      tell = next;
      for (const message of untold.splice(0)) next(message);
    },
    async close() {
      await opening?.catch(() => undefined);
      await file?.close();
    },
  };
}
