import { describe, expect, it } from 'vitest';
import { defineIsolatedBot } from '../../../../src/io/hosting/pool/isolated-bot.js';
import type { ThreadEnd } from '../../../../src/io/hosting/threads/bot-thread.js';
import type { BotEvent } from '../../../../src/machines/ports.js';
import { createVirtualClock } from '../../../../src/time/virtual-clock.js';
import {
  deadlineMs,
  decided,
  expiryMs,
  finished,
  late,
  matchEnd,
  matchStart,
  overdue,
  roundResult,
  roundStart,
  seatLogic,
  turnRequest,
} from '../../../kit/bot-seat.js';
import { type ScriptedThread, scriptedPool } from '../../../kit/thread-pool.js';

const raise = { action: 'raise', params: { amount: 40 } };

function seatIsolated() {
  const clock = createVirtualClock();
  const pool = scriptedPool();
  const seat = seatLogic(defineIsolatedBot({ pool, clock, now: clock.now }), clock);
  return { ...seat, pool };
}

const answers = (thread: ScriptedThread, requestId: string) =>
  thread.say({ type: 'fact', fact: decided(requestId, 'call', 1) });

const lost = (more: object = {}): object => ({
  type: 'bot.failed',
  hook: 'thread',
  message: 'The bot ended its own thread.',
  error: null,
  terminated: 'exited',
  ...more,
});

