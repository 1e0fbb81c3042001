/**
 * The file of a match that was asked for: the match and its hands in the words of the platform, so that a later version of
 * the reader, and every other command that reads records, takes them as they came.
 */
import { type RecordedMatch, readMatch } from '../platform/read-records.js';
import { isObject, isText } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';

export interface ScoutedMatch {
  readonly match: RecordedMatch;
  readonly source: 'hands' | 'replay';
  /** Epoch milliseconds. */
  readonly askedAt: number;
  /** As they came. */
  readonly hands: readonly unknown[];
  /** The other fields of a replay; null for `hands`. */
  readonly metadata: JsonObject | null;
}

const schema = 1;

export function scoutedText({ match, source, askedAt, hands, metadata }: ScoutedMatch): string {
  const about = {
    schema,
    source,
    asked_at: askedAt,
    match: rowOfMatch(match),
    ...(metadata && { metadata }),
  };
  // A line for each hand: diffs and greps are of use on such files.
  const head = JSON.stringify(about).slice(0, -1);
  return `${head},"hands":[\n${hands.map((hand) => JSON.stringify(hand)).join(',\n')}\n]}\n`;
}

/** Null for what is no such file. */
export function readScouted(text: string): ScoutedMatch | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body) || body['schema'] !== schema || !Array.isArray(body['hands'])) return null;
  const { source, asked_at: askedAt, match: row, metadata = null } = body;
  const match = isObject(row) ? readMatch(row) : null;
  if (match === null || (source !== 'hands' && source !== 'replay') || typeof askedAt !== 'number')
    return null;
  return { match, source, askedAt, hands: body['hands'], metadata: isObject(metadata) ? metadata : null };
}

/** In the shape of the platform's lists (docs/protocol.md 7). */
export function rowOfMatch({
  matchId,
  gameType,
  matchType,
  status,
  rated,
  startedAt,
  participants,
}: RecordedMatch) {
  return {
    id: matchId,
    game_type: gameType,
    match_type: matchType,
    status,
    rated,
    started_at: startedAt === null ? null : new Date(startedAt).toISOString(),
    participants: participants.map(({ seat, name, botId, netChips, handsWon }) => ({
      seat,
      name,
      bot_id: botId,
      net_chips: netChips,
      ...(handsWon !== null && { hands_won: handsWon }),
    })),
  };
}

/**
 * Whether the second tells less than the first: fewer hands, else fewer with cards, else less about seats and results. A
 * refused or cut download must not replace what there is.
 */
export function isThinner(next: ScoutedMatch, before: ScoutedMatch): boolean {
  const [a, b] = [richness(next), richness(before)];
  const differing = a.findIndex((count, index) => count !== b[index]);
  return differing !== -1 && (a[differing] ?? 0) < (b[differing] ?? 0);
}

function richness({ hands, match }: ScoutedMatch): number[] {
  const rows = hands.filter(isObject);
  const withActions = rows.filter(({ actions, streets }) => hasEntries(actions) || hasEntries(streets));
  const withCards = rows.filter(({ hole_cards: cards }) => isObject(cards) && Object.keys(cards).length > 1);
  return [withActions.length, withCards.length, ...matchRichness(match)];
}

/** What is known of a match: whether it is over, then how much of its seats. */
export function matchRichness({ status, startedAt, participants }: RecordedMatch): number[] {
  const known = (field: 'seat' | 'netChips' | 'botId' | 'name' | 'handsWon') =>
    participants.filter((each) => each[field] !== null).length;
  return [
    isText(status) && status !== 'in_progress' ? 1 : 0,
    participants.length,
    known('seat') + known('name') + known('botId'),
    known('netChips'),
    known('handsWon') + (startedAt === null ? 0 : 1),
  ];
}

const hasEntries = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
