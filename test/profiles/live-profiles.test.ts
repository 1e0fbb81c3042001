/** Profiles that a bot keeps while it plays: the same counts as from the records of its matches. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bot, type BotHooks } from '../../src/bot/bot.js';
import { createMemoryStore } from '../../src/bot/store-map.js';
import { Action } from '../../src/holdem/action.js';
import { createPlatformClient } from '../../src/platform/index.js';
import { openProfiles } from '../../src/profiles/live-profiles.js';
import { newTally } from '../../src/profiles/match-tally.js';
import { createProfileBook } from '../../src/profiles/profile-book.js';
import { storedTallies, storedTally, storeTally } from '../../src/profiles/stored-tallies.js';
import { countScouted } from '../../src/scout/scouted-hands.js';
import { createStoreHub } from '../../src/store/store-hub.js';
import { afterTest } from '../kit/after-test.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';

const seen: unknown[] = [];

class Watcher extends Bot {
  readonly profiles = openProfiles(this);
  starts = 0;

  override onMatchStart() {
    this.starts += 1;
    seen.push(this.profiles.opponents());
  }

  decide() {
    const [opponent = ''] = this.profiles.opponents();
    const { hands } = this.profiles.profile(opponent);
    seen.push(hands);
    return Action.call();
  }
}

describe('a bot that follows its opponents', () => {
  it('counts what the records of the platform tell, over matches and sessions', async () => {
    const { sandbox } = await openPlatform({ maxHands: 12 });
    const { botId, lobbyUrl, token } = sandbox.addBot();
    const store = join(makeFolder(), 'store.jsonl');
    const ids: string[] = [];
    seen.length = 0;
    for (let session = 0; session < 2; session += 1) {
      const { done, events } = startAgent(Watcher, { lobbyUrl, token }, { store, maxMatches: 2 });
      await events.next('lobby.listening');
      for (let count = 0; count < 2; count += 1) {
        const { matchId } = await sandbox.dispatch(botId, { opponent: 'tight-aggressive' });
        await sandbox.result(matchId);
        ids.push(matchId);
      }
      await done;
      expect(events.all.filter(({ type }) => type === 'bot.failed')).toEqual([]);
    }
    const client = createPlatformClient({ apiUrl: sandbox.url, recordPaceMs: 0 });
    afterTest(() => client.close());
    const book = createProfileBook();
    for (const matchId of ids) {
      const match = await client.records.match(matchId);
      const hands = await client.records.handRows(matchId);
      countScouted(book, { match, hands, source: 'hands', askedAt: 0, metadata: null }, []);
    }
    const hub = createStoreHub({ path: store });
    await hub.open();
    const [opponent] = seen[0] as string[];
    const live = openProfiles({}, { store: hub.store }).profile(opponent ?? '');
    const told = book.profile(opponent ?? '');
    await hub.close();
    expect(live.hands).toBeGreaterThan(20);
    // Of cards that were not shown only the records know, and times are the recorder's own.
    const hidden = new Set(['bigBetAir', 'smallBetAir', 'riverBluff', 'showdownWon']);
    const comparable = ({ shares, ...profile }: typeof live) => ({
      ...profile,
      shares: Object.entries(shares).filter(([name]) => !hidden.has(name)),
      firstAt: null,
      lastAt: null,
    });
    expect(comparable(live)).toEqual(comparable(told));
    // It grew while the bot played.
    expect(seen.filter((hands) => typeof hands === 'number' && hands > 0).length).toBeGreaterThan(10);
  });

  it('runs the hooks that it has itself', () => {
    const bot = new Watcher();
    const frame = { type: 'match_start', match_id: 'm1', seats: [] };
    void (bot as BotHooks).onMatchStart?.(frame as never);
    expect(bot.starts).toBe(1);
  });
});

describe('tallies in a store', () => {
  const tallyOf = (matchId: string, hands: number, at: number) => {
    const tally = newTally(matchId, at);
    for (let number = 1; number <= hands; number += 1) tally.numbers.add(number);
    tally.hands = hands;
    tally.counts.shares[1] = hands;
    tally.counts.nodes.set('preflop:Ur', [1, 2, 3]);
    return tally;
  };

  it('come back as they were, and one match has one', () => {
    const store = createMemoryStore();
    const name = 'bot/ with \u2028 odd name';
    storeTally(store, name, tallyOf('m1', 3, 5));
    const tally = tallyOf('m1', 7, 5);
    tally.numbers.delete(4);
    storeTally(store, name, tally);
    expect(storedTallies(store, name)).toEqual([tally]);
    expect(storedTally(store, name, 'm2')).toBeNull();
    expect(storedTallies(store, 'other')).toEqual([]);
  });

  it('that somebody has changed are none', () => {
    const store = createMemoryStore();
    storeTally(store, 'a', tallyOf('m1', 3, 5));
    const [[key, value] = ['', null]] = store.entries();
    store.set(key, { ...(value as object), shares: [1] });
    expect(storedTallies(store, 'a')).toEqual([]);
  });

  it('make room for newer ones in a full store', () => {
    const store = createMemoryStore();
    for (let index = 0; index < 10; index += 1) storeTally(store, 'a', tallyOf(`m${index}`, 3, 10 - index));
    const big = 'x'.repeat(200_000);
    for (let index = 0; ; index += 1) {
      try {
        store.set(`k${index}`, big);
      } catch {
        break;
      }
    }
    for (let index = 0; ; index += 1) {
      try {
        store.set(`s${index}`, 'x'.repeat(50));
      } catch {
        break;
      }
    }
    storeTally(store, 'a', tallyOf('newest', 3, 100));
    const ids = storedTallies(store, 'a').map(({ matchId }) => matchId);
    expect(ids).toContain('newest');
    expect(ids).not.toContain('m9');
    expect(ids).toHaveLength(10);
  });
});
