import { useMemo, useRef, useState } from 'preact/hooks';
import type { FeedEntry, FeedKind } from '../../src/dashboard/page-view.js';
import { memo } from './memo.js';
import type { PageState } from './state.js';
import { chips, players, plural, timeOfDay } from './words.js';

const kinds: readonly FeedKind[] = ['session', 'match', 'hand', 'turn', 'bot'];
const shownEntries = 200;

interface Props {
  entries: readonly FeedEntry[];
  skipped: number;
  matches: PageState['matches'];
  watched: string | null;
}

export function Feed({ entries, skipped, matches, watched }: Props) {
  const [hidden, setHidden] = useState<ReadonlySet<FeedKind>>(new Set());
  const [onlyTrouble, setOnlyTrouble] = useState(false);
  const [onlyWatched, setOnlyWatched] = useState(false);
  const [words, setWords] = useState('');
  const [paused, setPaused] = useState(false);
  const frozen = useRef(entries);
  if (!paused) frozen.current = entries;
  const source = frozen.current;
  const missed = (entries.at(-1)?.n ?? 0) - (source.at(-1)?.n ?? 0);

  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return source
      .filter(
        ({ kind, level, matchId, text, type }) =>
          !hidden.has(kind) &&
          (!onlyTrouble || level === 'warning' || level === 'error') &&
          (!onlyWatched || matchId === watched) &&
          (wanted === '' || `${type} ${text}`.toLowerCase().includes(wanted)),
      )
      .slice(-shownEntries)
      .toReversed();
  }, [source, hidden, onlyTrouble, onlyWatched, watched, words]);

  function toggle(kind: FeedKind): void {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  }

  return (
    <section class="panel feed" aria-labelledby="feed-title" data-testid="feed">
      <div class="panel-head">
        <h2 id="feed-title">Events</h2>
        <button type="button" class="small" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? `Resume${missed > 0 ? ` (${chips(missed)} new)` : ''}` : 'Pause'}
        </button>
      </div>
      <div class="filters" role="group" aria-label="filter">
        <div class="switch">
          {kinds.map((kind) => (
            <button key={kind} type="button" aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>
              {kind}
            </button>
          ))}
        </div>
        <label class="check">
          <input type="checkbox" checked={onlyTrouble} onChange={() => setOnlyTrouble(!onlyTrouble)} />
          Only trouble
        </label>
        <label class="check">
          <input type="checkbox" checked={onlyWatched} onChange={() => setOnlyWatched(!onlyWatched)} />
          Only this match
        </label>
        <input
          type="search"
          placeholder="Find"
          aria-label="Find in events"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        {skipped > 0 && (
          <span class="muted" title="Of a flood the page gets what matters and the newest of the rest.">
            {plural(skipped, 'event')} left out
          </span>
        )}
      </div>
      <div class="entries-room">
        <ol class="entries scroll" tabIndex={0} aria-label="events, the newest first">
          {shown.map((entry) => (
            <Entry key={entry.n} entry={entry} who={whoOf(entry, matches)} />
          ))}
          {shown.length === 0 && <li class="empty">Nothing fits the filter.</li>}
        </ol>
      </div>
    </section>
  );
}

function whoOf({ matchId }: FeedEntry, matches: PageState['matches']): string {
  if (matchId === null) return '';
  const row = matches.get(matchId);
  return row === undefined ? matchId.slice(0, 8) : `#${row.number} ${players(row)}`;
}

const Entry = memo(
  ({ entry, who }: { entry: FeedEntry; who: string }) => (
    <li class={entry.level}>
      <time>{timeOfDay(entry.at)}</time>
      <span class="type">{entry.type}</span>
      <span class="who">{who}</span>
      <span class="text">{entry.text}</span>
    </li>
  ),
  (before, after) => before.entry.n === after.entry.n && before.who === after.who,
);
