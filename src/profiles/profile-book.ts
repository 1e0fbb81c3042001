/** Counts of many bots, match by match: no hand counts twice, however often and from wherever it comes. */
import type { HandHistory } from '../histories/hand-history.js';
import { countHand, type ReadHand, readHand } from './count-hand.js';
import { type MatchTally, newTally } from './match-tally.js';
import { type BotProfile, type ProfileOptions, profileOf } from './profile.js';
import { addCounts } from './profile-statistics.js';

/** What was counted of bots, by name and match. */
export interface ProfileBook {
  /**
   * Counts a hand that is finished and conserves chips, for each seat or for one.
   *
   * @param seat its number. Default: all of them.
   * @param name of that seat's bot. Default: as the hand has it.
   * @returns whether it was new for one of them: hands are told apart by match and number.
   */
  count(hand: HandHistory, seat?: number, name?: string): boolean;
  /** Takes what was counted elsewhere; of two tallies of one match the one with more hands counts. */
  take(name: string, tally: MatchTally): void;
  names(): string[];
  /** In no order. */
  tallies(name: string): MatchTally[];
  /** What is known of a bot; with zeros for one that was never met. */
  profile(name: string, options?: ProfileOptions): BotProfile;
}

/** An empty book: give it hands, and ask it for profiles. */
export function createProfileBook(): ProfileBook {
  const books = new Map<string, Map<string, MatchTally>>();

  function tallyOf(name: string, { matchId, startedAt }: HandHistory): MatchTally {
    const book = books.get(name) ?? new Map<string, MatchTally>();
    books.set(name, book);
    // Hands of no match are one: nobody knows which belong together.
    const key = matchId ?? '';
    const tally = book.get(key) ?? newTally(key);
    book.set(key, tally);
    if (startedAt !== null) tally.startedAt = Math.min(tally.startedAt ?? startedAt, startedAt);
    return tally;
  }

  function countSeat(read: ReadHand, seat: number, name: string): boolean {
    const { handNumber } = read.hand;
    const tally = tallyOf(name, read.hand);
    if (handNumber !== null) {
      if (tally.numbers.has(handNumber)) return false;
      tally.numbers.add(handNumber);
    }
    tally.hands += 1;
    addCounts(tally.counts, countHand(read, seat));
    return true;
  }

  const tallies = (name: string) => [...(books.get(name)?.values() ?? [])];

  return {
    count(hand, seat, name) {
      if (!hand.isFinished) return false;
      const read = readHand(hand);
      const wanted = hand.seats.filter((each) => seat === undefined || each.seat === seat);
      return wanted.map((each) => countSeat(read, each.seat, name ?? each.name)).some((isNew) => isNew);
    },
    take(name, tally) {
      const book = books.get(name) ?? new Map<string, MatchTally>();
      books.set(name, book);
      const before = book.get(tally.matchId);
      if (before === undefined || tally.hands > before.hands) book.set(tally.matchId, tally);
    },
    names: () => [...books.keys()],
    tallies,
    profile: (name, options) => profileOf(name, tallies(name), options),
  };
}
