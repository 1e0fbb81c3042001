import type { Link } from './state.js';

const texts: Readonly<Partial<Record<Link, string>>> = {
  connecting: 'Connecting …',
  lost: 'The connection is lost. What you see is the last that was known; the page tries again by itself.',
  ended: 'The session is over. This is how it ended.',
};

export function Notice({ link }: { link: Link }) {
  const text = texts[link];
  return text === undefined ? null : <p class={`notice ${link}`}>{text}</p>;
}
