/** What the matches of a bot add up to: its rating, and what it won. */
import { type Game, type Rating, rated, unrated } from './glicko.js';
import type { PlayedHand, PlayedMatch } from './played-match.js';

/** How a bot stands after its matches that were completed. */
export interface BotStanding {
  /** Null before its first rated match. */
  readonly rating: Rating | null;
  readonly played: number;
  readonly wins: number;
  readonly losses: number;
  /** Big blinds won, less those lost, in all hands that were counted. */
  readonly bigBlinds: number;
  readonly hands: number;
}

export interface StandingBook {
  /** How a bot stands; a bot without matches has zeros. */
  readonly of: (botId: string) => BotStanding;
  /** Counts a hand for all who were dealt in. */
  count(seats: PlayedMatch['seats'], hand: PlayedHand): void;
  /** Counts a match that was completed. */
  settle(match: PlayedMatch): void;
}

const fresh: BotStanding = { rating: null, played: 0, wins: 0, losses: 0, bigBlinds: 0, hands: 0 };

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A book of bots: it grows with their number only. */
export function createStandingBook(): StandingBook {
  const standings = new Map<string, Writable<BotStanding>>();

  function entryOf(botId: string): Writable<BotStanding> {
    let entry = standings.get(botId);
    if (entry === undefined) {
      entry = { ...fresh };
      standings.set(botId, entry);
    }
    return entry;
  }

  return {
    of: (botId) => ({ ...(standings.get(botId) ?? fresh) }),
    count(seats, { holeCards, stacks, stacksAfter, bigBlind }) {
      for (const [index, { botId }] of seats.entries()) {
        if (botId === null || holeCards[index]?.length === 0) continue;
        // Written in place: this runs for each hand.
        const standing = entryOf(botId);
        const won = (stacksAfter[index] ?? 0) - (stacks[index] ?? 0);
        standing.bigBlinds += won / bigBlind;
        standing.hands += 1;
      }
    },
    settle({ seats, rated: isRated }) {
      const places = seats.map(({ place }) => place ?? seats.length);
      const isShared = places.filter((place) => place === 1).length > 1;
      // All of them count with what they were before this match.
      const ratings = seats.map(({ botId }) => (botId === null ? null : entryOf(botId).rating) ?? unrated);
      for (const [index, { botId }] of seats.entries()) {
        if (botId === null) continue;
        const standing = entryOf(botId);
        const place = places[index] ?? seats.length;
        const games = ratings.flatMap((opponent, other): Game[] =>
          other === index ? [] : [{ opponent, score: scoreOf(place, places[other] ?? seats.length) }],
        );
        if (isRated) standing.rating = rated(standing.rating ?? unrated, games);
        standing.played += 1;
        if (place === 1 && !isShared) standing.wins += 1;
        if (place > 1) standing.losses += 1;
      }
    },
  };
}

function scoreOf(place: number, other: number): number {
  if (place === other) return 0.5;
  return place < other ? 1 : 0;
}
