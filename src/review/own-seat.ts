/** Whose hands of a match are looked at. */
import type { CollectedMatch, MatchView } from '../histories/collection/collected-match.js';

export interface OwnSeatTerms {
  /** The name of a player, for matches of which no bot of ours is known. */
  readonly player?: string | undefined;
  /** Only matches of a bot with this label. */
  readonly label?: string | undefined;
}

export interface OwnSeat {
  readonly seat: number;
  /** Of our bot; null for a player who was named. */
  readonly view: MatchView | null;
}

/** Null: this match has no such seat. Names are the same whatever their case. */
export function ownSeatOf(match: CollectedMatch, { player, label }: OwnSeatTerms): OwnSeat | null {
  const views = [match, ...match.others].filter(
    ({ by, seat, header, result }) =>
      by === 'agent' && seat !== null && (label === undefined || (header ?? result)?.label === label),
  );
  if (player === undefined) {
    const [view] = views;
    return view?.seat === undefined || view.seat === null ? null : { seat: view.seat, view };
  }
  const seat = match.players.find(({ name }) => isSameName(name, player))?.seat;
  if (seat === undefined) return null;
  const view = views.find((one) => one.seat === seat) ?? null;
  return label !== undefined && view === null ? null : { seat, view };
}

export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
