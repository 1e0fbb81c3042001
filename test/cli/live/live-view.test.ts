/** The view on an emulated terminal: what its user sees, and can scroll back to. */
import { describe, expect, it } from 'vitest';
import { liveScreenOf } from '../../../src/cli/live/live-terminal.js';
import { type LiveView, openLiveView } from '../../../src/cli/live/live-view.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import { createVirtualClock, type VirtualClock } from '../../../src/time/virtual-clock.js';
import { ask, begin, end, endHand, idOf, online, start } from '../../session-view/session-events.js';
import { type FakeTerminal, fakeTerminal } from './live-emulator.js';

interface Seen {
  io: FakeTerminal;
  clock: VirtualClock;
  view: LiveView;
  tell(...events: AgentEvent[]): void;
}

function open(columns = 80, rows = 16, env: NodeJS.ProcessEnv = { NO_COLOR: '1' }, offMs = 0): Seen {
  const clock = createVirtualClock(start);
  const io = { ...fakeTerminal(columns, rows, env), clock };
  const terminal = terminalOf(io);
  terminal.hide('hidden words of it');
  const view = openLiveView(io.screen, terminal, clock.now);
  const tell = (...events: AgentEvent[]) => {
    for (const event of events) view.onEvent({ ...event, at: clock.now() + offMs });
  };
  return { io, clock, view, tell };
}

const table = [
  'online, 1 live, net 0, 0 completed',
  'match     state      opponents  hand  chips     net  latency',
  '11111111  watching   bob           -      -       -        -',
];

