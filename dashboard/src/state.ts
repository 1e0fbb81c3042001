/** What the page knows, and how a message changes it. Pure: the same for the browser and for tests. */
import {
  type Changes,
  type FeedEntry,
  limits,
  type MatchDetail,
  type MatchRow,
  type Opening,
} from '../../src/dashboard/page-view.js';

export type Link = 'connecting' | 'open' | 'lost' | 'crowded' | 'moved' | 'ended';

export interface PageState {
  link: Link;
  kind: Opening['kind'];
  startedAt: number;
  controls: Opening['controls'];
  session: Opening['session'] | null;
  /** By id, in the order in which they came. */
  matches: ReadonlyMap<string, MatchRow>;
  detail: MatchDetail | null;
  /** The oldest first. */
  feed: readonly FeedEntry[];
  /** Entries that the server left out since the page was opened. */
  skipped: number;
  /** How far the server's clock is ahead of ours, in ms. */
  ahead: number;
}

export const emptyState: PageState = {
  link: 'connecting',
  kind: 'agent',
  startedAt: 0,
  controls: [],
  session: null,
  matches: new Map(),
  detail: null,
  feed: [],
  skipped: 0,
  ahead: 0,
};

/** A first message, also after a lost connection: it has everything, so what was known before goes. */
export function open(state: PageState, opening: Opening, ours: number): PageState {
  const { kind, startedAt, controls } = opening;
  const fresh = { ...emptyState, link: 'open' as const, kind, startedAt, controls, skipped: state.skipped };
  return change(fresh, opening, ours);
}

export function change(state: PageState, changes: Changes, ours: number): PageState {
  return {
    ...state,
    session: changes.session ?? state.session,
    matches: changes.matches.length === 0 ? state.matches : mergeMatches(state.matches, changes.matches),
    detail: mergeDetail(state.detail, changes.detail),
    feed:
      changes.feed.length === 0 ? state.feed : [...state.feed, ...changes.feed].slice(-limits.feedEntries),
    skipped: state.skipped + changes.skipped,
    ahead: changes.now - ours,
  };
}

function mergeMatches(known: PageState['matches'], rows: readonly MatchRow[]): ReadonlyMap<string, MatchRow> {
  const merged = new Map(known);
  for (const row of rows) merged.set(row.matchId, row);
  const over = [...merged.values()].filter(({ outcome }) => outcome !== 'live');
  const surplus = over.length - limits.endedMatches;
  if (surplus > 0) {
    const oldest = over.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).slice(0, surplus);
    for (const { matchId } of oldest) merged.delete(matchId);
  }
  return merged;
}

function mergeDetail(known: MatchDetail | null, next: Changes['detail']): MatchDetail | null {
  if (next === undefined) return known;
  if (next === null || known?.matchId !== next.matchId) return next;
  return { ...known, ...next };
}

const finalStates = new Set(['stopped', 'evicted']);

/** Nothing more will come. */
export function isOver({ link, session }: PageState): boolean {
  return link === 'ended' || finalStates.has(session?.state?.active[0] ?? '');
}

/** The match to look at when nobody has chosen one: the newest live one, else the one before, else the newest. */
export function followed(matches: PageState['matches'], before: string | null): string | null {
  const current = before === null ? undefined : matches.get(before);
  if (current?.outcome === 'live') return before;
  const all = [...matches.values()];
  const live = all.filter(({ outcome }) => outcome === 'live');
  return (live.at(-1) ?? current ?? all.at(-1))?.matchId ?? null;
}
