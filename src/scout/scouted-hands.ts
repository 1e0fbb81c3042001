/** The hands of a match that was asked for, in the normal form. */

import type { RefusedHand } from '../histories/formats/hand-refusal.js';
import { historiesOfAnswer } from '../histories/formats/platform-record.js';
import type { HandHistory } from '../histories/hand-history.js';
import type { ProfileBook } from '../profiles/profile-book.js';
import { rowOfMatch, type ScoutedMatch } from './scouted-match.js';

export interface ScoutedHands {
  readonly hands: readonly HandHistory[];
  /** In no sum, and why. */
  readonly refused: readonly RefusedHand[];
}

function handsOfScouted(scouted: ScoutedMatch): ScoutedHands {
  const { match, metadata } = scouted;
  const answer = { match: rowOfMatch(match), metadata, hands: scouted.hands };
  const { hands, refused } = historiesOfAnswer(answer, { matchId: match.matchId });
  return { hands: hands.map((hand) => ({ ...hand, startedAt: hand.startedAt ?? match.startedAt })), refused };
}

/** A bot whose matches are counted: its name, and the ids that it is known by. */
export interface KnownBot {
  readonly name: string;
  readonly botIds: readonly (string | null)[];
}

/**
 * Counts a match for all of its seats. A bot that is looked for counts under the name it is looked for by, whatever it was
 * called then.
 */
export function countScouted(
  book: ProfileBook,
  scouted: ScoutedMatch,
  wanted: readonly KnownBot[],
): ScoutedHands {
  const read = handsOfScouted(scouted);
  for (const { seat, name, botId } of scouted.match.participants) {
    if (seat === null) continue;
    const known = wanted.find(
      (bot) => (botId !== null && bot.botIds.includes(botId)) || (botId === null && bot.name === name),
    );
    const told = known?.name ?? name;
    if (told === null) continue;
    for (const hand of read.hands)
      if (hand.seats.some((each) => each.seat === seat)) book.count(hand, seat, told);
  }
  return read;
}
