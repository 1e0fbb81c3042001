/** What `turn.note` keeps, on this thread; test/e2e/record-modes.built.test.ts has the others. */
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import { isNote, withNote } from '../../../src/io/hosting/bot-note.js';
import { deadlineMs, decided, seatBot, thinker } from '../../kit/bot-seat.js';

/** A bot that does this in its turn, and calls. */
const noting = (run: (turn: Turn) => void) => ({
  decide(_state: unknown, turn: Turn) {
    run(turn);
    return Action.call();
  },
});

describe('a note', () => {
  it('goes with the decision, as it was when it was given; several are one object', () => {
    const probs = { fold: 0.3 };
    const seat = seatBot(
      noting((turn) => {
        turn.note({ probs });
        probs.fold = 1;
        turn.note({ why: 'odds' });
      }),
    );
    seat.ask('q1');
    expect(seat.facts).toMatchObject([
      { type: 'bot.decided', requestId: 'q1', note: { probs: { fold: 0.3 }, why: 'odds' } },
    ]);
    seat.stop();
  });

  it('leaves a decision without one as it is', () => {
    const seat = seatBot(noting(() => undefined));
    seat.ask('q1');
    expect(seat.facts).toHaveLength(1);
    expect(seat.facts[0]).not.toHaveProperty('note');
    seat.stop();
  });

  it('goes with the failure of a bot that throws, and with a late decision', async () => {
    const seat = seatBot(
      noting((turn) => {
        turn.note({ equity: 0.4 });
        throw new Error('no');
      }),
    );
    seat.ask('q1');
    expect(seat.facts).toMatchObject([{ type: 'bot.failed', hook: 'decide', note: { equity: 0.4 } }]);
    seat.stop();

    const { bot, turns, answer } = thinker();
    const late = seatBot(bot);
    late.ask('q1');
    turns[0]?.note({ equity: 0.5 });
    late.clock.advance(deadlineMs);
    late.send({ type: 'bot.abort', requestId: 'q1' });
    turns[0]?.note({ more: true });
    await answer();
    expect(late.facts).toMatchObject([
      { type: 'bot.overdue' },
      { type: 'bot.late', note: { equity: 0.5, more: true } },
    ]);
    late.stop();
  });

  it('that comes after the decision is not read', () => {
    const turns: Turn[] = [];
    const seat = seatBot(noting((turn) => turns.push(turn)));
    seat.ask('q1');
    turns[0]?.note('odds' as unknown as Record<string, never>);
    turns[0]?.note({ why: 'too late' });
    seat.ask('q1');
    expect(seat.facts).toEqual([decided('q1', 'call'), decided('q1', 'call')]);
    seat.stop();
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', 'odds', /takes an object/],
    ['a list', [1], /takes an object/],
    ['a circle', circle(), /circular/],
    ['a large number of its own type', { n: 1n }, /BigInt/],
    ['too long', { text: 'x'.repeat(16 * 1024) }, /16384 characters/],
    ['made no object by itself', { toJSON: () => undefined }, /no object in JSON/],
  ])('that is %s is told once, and costs no decision', (_what, note, message) => {
    const seat = seatBot(noting((turn) => turn.note(note as Record<string, unknown>)));
    seat.ask('q1');
    seat.ask('q2');
    expect(seat.facts).toMatchObject([
      { type: 'bot.failed', hook: 'note', message: expect.stringMatching(message) },
      { type: 'bot.decided', requestId: 'q1' },
      { type: 'bot.decided', requestId: 'q2' },
    ]);
    seat.stop();
  });

  it('is bounded with the others of its turn', () => {
    const half = { a: 'x'.repeat(9_000) };
    expect(() => withNote(withNote(null, half), half)).toThrow(RangeError);
  });

  it('of another process is taken only as far as one of this can be', () => {
    expect(isNote(undefined)).toBe(true);
    expect(isNote({ a: 1 })).toBe(true);
    expect(isNote('a')).toBe(false);
    expect(isNote({ a: 'x'.repeat(2 ** 21) })).toBe(false);
  });
});

function circle(): object {
  const round: { self?: object } = {};
  round.self = round;
  return round;
}
