import { isOver, type PageState } from './state.js';

function textOf(state: PageState): string | null {
  const { link } = state;
  if (link === 'connecting') return 'Connecting …';
  if (isOver(state)) return 'The session is over. This is how it ended.';
  if (link !== 'lost') return null;
  return 'The connection is lost. What you see is the last that was known; the page tries again by itself.';
}

/** Why what is below may not be live. */
export function Notice({ state }: { state: PageState }) {
  const text = textOf(state);
  return text === null ? null : <p class={`notice ${state.link}`}>{text}</p>;
}
