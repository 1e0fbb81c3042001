import { isOver, type Link, type PageState } from './state.js';

const texts: Readonly<Record<Exclude<Link, 'open' | 'ended'>, string>> = {
  connecting: 'Connecting …',
  lost: 'The connection is lost. What you see is the last that was known; the page tries again by itself.',
  crowded: 'Too many pages are open on this session. This one shows what is new once another one is closed.',
  moved:
    'The session was lost. Another session is at this port now: open the address that it printed when it started.',
};

function textOf(state: PageState): string | null {
  const { link } = state;
  if (link !== 'connecting' && isOver(state)) return 'The session is over. This is how it ended.';
  return link === 'open' || link === 'ended' ? null : texts[link];
}

/** Why what is below may not be live. */
export function Notice({ state }: { state: PageState }) {
  const text = textOf(state);
  return text === null ? null : <p class={`notice ${state.link}`}>{text}</p>;
}
