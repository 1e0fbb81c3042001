import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { emptyLiveState, type LiveState } from '../../../src/cli/live/live-state.js';
import { paintOf } from '../../../src/cli/live/live-style.js';
import { renderTable } from '../../../src/cli/live/live-table.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import { answer, ask, begin, end, endHand, idOf, online, start } from '../../session-view/session-events.js';
import { stateAfter } from './live-fixtures.js';

const frame = { columns: 80, rows: 24, now: start, paint: paintOf(false), redact: (text: string) => text };
const tableOf = (state: LiveState, changes: Partial<typeof frame> = {}) =>
  renderTable(state, { ...frame, ...changes });

const busy = stateAfter([
  online,
  ...begin(1, 'random'),
  ...begin(2, 'tight-aggressive', 'calling-station', 'equity'),
  ...begin(3, 'equity'),
  ...begin(4, 'random'),
  { type: 'hand.started', matchId: idOf(1), hand: 12 },
  ask(1),
  answer(1, 12.4),
  endHand(1, 12, 1_040, 960),
  { type: 'hand.started', matchId: idOf(2), hand: 3 },
  ask(2),
  answer(2, 1_234),
  endHand(2, 3, 987, 1_013, 1_000, 1_000),
  ask(2),
  { type: 'match.retrying', matchId: idOf(3), attempt: 1, delayMs: 2_900 },
  end(4, 1_000),
  { type: 'turn.timed_out', matchId: idOf(1), action: 'fold' },
]);

const crowd = (n: number) =>
  stateAfter([online, ...Array.from({ length: n }, (_, i) => begin(i, 'bob')).flat()]);

describe('the live table', () => {
  it('shows lobby, matches, chips, clocks and latencies in 80 columns', () => {
    expect(tableOf(busy, { now: start + 1_500 })).toEqual([
      'online, 3 live, net +1027, 1 completed, p95 1.2 s, 1 timeout',
      'match     state      opponents                 hand      chips     net  latency',
      '11111111  watching   random                      12  1040/2000     +40    12 ms',
      '22222222  turn 4 s   tight-aggressive, calli…     3   987/4000     -13    1.2 s',
      '33333333  retry 2 s  equity                       -          -       -        -',
      '44444444  complete   random                       -          -   +1000        -',
    ]);
  });

  it('leaves out the less important in 40 columns', () => {
    expect(tableOf(busy, { columns: 40 })).toEqual([
      'online, 3 live, net +1027, 1 completed',
      'match    state     chips    net latency',
      '11111111 watching   1040    +40   12 ms',
      '22222222 turn 5 s    987    -13   1.2 s',
      '33333333 retry 3 s     -      -       -',
      '44444444 complete      -  +1000       -',
    ]);
  });

  it('has room for every name in 120 columns', () => {
    expect(tableOf(busy, { columns: 120, now: start + 1_500 }).slice(1, 4)).toEqual([
      'match     state      opponents                                  hand      chips     net  latency',
      '11111111  watching   random                                       12  1040/2000     +40    12 ms',
      '22222222  turn 4 s   tight-aggressive, calling-station, equity     3   987/4000     -13    1.2 s',
    ]);
  });

  it.each([40, 80, 120])('keeps every line as wide as its heading in %i columns', (columns) => {
    const [, ...lines] = tableOf(busy, { columns, now: start + 1_500 });
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
  });

  it.each([1, 2, 5, 10, 17, 25, 40, 59, 60, 61, 80, 100, 200])(
    'stays narrower than %i columns and lower than any number of rows',
    (columns) => {
      for (let rows = 1; rows <= 30; rows += 1) {
        const lines = tableOf(busy, { columns, rows });
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThan(Math.max(columns, 1));
        expect(lines.length).toBeLessThan(Math.max(rows, 2));
      }
    },
  );

  it('shows eight matches at most, and says how many more there are', () => {
    const lines = tableOf(crowd(9), { rows: 50 });
    expect(lines.length).toBe(2 + 8 + 1);
    expect(lines.at(-1)).toBe('and 1 more');
    expect(tableOf(crowd(8), { rows: 50 }).at(-1)).toMatch(/^7{8} /);
  });

  it.each([
    [12, ['online, 5 live, net 0, 0 completed', 'match ', '00000000', '11111111', '22222222', 'and 2 more']],
    [6, ['online, 5 live, net 0, 0 completed', '00000000', 'and 4 more']],
    [4, ['online, 5 live, net 0, 0 completed', '00000000']],
    [3, ['online, 5 live, net 0, 0 completed']],
    [1, ['online, 5 live, net 0, 0 completed']],
  ])('takes at most half of %i rows', (rows, beginnings) => {
    const lines = tableOf(crowd(5), { rows });
    expect(lines.map((line, i) => line.slice(0, beginnings[i]?.length))).toEqual(beginnings);
  });

  it('shows live matches before those that have ended', () => {
    const state = stateAfter([end(0, 5), end(1, 5)], crowd(4));
    expect(tableOf(state, { rows: 8 }).map((line) => line.slice(0, 8))).toEqual([
      'online, ',
      'match   ',
      '22222222',
      '33333333',
    ]);
  });

  it.each<[AgentEvent[], string]>([
    [[{ type: 'lobby.connecting', url: 'ws://h/x', attempt: 0 }], 'connecting'],
    [[online], 'online, waiting for matches'],
    [[{ type: 'lobby.lost', loss: { code: 1006, reason: '' } }], 'offline'],
    [[{ type: 'lobby.retrying', attempt: 1, delayMs: 2_100 }], 'offline, next try in 3 s'],
    [
      [online, { type: 'lobby.draining', reason: 'stopped', message: 'told to stop', live: 0, fault: null }],
      'ending: told to stop',
    ],
    [
      [
        online,
        {
          type: 'lobby.draining',
          reason: 'evicted',
          message: 'the same bot has connected elsewhere',
          live: 0,
          fault: null,
        },
      ],
      'ending: the same bot has connected elsewhere',
    ],
  ])('says what the lobby does before any match', (events, line) => {
    expect(tableOf(stateAfter(events))).toEqual([line]);
  });

  it('has one line before anything has happened', () => {
    expect(tableOf(emptyLiveState)).toEqual(['starting']);
  });

  it('keeps wide names in line, and shows neither control characters nor secrets of others', () => {
    const state = stateAfter([
      online,
      ...begin(1, '德州扑克', '\u001b[2Jhidden secret', '🃏🃏'),
      ...begin(2, 'bob'),
    ]);
    const lines = tableOf(state, { redact: (text) => text.replace('secret', '[token]') });
    expect(lines.slice(2)).toEqual([
      '11111111  watching   德州扑克, [2Jhidden [token]…     -      -       -        -',
      '22222222  watching   bob                              -      -       -        -',
    ]);
  });

  it('colours gains, losses and what is urgent, if colours are wanted', () => {
    const lines = tableOf(busy, { now: start + 4_500, paint: paintOf(true) });
    expect(lines[0]).toContain('\u001b[32monline\u001b[0m, 3 live, \u001b[32mnet +1027\u001b[0m');
    expect(lines[2]).toContain('\u001b[32m   +40\u001b[0m');
    expect(lines[3]).toContain('\u001b[33mturn 1 s \u001b[0m');
    expect(lines[3]).toContain('\u001b[31m   -13\u001b[0m');
  });
});
