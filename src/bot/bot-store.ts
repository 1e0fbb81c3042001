/** What a bot has learned, kept for its other matches and for later sessions (docs/store.md). */

/** What JSON can hold. */
export type StoredValue =
  | string
  | number
  | boolean
  | null
  | readonly StoredValue[]
  | { readonly [name: string]: StoredValue };

/**
 * Keys and values. One store belongs to all matches of an agent, wherever its bots play: what one sets, the others see
 * after a moment, and its own bot sees at once. Nothing here waits for the disk.
 */
export interface BotStore {
  /** A copy, read anew at each call; undefined where there is none. */
  get(key: string): StoredValue | undefined;
  /**
   * Of two matches that set the same key, the later one counts: use `add` for what several count together.
   *
   * @throws {StoreError} for a key or value that cannot be kept: `why` says which limit, or that it is no JSON.
   */
  set(key: string, value: StoredValue): void;
  /**
   * Adds to a number, from 0 where there is none, whatever other matches add at the same time.
   *
   * @returns what this bot sees then.
   * @throws {StoreError} as `set`; `not_a_number` where something else is kept.
   */
  add(key: string, by: number): number;
  /** @returns whether there was one. */
  delete(key: string): boolean;
  /** In the order of the keys. @param prefix of the keys that are wanted. Default: all. */
  entries(prefix?: string): [key: string, value: StoredValue][];
  /** How many keys there are. */
  readonly size: number;
}

const place = Symbol.for('chipzen-agent.store');

type Holder = Partial<Record<typeof place, BotStore>>;

const shared = globalThis as Holder;

/** The store for bots that are made meanwhile, so that constructors have it. @returns what was returned. */
export function makingWith<T>(store: BotStore | undefined, make: () => T): T {
  const before = shared[place];
  if (store !== undefined) shared[place] = store;
  try {
    return make();
  } finally {
    if (before === undefined) delete shared[place];
    else shared[place] = before;
  }
}

/** The store for all bots of this thread from now on: it has one agent. */
export function provideStore(store: BotStore): void {
  shared[place] = store;
}

/** Gives a bot its store as `store`; one that has something of its own by this name keeps that. */
export function giveStore(bot: object, store: BotStore): void {
  try {
    // An instance that plays for another agent next has that one's store.
    const { [place]: before } = bot as Holder;
    const isOwn =
      'store' in bot && (before === undefined || bot.store !== before || !Object.hasOwn(bot, 'store'));
    Object.defineProperty(bot, place, { value: store, configurable: true, enumerable: false });
    if (isOwn) return;
    Object.defineProperty(bot, 'store', {
      value: store,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  } catch {
    // A frozen object goes without.
  }
}

/**
 * What `bot.store` is: the store of its host, or of the host that makes it now.
 *
 * @param alone makes one for a bot that nobody hosts, as in a test of it.
 */
export function storeOf(bot: object, alone: () => BotStore): BotStore {
  const holder = bot as Holder;
  const store = holder[place] ?? shared[place];
  if (store !== undefined) return store;
  const own = alone();
  Object.defineProperty(bot, place, { value: own, configurable: true, enumerable: false });
  return own;
}