describe('the live view', () => {
  it('draws the table, and lets results and warnings scroll by above it', async () => {
    const { io, clock, tell } = open();
    tell({ type: 'lobby.connecting', url: 'ws://h/x', attempt: 0 }, online, ...begin(1, 'bob'));
    clock.advance(100);
    tell({ type: 'turn.timed_out', matchId: idOf(1), action: 'fold' }, end(1, 40), ...begin(2, 'ann'));
    clock.advance(100);
    expect(await io.emulator.lines()).toEqual([
      'connecting to ws://h/x',
      'match 11111111: no answer in time, the server played fold',
      'match 11111111: ended: complete, +40 chips in 40 hands',
      'online, 1 live, net +40, 1 completed, 1 timeout',
      'match     state      opponents  hand  chips     net  latency',
      '22222222  watching   ann           -      -       -        -',
    ]);
    expect(await io.emulator.hasCursor()).toBe(false);
  });

  it('draws at most ten times a second, each time in one write, and nothing when nothing is new', () => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'));
    for (let ms = 0; ms < 999; ms += 1) {
      tell({ type: 'hand.started', matchId: idOf(1), hand: ms });
      clock.advance(1);
    }
    expect(io.writes.length).toBe(10);
    clock.advance(100);
    const before = io.writes.length;
    tell(
      { type: 'match.repeated', matchId: idOf(1) },
      { type: 'match.started', matchId: idOf(1), seat: 0, opponents: ['bob'] },
    );
    clock.advance(60_000);
    expect(io.writes.slice(before)).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it.each([0, 3_600_000, -3_600_000])(
    'lets the seconds of an open turn run down, with a wall clock that is %i ms off',
    async (offMs) => {
      const { io, clock, tell } = open(80, 16, { NO_COLOR: '1' }, offMs);
      tell(online, ...begin(1, 'bob'), ask(1, 2_500));
      const states: string[] = [];
      for (let second = 0; second < 5; second += 1) {
        clock.advance(second === 0 ? 0 : 1_000);
        states.push((await io.emulator.lines()).at(-1)?.slice(10, 18) ?? '');
      }
      expect(states).toEqual(['turn 3 s', 'turn 2 s', 'turn 1 s', 'turn 0 s', 'turn 0 s']);
      expect(io.writes.length).toBe(4);
      expect(clock.pending()).toBe(0);
    },
  );

  it('puts what the bot prints above the table, line by line, without escapes and secrets', async () => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'));
    io.stdout.write('half a line');
    clock.advance(100);
    expect(await io.emulator.lines()).toEqual(table);
    io.stdout.write(' and its end\n\u001b[2J\u001b[Hall of the hidden wo');
    io.stderr.write('rds of it rest\r\n\n');
    clock.advance(100);
    expect(await io.emulator.lines()).toEqual([
      'half a line and its end',
      'all of the [token] rest',
      '',
      ...table,
    ]);
  });

  it('keeps every line however many there are, also longer ones than the terminal is wide', async () => {
    const { io, clock, tell } = open(20, 6);
    tell(online, ...begin(1, 'bob'));
    clock.advance(100);
    const printed = Array.from({ length: 40 }, (_, i) => `${i}:${'x'.repeat(i)}`);
    for (const line of printed) {
      io.stdout.write(`${line}\n`);
      clock.advance(30);
    }
    clock.advance(100);
    const lines = await io.emulator.lines();
    expect(lines.slice(0, -2).join('')).toBe(printed.join(''));
    expect(lines.slice(-2)).toEqual(['online, 1 live', '11111111 watching']);
  });

  it('does not wait with what would fill the memory', () => {
    const { io } = open();
    for (let i = 0; i < 20; i += 1) io.stdout.write(`${'x'.repeat(9_999)}\n`);
    expect(io.writes.length).toBe(2);
  });

  it('draws once on a terminal that is stopped, and what is true by then when it goes on', async () => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'));
    clock.advance(100);
    const before = io.writes.length;
    io.stop();
    for (let hand = 1; hand <= 50; hand += 1) {
      tell({ type: 'hand.started', matchId: idOf(1), hand });
      io.stdout.write(`line ${hand}\n`);
      clock.advance(1_000);
    }
    expect(io.writes.length - before).toBe(1);
    expect(await io.emulator.lines()).toEqual(table);
    io.resume();
    clock.advance(100);
    expect(io.writes.length - before).toBe(2);
    expect(await io.emulator.lines()).toEqual([
      ...Array.from({ length: 50 }, (_, i) => `line ${i + 1}`),
      ...table.slice(0, 2),
      '11111111  watching   bob          50      -       -        -',
    ]);
  });

  it('holds bounded memory for a terminal that is stopped, and says how many lines it dropped', async () => {
    const { io, clock, tell } = open(200);
    tell(online);
    clock.advance(100);
    io.stop();
    io.stdout.write('first\n');
    clock.advance(100);
    const line = `${'x'.repeat(127)}\n`;
    const fitting = (256 * 1024) / line.length;
    for (let i = 0; i < fitting + 7; i += 1) io.stdout.write(line);
    io.resume();
    clock.advance(100);
    io.stdout.write('then\n');
    clock.advance(100);
    expect((await io.emulator.lines()).slice(-4)).toEqual([
      line.trimEnd(),
      'warning: 7 lines missing here: not taken in time',
      'then',
      'online, waiting for matches',
    ]);
  });

  it('gives back a terminal that is stopped without waiting for it', async () => {
    const { io, clock, view, tell } = open();
    tell(online);
    clock.advance(100);
    io.stop();
    for (const word of ['one', 'two']) {
      io.stdout.write(`${word}\n`);
      clock.advance(100);
    }
    view.close();
    expect(clock.pending()).toBe(0);
    io.resume();
    expect(await io.emulator.lines()).toEqual(['one', 'two', 'online, waiting for matches']);
    expect(await io.emulator.hasCursor()).toBe(true);
  });

  it('draws what is not new when something else was written to the terminal and it is resized', async () => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'));
    clock.advance(100);
    io.emulator.write('from a child process');
    io.resize(80, 20);
    clock.advance(100);
    expect(await io.emulator.lines()).toEqual(table);
  });

  it('says once where it connects to, and not at every attempt', async () => {
    const { io, clock, tell } = open();
    const lost: AgentEvent = { type: 'lobby.lost', loss: { code: 1006, reason: '' } };
    for (const attempt of [0, 1, 2]) {
      tell({ type: 'lobby.connecting', url: 'ws://h/x', attempt }, lost);
      tell({ type: 'lobby.retrying', attempt, delayMs: 500 });
    }
    clock.advance(100);
    expect(await io.emulator.lines()).toEqual([
      'connecting to ws://h/x',
      ...Array.from({ length: 3 }, () => 'lobby lost: code 1006'),
      'offline, next try in 1 s',
    ]);
  });

  it.each([
    [30, 16],
    [40, 16],
    [100, 16],
    [60, 8],
    [60, 40],
    [30, 9],
  ])('leaves nothing of the old table behind when the terminal becomes %i by %i', async (columns, rows) => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'), ...begin(2, 'ann'));
    for (let i = 0; i < 20; i += 1) io.stdout.write(`line ${i}\n`);
    clock.advance(100);
    io.resize(columns, rows);
    clock.advance(100);
    const lines = await io.emulator.lines();
    const first = lines.findIndex((line) => line.startsWith('online'));
    expect(lines.slice(0, first)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i}`));
    expect(lines.slice(first).map((line) => line.slice(0, 8))).toEqual([
      'online, ',
      ...(rows < 8 ? [] : ['match   ']),
      '11111111',
      '22222222',
    ]);
  });

  it('is cut, and not wrapped, by a terminal that became narrower a moment before it says so', async () => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'));
    clock.advance(100);
    io.emulator.resize(40, 16);
    tell({ type: 'hand.started', matchId: idOf(1), hand: 1 });
    clock.advance(100);
    expect(await io.emulator.lines()).toEqual([
      'online, 1 live, net 0, 0 completed',
      'match     state      opponents  hand  cy',
      '11111111  watching   bob           1   -',
    ]);
  });

  it('leaves the last state and the cursor below it at the end', async () => {
    const { io, clock, view, tell } = open();
    tell(online, ...begin(1, 'bob'));
    clock.advance(100);
    io.stdout.write('the last words');
    tell(endHand(1, 1, 1_100, 900));
    view.close();
    view.close();
    io.stdout.write('$ next command\n');
    expect(await io.emulator.lines()).toEqual([
      'the last words',
      'online, 1 live, net +100, 0 completed',
      'match     state      opponents  hand      chips     net  latency',
      '11111111  watching   bob           -  1100/2000    +100        -',
      '$ next command',
    ]);
    expect(await io.emulator.hasCursor()).toBe(true);
    expect(clock.pending()).toBe(0);
    tell(online);
    expect(clock.pending()).toBe(0);
  });

  it('does the same when the process ends without it', async () => {
    const { io, tell } = open();
    tell(online, ...begin(1, 'bob'));
    io.owner().onExit();
    io.stdout.write('$\n');
    expect(await io.emulator.lines()).toEqual([...table, '$']);
    expect(await io.emulator.hasCursor()).toBe(true);
  });

  it('writes no escape when nothing has happened', async () => {
    const { io, view } = open();
    io.stdout.write('a bot is made\n');
    view.close();
    expect(io.writes.join('')).toBe('\r\u001b[Ja bot is made\r\n');
  });

  it('gives the terminal to the shell at Ctrl-Z, and draws anew below it afterwards', async () => {
    const { io, clock, tell } = open();
    tell(online, ...begin(1, 'bob'));
    clock.advance(100);
    io.emulator.write('^Z');
    io.owner().onSuspend();
    expect(await io.emulator.hasCursor()).toBe(true);
    io.emulator.write('$ fg\r\n');
    io.owner().onResume();
    expect(await io.emulator.lines()).toEqual([...table, '$ fg', ...table]);
    expect(await io.emulator.hasCursor()).toBe(false);
  });

  it('has colours unless they are not wanted', () => {
    const written = (env: NodeJS.ProcessEnv) => {
      const { io, view, tell } = open(60, 16, env);
      tell(online, ...begin(1, 'bob'), end(1, -5));
      io.stdout.write('\u001b[35mviolet\u001b[0m\n');
      view.close();
      return [...io.writes.join('').matchAll(/\p{Cc}\[[\d;]*m/gu)].length > 0;
    };
    expect([written({}), written({ NO_COLOR: '1' })]).toEqual([true, false]);
  });
});

describe('the screen of a command', () => {
  const screen = fakeTerminal(80, 24).screen;
  it.each([
    [{}, screen],
    [{ TERM: 'dumb' }, undefined],
    [{ CI: 'true' }, undefined],
    [{ CI: '', TERM: 'xterm' }, screen],
  ])('with %j', (env, expected) => {
    const { screen: _none, ...io } = fakeTerminal(80, 24);
    expect(liveScreenOf(terminalOf({ ...io, env, screen }))).toBe(expected);
    expect(liveScreenOf(terminalOf({ ...io, env }))).toBeUndefined();
  });
});
