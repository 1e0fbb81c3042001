import { describe, expect, it } from 'vitest';
import type { DecisionTimeout, Turn } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import type { MissedTurn } from '../../../src/protocol/events.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import {
  deadlineMs,
  deferred,
  expiryMs,
  overdue,
  seatBot,
  settled,
  thinker,
  turnRequest,
} from '../../kit/bot-seat.js';

/** Errors of these tests are made in this file. */
const placeHere: string = expect.stringMatching(/^test\/io\/hosting\/local-bot-deadline\.test\.ts:\d+$/);

describe('the deadline that a bot is shown', () => {
  it.each([3_600_000, -3_600_000, 1_300, -40 * 365 * 86_400_000])(
    'is what is left on the wall clock, though that was set by %i ms while it thinks',
    (stepMs) => {
      let offMs = 0;
      const clock = createVirtualClock();
      const wallNow = () => clock.now() + offMs;
      const { bot, turns } = thinker();
      const seat = seatBot(bot, clock, wallNow);
      const left = () => (turns[0]?.deadline ?? 0) - wallNow();
      seat.ask('q1');
      clock.advance(100);
      const copy = { ...turns[0] };
      expect([left(), copy.deadline]).toEqual([deadlineMs - 100, wallNow() + deadlineMs - 100]);
      offMs = stepMs;
      expect(left()).toBe(deadlineMs - 100);
      clock.advance(500);
      expect(left()).toBe(deadlineMs - 600);
      seat.ask('q1');
      expect(left()).toBe(deadlineMs);
      clock.advance(deadlineMs);
      expect(seat.facts).toEqual([overdue('q1')]);
      seat.stop();
    },
  );

  it('is whole milliseconds', () => {
    const clock = createVirtualClock();
    const { bot, turns } = thinker();
    const seat = seatBot(bot, clock);
    const deadlineAt = clock.now() + 1_000.4;
    seat.send({ type: 'bot.decide', frame: turnRequest('q1'), deadlineAt, expiresAt: deadlineAt + 100 });
    expect(turns[0]?.deadline).toBe(clock.now() + 1_000);
    seat.stop();
  });
});

describe('a proposal', () => {
  it('is made legal, and the last one is what goes out at the deadline', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    turns[0]?.propose(Action.call());
    turns[0]?.propose(Action.raiseTo(5_000));
    seat.clock.advance(deadlineMs);
    expect(seat.facts).toEqual([
      { ...overdue('q1'), proposal: { action: 'raise', params: { amount: 100 } } },
    ]);
  });

  it('is what it was when it was made, whatever becomes of the object', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    const answer = { action: 'raise', params: { amount: 40 } };
    turns[0]?.propose(answer);
    answer.action = 'fold';
    answer.params.amount = 7;
    seat.clock.advance(deadlineMs);
    expect(seat.facts).toEqual([{ ...overdue('q1'), proposal: { action: 'raise', params: { amount: 40 } } }]);
  });

  it('that is no action is a safe one', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1', { valid_actions: ['check', 'raise'] });
    (turns[0] as unknown as { propose(answer: unknown): void }).propose('all of it');
    seat.clock.advance(deadlineMs);
    expect(seat.facts).toEqual([{ ...overdue('q1'), proposal: { action: 'check' } }]);
  });

  it('stays until a better answer comes, which takes its place', async () => {
    const { bot, turns, answer } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    turns[0]?.propose(Action.fold());
    await answer(Action.call());
    expect(seat.facts).toEqual([
      { type: 'bot.decided', requestId: 'q1', answer: { action: 'call' }, latencyMs: 0 },
    ]);
  });

  it('goes out when the bot fails after it', async () => {
    const { bot, turns, fail } = thinker();
    const seat = seatBot(bot);
    const error = new Error('lost');
    seat.ask('q1');
    turns[0]?.propose(Action.call());
    await fail(error);
    expect(seat.facts).toEqual([
      {
        type: 'bot.failed',
        hook: 'decide',
        message: 'lost',
        place: placeHere,
        error,
        requestId: 'q1',
        proposal: { action: 'call' },
      },
    ]);
  });

  it('to a turn that is over changes nothing', () => {
    const { bot, turns } = thinker();
    const seat = seatBot(bot);
    seat.ask('q1');
    seat.abort('q1');
    seat.ask('q2');
    turns[0]?.propose(Action.call());
    seat.clock.advance(deadlineMs + 1_000);
    expect(seat.facts).toEqual([overdue('q2')]);
    seat.stop();
  });

  it('on a table of another game keeps its own parameters', () => {
    const proposed = { action: 'draw', params: { cards: ['Ah'] } };
    const seat = seatBot({
      decideRaw(turn: Turn) {
        turn.propose(proposed);
        return new Promise(() => undefined);
      },
    });
    seat.show({ type: 'hello', game: { game_type: 'draw27' } });
    seat.ask('q1', { valid_actions: ['draw', 'fold'] });
    seat.clock.advance(deadlineMs);
    expect(seat.facts).toEqual([{ ...overdue('q1'), proposal: proposed }]);
  });
});

