/** Packs the hands of a match for a page. */
import type { CollectedMatch, MatchView } from '../histories/collection/collected-match.js';
import type { HandHistory } from '../histories/hand-history.js';
import { type Card, parseCard } from '../holdem/card.js';
import { rankHand } from '../holdem/hand-rank.js';
import { type PackedHand, type PlayedTurn, packHand } from './packed-hand.js';
import type { PackedHead } from './packed-match.js';
import { shortText } from './page-seat.js';

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

export interface MatchPacker {
  /** `names` grows with each hand. */
  readonly head: PackedHead;
  readonly pack: (hand: HandHistory) => PackedHand;
}

export function createMatchPacker(match: PackableMatch, terms: PackTerms = {}): MatchPacker {
  const names: string[] = [];
  const nameIndex = (name: string): number => {
    const shown = shortText(name);
    const known = names.indexOf(shown);
    return known === -1 ? names.push(shown) - 1 : known;
  };
  const turns = turnsByHand(match, terms);
  return {
    head: {
      id: match.matchId === null ? null : shortText(match.matchId, limits.idLength),
      source: match.hands[0]?.source ?? 'recording',
      startedAt: match.startedAt,
      names,
      seat: match.seat,
      opponents: match.opponents.map((name) => shortText(name)),
      version: versionOf(match.headers),
      total: match.hands.length,
    },
    pack(full) {
      const hand = terms.hideCards === true ? withoutHidden(full) : full;
      return packHand({ hand, ranks: ranksOf(hand), turns: turns.get(hand.handNumber) ?? [] }, nameIndex);
    },
  };
}

/** Without hole cards that were not shown. */
function withoutHidden(hand: HandHistory): HandHistory {
  return { ...hand, seats: hand.seats.map((seat) => (seat.hasShown ? seat : { ...seat, cards: null })) };
}

const limits = { idLength: 200, labelLength: 60, shortHash: 8 } as const;

/** The last process that went on with a match tells it. */
function versionOf(headers: PackableMatch['headers']): string | null {
  const last = headers.at(-1);
  const hash = last?.played?.hash?.slice(0, limits.shortHash) ?? null;
  const label = last?.label ?? null;
  if (label === null) return hash;
  return shortText(hash === null ? label : `${label} ${hash}`, limits.labelLength);
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
