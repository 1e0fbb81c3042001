/** Copies of a store: each bot sees its own changes at once, and all see the same in the end. */
import { describe, expect, it } from 'vitest';
import { createMemoryStore, storeLimits } from '../../src/bot/store-map.js';
import { StoreError } from '../../src/protocol/errors.js';
import { createStoreHub, type StoreHub } from '../../src/store/store-hub.js';
import { createStoreReplica, type StoreUpdate } from '../../src/store/store-replica.js';

/** A copy whose messages wait on both ways until the test lets them pass. */
function copyOf(hub: StoreHub) {
  const toBot: StoreUpdate[][] = [];
  const toHub: unknown[] = [];
  const copy = hub.copy((updates) => toBot.push(updates));
  const replica = createStoreReplica(copy.entries, (change) => toHub.push(change));
  return {
    store: replica.store,
    toHub,
    up: () => toHub.splice(0).forEach((change) => copy.take(change)),
    down: () => toBot.splice(0).forEach((updates) => replica.take(updates)),
    take: copy.take,
  };
}

describe('copies of a store', () => {
  it('have what was there, and hear of what changes', () => {
    const hub = createStoreHub();
    hub.store.set('a', { folds: 3 });
    const bot = copyOf(hub);
    expect(bot.store.get('a')).toEqual({ folds: 3 });
    hub.store.set('b', [1, 2]);
    hub.store.delete('a');
    bot.down();
    expect(bot.store.entries()).toEqual([['b', [1, 2]]]);
  });

  it('agree on one order, however the messages pass each other', () => {
    const hub = createStoreHub();
    const [one, two] = [copyOf(hub), copyOf(hub)];
    one.store.set('k', 'one');
    two.store.set('k', 'two');
    expect([one.store.get('k'), two.store.get('k')]).toEqual(['one', 'two']);
    one.up();
    // It hears of the other's change, and still sees its own, which comes later.
    two.down();
    expect(two.store.get('k')).toBe('two');
    two.up();
    one.down();
    two.down();
    expect([one.store.get('k'), two.store.get('k'), hub.store.get('k')]).toEqual(['two', 'two', 'two']);
  });

  it('sum what several add at the same time, and never see less than they added', () => {
    const hub = createStoreHub();
    const [one, two] = [copyOf(hub), copyOf(hub)];
    expect([one.store.add('n', 1), one.store.add('n', 1), two.store.add('n', 5)]).toEqual([1, 2, 5]);
    one.up();
    two.down();
    expect(two.store.get('n')).toBe(7);
    two.up();
    one.down();
    two.down();
    expect([one.store.get('n'), two.store.get('n'), hub.store.get('n')]).toEqual([7, 7, 7]);
  });

  it('drop what is no change: anything may come from a thread with a bot in it', () => {
    const hub = createStoreHub();
    const bot = copyOf(hub);
    for (const change of [
      null,
      'x',
      {},
      { key: 'a' },
      { key: 'a', text: '{' },
      { key: '', text: '1' },
      { key: 'a', by: '1' },
    ])
      bot.take(change);
    expect(hub.store.size).toBe(0);
  });

  it('give up what the writer has no room for, which is told once', () => {
    const told: string[] = [];
    const hub = createStoreHub({ onTrouble: (message) => told.push(message) });
    const [one, two] = [copyOf(hub), copyOf(hub)];
    const big = 'x'.repeat(storeLimits.maxValueLength - 2);
    for (let index = 0; index < 20; index += 1) one.store.set(`one ${index}`, big);
    for (let index = 0; index < 20; index += 1) two.store.set(`two ${index}`, big);
    for (const bot of [one, two]) bot.up();
    for (const bot of [one, two]) bot.down();
    expect(hub.store.size).toBe(31);
    expect([one.store.size, two.store.size]).toEqual([31, 31]);
    expect(told.filter((message) => message.includes('is full'))).toHaveLength(1);
  });
});

describe('what a store takes', () => {
  const whyOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return error instanceof StoreError ? `${error.code} ${error.why}` : error;
    }
    return null;
  };

  it('is JSON of a limited size below keys of a limited size', () => {
    const store = createMemoryStore();
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const odd = (value: unknown) => whyOf(() => store.set('k', value as never));
    expect([odd(undefined), odd(() => 1), odd(1n), odd(loop)]).toEqual(
      Array.from({ length: 4 }, () => 'store_refused no_json'),
    );
    expect(odd('x'.repeat(storeLimits.maxValueLength))).toBe('store_refused too_large');
    expect(whyOf(() => store.set('', 1))).toBe('store_refused bad_key');
    expect(whyOf(() => store.set('x'.repeat(storeLimits.maxKeyLength + 1), 1))).toBe('store_refused bad_key');
    store.set('text', 'a');
    expect(whyOf(() => store.add('text', 1))).toBe('store_refused not_a_number');
    expect(whyOf(() => store.add('n', Number.NaN))).toBe('store_refused not_a_number');
    expect(store.entries()).toEqual([['text', 'a']]);
  });

  it('is a copy: what the bot goes on with changes nothing', () => {
    const store = createMemoryStore();
    const counts = { folds: 1 };
    store.set('counts', counts);
    counts.folds = 2;
    expect(store.get('counts')).toEqual({ folds: 1 });
    (store.get('counts') as { folds: number }).folds = 3;
    expect(store.get('counts')).toEqual({ folds: 1 });
  });

  it('has room again when something is deleted', () => {
    const store = createMemoryStore();
    const big = 'x'.repeat(storeLimits.maxValueLength - 2);
    for (let index = 0; index < 31; index += 1) store.set(`${index}`, big);
    expect(whyOf(() => store.set('more', big))).toBe('store_refused full');
    expect(store.delete('0')).toBe(true);
    expect(store.delete('0')).toBe(false);
    expect(whyOf(() => store.set('more', big))).toBeNull();
  });

  it('keeps names of every object as keys like others', () => {
    const store = createMemoryStore();
    expect(store.get('__proto__')).toBeUndefined();
    store.set('__proto__', { a: 1 });
    store.set('a\u2028b', 'line');
    expect(store.entries()).toEqual([
      ['__proto__', { a: 1 }],
      ['a\u2028b', 'line'],
    ]);
    expect(store.entries('a')).toHaveLength(1);
  });
});
