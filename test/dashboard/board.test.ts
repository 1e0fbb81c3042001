import { describe, expect, it } from 'vitest';
import { createBoard, newCursor, type UnnumberedRow } from '../../src/dashboard/board.js';
import { limits, type SessionView } from '../../src/dashboard/page-view.js';

const row = (matchId: string): UnnumberedRow => ({ matchId }) as UnnumberedRow;
const numbered = (number: number) => ({ matchId: `m${number}`, number });
const session = { where: 'here' } as SessionView;

describe('the board', () => {
  it('tells a new reader everything and then only what is new', () => {
    const board = createBoard(() => session);
    const first = board.addMatch('m1', () => row('m1'));
    board.addMatch('m2', () => row('m2'));
    const cursor = newCursor('m1');
    expect(board.read(cursor, 5)).toEqual({
      now: 5,
      session,
      matches: [numbered(1), numbered(2)],
      detail: {
        matchId: 'm1',
        state: null,
        table: null,
        chips: { hands: [], stacks: [] },
        latency: first.latency.view(),
      },
      feed: [],
      skipped: 0,
    });
    expect(board.read(cursor, 6)).toBeNull();
    first.chips.add(1, [3]);
    board.touch(first, 'chips', 'row');
    expect(board.read(cursor, 7)).toEqual({
      now: 7,
      matches: [numbered(1)],
      detail: { matchId: 'm1', chips: { hands: [1], stacks: [[3]] } },
      feed: [],
      skipped: 0,
    });
  });

  it('counts matches, and one that is played again keeps its number', () => {
    const board = createBoard(() => session);
    for (const matchId of ['a', 'b', 'a', 'c']) board.addMatch(matchId, () => row(matchId));
    const numbers = board.read(newCursor(null), 0)?.matches.map(({ matchId, number }) => [matchId, number]);
    expect(numbers).toEqual([
      ['b', 2],
      ['a', 1],
      ['c', 3],
    ]);
  });

  it('tells whoever reads seldom the sum of it', () => {
    const board = createBoard(() => session);
    const entry = board.addMatch('m1', () => row('m1'));
    const cursor = newCursor(null);
    board.read(cursor, 0);
    for (let n = 0; n < 1_000; n += 1) board.touch(entry, 'row');
    board.touchSession();
    expect(board.read(cursor, 1)).toEqual({ now: 1, session, matches: [numbered(1)], feed: [], skipped: 0 });
  });

  it('tells the parts of a match that appears later than whoever waits for it', () => {
    const board = createBoard(() => session);
    const cursor = newCursor('m1');
    expect(board.read(cursor, 0)?.detail).toBeNull();
    board.addMatch('m1', () => row('m1'));
    expect(board.read(cursor, 1)?.detail).toMatchObject({ matchId: 'm1', table: null });
  });

  it('forgets the matches that are over for longest', () => {
    const board = createBoard(() => session);
    const stays = board.addMatch('live', () => row('live'));
    for (let n = 0; n < limits.endedMatches + 5; n += 1)
      board.end(board.addMatch(`m${n}`, () => row(`m${n}`)));
    expect([...board.matches()].length).toBe(limits.endedMatches + 1);
    expect([board.match('live'), board.match('m4'), board.match('m5')?.matchId]).toEqual([
      stays,
      undefined,
      'm5',
    ]);
  });
});
