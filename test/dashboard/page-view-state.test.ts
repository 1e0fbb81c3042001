import { describe, expect, it } from 'vitest';
import { change, emptyState, followed, isOver, open } from '../../dashboard/src/state.js';
import {
  card,
  duration,
  elapsed,
  players,
  playersInShort,
  problems,
  signed,
} from '../../dashboard/src/words.js';
import {
  type FeedEntry,
  limits,
  type MatchRow,
  type Opening,
  type SessionView,
} from '../../src/dashboard/page-view.js';

const row = (matchId: string, more: Partial<MatchRow> = {}): MatchRow => ({
  matchId,
  number: 1,
  seats: ['me', 'villain'],
  self: 0,
  rated: false,
  outcome: 'live',
  state: 'playing.watching',
  hand: 1,
  stacks: [1, 2],
  netChips: null,
  clock: null,
  turns: 0,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
  startedAt: 0,
  endedAt: null,
  note: null,
  ...more,
});
const session = { where: 'ws://x', state: null } as unknown as SessionView;
const opening = (more: Partial<Opening> = {}): Opening => ({
  kind: 'agent',
  startedAt: 10,
  controls: ['stop'],
  session,
  now: 1_500,
  matches: [row('a')],
  detail: null,
  feed: [],
  skipped: 0,
  ...more,
});
const entry = (n: number): FeedEntry => ({
  n,
  at: n,
  kind: 'turn',
  level: 'info',
  type: 't',
  matchId: null,
  text: '',
});

describe('what the page knows', () => {
  it('begins anew with each opening, and knows how far the clocks are apart', () => {
    const before = change(
      open(emptyState, opening(), 1_000),
      { now: 1, matches: [row('b')], feed: [entry(1)], skipped: 3 },
      1,
    );
    const state = open(before, opening({ matches: [row('c')] }), 1_000);
    expect([...state.matches.keys()]).toEqual(['c']);
    expect(state).toMatchObject({ link: 'open', ahead: 500, feed: [], skipped: 3, controls: ['stop'] });
  });

  it('merges rows, and the parts of the match it looks at', () => {
    let state = open(
      emptyState,
      opening({ detail: { matchId: 'a', table: null, chips: { hands: [1], stacks: [[5]] } } }),
      0,
    );
    state = change(
      state,
      {
        now: 0,
        matches: [row('a', { hand: 2 })],
        detail: { matchId: 'a', chips: { hands: [1, 2], stacks: [[5, 6]] } },
        feed: [],
        skipped: 0,
      },
      0,
    );
    expect(state.matches.get('a')?.hand).toBe(2);
    expect(state.detail).toEqual({ matchId: 'a', table: null, chips: { hands: [1, 2], stacks: [[5, 6]] } });
    state = change(
      state,
      { now: 0, matches: [], detail: { matchId: 'b', table: null }, feed: [], skipped: 0 },
      0,
    );
    expect(state.detail).toEqual({ matchId: 'b', table: null });
  });

  it('keeps no more than its limits', () => {
    let state = open(emptyState, opening(), 0);
    const over = Array.from({ length: limits.endedMatches + 3 }, (_, n) =>
      row(`m${n}`, { outcome: 'completed', endedAt: n }),
    );
    const feed = Array.from({ length: limits.feedEntries + 3 }, (_, n) => entry(n));
    state = change(state, { now: 0, matches: over, feed, skipped: 0 }, 0);
    expect([
      state.matches.size,
      state.matches.has('m2'),
      state.matches.has('m3'),
      state.matches.has('a'),
    ]).toEqual([limits.endedMatches + 1, false, true, true]);
    expect([state.feed.length, state.feed[0]?.n]).toEqual([limits.feedEntries, 3]);
  });

  it('looks at the newest live match, but stays with one as long as it lives', () => {
    const matches = new Map(
      [row('a'), row('b'), row('c', { outcome: 'completed' })].map((one) => [one.matchId, one]),
    );
    expect(followed(matches, null)).toBe('b');
    expect(followed(matches, 'a')).toBe('a');
    expect(followed(matches, 'c')).toBe('b');
    const over = new Map(
      [row('a', { outcome: 'completed' }), row('b', { outcome: 'completed' })].map((one) => [
        one.matchId,
        one,
      ]),
    );
    expect([followed(over, 'a'), followed(over, null), followed(new Map(), null)]).toEqual(['a', 'b', null]);
  });

  it('knows that a session is over', () => {
    const at = (active: string[]) => ({
      ...emptyState,
      session: { ...session, state: { active, since: 0, trail: [] } },
    });
    expect([isOver(at(['listening'])), isOver(at(['stopped'])), isOver(at(['evicted']))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(isOver({ ...emptyState, link: 'ended' })).toBe(true);
  });
});

describe('words', () => {
  it('say durations, chips and cards as people do', () => {
    expect([0.42, 9.96, 12.4, 999.6, 1_000, 1_999, 2_000, 1_340, 30_000].map(duration)).toEqual([
      '0.4 ms',
      '10 ms',
      '12 ms',
      '1 s',
      '1 s',
      '2 s',
      '2 s',
      '1.3 s',
      '30 s',
    ]);
    expect([0, 61_000, 3_723_000].map(elapsed)).toEqual(['0:00', '1:01', '1:02:03']);
    expect([1_200, 0, -30].map(signed)).toEqual(['+1,200', '0', '−30']);
    expect(card('Th')).toEqual({ rank: '10', sign: '♥', isRed: true, name: 'ten of hearts' });
  });

  it('name the others, or everybody where no side is ours', () => {
    const many = ['me', 'a', 'b', 'c'];
    expect(players(row('x'))).toBe('villain');
    expect(players(row('x', { seats: many }))).toBe('a, b, c');
    expect(playersInShort(row('x', { seats: many }))).toBe('a and 2 more');
    expect(players(row('x', { self: null }))).toBe('me – villain');
    expect(playersInShort(row('x', { seats: many, self: null }))).toBe('me – a and 2 more');
    expect(players(row('0123456789', { seats: [] }))).toBe('unknown players');
  });

  it('count what went wrong', () => {
    expect(problems(row('x', { fallbacks: 1, rejections: 2, resumes: 1 }))).toEqual([
      '1 fallback',
      '2 rejections',
      '1 reconnect',
    ]);
    expect(problems(row('x'))).toEqual([]);
  });
});
