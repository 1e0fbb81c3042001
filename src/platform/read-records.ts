/** Reads matches, replays and bots of the public records (docs/protocol.md 7). */
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import { flagOf, instantOf, numberOf, rowsOf, textOf, wholeOf } from './fields.js';
import { type ReadHands, readReplayRows } from './read-hands.js';

/** One seat of a match. */
export interface Participant {
  /** Null: not told. The match's own record tells it. */
  seat: number | null;
  name: string | null;
  botId: string | null;
  /** Null: not over, or without a result. */
  netChips: number | null;
  /** Only in the match's own record. */
  handsWon: number | null;
}

/** One match. What is null was not told. */
export interface RecordedMatch {
  matchId: string;
  /** `poker` for the games of this package. */
  gameType: string | null;
  matchType: string | null;
  /** `completed` when it is over in the ordinary way. */
  status: string | null;
  rated: boolean | null;
  /** Epoch milliseconds. */
  startedAt: number | null;
  /** Two, or more at a sit-and-go. */
  participants: readonly Participant[];
}

/** A bot as everybody can see it. What is null was not told, or is not known yet. */
export interface PublicBot {
  rating: number | null;
  ratingDeviation: number | null;
  matchesPlayed: number | null;
  wins: number | null;
  losses: number | null;
  bbPer100: number | null;
  bbHandsCounted: number | null;
  botKind: string | null;
  llmAuthorModel: string | null;
}

/** The whole of a match in the words of `/replay`. */
export interface Replay extends ReadHands {
  players: readonly { seat: number | null; name: string | null }[];
  results: readonly { name: string | null; netChips: number | null }[];
}

/** Null for what is not a match. */
export function readMatch(row: JsonObject): RecordedMatch | null {
  const matchId = textOf(row['id']) ?? textOf(row['match_id']);
  const participants = rowsOf(row['participants']);
  if (matchId === null || participants === null) return null;
  return {
    matchId,
    gameType: textOf(row['game_type']),
    matchType: textOf(row['match_type']),
    status: textOf(row['status']),
    rated: flagOf(row['rated']),
    startedAt: instantOf(row['started_at']),
    participants: participants.rows.map(readParticipant),
  };
}

function readParticipant(row: JsonObject): Participant {
  return {
    seat: wholeOf(row['seat']),
    name: textOf(row['name']) ?? textOf(row['display_name']),
    botId: textOf(row['bot_id']),
    netChips: numberOf(row['net_chips']),
    handsWon: wholeOf(row['hands_won']),
  };
}

export function readPublicBot(row: JsonObject): PublicBot {
  return {
    rating: numberOf(row['rating']),
    ratingDeviation: numberOf(row['rating_deviation']),
    matchesPlayed: wholeOf(row['matches_played']),
    wins: wholeOf(row['wins']),
    losses: wholeOf(row['losses']),
    bbPer100: numberOf(row['bb_per_100']),
    bbHandsCounted: wholeOf(row['bb_hands_counted']),
    botKind: textOf(row['bot_kind']),
    llmAuthorModel: textOf(row['llm_author_model']),
  };
}

/** Null for what is not a replay. */
export function readReplay(body: JsonObject): Replay | null {
  const { metadata, hands } = body;
  if (!Array.isArray(hands)) return null;
  const about = isObject(metadata) ? metadata : {};
  return {
    players: (rowsOf(about['players'])?.rows ?? []).map(({ seat, name }) => ({
      seat: wholeOf(seat),
      name: textOf(name),
    })),
    results: (rowsOf(about['final_result'])?.rows ?? []).map(({ name, net_chips }) => ({
      name: textOf(name),
      netChips: numberOf(net_chips),
    })),
    ...readReplayRows(hands),
  };
}
