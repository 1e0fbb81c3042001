/** Profiles of opponents for a bot that is playing: counted from its hooks, kept in its store. */
import type { BotHooks } from '../bot/bot.js';
import type { BotStore } from '../bot/bot-store.js';
import { handsOfMatch } from '../histories/collection/match-hands.js';
import { type FrameReader, noMatch, readFrames } from '../histories/collection/pieces-of-frames.js';
import { type BotProfile, type ProfileOptions, profileOf } from './profile.js';
import { createProfileBook, type ProfileBook } from './profile-book.js';
import { storedNames, storedTallies, storedTally, storeTally } from './stored-tallies.js';

/** What a bot knows of others while it plays. */
export interface LiveProfiles {
  /** What is known of a bot of this name by now: what was scouted into the store, and every hand that was played. */
  profile(name: string, options?: ProfileOptions): BotProfile;
  /** The names that something is known of. */
  names(): string[];
  /** The names of the other seats of a match; of the one that began last where none is named. */
  opponents(matchId?: string): string[];
  /** Takes a frame of a hook. Bots whose hooks are followed need not call it. */
  see(frame: { readonly type: string; readonly match_id?: string }): void;
}

/** Where profiles are kept, and by which clock. */
export interface LiveProfilesOptions {
  /** Where it is kept. Default: the bot's own store. */
  store?: BotStore;
  /** Epoch milliseconds of the wall clock. Default: the process's. */
  wallNow?: () => number;
}

/** The hooks whose frames tell of hands. */
const hooks = ['onMatchStart', 'onRoundStart', 'onTurnResult', 'onPhaseChange', 'onRoundResult'] as const;

interface FollowedMatch {
  readonly reader: FrameReader;
  readonly book: ProfileBook;
}

/**
 * Follows the hooks of this bot from now on; its own hooks run as before. To be called in its constructor, or as a field:
 * `readonly profiles = openProfiles(this)`.
 *
 * @param bot which has a store, unless the options name one.
 */
export function openProfiles(
  bot: BotHooks & { store?: unknown },
  { store: given, wallNow = Date.now }: LiveProfilesOptions = {},
): LiveProfiles {
  const matches = new Map<string, FollowedMatch>();
  const known = new Map<string, BotProfile>();
  let latest = '';
  const storeNow = (): BotStore => given ?? (bot.store as BotStore);

  function matchOf(matchId: string): FollowedMatch {
    const match = matches.get(matchId) ?? { reader: readFrames(noMatch()), book: createProfileBook() };
    matches.set(matchId, match);
    latest = matchId;
    return match;
  }

  /** Counts the hands that are over, and keeps the counts of this match. */
  function count({ reader: { match }, book }: FollowedMatch, matchId: string): void {
    const store = storeNow();
    const over = [...match.hands].filter(([, { ending }]) => ending !== null);
    const { hands } = handsOfMatch([{ ...match, hands: new Map(over) }], { matchId, source: 'recording' });
    for (const hand of hands) {
      for (const { seat, name } of hand.seats) {
        if (seat === match.seat) continue;
        // A bot that took over in this match sees hands that the one before it has counted.
        const before = storedTally(store, name, matchId);
        if (before !== null) book.take(name, before);
        book.count(hand, seat);
        const [tally] = book.tallies(name);
        if (tally !== undefined) storeTally(store, name, tally);
      }
      match.level = hand.level;
    }
    for (const [number] of over) match.hands.delete(number);
    known.clear();
  }

  function see(frame: { readonly type: string; readonly match_id?: string }): void {
    const matchId = frame.match_id ?? latest;
    if (frame.type === 'match_end') {
      matches.delete(matchId);
      return;
    }
    const followed = matchOf(matchId);
    followed.reader.take(frame, wallNow());
    if (frame.type === 'round_result') count(followed, matchId);
  }

  for (const hook of hooks) follow(bot, hook, see);

  return {
    profile(name, options) {
      if (options !== undefined) return profileOf(name, storedTallies(storeNow(), name), options);
      const profile = known.get(name) ?? profileOf(name, storedTallies(storeNow(), name));
      known.set(name, profile);
      return profile;
    },
    names: () => storedNames(storeNow()),
    opponents(matchId = latest) {
      const match = matches.get(matchId)?.reader.match;
      if (match === undefined) return [];
      return [...match.names].flatMap(([seat, name]) => (seat === match.seat ? [] : [name]));
    },
    see,
  };
}

function follow(bot: BotHooks, hook: (typeof hooks)[number], see: LiveProfiles['see']): void {
  const own = bot[hook] as ((frame: unknown) => void | Promise<void>) | undefined;
  Object.defineProperty(bot, hook, {
    value(this: unknown, frame: Parameters<LiveProfiles['see']>[0]) {
      see(frame);
      return own?.call(this, frame);
    },
    configurable: true,
    writable: true,
  });
}
