import { describe, expect, it } from 'vitest';
import type { SandboxEvent } from '../../../src/sandbox/index.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type Client, dialSeat, type Frame, goOnline } from '../../kit/client.js';
import { openPlatform } from '../../kit/platform.js';

const startingStack = 200;
const maxHands = 4;
const bots = 120;
const kinds = ['tight-aggressive', 'random', 'calling-station'] as const;

/** What passes on the platform's clock in one turn of the event loop: a decision has five hundred of them. */
const stepMs = 10;
/** No match of so few hands takes longer. */
const limitMs = 120_000;

const loopTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
const tcpConnections = () =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

describe('a sandbox with two hundred matches at once', () => {
  /** Answers the lobby until that closes, and plays every match that it hears of; collects the seats. */
  async function attend(lobby: Client, { url, token }: { url: string; token: string }, seats: Client[]) {
    for (;;) {
      const frame = await lobby.next();
      if (frame.type === 'ping') lobby.say({ type: 'pong' });
      if (frame.type !== 'matched') continue;
      const seat = await dialSeat(url, frame, token);
      seats.push(seat);
      void play(seat, String(frame['match_id']));
    }
  }

  async function play(seat: Client, match_id: string): Promise<void> {
    seat.say({ type: 'authenticate', match_id, token: '' });
    for (let frame: Frame = await seat.next(); frame.type !== 'match_end'; frame = await seat.next()) {
      if (frame.type === 'hello') seat.say({ type: 'hello', match_id, supported_versions: ['1.0'] });
      if (frame.type !== 'turn_request') continue;
      const { request_id, valid_actions } = frame;
      const action = (valid_actions as string[]).includes('check') ? 'check' : 'call';
      seat.say({ type: 'turn_action', match_id, request_id, action });
    }
  }

  it('misses no clock at the pace of the platform, loses no chip and keeps nothing afterwards', async () => {
    const connectionsBefore = tcpConnections();
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, speed: 1, startingStack, maxHands, pingIntervalMs: 5_000 });
    const { sandbox, events } = open;
    const eventsOf = <T extends SandboxEvent['type']>(type: T) =>
      events.filter((event): event is Extract<SandboxEvent, { type: T }> => event.type === type);

    let over = 0;
    sandbox.on(({ type }) => {
      if (type === 'match.ended') over += 1;
    });

    const accounts = Array.from({ length: bots }, () => sandbox.addBot());
    const lobbies = await Promise.all(accounts.map(goOnline));
    const seats: Client[] = [];
    for (const [i, lobby] of lobbies.entries()) {
      const login = { url: open.url, token: accounts[i]?.token ?? '' };
      attend(lobby, login, seats).catch(() => undefined);
    }
    const kind = (i: number) => kinds[i % kinds.length] ?? '';
    const bot = (i: number) => ({ botId: accounts[i]?.botId ?? '' });
    const lineups = [
      ...Array.from({ length: 120 }, (_, i) => [bot(i), kind(i)]),
      ...Array.from({ length: 60 }, (_, i) => [bot(i), bot(i + 60)]),
      ...Array.from({ length: 20 }, (_, i) => [kind(i), kind(i + 1)]),
    ];
    await Promise.all(lineups.map((players) => sandbox.play({ players })));

    await Promise.all(lineups.map(() => open.event('match.started')));
    for (let passedMs = 0; over < lineups.length && passedMs < limitMs; passedMs += stepMs) {
      clock.advance(stepMs);
      await loopTurn();
    }

    const ends = eventsOf('match.ended').map(({ end }) => end);
    expect(ends.map(({ reason, terminal_status }) => `${reason} ${terminal_status}`)).toEqual(
      lineups.map(() => 'complete completed'),
    );
    expect(
      new Set(ends.map(({ results }) => sum((results ?? []).map((line) => line.final_stack ?? 0)))),
    ).toEqual(new Set([2 * startingStack]));
    expect(new Set(eventsOf('hand.ended').map(({ stacks }) => sum(stacks)))).toEqual(
      new Set([2 * startingStack]),
    );
    const expected = ['lobby.online', 'match.created', 'seat.connected', 'match.started', 'turn.opened'];
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set([...expected, 'hand.ended', 'match.ended', 'lobby.ping', 'lobby.pong', 'table.changed']),
    );

    expect(await Promise.all(seats.map((seat) => seat.closed()))).toEqual(
      Array.from({ length: 240 }, () => ({ code: 1000, reason: 'match_ended' })),
    );
    // The first heartbeats have come and gone, so that a missed one would show.
    expect(lobbies.every(({ frames }) => frames.some(({ type }) => type === 'ping'))).toBe(true);
    await loopTurn();
    expect(clock.pending()).toBe(bots);

    await open.close();
    await Promise.all(lobbies.map((lobby) => lobby.closed()));
    await loopTurn();
    expect({ timers: clock.pending(), connections: tcpConnections() }).toEqual({
      timers: 0,
      connections: connectionsBefore,
    });
  });
});
