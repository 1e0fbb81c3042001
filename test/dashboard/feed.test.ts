import { describe, expect, it } from 'vitest';
import { createFeed, type Telling } from '../../src/dashboard/feed.js';
import type { FeedLevel } from '../../src/dashboard/page-view.js';

function telling(text: string, level: FeedLevel = 'info', onRead = () => undefined): Telling {
  return {
    at: 1,
    kind: 'turn',
    level,
    type: 'turn.answered',
    matchId: null,
    text: () => {
      onRead();
      return text;
    },
  };
}

describe('the feed', () => {
  it('tells what came after an entry, the oldest first', () => {
    const feed = createFeed();
    for (const text of ['a', 'b', 'c']) feed.add(telling(text));
    expect(feed.since(1).entries.map(({ n, text }) => `${n}${text}`)).toEqual(['2b', '3c']);
    expect(feed.since(feed.last)).toEqual({ entries: [], skipped: 0 });
  });

  it('leaves out the common before the important when there is too much, and says how many', () => {
    const feed = createFeed();
    feed.add(telling('broken', 'error'));
    for (let n = 0; n < 5_000; n += 1) feed.add(telling(`turn ${n}`));
    const { entries, skipped } = feed.since(0, 3);
    expect(entries.map(({ text }) => text)).toEqual(['broken', 'turn 4998', 'turn 4999']);
    expect(skipped).toBe(4_998);
  });

  it('makes the text of an entry when it is read, and once', () => {
    const feed = createFeed();
    let made = 0;
    feed.add(telling('a', 'good', () => void (made += 1)));
    expect(made).toBe(0);
    feed.since(0);
    feed.since(0);
    expect(made).toBe(1);
  });
});