describe('a bot in a thread', () => {
  it('is seated, shown and asked there, and its answer comes with the latency of this side', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    seat.show(matchStart);
    seat.ask('q1');
    expect(thread.takeTypes()).toEqual(['seat', 'bot.observe', 'bot.decide']);
    seat.clock.advance(250);
    answers(thread, 'q1');
    expect(seat.facts).toEqual([decided('q1', 'call', 250)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('is asked again for an answer that the server has rejected', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    seat.ask('q1');
    answers(thread, 'q1');
    thread.take();
    const rejection = { type: 'action_rejected' as const, request_id: 'q1', valid_actions: ['place'] };
    seat.clock.advance(100);
    seat.askAgain(rejection);
    expect(thread.take()).toMatchObject([
      { command: { type: 'bot.decide', rejection }, askedAt: seat.clock.now() },
    ]);
    seat.clock.advance(50);
    thread.say({ type: 'fact', fact: decided('q1', 'raise', 1) });
    expect(seat.facts).toEqual([decided('q1'), decided('q1', 'raise', 50)]);
    // A repeat of the turn gets the newest answer, and the thread is not asked.
    seat.ask('q1');
    expect([seat.facts.at(-1), thread.take()]).toEqual([decided('q1', 'raise', 50), []]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('is told when a turn was asked, so that time behind other hooks counts', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    const askedAt = seat.clock.now();
    seat.ask('q1');
    expect(thread.take()).toMatchObject([{ type: 'seat' }, { command: { type: 'bot.decide' }, askedAt }]);
    seat.stop();
  });

  it('hands on its other facts as they are', () => {
    const seat = seatIsolated();
    const facts: BotEvent[] = [
      { type: 'bot.slow', hook: 'onRoundStart', waitedMs: 10_000 },
      { type: 'bot.failed', hook: 'onRoundStart', message: 'x', error: null },
      late('q0', 3_000),
      finished,
    ];
    for (const fact of facts) seat.pool.newest.say({ type: 'fact', fact });
    expect(seat.facts).toEqual(facts);
  });

  it('tells of a card that it could not read once, whatever thread says it', () => {
    const seat = seatIsolated();
    const fact: BotEvent = { type: 'bot.unread', field: 'board', found: '"1d"' };
    const other: BotEvent = { ...fact, field: 'your_hole_cards' };
    seat.pool.newest.say({ type: 'fact', fact });
    seat.pool.newest.die();
    for (const one of [fact, other, fact]) seat.pool.newest.say({ type: 'fact', fact: one });
    expect(seat.take().filter(({ type }) => type === 'bot.unread')).toEqual([fact, other]);
    seat.stop();
  });

  it('ends with its match', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.stop();
    expect(seat.pool.newest.hasEnded).toBe(true);
    expect(seat.clock.pending()).toBe(0);
  });
});

describe('the match', () => {
  function seatUnmade() {
    const clock = createVirtualClock();
    const pool = scriptedPool();
    const take = () => Object.assign(pool.take(), { isMade: false });
    return { ...seatLogic(defineIsolatedBot({ pool: { take }, clock, now: clock.now }), clock), pool };
  }

  it('is told at once that its bot is there, when that was made before', () => {
    const seat = seatIsolated();
    expect(seat.readies()).toBe(1);
    seat.pool.newest.say({ type: 'ready' });
    seat.pool.newest.die();
    seat.pool.newest.say({ type: 'ready' });
    expect(seat.readies()).toBe(1);
    seat.stop();
  });

  it.each<[string, (thread: ScriptedThread) => void]>([
    ['is made', (thread) => thread.say({ type: 'ready' })],
    ['cannot be made', (thread) => thread.say({ type: 'unfit', message: 'x', cause: undefined })],
  ])('waits until its bot %s', (_what, happen) => {
    const seat = seatUnmade();
    seat.pool.newest.say({ type: 'waiting' });
    expect(seat.readies()).toBe(0);
    happen(seat.pool.newest);
    expect([seat.readies(), seat.facts]).toEqual([1, []]);
    seat.stop();
  });

  it('waits for the next thread when the first one ends too soon, and for none when there is no other', () => {
    const seat = seatUnmade();
    for (const readies of [0, 0, 0, 1]) {
      seat.pool.newest.die();
      expect(seat.readies()).toBe(readies);
    }
    expect(seat.facts).toHaveLength(4);
  });

  it('asks for a thread before all others when it is under way', () => {
    const clock = createVirtualClock();
    const pool = scriptedPool();
    const urgent: unknown[] = [];
    const take = (isUrgent?: boolean) => {
      urgent.push(isUrgent);
      return pool.take();
    };
    const seat = seatLogic(defineIsolatedBot({ pool: { take }, clock, now: clock.now }), clock);
    pool.newest.die();
    expect(urgent).toEqual([false, true]);
    seat.stop();
  });
});

describe('the clock of a bot in a thread', () => {
  it('runs here: the turn is overdue at its deadline whatever the thread does, and a later answer is late', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    seat.clock.advance(1);
    expect(seat.take()).toEqual([overdue('q1')]);
    seat.abort('q1');
    seat.clock.advance(100);
    answers(seat.pool.newest, 'q1');
    expect(seat.take()).toEqual([late('q1', deadlineMs + 100)]);
  });

  it('hands out what the bot proposed for this turn, without a word of the thread', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.pool.newest.propose('q1', raise);
    seat.clock.advance(deadlineMs);
    expect(seat.take()).toEqual([{ ...overdue('q1'), proposal: raise }]);
    seat.pool.newest.say({ type: 'alive', id: 1 });
    seat.ask('q2');
    seat.clock.advance(deadlineMs);
    expect(seat.take()).toEqual([overdue('q2')]);
    seat.stop();
  });

  it('starts again when the turn is repeated', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.clock.advance(1_000);
    seat.ask('q1');
    expect(seat.pool.newest.takeTypes()).toEqual(['seat', 'bot.decide', 'bot.decide']);
    seat.clock.advance(deadlineMs - 1);
    expect(seat.facts).toEqual([]);
    answers(seat.pool.newest, 'q1');
    expect(seat.facts).toEqual([decided('q1', 'call', 1_000 + deadlineMs - 1)]);
  });

  it('lets the socket be read before an answer that comes after the end, on a thread of ours that was blocked', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.clock.block(expiryMs);
    answers(seat.pool.newest, 'q1');
    expect(seat.facts).toEqual([]);
    seat.abort('q1');
    seat.clock.advance(0);
    expect(seat.facts).toEqual([late('q1', expiryMs)]);
  });

  it('counts a failing decision with what was proposed before it, and one of a closed turn without', () => {
    const seat = seatIsolated();
    const fact: BotEvent = { type: 'bot.failed', hook: 'decide', message: 'x', error: null, requestId: 'q1' };
    seat.ask('q1');
    seat.pool.newest.propose('q1', raise);
    seat.pool.newest.say({ type: 'fact', fact });
    seat.pool.newest.say({ type: 'fact', fact });
    const { requestId, ...failure } = fact;
    expect(seat.facts).toEqual([{ ...failure, requestId, proposal: raise }, failure]);
    expect(seat.clock.pending()).toBe(0);
  });
});

