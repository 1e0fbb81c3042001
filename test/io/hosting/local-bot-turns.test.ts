// oxlint-disable unicorn/no-thenable -- what a bot returns may be one
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import type { BotEvent } from '../../../src/machines/ports.js';
import { createVirtualClock, type VirtualClock } from '../../../src/time/virtual-clock.js';
import {
  deadlineMs,
  decided,
  deferred,
  expiryMs,
  late,
  overdue,
  revoked,
  roundStart,
  seatBot,
  settled,
  thinker,
  turnRequest,
} from '../../kit/bot-seat.js';

/** Errors of these tests are made in this file. */
const placeHere: string = expect.stringMatching(/^test\/io\/hosting\/local-bot-turns\.test\.ts:\d+$/);

describe('a decision', () => {
  it.each<[string, (answer: unknown) => unknown]>([
    ['at once', (answer) => answer],
    ['as a promise', (answer) => Promise.resolve(answer)],
    ['as a thenable of another make', (answer) => ({ then: (yes: (value: unknown) => void) => yes(answer) })],
    [
      'as a thenable that is a function',
      (answer) => Object.assign(() => undefined, { then: (yes: (value: unknown) => void) => yes(answer) }),
    ],
  ])('may be given %s', async (_how, give) => {
    const seat = seatBot({ decide: () => give(Action.raiseTo(40)) });
    seat.ask('q1');
    await settled();
    expect(seat.facts).toEqual([
      {
        type: 'bot.decided',
        requestId: 'q1',
        answer: { action: 'raise', params: { amount: 40 } },
        latencyMs: 0,
      },
    ]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('that is illegal is made legal and told with what was wrong', () => {
    const seat = seatBot({ decide: () => Action.check() });
    seat.ask('q1');
    const correction = { why: 'check is not offered (fold, call, raise).', asked: { action: 'check' } };
    expect(seat.facts).toEqual([{ ...decided('q1', 'fold'), correction }]);
  });

  it.each<[string, () => unknown]>([
    ['at once', () => ({ action: 'raise', params: revoked() })],
    ['as a promise', () => Promise.resolve({ action: 'raise', params: revoked() })],
  ])('that cannot be read is answered safely, given %s', async (_how, decide) => {
    const seat = seatBot({ decide });
    seat.ask('q1');
    await settled();
    expect(seat.facts).toMatchObject([{ type: 'bot.decided', requestId: 'q1', answer: { action: 'fold' } }]);
  });

  const broken = new Error('broken');
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw broken;
      },
    ],
    ['rejects', () => Promise.reject(broken)],
    [
      'returns a thenable that throws',
      () => ({
        then() {
          throw broken;
        },
      }),
    ],
    [
      'returns an object whose then throws when looked at',
      () => ({
        get then() {
          throw broken;
        },
      }),
    ],
  ])('that %s fails its turn once', async (_how, decide) => {
    const seat = seatBot({ decide });
    seat.ask('q1');
    await settled();
    expect(seat.facts).toEqual([
      {
        type: 'bot.failed',
        hook: 'decide',
        message: 'broken',
        place: placeHere,
        error: broken,
        requestId: 'q1',
      },
    ]);
    seat.clock.advance(expiryMs);
    expect(seat.facts).toHaveLength(1);
    expect(seat.clock.pending()).toBe(0);
  });

  it('is not asked for when its turn is over before the bot comes to it', async () => {
    const slow = deferred();
    const asked: string[] = [];
    const seat = seatBot({
      onRoundStart: () => slow.promise,
      decide: (state: GameState) => asked.push(state.requestId) && Action.call(),
    });
    seat.show(roundStart());
    seat.ask('q1');
    seat.abort('q1');
    seat.ask('q2');
    seat.ask('q3');
    slow.resolve();
    await settled();
    expect(asked).toEqual(['q3']);
    expect(seat.facts).toEqual([decided('q3')]);
    expect(seat.clock.pending()).toBe(0);
  });

  it.each<[string, (seat: ReturnType<typeof seatBot>) => unknown]>([
    ['at once', (seat) => seat.ask('q1')],
    [
      'after time has passed',
      (seat) => {
        seat.clock.advance(700);
        seat.ask('q1');
      },
    ],
    [
      'after the agent took it for over',
      (seat) => {
        seat.abort('q1');
        seat.ask('q1');
      },
    ],
  ])(
    'that is asked for again %s is not thought about again: the same answer is told',
    async (_when, again) => {
      const asked: string[] = [];
      const latencies: number[] = [];
      const seat = seatBot({
        decide({ requestId }: GameState) {
          asked.push(requestId);
          seat.clock.block(5);
          return Action.raiseTo(40);
        },
        onDecisionLatency: (ms: number) => latencies.push(ms),
      });
      const raise: BotEvent = {
        type: 'bot.decided',
        requestId: 'q1',
        answer: { action: 'raise', params: { amount: 40 } },
        latencyMs: 5,
      };
      seat.ask('q1');
      again(seat);
      again(seat);
      await settled();
      expect(seat.facts).toEqual([raise, raise, raise]);
      expect({ asked, latencies, timers: seat.clock.pending() }).toEqual({
        asked: ['q1'],
        latencies: [5],
        timers: 0,
      });
    },
  );

  it('that was made legal is told again without what was wrong with it: that is known', () => {
    const seat = seatBot({ decide: () => Action.check() });
    seat.ask('q1');
    seat.ask('q1');
    const correction = { why: 'check is not offered (fold, call, raise).', asked: { action: 'check' } };
    expect(seat.facts).toEqual([{ ...decided('q1', 'fold'), correction }, decided('q1', 'fold')]);
  });

  it('that failed is not tried again: its turn is over the same as if it came too late, with what was proposed', () => {
    let calls = 0;
    const seat = seatBot({
      decide(_state: GameState, turn: Turn) {
        calls += 1;
        turn.propose(Action.raiseTo(30));
        throw broken;
      },
    });
    seat.ask('q1');
    seat.ask('q1');
    const proposal = { action: 'raise', params: { amount: 30 } };
    expect(seat.facts).toEqual([
      {
        type: 'bot.failed',
        hook: 'decide',
        message: 'broken',
        place: placeHere,
        error: broken,
        requestId: 'q1',
        proposal,
      },
      { type: 'bot.overdue', requestId: 'q1', proposal },
    ]);
    expect(calls).toBe(1);
  });

  it('goes on when its turn was taken for over and comes again', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(1_000);
    seat.abort('q1');
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    await answer();
    expect(turns).toHaveLength(1);
    expect(seat.facts).toEqual([overdue('q1'), decided('q1', 'call', 1_000 + deadlineMs)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it.each<[string, (thought: ReturnType<typeof thinker>) => Promise<void>, BotEvent[]]>([
    [
      'the answer that came too late is told',
      ({ answer }) => answer(Action.raiseTo(40)),
      [
        late('q1', 300),
        {
          type: 'bot.decided',
          requestId: 'q1',
          answer: { action: 'raise', params: { amount: 40 } },
          latencyMs: 300,
        },
      ],
    ],
    [
      'a bot that gave up has no answer',
      ({ fail }) => fail(new DOMException('gave up', 'AbortError')),
      [overdue('q1')],
    ],
  ])('is known when its turn was taken for over and comes again: %s', async (_what, end, told) => {
    const thought = thinker();
    const seat = seatBot(thought.bot);
    seat.ask('q1');
    seat.abort('q1');
    seat.clock.advance(300);
    await end(thought);
    seat.ask('q1');
    expect(seat.facts).toEqual(told);
    expect(thought.turns).toHaveLength(1);
    expect(seat.clock.pending()).toBe(0);
  });

  it('that the bot never came to is asked for when its turn comes again', async () => {
    const slow = deferred();
    const asked: string[] = [];
    const seat = seatBot({
      onRoundStart: () => slow.promise,
      decide: ({ requestId }: GameState) => asked.push(requestId) && Action.call(),
    });
    seat.show(roundStart());
    seat.ask('q1');
    seat.abort('q1');
    slow.resolve();
    await settled();
    seat.ask('q1');
    expect(asked).toEqual(['q1']);
    expect(seat.facts).toEqual([decided('q1')]);
  });

  it('tells its latency to the bot after the answer was told, and once', async () => {
    const order: unknown[] = [];
    const seat = seatBot({
      decide() {
        seat.clock.block(30);
        return Action.call();
      },
      onDecisionLatency: (ms: number) => order.push(ms),
    });
    seat.whenTold(({ type }) => order.push(type));
    seat.ask('q1');
    expect(order).toEqual(['bot.decided']);
    await settled();
    expect(order).toEqual(['bot.decided', 30]);
  });

  it('that failed or came late tells no latency', async () => {
    const latencies: number[] = [];
    const { bot, answer, fail } = thinker();
    const seat = seatBot({ ...bot, onDecisionLatency: (ms: number) => latencies.push(ms) });
    seat.ask('q1');
    await fail(broken);
    seat.ask('q2');
    seat.abort('q2');
    await answer();
    expect(seat.facts.map(({ type }) => type)).toEqual(['bot.failed', 'bot.late']);
    expect(latencies).toEqual([]);
  });

  it('sees the turn it is for', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    const [turn] = turns;
    expect([turn?.matchId, turn?.requestId, turn?.deadline, turn?.raw]).toEqual([
      'm1',
      'q1',
      seat.clock.now() + deadlineMs,
      turnRequest('q1'),
    ]);
    seat.stop();
  });
});

describe('the decision clock', () => {
  it('tells a turn overdue exactly at its deadline, once', () => {
    const { bot } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    seat.clock.advance(1);
    expect(seat.facts).toEqual([overdue('q1')]);
    seat.clock.advance(60_000);
    expect(seat.facts).toEqual([overdue('q1')]);
  });

  it('waits on when a timer fires early', () => {
    const clock = createVirtualClock();
    let earlyMs = 1;
    const seat = seatBot(thinker().bot, {
      ...clock,
      setTimeout(fn, ms) {
        const id = clock.setTimeout(fn, ms - earlyMs);
        earlyMs = 0;
        return id;
      },
    });
    seat.ask('q1');
    clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    clock.advance(1);
    expect(seat.facts).toEqual([overdue('q1')]);
  });

  it('waits whole milliseconds, so that no rest too small to move a clock is waited for again and again', () => {
    const clock = createVirtualClock();
    const waits: number[] = [];
    const seat = seatBot(thinker().bot, {
      ...clock,
      setTimeout(fn, ms) {
        waits.push(ms);
        return clock.setTimeout(fn, ms);
      },
    });
    const deadlineAt = clock.now() + 10.25;
    seat.send({ type: 'bot.decide', frame: turnRequest('q1'), deadlineAt, expiresAt: deadlineAt + 100 });
    clock.advance(10);
    expect(seat.facts).toEqual([]);
    clock.advance(1);
    expect(seat.facts).toEqual([overdue('q1')]);
    expect(waits).toEqual([11]);
  });

  it('waits in parts for a deadline beyond what a timer can count', () => {
    const clock = createVirtualClock();
    const waits: number[] = [];
    const seat = seatBot(thinker().bot, {
      ...clock,
      setTimeout(fn, ms) {
        waits.push(ms);
        return clock.setTimeout(fn, ms);
      },
    });
    const farMs = 2 ** 31 + 5;
    const deadlineAt = clock.now() + farMs;
    seat.send({ type: 'bot.decide', frame: turnRequest('q1'), deadlineAt, expiresAt: deadlineAt + 1 });
    clock.advance(farMs - 1);
    expect(seat.facts).toEqual([]);
    clock.advance(1);
    expect(seat.facts).toEqual([overdue('q1')]);
    expect(waits).toEqual([2 ** 31 - 1, 6]);
  });

  it('starts again when the turn is repeated, and nothing is asked again', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(1_000);
    seat.ask('q1');
    expect(turns).toHaveLength(1);
    expect(turns[0]?.deadline).toBe(seat.clock.now() + deadlineMs);
    seat.clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    await answer();
    expect(seat.facts).toEqual([decided('q1', 'call', 1_000 + deadlineMs - 1)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('starts again also after the turn was overdue, for an answer that could not be sent', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(5_000);
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    await answer();
    expect(turns).toHaveLength(1);
    expect(seat.facts).toEqual([overdue('q1'), overdue('q1'), decided('q1', 'call', 5_000 + deadlineMs)]);
  });

  it('fires the signal when the turn is over, also for one who looks only then', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    const fired: string[] = [];
    seat.ask('q1');
    turns[0]?.signal.addEventListener('abort', () => fired.push('q1'));
    expect(turns[0]?.signal.aborted).toBe(false);
    seat.abort('q2');
    expect(fired).toEqual([]);
    seat.abort('q1');
    seat.abort('q1');
    expect(fired).toEqual(['q1']);
    await answer();

    seat.ask('q2');
    seat.abort('q2');
    expect(turns[1]?.signal.aborted).toBe(true);
    expect(turns[1]?.signal).toBe(turns[1]?.signal);
    seat.clock.advance(1_000);
    expect(seat.clock.pending()).toBe(0);
  });

  it('waits a second for a decision nobody waits for any more, and then asks the next one', async () => {
    const asked: string[] = [];
    const seat = seatBot({
      decide: (_state: unknown, { requestId }: { requestId: string }) => {
        asked.push(requestId);
        return requestId === 'q1' ? new Promise(() => undefined) : Action.call();
      },
    });
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    seat.abort('q1');
    seat.ask('q2');
    seat.clock.advance(999);
    await settled();
    expect(asked).toEqual(['q1']);
    seat.clock.advance(1);
    await settled();
    expect(asked).toEqual(['q1', 'q2']);
    expect(seat.facts).toEqual([overdue('q1'), decided('q2', 'call', 1_000)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('drops an answer that comes after the turn was over, whatever it is', async () => {
    const { bot, answer, fail } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    seat.abort('q1');
    seat.clock.advance(700);
    await answer();
    expect(seat.take()).toEqual([overdue('q1'), late('q1', 2_500)]);
    seat.ask('q2');
    seat.abort('q2');
    await fail(new DOMException('gave up', 'AbortError'));
    expect(seat.take()).toEqual([]);
  });

  it('tells a failure that comes after the turn was over, without asking for an answer to it', async () => {
    const { bot, fail } = thinker();
    const seat = seatBot(bot);
    const error = new Error('too late');
    seat.ask('q1');
    seat.abort('q1');
    await fail(error);
    expect(seat.take()).toEqual([
      { type: 'bot.failed', hook: 'decide', message: 'too late', place: placeHere, error },
    ]);
  });

  it('is given as a plain object that can be logged', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    expect(JSON.parse(JSON.stringify(turns[0]))).toEqual({
      matchId: 'm1',
      requestId: 'q1',
      deadline: seat.clock.now() + deadlineMs,
      signal: {},
      raw: turns[0]?.raw,
      game: null,
      rejection: null,
    });
    seat.stop();
  });

  it('has the same accessor in all turns, and in copies of them', () => {
    const turns: Turn[] = [];
    const seat = seatBot({
      decide(_state: GameState, turn: Turn) {
        turns.push(turn);
        return Action.fold();
      },
    });
    seat.ask('q1');
    seat.ask('q2');
    const accessors = turns.map((turn) => Object.getOwnPropertyDescriptor(turn, 'signal')?.get);
    // One of each turn's own gave each turn a hidden class, and its garbage a long life.
    expect(accessors).toEqual([expect.any(Function), expect.any(Function)]);
    expect(accessors[1]).toBe(accessors[0]);
    expect(turns.map((turn) => ({ ...turn }).signal.aborted)).toEqual([true, true]);
    seat.stop();
  });

  /** Takes the thread for this long in each decision. */
  const blocker = (clock: VirtualClock, ms: number, answer: () => unknown = () => Action.call()) => ({
    decide() {
      clock.block(ms);
      return answer();
    },
  });

  it('lets a blocking bot answer past its deadline while the server still waits', () => {
    const clock = createVirtualClock();
    const seat = seatBot(blocker(clock, expiryMs - 1), clock);
    seat.ask('q1');
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs - 1)]);
    clock.advance(10);
    expect(seat.facts).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('lets the socket be read before the answer of a bot that blocked past the end', () => {
    const clock = createVirtualClock();
    const seat = seatBot(blocker(clock, expiryMs), clock);
    seat.ask('q1');
    // In the real event loop the first timer may still come before the socket.
    clock.setTimeout(() => expect(seat.facts).toEqual([]), 0);
    clock.advance(0);
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs)]);
    expect(clock.pending()).toBe(0);
  });

  const lost = new Error('lost');

  it.each<[string, () => unknown, BotEvent[]]>([
    ['an answer is told late', () => Action.call(), [late('q1', expiryMs)]],
    [
      'a failure is told without its turn',
      () => {
        throw lost;
      },
      [{ type: 'bot.failed', hook: 'decide', message: 'lost', place: placeHere, error: lost }],
    ],
  ])('when the socket had the end of the turn: %s and nothing else', (_what, answer, told) => {
    const clock = createVirtualClock();
    const seat = seatBot(blocker(clock, expiryMs, answer), clock);
    seat.ask('q1');
    clock.setTimeout(() => seat.abort('q1'), 0);
    clock.advance(60_000);
    expect(seat.facts).toEqual(told);
    expect(clock.pending()).toBe(0);
  });

  it('lets the socket be read before it tells overdue on a thread that was blocked past the end', () => {
    const seat = seatBot(thinker().bot);
    const { clock } = seat;
    seat.ask('q1');
    clock.block(expiryMs);
    clock.setTimeout(() => seat.abort('q1'), 0);
    clock.advance(10);
    expect(seat.take()).toEqual([]);

    seat.ask('q2');
    clock.block(expiryMs);
    clock.setTimeout(() => seat.ask('q2'), 0);
    clock.advance(10);
    expect(seat.take()).toEqual([]);
    clock.advance(deadlineMs);
    expect(seat.take()).toEqual([overdue('q2')]);
  });

  it('treats an asynchronous decision that blocked past the end alike', async () => {
    const { bot, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.clock.block(expiryMs + 500);
    await answer();
    expect(seat.facts).toEqual([]);
    seat.clock.advance(0);
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs + 500)]);
  });
});
