import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { isCounting, type LiveState } from '../../../src/cli/live/live-state.js';
import { paintOf } from '../../../src/cli/live/live-style.js';
import { renderTable } from '../../../src/cli/live/live-table.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import { begin, online, start } from '../../session-view/session-events.js';
import { stateAfter } from './live-fixtures.js';

const frame = { columns: 80, rows: 24, now: start, paint: paintOf(false), redact: (text: string) => text };
const linesOf = (state: LiveState, changes: Partial<typeof frame> & { wallNow?: number } = {}) =>
  renderTable(state, { ...frame, ...changes });

const fixture = (opponent: string | null, inMs: number) => ({
  fixtureId: `${opponent}`,
  toldId: null,
  startsAt: start + inMs,
  opponent,
  decisionClockMs: null,
  stage: null,
  round: null,
  isInvented: false,
});
const listed: AgentEvent = {
  type: 'fixture.listed',
  fixtures: [fixture('birch', 7_380_000), fixture(null, 90_000_000)],
  message: null,
};
const resting: AgentEvent = { type: 'queue.resting', why: 'playing', until: null, message: '' };
const day = {
  type: 'budget.changed',
  figures: {
    day: '2026-01-06',
    matches: 3,
    claims: 0,
    matchesLimit: 20,
    lobbyMs: 7_500_000,
    lobbySince: null,
    lobbyLimitMs: 28_800_000,
    reservedMs: 2_400_000,
    dials: 1,
  },
} satisfies AgentEvent;
const rated: AgentEvent = { type: 'rating.told', matchId: 'm', rating: 1617.4, deviation: 61 };
const planned = [online, listed, resting, day, rated];

describe('what the bot has before it', () => {
  it.each([
    [40, 'next birch in 2 h 3 min, queue resting'],
    [60, 'next birch in 2 h 3 min, queue resting, 3/20 today'],
    [80, 'next birch in 2 h 3 min, queue resting, 3/20 today, lobby 2 h 5 min of 8 h'],
    [
      200,
      'next birch in 2 h 3 min, queue resting: a match is live, 3/20 today, lobby 2 h 5 min of 8 h, rating 1617, 1 more fixture',
    ],
  ])('is a line below the first one, cut between its pieces at %i columns', (columns, line) => {
    const lines = linesOf(stateAfter(planned), { columns });
    expect(lines).toEqual(['online, waiting for matches', line]);
    expect(lines.every((each) => stringWidth(each) < columns)).toBe(true);
  });

  it('stands above the matches where there is room, and is left out where there is none', () => {
    const playing = stateAfter([...planned, ...begin(1, 'ann')]);
    expect(linesOf(playing)[1]).toMatch(/^next birch in /);
    expect(linesOf(playing)[2]).toMatch(/^match /);
    for (const rows of [1, 2, 4, 8]) {
      const lines = linesOf(playing, { rows });
      expect(lines.join('\n')).not.toContain('birch');
      expect(lines.length).toBeLessThan(Math.max(rows, 2));
    }
  });

  it('is no line where nobody plans anything', () => {
    expect(linesOf(stateAfter([online]))).toEqual(['online, waiting for matches']);
  });

  it('counts down to a fixture on the wall clock, whatever the clock of the view says', () => {
    const lines = linesOf(stateAfter([online, listed]), { wallNow: start + 7_350_000 });
    expect(lines[1]).toMatch(/^next birch in 30 s, /);
    expect(isCounting(stateAfter([online, listed]), start)).toBe(true);
    expect(isCounting(stateAfter([online, resting, day]), start)).toBe(false);
  });

  it('counts the time in the lobby on while the bot is there', () => {
    const counted = { ...day.figures, lobbyMs: 0, lobbySince: start };
    const there = stateAfter([online, { ...day, figures: counted }]);
    expect(isCounting(there, start)).toBe(true);
    for (const [ms, words] of [
      [0, '0 s'],
      [59_000, '59 s'],
      [125 * 60_000, '2 h 5 min'],
      [-60_000, '0 s'],
    ] as const) {
      expect(linesOf(there, { wallNow: start + ms })[1]).toContain(`lobby ${words} of 8 h`);
    }
  });

  it('has nothing in it that moves the cursor or is wider than it looks', () => {
    const hostile: AgentEvent = { ...listed, fixtures: [fixture(`棋\u001b[2J${'大'.repeat(200)}`, 60_000)] };
    for (const columns of [1, 10, 60, 80]) {
      const [, line = ''] = linesOf(stateAfter([online, hostile]), { columns });
      expect(line).not.toContain('\u001b');
      expect(stringWidth(line)).toBeLessThan(Math.max(columns, 1));
    }
  });
});
