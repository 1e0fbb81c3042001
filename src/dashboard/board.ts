/**
 * Everything the page shows, with a version for each part. A reader says which version it has seen and gets what is
 * newer: a slow reader gets the sum of all changes, and there is no queue for anybody.
 */

import type { TableView } from '../playback/shown-table.js';
import { createLatencyBars, type LatencyBars } from '../report/latency-bars.js';
import { type ChipSeries, createChipSeries } from './chip-series.js';
import { createFeed, type Feed } from './feed.js';
import { type Changes, limits, type MatchDetail, type MatchRow, type SessionView } from './page-view.js';
import type { StateTrail } from './state-trail.js';

/** One match. A change of a part has to be reported with `touch`. */
export interface MatchEntry {
  readonly matchId: string;
  /** Counted from 1. A match that is played again keeps its number. */
  readonly number: number;
  row(): MatchRow;
  trail: StateTrail | null;
  /** What is shown of the table. */
  tableView(): TableView | null;
  readonly chips: ChipSeries;
  readonly latency: LatencyBars;
  readonly versions: Record<Part, number>;
  isOver: boolean;
}

/** The number is the board's to give. */
export type UnnumberedRow = Omit<MatchRow, 'number'>;

export type Part = 'row' | 'state' | 'table' | 'chips' | 'latency';

/** What one reader has seen. */
export interface Cursor {
  version: number;
  feed: number;
  /** The match that it looks at; null: none. */
  watched: string | null;
  /** The match whose details it has. */
  shown: string | null;
}

export interface Board {
  readonly feed: Feed;
  /** Grows with each change. */
  readonly version: number;
  /** Calls the listener at each change. Returns the function that stops it. */
  onChange(listener: () => void): () => void;
  match(matchId: string): MatchEntry | undefined;
  /** @param tableView Default: there is no table to show. */
  addMatch(matchId: string, row: () => UnnumberedRow, tableView?: () => TableView | null): MatchEntry;
  touch(entry: MatchEntry, ...parts: Part[]): void;
  touchSession(): void;
  /** To be called when a match is over. The oldest ended matches are forgotten when there are too many. */
  end(entry: MatchEntry): void;
  matches(): Iterable<MatchEntry>;
  /** What is new for this reader, and marks it as seen; null when nothing is new. */
  read(cursor: Cursor, now: number): Changes | null;
}

export function newCursor(watched: string | null): Cursor {
  return { version: -1, feed: 0, watched, shown: null };
}

export function createBoard(session: () => SessionView): Board {
  const entries = new Map<string, MatchEntry>();
  const over = new Set<string>();
  const listeners = new Set<() => void>();
  const feed = createFeed();
  let version = 0;
  let sessionVersion = 0;
  let matchesSeen = 0;

  function change(): number {
    version += 1;
    for (const listener of listeners) listener();
    return version;
  }

  function detailOf(cursor: Cursor): MatchDetail | null | undefined {
    const entry = cursor.watched === null ? undefined : entries.get(cursor.watched);
    if (entry === undefined) return cursor.shown === null && cursor.version >= 0 ? undefined : null;
    const isNew = (part: Part) => entry.versions[part] > cursor.version;
    const detail: MatchDetail = { matchId: entry.matchId };
    if (isNew('state')) detail.state = entry.trail?.view ?? null;
    if (isNew('table')) detail.table = entry.tableView();
    if (isNew('chips')) detail.chips = entry.chips.view();
    if (isNew('latency')) detail.latency = entry.latency.view();
    return Object.keys(detail).length > 1 ? detail : undefined;
  }

  return {
    feed,
    get version() {
      return version;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    match: (matchId) => entries.get(matchId),
    addMatch(matchId, row, tableView = () => null) {
      const first = change();
      const number = entries.get(matchId)?.number ?? matchesSeen + 1;
      matchesSeen = Math.max(matchesSeen, number);
      const entry: MatchEntry = {
        matchId,
        number,
        row: () => ({ ...row(), number }),
        trail: null,
        tableView,
        chips: createChipSeries(),
        latency: createLatencyBars(),
        versions: { row: first, state: first, table: first, chips: first, latency: first },
        isOver: false,
      };
      over.delete(matchId);
      // An abandoned match that is played again counts as new.
      entries.delete(matchId);
      entries.set(matchId, entry);
      return entry;
    },
    touch(entry, ...parts) {
      const next = change();
      for (const part of parts) entry.versions[part] = next;
    },
    touchSession() {
      sessionVersion = change();
    },
    end(entry) {
      entry.isOver = true;
      over.add(entry.matchId);
      const [oldest] = over;
      if (over.size > limits.endedMatches && oldest !== undefined) {
        over.delete(oldest);
        entries.delete(oldest);
      }
      entry.versions.row = change();
    },
    matches: () => entries.values(),
    read(cursor, now) {
      if (cursor.version === version && cursor.feed === feed.last) return null;
      const isFirst = cursor.version < 0;
      const rows = [...entries.values()].filter(({ versions }) => versions.row > cursor.version);
      const detail = detailOf(cursor);
      const { entries: told, skipped } = isFirst
        ? feed.since(0, limits.feedEntries)
        : feed.since(cursor.feed);
      const changes: Changes = {
        now,
        ...((isFirst || sessionVersion > cursor.version) && { session: session() }),
        matches: rows.map((entry) => entry.row()),
        ...(detail !== undefined && { detail }),
        feed: told,
        skipped: isFirst ? 0 : skipped,
      };
      cursor.version = version;
      cursor.feed = feed.last;
      if (detail !== undefined) cursor.shown = detail?.matchId ?? null;
      return changes;
    },
  };
}
