/** The newest events. Important ones are kept longer, so that many turns do not displace a failure. */
import type { FeedEntry } from './page-view.js';

const defaults = { kept: 600, keptImportant: 300, perMessage: 60 } as const;

/** An entry whose text is made when it is read. */
export interface Telling extends Omit<FeedEntry, 'n' | 'text'> {
  readonly text: () => string;
}

export interface Feed {
  /** The number of the newest entry. */
  readonly last: number;
  add(telling: Telling): void;
  /** The entries after `n`, the oldest first, and how many were left out. */
  since(n: number, atMost?: number): { entries: FeedEntry[]; skipped: number };
}

interface Kept {
  n: number;
  telling: Telling;
  entry: FeedEntry | null;
}

/** Appends to a list, which is cut to the limit only now and then. */
function keep(list: Kept[], one: Kept, limit: number): void {
  list.push(one);
  if (list.length >= limit * 2) list.splice(0, list.length - limit);
}

export function createFeed(): Feed {
  const all: Kept[] = [];
  const important: Kept[] = [];
  let last = 0;

  function entryOf(kept: Kept): FeedEntry {
    const { at, kind, level, type, matchId, text } = kept.telling;
    kept.entry ??= { n: kept.n, at, kind, level, type, matchId, text: text() };
    return kept.entry;
  }

  return {
    get last() {
      return last;
    },
    add(telling) {
      last += 1;
      const kept: Kept = { n: last, telling, entry: null };
      keep(all, kept, defaults.kept);
      if (telling.level !== 'info') keep(important, kept, defaults.keptImportant);
    },
    since(n, atMost = defaults.perMessage) {
      const isNew = (kept: Kept) => kept.n > n;
      const urgent = important.filter(isNew).slice(-atMost);
      const room = atMost - urgent.length;
      const rest = all.filter((kept) => isNew(kept) && kept.telling.level === 'info');
      const chosen = [...urgent, ...(room > 0 ? rest.slice(-room) : [])].toSorted((a, b) => a.n - b.n);
      return { entries: chosen.map(entryOf), skipped: Math.max(0, last - n - chosen.length) };
    },
  };
}