describe('a turn that is repeated', () => {
  it('while its answer is on the way is answered once, however often the thread says it', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    seat.ask('q1');
    seat.ask('q1');
    answers(thread, 'q1');
    answers(thread, 'q1');
    seat.ask('q2');
    answers(thread, 'q1');
    answers(thread, 'q2');
    expect(seat.facts).toEqual([decided('q1'), decided('q2')]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('after its answer was heard is answered the same again, and the thread is not asked', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    const correction = { why: 'check is not offered.', asked: { action: 'check' } };
    seat.ask('q1');
    seat.clock.advance(250);
    thread.say({ type: 'fact', fact: { ...decided('q1', 'fold', 1), correction } as BotEvent });
    seat.clock.advance(100);
    seat.ask('q1');
    expect(seat.facts).toEqual([{ ...decided('q1', 'fold', 250), correction }, decided('q1', 'fold', 250)]);
    expect(thread.takeTypes()).toEqual(['seat', 'bot.decide']);
    expect(seat.clock.pending()).toBe(0);
  });

  it('while its answer waits for the socket to be read renews its clock, and asks nobody', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    seat.ask('q1');
    seat.clock.block(expiryMs);
    answers(thread, 'q1');
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    expect(seat.facts).toEqual([decided('q1', 'call', expiryMs)]);
    expect(thread.takeTypes()).toEqual(['seat', 'bot.decide']);
    expect(seat.clock.pending()).toBe(0);
  });

  it('after it was taken for over is shown to the thread again, and answered with what came too late', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    seat.ask('q1');
    seat.abort('q1');
    seat.ask('q1');
    expect(thread.takeTypes()).toEqual(['seat', 'bot.decide', 'bot.abort', 'bot.decide']);
    seat.clock.advance(100);
    seat.abort('q1');
    answers(thread, 'q1');
    seat.ask('q1');
    expect(seat.facts).toEqual([late('q1', 100), decided('q1', 'call', 100)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it.each<[string, Partial<ThreadEnd>]>([
    ['ends', {}],
    ['is lost with its worker', { why: 'lost', message: 'The worker is gone.' }],
    ['is drained', { why: 'lost', message: 'The worker was stopped.', isBlameless: true }],
  ])(
    'is not asked of the next thread when the answer of one that %s has been heard, told or not',
    (_how, end) => {
      const seat = seatIsolated();
      seat.ask('q1');
      answers(seat.pool.newest, 'q1');
      seat.pool.newest.die(end);
      seat.ask('q1');
      expect(seat.take().filter(({ type }) => type === 'bot.decided')).toEqual([
        decided('q1'),
        decided('q1'),
      ]);
      expect(seat.pool.newest.takeTypes()).toEqual(['seat', 'revive']);

      seat.ask('q2');
      seat.pool.newest.say({ type: 'revived' });
      seat.clock.block(expiryMs);
      answers(seat.pool.newest, 'q2');
      seat.pool.newest.die(end);
      seat.clock.advance(0);
      expect(seat.take().at(-1)).toEqual(decided('q2', 'call', expiryMs));
      expect(seat.pool.newest.takeTypes()).toEqual(['seat', 'revive']);
      expect(seat.clock.pending()).toBe(0);
    },
  );

  it('is not asked of the next thread when it cost one its life', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.pool.newest.propose('q1', raise);
    seat.pool.newest.die();
    seat.take();
    seat.ask('q1');
    expect(seat.facts).toEqual([{ ...overdue('q1'), proposal: raise }]);
    expect(seat.pool.newest.takeTypes()).toEqual(['seat', 'revive']);
    expect(seat.clock.pending()).toBe(0);
  });
});

describe('a thread that is blocked', () => {
  it('is ended half as long after a deadline as it had until then, reported, and replaced; the turn is not asked again', () => {
    const seat = seatIsolated();
    const first = seat.pool.newest;
    seat.show(matchStart, roundStart());
    seat.ask('q1');
    seat.clock.advance(deadlineMs + 899);
    expect([first.hasEnded, first.takeTypes().at(-1)]).toEqual([false, 'probe']);
    seat.take();
    seat.clock.advance(1);
    expect(first.hasEnded).toBe(true);
    expect(seat.take()).toEqual([
      lost({
        terminated: 'blocked',
        message: 'The bot still blocked its thread 0.9 s after its deadline.',
        requestId: 'q1',
      }),
    ]);
    const second = seat.pool.newest;
    expect(second.take()).toMatchObject([
      { type: 'seat', matchId: 'm1' },
      {
        type: 'revive',
        recollection: {
          known: [],
          snapshot: null,
          events: [
            { type: 'bot.observe', frame: matchStart },
            { type: 'bot.observe', frame: roundStart() },
          ],
        },
      },
    ]);
    second.say({ type: 'revived' });
    expect(seat.take()).toEqual([{ type: 'bot.restarted', replayed: 2, restored: false }]);
    answers(first, 'q1');
    expect(seat.take()).toEqual([]);
  });

  it('by a turn that is over takes no other with it: the next one is asked of the newcomer, in the time it has left', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.clock.advance(deadlineMs);
    seat.abort('q1');
    seat.clock.advance(400);
    const askedAt = seat.clock.now();
    seat.ask('q2');
    seat.take();
    seat.clock.advance(500);
    expect(seat.take()).toMatchObject([{ terminated: 'blocked' }]);
    const newcomer = seat.pool.newest;
    expect(newcomer.take()).toMatchObject([
      { type: 'seat' },
      { type: 'revive' },
      { type: 'command', command: { type: 'bot.decide', frame: { request_id: 'q2' } }, askedAt },
    ]);
    answers(newcomer, 'q2');
    expect(seat.take()).toEqual([decided('q2', 'call', 500)]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('gets a second at most, however long the turn was', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    const deadlineAt = seat.clock.now() + 29_900;
    seat.send({ type: 'bot.decide', frame: turnRequest('q1'), deadlineAt, expiresAt: deadlineAt + 100 });
    seat.clock.advance(30_899);
    expect(thread.hasEnded).toBe(false);
    seat.clock.advance(1);
    expect(thread.hasEnded).toBe(true);
    seat.stop();
  });

  it('is told from a bot that just does not answer', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    seat.ask('q1');
    seat.clock.advance(deadlineMs + 500);
    thread.say({ type: 'alive', id: 1 });
    seat.clock.advance(60_000);
    expect(thread.hasEnded).toBe(false);
    expect(seat.clock.pending()).toBe(0);
  });

  it('may be so as long as its bot is loaded', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    thread.isMade = false;
    seat.ask('q1');
    seat.clock.advance(deadlineMs + 30_000);
    expect(thread.hasEnded).toBe(false);
    thread.isMade = true;
    seat.clock.advance(1_000);
    expect(thread.hasEnded).toBe(true);
    seat.stop();
  });

  it('and is ended when that has no end either', () => {
    const seat = seatIsolated();
    const thread = seat.pool.newest;
    thread.isMade = false;
    seat.ask('q1');
    seat.clock.advance(deadlineMs + 119_000);
    expect(thread.hasEnded).toBe(false);
    seat.clock.advance(4_000);
    expect(thread.hasEnded).toBe(true);
    seat.stop();
  });
});

describe('a thread that is lost', () => {
  it('costs the open turn nothing but the decision, and a proposal goes out', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    seat.pool.newest.propose('q1', raise);
    seat.pool.newest.die();
    expect(seat.facts).toEqual([lost({ requestId: 'q1', proposal: raise })]);
    expect(seat.clock.pending()).toBe(0);
    expect(seat.pool.threads).toHaveLength(2);
  });

  it('is reported without a turn when none is open', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    answers(seat.pool.newest, 'q1');
    seat.take();
    const error = new Error('broken');
    seat.pool.newest.die({ why: 'crashed', message: 'It broke.', error });
    expect(seat.facts).toEqual([lost({ terminated: 'crashed', message: 'It broke.', error })]);
  });

  it('is followed by no other after four losses in a row, and every turn is answered at once then', () => {
    const seat = seatIsolated();
    seat.ask('q1');
    for (let loss = 0; loss < 4; loss++) seat.pool.newest.die();
    expect(seat.pool.threads).toHaveLength(4);
    expect(seat.take().at(-1)).toEqual(
      lost({
        terminated: 'given_up',
        message:
          'The bot ended its own thread. That was 4 times in a row: it gets no other thread in this match.',
      }),
    );
    seat.ask('q2');
    expect(seat.take()).toEqual([
      {
        type: 'bot.failed',
        hook: 'decide',
        message: 'The bot gets no other thread: it has lost too many in a row.',
        error: null,
        requestId: 'q2',
      },
    ]);
    seat.finish();
    expect(seat.take()).toEqual([finished]);
    expect(seat.clock.pending()).toBe(0);
  });

  it('is forgiven by a decision', () => {
    const seat = seatIsolated();
    for (let turn = 0; turn < 10; turn++) {
      seat.ask(`q${turn}`);
      answers(seat.pool.newest, `q${turn}`);
      seat.pool.newest.die();
    }
    expect(seat.pool.threads).toHaveLength(11);
    seat.stop();
  });

  it('while it was shown the match is replaced by one that is told only that it missed it', () => {
    const seat = seatIsolated();
    seat.show({ type: 'hello' }, matchStart, roundStart());
    seat.pool.newest.die();
    seat.ask('q1');
    seat.pool.newest.die();
    // The turn that came meanwhile had nothing to do with it.
    expect(seat.facts.map((fact) => 'requestId' in fact)).toEqual([false, false]);
    const [, revival, turn] = seat.pool.newest.take();
    expect(turn).toMatchObject({ type: 'command', command: { type: 'bot.decide' } });
    expect(revival).toEqual({
      type: 'revive',
      recollection: {
        known: [{ type: 'hello' }, matchStart, roundStart()],
        snapshot: null,
        events: [{ type: 'bot.reconnected', restarted: true }],
      },
    });
    seat.stop();
  });

  it('starts the next one from what the bot kept, and what came after that', () => {
    const seat = seatIsolated();
    const first = seat.pool.newest;
    seat.show({ type: 'hello' }, matchStart, roundStart(), roundResult);
    const last = first.take().at(-1);
    if (last?.type !== 'command') throw new Error('no command');
    seat.show(roundStart(1));
    first.say({ type: 'snapshot', event: last.event, state: { hands: 1 } });
    first.die();
    expect(seat.pool.newest.take()[1]).toEqual({
      type: 'revive',
      recollection: {
        known: [{ type: 'hello' }, matchStart, roundStart()],
        snapshot: { state: { hands: 1 } },
        events: [{ type: 'bot.observe', frame: roundStart(1) }],
      },
    });
    seat.pool.newest.say({ type: 'revived' });
    expect(seat.facts.at(-1)).toEqual({ type: 'bot.restarted', replayed: 1, restored: true });
  });

  it('in onMatchEnd ends the match all the same', () => {
    const seat = seatIsolated();
    seat.finish();
    seat.pool.newest.die();
    expect(seat.facts).toEqual([lost(), finished]);
    expect(seat.pool.threads).toHaveLength(1);
  });

  it('is not replaced when the match ends because of it', () => {
    const seat = seatIsolated();
    seat.whenTold(() => seat.stop());
    seat.send({ type: 'bot.decide', frame: turnRequest('q1'), deadlineAt: 1, expiresAt: 2 });
    seat.pool.newest.die();
    expect(seat.pool.threads).toHaveLength(1);
    seat.send({ type: 'bot.finish', frame: matchEnd });
  });
});
