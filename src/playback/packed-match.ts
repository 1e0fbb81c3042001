/** The hands of a match as pages get them. */
import type { CollectedMatch, MatchView } from '../histories/collection/collected-match.js';
import type { HandHistory } from '../histories/hand-history.js';
import { type Card, parseCard } from '../holdem/card.js';
import { rankHand } from '../holdem/hand-rank.js';
import { type PackedHand, type PlayedTurn, packHand } from './packed-hand.js';
import { shortText } from './page-seat.js';

/** A match in a page, or in a file for one. All text is printable. */
export interface PackedMatch {
  /** Null: the files do not tell it. */
  readonly id: string | null;
  readonly source: HandHistory['source'];
  /** Epoch milliseconds; null: unknown. */
  readonly startedAt: number | null;
  /** Everybody that the hands name. */
  readonly names: readonly string[];
  /** Our bot's seat; null: none is ours, or it is not known. */
  readonly seat: number | null;
  /** The others, or everybody where no seat is ours. */
  readonly opponents: readonly string[];
  /** What our bot was called when it played; null: not known. */
  readonly version: string | null;
  /** How many hands the match has; `hands` may be a part of them. */
  readonly total: number;
  readonly hands: readonly PackedHand[];
  /** The hands in the formats of other programs; not there: none were made. */
  readonly texts?: PackedTexts;
}

/** By format, for each hand its text, or null where the format cannot tell it; `packed` is JSON, deflated, in base64. */
export type PackedTexts = Readonly<
  Record<string, { readonly packed: string } | { readonly texts: readonly (string | null)[] }>
>;

export interface PackTerms {
  /** Leaves out hole cards that were not shown, and what bots noted. */
  readonly hideCards?: boolean;
  /** With what bots noted. Default: without, as a note may tell how a bot plays. */
  readonly withNotes?: boolean;
}

/** What is needed of a match. */
export type PackableMatch = Pick<
  CollectedMatch,
  'matchId' | 'startedAt' | 'players' | 'opponents' | 'seat' | 'hands' | 'headers'
> & { readonly decisions: MatchView['decisions'] };

/** @param chosen of its hands; default: all. */
export function packMatch(
  match: PackableMatch,
  terms: PackTerms = {},
  chosen: readonly HandHistory[] = match.hands,
): PackedMatch {
  const names: string[] = [];
  const nameIndex = (name: string): number => {
    const shown = shortText(name);
    const known = names.indexOf(shown);
    return known === -1 ? names.push(shown) - 1 : known;
  };
  const turns = turnsByHand(match, terms);
  return {
    id: match.matchId,
    source: match.hands[0]?.source ?? 'recording',
    startedAt: match.startedAt,
    names,
    seat: match.seat,
    opponents: match.opponents.map((name) => shortText(name)),
    version: versionOf(match.headers),
    total: match.hands.length,
    hands: chosen.map((full) => {
      const hand = terms.hideCards === true ? withoutHidden(full) : full;
      return packHand({ hand, ranks: ranksOf(hand), turns: turns.get(hand.handNumber) ?? [] }, nameIndex);
    }),
  };
}

/** Without hole cards that were not shown. */
export function withoutHidden(hand: HandHistory): HandHistory {
  return { ...hand, seats: hand.seats.map((seat) => (seat.hasShown ? seat : { ...seat, cards: null })) };
}

const shortHash = 8;

/** The last process that went on with a match tells it. */
function versionOf(headers: PackableMatch['headers']): string | null {
  const last = headers.at(-1);
  const hash = last?.played?.hash?.slice(0, shortHash) ?? null;
  const label = last?.label ?? null;
  if (label === null) return hash;
  return shortText(hash === null ? label : `${label} (${hash})`, 60);
}

/** What the seats showed, where the board is whole. */
function ranksOf({ seats, board }: HandHistory): ReadonlyMap<number, string> {
  const common = cardsOf(board);
  const ranks = new Map<number, string>();
  if (common.length !== 5) return ranks;
  for (const { seat, cards, hasShown } of seats) {
    const own = cardsOf(cards ?? []);
    if (!hasShown || own.length !== 2 || new Set([...own, ...common]).size !== 7) continue;
    ranks.set(seat, rankHand([...own, ...common]).name);
  }
  return ranks;
}

const cardsOf = (texts: readonly string[]): Card[] => texts.flatMap((text) => parseCard(text) ?? []);

function turnsByHand(
  { decisions }: PackableMatch,
  { hideCards = false, withNotes = false }: PackTerms,
): ReadonlyMap<number | null, readonly PlayedTurn[]> {
  const turns = new Map<number | null, PlayedTurn[]>();
  for (const { handNumber, position, latencyMs, source, note } of decisions) {
    if (handNumber === null || position === null) continue;
    const own = turns.get(handNumber) ?? [];
    turns.set(handNumber, own);
    const ms = latencyMs === null ? null : Math.round(latencyMs * 10) / 10;
    own.push({ position, latencyMs: ms, source, note: withNotes && !hideCards ? note : null });
  }
  return turns;
}
