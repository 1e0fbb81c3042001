/** Numbers and names as people read them. */
import type { MatchRow } from '../../src/dashboard/page-view.js';

const grouped = new Intl.NumberFormat('en');

export const chips = (n: number): string => grouped.format(n);

export function signed(n: number): string {
  return n > 0 ? `+${grouped.format(n)}` : grouped.format(n).replace('-', '−');
}

export function plural(n: number, noun: string): string {
  return `${grouped.format(n)} ${noun}${n === 1 ? '' : noun.endsWith('ch') ? 'es' : 's'}`;
}

/** `0.4 ms`, `12 ms`, `1.3 s`. */
export function duration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = (ms / 1_000).toFixed(ms < 10_000 ? 1 : 0);
  return `${seconds.replace(/\.0$/, '')} s`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `4:07`, `1:02:09`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** What tells matches apart that look the same otherwise: the number, and the beginning of the id. */
export const shortIdOf = ({ matchId }: MatchRow): string => matchId.slice(0, 8);

/** Who plays: the others where one side is ours, else everybody. */
export function players({ seats, self }: MatchRow): string {
  if (seats.length === 0) return 'unknown players';
  if (self === null) return seats.join(' – ');
  return seats.filter((_, seat) => seat !== self).join(', ');
}

/** The same for a narrow column. */
export function playersInShort(row: MatchRow): string {
  const names = row.seats.filter((_, seat) => seat !== row.self);
  const [first = '', second = ''] = names;
  if (row.self !== null && names.length > 2) return `${first} and ${names.length - 1} more`;
  if (row.self === null && names.length > 2) return `${first} – ${second} and ${names.length - 2} more`;
  return players(row);
}

export function problems({ fallbacks, corrections, rejections, timeouts, resumes }: MatchRow): string[] {
  const counts = [
    [fallbacks, 'fallback'],
    [corrections, 'correction'],
    [rejections, 'rejection'],
    [timeouts, 'timeout'],
    [resumes, 'reconnect'],
  ] as const;
  return counts.flatMap(([n, noun]) => (n > 0 ? [plural(n, noun)] : []));
}

const ranks: Readonly<Record<string, string>> = {
  T: 'ten',
  J: 'jack',
  Q: 'queen',
  K: 'king',
  A: 'ace',
};
const suits: Readonly<Record<string, { name: string; sign: string }>> = {
  c: { name: 'clubs', sign: '♣' },
  d: { name: 'diamonds', sign: '♦' },
  h: { name: 'hearts', sign: '♥' },
  s: { name: 'spades', sign: '♠' },
};

export function card(code: string): { rank: string; sign: string; isRed: boolean; name: string } {
  const [rank = '', suit = ''] = code;
  const { name = '', sign = '' } = suits[suit] ?? {};
  return {
    rank: rank === 'T' ? '10' : rank,
    sign,
    isRed: suit === 'h' || suit === 'd',
    name: `${ranks[rank] ?? rank} of ${name}`,
  };
}
