import { useCallback, useEffect, useReducer, useState } from 'preact/hooks';
import type { Changes, Opening } from '../../src/dashboard/page-view.js';
import { connect } from './connect.js';
import { change, emptyState, followed, type Link, open, type PageState } from './state.js';

type Message =
  | { type: 'opening'; opening: Opening }
  | { type: 'changes'; changes: Changes }
  | { type: 'link'; link: Link };

function reduce(state: PageState, message: Message): PageState {
  switch (message.type) {
    case 'opening':
      return open(state, message.opening, Date.now());
    case 'changes':
      return change(state, message.changes, Date.now());
    case 'link':
      return { ...state, link: message.link };
  }
}

export interface Page {
  state: PageState;
  watched: string | null;
  /** Null: always the newest live match. */
  chosen: string | null;
  readonly choose: (matchId: string | null) => void;
}

/** The state of the page, kept up to date; a match that is chosen stays chosen when the page is loaded again. */
export function usePage(): Page {
  const [state, dispatch] = useReducer(reduce, emptyState);
  const [chosen, setChosen] = useState<string | null>(() => location.hash.slice(1) || null);
  const [watched, setWatched] = useState<string | null>(chosen);

  useEffect(() => {
    const next = chosen ?? followed(state.matches, watched);
    if (next !== watched) setWatched(next);
  }, [chosen, watched, state.matches]);

  useEffect(
    () =>
      connect(watched, {
        opening: (opening) => dispatch({ type: 'opening', opening }),
        changes: (changes) => dispatch({ type: 'changes', changes }),
        lost: () => dispatch({ type: 'link', link: 'lost' }),
        crowded: () => dispatch({ type: 'link', link: 'crowded' }),
        moved: () => dispatch({ type: 'link', link: 'moved' }),
        ended: () => dispatch({ type: 'link', link: 'ended' }),
      }),
    [watched],
  );

  const choose = useCallback((matchId: string | null) => {
    history.replaceState(null, '', matchId === null ? location.pathname : `#${matchId}`);
    setChosen(matchId);
  }, []);

  return { state, watched, chosen, choose };
}