describe('onDecisionTimeout', () => {
  const missed: MissedTurn = { by: 'agent', answer: { action: 'fold' }, waitedMs: deadlineMs };

  function timedOut(bot: object = {}) {
    const told: unknown[] = [];
    const { bot: slow, answer, turns } = thinker();
    const seat = seatBot({
      ...slow,
      onDecisionTimeout: (info: DecisionTimeout) => told.push(info),
      onDecisionLatency: (ms: number) => told.push(ms),
      ...bot,
    });
    const miss = (requestId: string) => seat.send({ type: 'bot.abort', requestId, missed });
    return { seat, told, answer, turns, miss };
  }

  it('tells the bot, after its signal, how the turn was played', async () => {
    const { seat, told, turns, answer, miss } = timedOut();
    const order: string[] = [];
    seat.ask('q1');
    turns[0]?.signal.addEventListener('abort', () => order.push(`signal, told ${told.length}`));
    seat.clock.advance(deadlineMs);
    miss('q1');
    await answer();
    expect(order).toEqual(['signal, told 0']);
    expect(told).toEqual([{ matchId: 'm1', requestId: 'q1', ...missed }]);
  });

  it('waits a second for a decision that does not end, as other hooks do', async () => {
    const { seat, told, miss } = timedOut();
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    miss('q1');
    seat.clock.advance(999);
    await settled();
    expect(told).toEqual([]);
    seat.clock.advance(1);
    await settled();
    expect(told).toHaveLength(1);
  });

  it('is not called for a turn that ended otherwise', async () => {
    const { seat, told, answer } = timedOut();
    seat.ask('q1');
    seat.abort('q1');
    await answer();
    expect(told).toEqual([]);
  });

  it('takes the place of the latency of an answer that came too late, on a thread that was blocked', async () => {
    const clock = createVirtualClock();
    const told: unknown[] = [];
    const seat = seatBot(
      {
        decide() {
          clock.block(expiryMs);
          return Action.call();
        },
        onDecisionTimeout: ({ requestId }: DecisionTimeout) => told.push(requestId),
        onDecisionLatency: (ms: number) => told.push(ms),
      },
      clock,
    );
    seat.whenTold(({ type }) => {
      if (type === 'bot.decided') seat.send({ type: 'bot.abort', requestId: 'q1', missed });
    });
    seat.ask('q1');
    clock.advance(0);
    await settled();
    expect(told).toEqual(['q1']);
  });

  it('that fails is told, and that is slow holds up what follows', async () => {
    const slow = deferred();
    const { seat, miss } = timedOut({ decide: () => Action.call(), onDecisionTimeout: () => slow.promise });
    miss('q0');
    seat.ask('q1');
    expect(seat.facts).toEqual([]);
    slow.reject(new Error('again'));
    await settled();
    expect(seat.facts.map(({ type }) => type)).toEqual(['bot.failed', 'bot.decided']);
  });
});
