/**
 * The public records as the platform's players read them (docs/protocol.md 7). The same hand has two shapes, in other
 * words: those of `/hands` and those of `/replay`.
 */
import { type Card, formatCard } from '../holdem/card.js';
import type { HandAction, Street } from '../holdem/facts.js';
import type {
  BotRecordAnswer,
  HandActionRow,
  RecordedHandRow,
  RecordedMatchRow,
  ReplayAnswer,
  ReplayHandRow,
  ReplayStreetRow,
} from '../protocol/http-records.js';
import type { MatchOrigin, PlayedHand, PlayedMatch } from './played-match.js';
import type { BotStanding } from './standing-book.js';

/** What the amount of a raise in `/replay` can be: which of the two the platform sends is not proven. */
export const replayRaiseMeanings = ['added', 'total'] as const;
export type ReplayRaises = (typeof replayRaiseMeanings)[number];

/** Nobody wrote down which values there are; a fixture is not marked as one. */
const matchTypes: Readonly<Record<MatchOrigin, string>> = {
  challenge: 'challenge',
  house: 'challenge',
  queue: 'matchmaking',
  fixture: 'matchmaking',
};

const streets: readonly { street: Street; from: number; to: number }[] = [
  { street: 'preflop', from: 0, to: 0 },
  { street: 'flop', from: 0, to: 3 },
  { street: 'turn', from: 3, to: 4 },
  { street: 'river', from: 4, to: 5 },
];

export function matchRow(match: PlayedMatch, { withHandsWon = false } = {}): RecordedMatchRow {
  const { matchId, origin, rated, outcome, startedAt, seats } = match;
  return {
    id: matchId,
    game_type: 'poker',
    match_type: matchTypes[origin],
    status: outcome ?? 'in_progress',
    rated,
    started_at: startedAt === null ? null : isoMicroseconds(startedAt),
    participants: seats.map(({ name, botId, netChips, handsWon }, seat) => ({
      seat,
      name,
      ...(botId !== null && { bot_id: botId }),
      net_chips: netChips,
      ...(withHandsWon && handsWon !== null && { hands_won: handsWon }),
    })),
  };
}

export function handRow({ hand, board, holeCards, winners, history }: PlayedHand): RecordedHandRow {
  return {
    hand_number: hand,
    board: board.map(formatCard).join(''),
    hole_cards: cardsBySeat(holeCards),
    winner_seats: [...winners],
    actions: withChipsAdded(history).map(
      ({ entry: { seat, action, street }, added }): HandActionRow => ({
        seat,
        action,
        amount: added,
        phase: street,
      }),
    ),
  };
}

export function replayAnswer({ seats, hands }: PlayedMatch, raises: ReplayRaises): ReplayAnswer {
  const names = seats.map(({ name }) => name);
  return {
    metadata: {
      players: names.map((name, seat) => ({ seat, name })),
      final_result: seats.map(({ name, netChips }) => ({ name, net_chips: netChips ?? 0 })),
    },
    hands: hands.map((hand) => replayHand(hand, names, raises)),
  };
}

function replayHand(played: PlayedHand, names: readonly string[], raises: ReplayRaises): ReplayHandRow {
  const { hand, stacks, stacksAfter, holeCards, board, history, shown } = played;
  const dealtIn = holeCards.flatMap((cards, seat) => (cards.length > 0 ? [seat] : []));
  return {
    hand_number: hand,
    starting_stacks: dealtIn.map((seat) => ({ seat, starting_stack: stacks[seat] ?? 0 })),
    stacks_after: Object.fromEntries(dealtIn.map((seat) => [String(seat), stacksAfter[seat] ?? 0])),
    hole_cards: cardsBySeat(holeCards),
    community_cards: board.map(formatCard),
    streets: replayStreets(board, withChipsAdded(history), names, raises),
    showdown: shown.map(({ seat, holeCards: cards, rank }) => ({
      seat,
      hole_cards: cards.map(formatCard),
      hand_rank: rank,
    })),
  };
}

function replayStreets(
  board: readonly Card[],
  history: readonly Counted[],
  names: readonly string[],
  raises: ReplayRaises,
): ReplayStreetRow[] {
  let pot = 0;
  return streets
    .filter(({ to }) => to <= board.length)
    .map(({ street, from, to }) => {
      const actions = history.filter(({ entry }) => entry.street === street);
      for (const { added } of actions) pot += added;
      return {
        street,
        community_cards: board.slice(from, to).map(formatCard),
        pot_after: pot,
        actions: actions.map(({ entry: { seat, action, amount }, added }) => ({
          seat,
          player: names[seat] ?? '',
          action_type: action,
          amount: raises === 'total' ? amount : added,
        })),
      };
    });
}

interface Counted {
  readonly entry: HandAction;
  /** The chips that it put in. */
  readonly added: number;
}

/** The table tells the total that a raise raises to. Antes do not count for it. */
function withChipsAdded(history: readonly HandAction[]): Counted[] {
  const put = new Map<string, number>();
  return history.map((entry) => {
    const { seat, street, action, amount } = entry;
    const place = `${street}:${seat}`;
    const before = put.get(place) ?? 0;
    const added = action === 'raise' ? amount - before : amount;
    if (action !== 'post_ante') put.set(place, before + added);
    return { entry, added };
  });
}

export function botAnswer(standing: BotStanding, kind: 'external_api' | 'house'): BotRecordAnswer {
  const { rating, played, wins, losses, bigBlinds, hands } = standing;
  return {
    rating: rating === null ? null : rounded(rating.rating, 1),
    rating_deviation: rating === null ? null : rounded(rating.deviation, 1),
    matches_played: played,
    wins,
    losses,
    bb_per_100: hands === 0 ? null : rounded((100 * bigBlinds) / hands, 1),
    bb_hands_counted: hands,
    bot_kind: kind,
    llm_author_model: null,
  };
}

function cardsBySeat(holeCards: readonly (readonly Card[])[]): Record<string, string[]> {
  return Object.fromEntries(
    holeCards.flatMap((cards, seat) => (cards.length > 0 ? [[String(seat), cards.map(formatCard)]] : [])),
  );
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** As the platform writes times: with six digits of a second. */
function isoMicroseconds(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
