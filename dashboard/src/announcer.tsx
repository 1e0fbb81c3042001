import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageState } from './state.js';
import { players, signed } from './words.js';

/** Tells a screen reader what matters and nothing else: the state of the lobby, and matches that are over. */
export function Announcer({ state }: { state: PageState }) {
  const [text, setText] = useState('');
  const known = useRef<{ lobby: string; over: Set<string> } | null>(null);
  const lobby = state.link === 'open' ? (state.session?.state?.active.at(-1) ?? '') : state.link;

  useEffect(() => {
    const ended = [...state.matches.values()].filter(({ outcome }) => outcome !== 'live');
    const before = known.current;
    known.current = { lobby, over: new Set(ended.map(({ matchId }) => matchId)) };
    if (before === null) return;
    const news = ended
      .filter(({ matchId }) => !before.over.has(matchId))
      .map(
        (row) =>
          `Match ${row.number} against ${players(row)} ${row.outcome}${row.netChips === null ? '' : `, ${signed(row.netChips)} chips`}.`,
      );
    if (lobby !== before.lobby && lobby !== '') news.push(`Lobby: ${lobby.replace('.', ', ')}.`);
    if (news.length > 0) setText(news.slice(-3).join(' '));
  }, [lobby, state.matches]);

  return (
    <div class="sr" role="status" aria-live="polite">
      {text}
    </div>
  );
}
