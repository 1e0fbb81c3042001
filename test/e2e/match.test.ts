import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bot, type BotSource, type Turn } from '../../src/bot/bot.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import type { Agent, AgentOptions } from '../../src/io/settings/agent-options.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { MatchResult } from '../../src/protocol/results.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { watchEvents } from '../kit/agent.js';
import { createMailbox } from '../kit/mailbox.js';
import { type PlatformPeer, say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';

type Platform = Awaited<ReturnType<typeof startScriptedPlatform>>;

/** A bot whose answers the test gives by hand. */
function scriptedBot() {
  const asked = createMailbox<{ state: GameState; turn: Turn; answer: (action: unknown) => void }>();
  return {
    asked,
    decide: (state: GameState, turn: Turn) =>
      new Promise<never>((resolve) => {
        asked.push({ state, turn, answer: resolve as (action: unknown) => void });
      }),
  };
}

describe('an agent at the table', () => {
  let platform: Platform;
  let clock: ReturnType<typeof createVirtualClock>;
  let events: ReturnType<typeof watchEvents>;
  let agent: Agent;
  let lobby: PlatformPeer;
  let done: Promise<MatchResult[]>;

  beforeEach(async () => {
    platform = await startScriptedPlatform();
    clock = createVirtualClock();
    events = watchEvents();
  });

  afterEach(async () => {
    // The second one cuts what the first one let go on.
    await Promise.all([agent.stop(), agent.stop()]);
    await platform.close();
    await expect.poll(() => clock.pending()).toBe(0);
  });

  /** An agent at a table of this platform, with time standing still. */
  async function sitDown(bot: BotSource, options: AgentOptions = {}): Promise<PlatformPeer> {
    agent = platform.agent(
      bot,
      { maxMatches: 1, onEvent: events.onEvent, ...options },
      { clock, now: clock.now, random: () => 0 },
    );
    done = agent.start();
    done.catch(() => undefined);
    lobby = await platform.lobby();
    lobby.say(say.matched());
    const seat = await platform.seat();
    seat.say(say.matchStart());
    await events.next('match.started');
    return seat;
  }

  /** The connection is gone; the agent is back at the table when the backoff is over. */
  async function comeBack(): Promise<PlatformPeer> {
    await events.next('match.retrying');
    clock.advance(4_000);
    return platform.seat();
  }

  it('shakes hands as the protocol says: token in the subprotocol header only, an empty one in authenticate', async () => {
    agent = platform.agent(
      new (class extends Bot {
        decide = () => Action.check();
      })(),
      { clientName: 'me', clientVersion: '2' },
      { clock, now: clock.now },
    );
    done = agent.start();
    lobby = await platform.lobby();
    await platform.upgrades.next();
    lobby.say(say.matched());
    const seat = await platform.peer();
    const { path, headers } = await platform.upgrades.next();
    expect(path).toBe('/ws/external/match/m1/p1');
    expect(headers['sec-websocket-protocol']).toBe(`chipzen-bot-token,${testToken}`);
    expect(await seat.hear()).toEqual({ type: 'authenticate', match_id: 'm1', token: '' });
    seat.say({ type: 'hello', match_id: 'm1', selected_version: '1.0' });
    expect(await seat.hear()).toEqual({
      type: 'hello',
      match_id: 'm1',
      supported_versions: ['1.0'],
      client_name: 'me',
      client_version: '2',
    });
  });

  it('answers a turn with what the bot decides, and ends with the whole match_end', async () => {
    const bot = scriptedBot();
    const seat = await sitDown(bot);
    seat.say(say.turn('r1'));
    const { state, answer } = await bot.asked.next();
    expect(state).toMatchObject({ toCall: 10, minRaise: 20, maxRaise: 100, yourSeat: 0, requestId: 'r1' });
    answer({ action: 'raise', params: { amount: 40 } });
    expect(await seat.hear()).toEqual({
      type: 'turn_action',
      match_id: 'm1',
      request_id: 'r1',
      action: 'raise',
      params: { amount: 40 },
    });
    seat.say(say.matchEnd('m1', { extra: { kept: true } }));
    const [result] = await done;
    expect(result).toMatchObject({
      matchId: 'm1',
      outcome: 'completed',
      netChips: 5,
      turns: 1,
      end: { ...say.matchEnd(), extra: { kept: true } },
    });
  });

  it.each([
    ['what is not offered', 'check', { action: 'fold' }],
    ['a raise below the minimum', Action.raiseTo(1), { action: 'raise', params: { amount: 20 } }],
    ['a raise above the maximum', Action.raiseTo(5_000), { action: 'raise', params: { amount: 100 } }],
    ['an all-in', Action.allIn(), { action: 'raise', params: { amount: 100 } }],
    ['nothing', undefined, { action: 'fold' }],
    ['a number', 7, { action: 'fold' }],
  ])('makes legal: %s', async (_what, answer, sent) => {
    const bot = scriptedBot();
    const seat = await sitDown(bot);
    seat.say(say.turn('r1'));
    (await bot.asked.next()).answer(typeof answer === 'string' ? { action: answer } : answer);
    expect(await seat.hear()).toEqual({ type: 'turn_action', match_id: 'm1', request_id: 'r1', ...sent });
  });

  it('answers for a bot that never answers, fires its signal, and drops what comes late', async () => {
    const bot = scriptedBot();
    const seat = await sitDown(bot, { marginMs: 500 });
    seat.say(say.turn('r1'));
    const { turn, answer } = await bot.asked.next();
    expect(turn.deadline).toBe(clock.now() + 4_500);
    const { signal } = turn;
    clock.advance(4_499);
    expect(signal.aborted).toBe(false);
    clock.advance(1);
    expect(signal.aborted).toBe(true);
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'fold' });
    answer(Action.call());
    await events.next('turn.late');
    seat.say(say.turn('r2'));
    (await bot.asked.next()).answer(Action.call());
    expect(await seat.hear()).toMatchObject({ request_id: 'r2', action: 'call' });
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ turns: 2, fallbacks: 1 }]);
  });

  it('sends one answer for a bot that answers twice', async () => {
    const twice = {
      decide: () => ({
        // oxlint-disable-next-line unicorn/no-thenable -- a promise of the bad kind
        then(resolve: (action: Action) => void) {
          resolve(Action.call());
          resolve(Action.fold());
        },
      }),
    };
    const seat = await sitDown(twice as never);
    seat.say(say.turn('r1'));
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    seat.say(say.turn('r2'));
    expect(await seat.hear()).toMatchObject({ request_id: 'r2', action: 'call' });
    expect(seat.heard()).toHaveLength(4);
  });

  it('plays on for a bot that throws, and says so', async () => {
    const bot = {
      decide() {
        throw new Error('lost my head');
      },
      onRoundStart() {
        throw new Error('lost my way');
      },
    };
    const seat = await sitDown(bot);
    seat.say({ type: 'round_start', round_number: 1, state: {} });
    seat.say(say.turn('r1'));
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'fold' });
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ outcome: 'completed', fallbacks: 1 }]);
    const failures = events.all.filter((event) => event.type === 'bot.failed');
    expect(failures.map(({ hook, message }) => [hook, message])).toEqual([
      ['onRoundStart', 'lost my way'],
      ['decide', 'lost my head'],
    ]);
  });

  it('tells of a card that it cannot read, once, and asks the bot without it', async () => {
    const seat = await sitDown({ decide: ({ board }) => Action.raiseTo(20 + board.length) });
    for (const requestId of ['r1', 'r2']) {
      seat.say(say.turn(requestId, { state: { min_raise: 20, max_raise: 100, board: ['2c', '10d', 'Td'] } }));
      expect(await seat.hear()).toMatchObject({ request_id: requestId, params: { amount: 22 } });
    }
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ outcome: 'completed', fallbacks: 0 }]);
    expect(events.all.filter(({ type }) => type === 'card.unread')).toEqual([
      { type: 'card.unread', matchId: 'm1', field: 'board', found: '"10d"', at: clock.now() },
    ]);
  });

  it('without safe mode ends the session with the bot’s own error as the cause', async () => {
    const lost = new Error('lost my head');
    const bot = {
      decide() {
        throw lost;
      },
    };
    const seat = await sitDown(bot, { safeMode: false });
    seat.say(say.turn('r1'));
    await expect(done).rejects.toMatchObject({
      code: 'bot_decision',
      cause: lost,
      results: [{ matchId: 'm1', end: null, abandonReason: 'bot_error' }],
    });
    await seat.raw.closed;
  });

  it('without safe mode a constructor that throws ends the session too', async () => {
    class Broken extends Bot {
      constructor() {
        super();
        throw new Error('no model file');
      }
      decide() {
        return Action.fold();
      }
    }
    agent = platform.agent(Broken, { safeMode: false }, { clock, now: clock.now });
    done = agent.start();
    lobby = await platform.lobby();
    lobby.say(say.matched());
    await expect(done).rejects.toMatchObject({
      code: 'bot_decision',
      message: expect.stringContaining('no model file') as unknown,
    });
  });

  it('comes back after a drop while thinking; the bot is not asked twice and its answer goes out then', async () => {
    const bot = scriptedBot();
    let seat = await sitDown(bot, { marginMs: 500 });
    seat.say(say.turn('r1', { seq: 5 }));
    const { answer, turn } = await bot.asked.next();
    seat.drop();
    seat = await comeBack();
    seat.say(say.turn('r1', { seq: 6 }));
    await events.next('turn.repeated');
    expect(turn.deadline).toBe(clock.now() + 4_500);
    answer(Action.call());
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ turns: 1, resumes: 1, fallbacks: 0 }]);
    expect(bot.asked.all).toHaveLength(1);
  });

  it('gives a repeated turn the answer it gave before the drop', async () => {
    const bot = scriptedBot();
    let seat = await sitDown(bot);
    seat.say(say.turn('r1'));
    (await bot.asked.next()).answer(Action.call());
    await seat.hear();
    seat.drop();
    seat = await comeBack();
    seat.say({ type: 'reconnected', match_id: 'm1', pending_request: say.turn('r1') });
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    expect(bot.asked.all).toHaveLength(1);
  });

  it('comes back after a drop while watching and tells the bot', async () => {
    const told: unknown[] = [];
    const seat = await sitDown({
      decide: () => Action.call(),
      onReconnected: (info) => void told.push(info),
    });
    seat.drop();
    const again = await comeBack();
    again.say(say.turn('r1'));
    expect(await again.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    expect(told).toEqual([{ matchId: 'm1', restarted: false }]);
  });

  it('comes back after a drop at any point of the handshake', async () => {
    agent = platform.agent(
      { decide: () => Action.call() },
      { maxMatches: 1, onEvent: events.onEvent },
      { clock, now: clock.now },
    );
    done = agent.start();
    lobby = await platform.lobby();
    lobby.say(say.matched());
    const drops: ((seat: PlatformPeer) => Promise<unknown>)[] = [
      async () => undefined,
      (seat) => seat.hear(),
      async (seat) => {
        await seat.hear();
        seat.say({ type: 'hello', match_id: 'm1', selected_version: '1.0' });
        await seat.hear();
      },
    ];
    for (const drop of drops) {
      const seat = await platform.peer();
      await drop(seat);
      seat.drop();
      await events.next('match.retrying');
      clock.advance(4_000);
    }
    const seat = await platform.seat();
    seat.say(say.turn('r1'));
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ outcome: 'completed', resumes: 1, fallbacks: 0 }]);
  });

  it('abandons a match whose gateway never lets it in, and records it', async () => {
    agent = platform.agent(
      scriptedBot(),
      {
        maxMatches: 1,
        onEvent: events.onEvent,
        retryPolicy: new RetryPolicy({ maxReconnectAttempts: 2, initialBackoffMs: 100 }),
      },
      { clock, now: clock.now },
    );
    done = agent.start();
    lobby = await platform.lobby();
    lobby.say(say.matched());
    for (let attempt = 0; attempt < 3; attempt++) {
      const seat = await platform.peer();
      await seat.hear();
      seat.close(1011);
      await events.next('match.lost');
      clock.advance(1_000);
    }
    expect(await done).toMatchObject([{ matchId: 'm1', end: null, abandonReason: 'reconnects_exhausted' }]);
  });

  it.each([
    [4001, 'refused'],
    [4003, 'refused'],
    [4005, 'refused'],
    [4013, 'version_unsupported'],
  ])('gives up at once on close code %i', async (code, abandonReason) => {
    const seat = await sitDown(scriptedBot());
    seat.close(code);
    expect(await done).toMatchObject([{ end: null, abandonReason }]);
    expect(platform.upgrades.all).toHaveLength(2);
  });

  it('reads nothing into garbage of every kind, counts it, and plays on', async () => {
    const bot = scriptedBot();
    const seat = await sitDown(bot);
    const garbage = [
      '',
      'null',
      '[]',
      '42',
      '"text"',
      '{',
      '{}',
      '{"type":7}',
      '{"type":"__proto__"}',
      '{"type":"constructor"}',
      '{"type":"session_control"}',
      '{"type":"xstate.stop"}',
      '{"type":"turn_request"}',
      '{"type":"turn_request","request_id":{}}',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      '\u0000\u0007',
      JSON.stringify({ type: 'x'.repeat(100_000) }),
    ];
    for (const text of garbage) seat.raw.socket.send(text);
    seat.raw.socket.send(Buffer.from([0, 1, 2, 255]));
    for (const text of garbage) lobby.raw.socket.send(text);
    lobby.raw.socket.send(Buffer.from([0, 1, 2, 255]));
    lobby.say({ type: 'ping' });
    expect(await lobby.hear()).toEqual({ type: 'pong' });
    const wrongTypes = {
      seq: 'x',
      server_ts: [],
      seats: 5,
      your_seat: 'a',
      turn_timeout_ms: 'soon',
      game_config: 1,
    };
    seat.say({ ...say.matchStart(), ...wrongTypes });
    seat.say({ type: 'round_start', state: 'none', round_number: 'one', round_id: 4 });
    seat.say({ type: 'turn_result', seat: 'me', details: null });
    seat.say({ type: 'phase_change', state: [] });
    seat.say({ type: 'round_result', result: 3 });
    seat.say({ type: 'action_rejected', request_id: 5, valid_actions: 'all', remaining_ms: 'some' });
    seat.say({ type: 'error', code: 1, message: {} });
    seat.say({ type: 'reconnected', pending_request: 'none' });
    seat.say(
      say.turn('r1', {
        valid_actions: ['fold', 7, null, 'call'],
        timeout_ms: 'long',
        state: 'none',
        seat: {},
      }),
    );
    const { state, answer } = await bot.asked.next();
    expect(state).toMatchObject({ toCall: 0, board: [], validActions: ['fold', 'call'] });
    answer(Action.call());
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    seat.say(say.matchEnd('m1', { results: 'none', total_hands_played: 'many' }));
    expect(await done).toMatchObject([{ outcome: 'completed', netChips: null }]);
    const ignored = events.all.filter((event) => event.type === 'frame.ignored');
    // `session_control` is no frame this client knows; every other one is unreadable on both legs as well.
    expect(ignored.filter(({ leg }) => leg === 'match')).toHaveLength(garbage.length + 1);
    expect(ignored.filter(({ leg }) => leg === 'lobby')).toHaveLength(garbage.length + 1);
  });

  it('keeps its seat when the lobby drops during a match', async () => {
    const seat = await sitDown({ decide: () => Action.call() });
    lobby.drop();
    await events.next('lobby.retrying');
    seat.say(say.turn('r1'));
    expect(await seat.hear()).toMatchObject({ request_id: 'r1', action: 'call' });
    clock.advance(1_000);
    lobby = await platform.lobby();
    lobby.say(say.matched('m1', { resume: true }));
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ outcome: 'completed', resumes: 0 }]);
  });

  it('cuts what is left when the grace of an eviction is over', async () => {
    const seat = await sitDown(scriptedBot(), { drainGraceMs: 3_000 });
    lobby.say({ type: 'evict' });
    await events.next('lobby.draining');
    clock.advance(3_000);
    expect(await done).toMatchObject([{ end: null, abandonReason: 'cut' }]);
    expect(await seat.raw.closed).toMatchObject({ code: 1000 });
  });

  it('gives onMatchEnd its time, and no more than that', async () => {
    const ended = createMailbox<string>();
    const bot = {
      decide: () => Action.call(),
      onMatchEnd: () => {
        ended.push('called');
        return new Promise<void>(() => undefined);
      },
    };
    const seat = await sitDown(bot);
    seat.say(say.matchEnd());
    await ended.next();
    clock.advance(2_000);
    expect(await done).toMatchObject([{ outcome: 'completed' }]);
  });
});
