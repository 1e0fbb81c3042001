/** Whose hands of a match are looked at. */
import type { CollectedMatch, MatchView } from '../histories/collection/collected-match.js';

export interface OwnSeatTerms {
  /** The name of a player, or the number of a seat, in place of our bot's: for files that do not say whose hands they are. */
  readonly hero?: string | undefined;
  /** Only matches of a bot with this label. */
  readonly label?: string | undefined;
}

export interface OwnSeat {
  readonly seat: number;
  /** Of our bot; null for another player. */
  readonly view: MatchView | null;
}

/** Null: this match has no such seat. Names are the same whatever their case. */
export function ownSeatOf(match: CollectedMatch, { hero, label }: OwnSeatTerms): OwnSeat | null {
  const views = [match, ...match.others].filter(
    ({ by, seat, header, result }) =>
      by === 'agent' && seat !== null && (label === undefined || (header ?? result)?.label === label),
  );
  if (hero === undefined) {
    const [view] = views;
    return view?.seat === undefined || view.seat === null ? null : { seat: view.seat, view };
  }
  const named = match.players.find(({ name }) => isSameName(name, hero));
  const seat = (named ?? match.players.find((one) => String(one.seat) === hero))?.seat;
  if (seat === undefined) return null;
  const view = views.find((one) => one.seat === seat) ?? null;
  return label !== undefined && view === null ? null : { seat, view };
}

export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
