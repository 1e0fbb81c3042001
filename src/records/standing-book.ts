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

/** A book of bots: it grows with their number only. */
export function createStandingBook(): StandingBook {
  const standings = new Map<string, BotStanding>();
  const standingOf = (botId: string): BotStanding => standings.get(botId) ?? fresh;

  return {
    of: standingOf,
    count(seats, { holeCards, stacks, stacksAfter, bigBlind }) {
      for (const [index, { botId }] of seats.entries()) {
        if (botId === null || holeCards[index]?.length === 0) continue;
        const before = standingOf(botId);
        const won = (stacksAfter[index] ?? 0) - (stacks[index] ?? 0);
        standings.set(botId, {
          ...before,
          bigBlinds: before.bigBlinds + won / bigBlind,
          hands: before.hands + 1,
        });
      }
    },
    settle({ seats, rated: isRated }) {
      const places = seats.map(({ place }) => place ?? seats.length);
      const isShared = places.filter((place) => place === 1).length > 1;
      // All of them count with what they were before this match.
      const ratings = seats.map(({ botId }) => (botId === null ? null : standingOf(botId).rating) ?? unrated);
      for (const [index, { botId }] of seats.entries()) {
        if (botId === null) continue;
        const before = standingOf(botId);
        const place = places[index] ?? seats.length;
        const games = ratings.flatMap((opponent, other): Game[] =>
          other === index ? [] : [{ opponent, score: scoreOf(place, places[other] ?? seats.length) }],
        );
        standings.set(botId, {
          ...before,
          rating: isRated ? rated(before.rating ?? unrated, games) : before.rating,
          played: before.played + 1,
          wins: before.wins + (place === 1 && !isShared ? 1 : 0),
          losses: before.losses + (place > 1 ? 1 : 0),
        });
      }
    },
  };
}

function scoreOf(place: number, other: number): number {
  if (place === other) return 0.5;
  return place < other ? 1 : 0;
}
