import { describe, expect, it } from 'vitest';
import { createMatchMemory } from '../../../../src/io/hosting/pool/bot-memory.js';
import type { BotCommand, ObservedFrame } from '../../../../src/machines/ports.js';
import { matchStart, phaseChange, roundResult, roundStart, turnResult } from '../../../kit/bot-seat.js';

const shown = (frame: ObservedFrame): BotCommand => ({ type: 'bot.observe', frame });
const hello: ObservedFrame = { type: 'hello', game: { game_type: 'draw27' } };

/** A match of so many hands of ten events each, the dealer's seat being the number of the hand. */
function longMatch(hands: number) {
  const memory = createMatchMemory();
  memory.keep(shown(hello));
  memory.keep(shown(matchStart));
  for (let hand = 0; hand < hands; hand++) {
    memory.keep(shown(roundStart(hand)));
    for (let turn = 0; turn < 8; turn++) memory.keep(shown(turnResult));
    memory.keep(shown(roundResult));
  }
  return memory;
}

describe('the memory of a match', () => {
  it('keeps what hooks were shown, in order, and the table of another game apart from it', () => {
    const memory = createMatchMemory();
    const events = [
      shown(matchStart),
      shown(roundStart()),
      shown(phaseChange),
      { type: 'bot.reconnected', restarted: false } satisfies BotCommand,
    ];
    expect([shown(hello), ...events].map((command) => memory.keep(command))).toEqual([0, 1, 2, 3, 4]);
    expect(memory.recall()).toEqual({ known: [hello], snapshot: null, events });
  });

  it('does not keep turns: what was decided is decided', () => {
    const memory = createMatchMemory();
    memory.keep({ type: 'bot.abort', requestId: 'q1' });
    expect(memory.recall().events).toEqual([]);
  });

  it('forgets the oldest hands of a long match as a whole, and never its start', () => {
    const { known, events } = longMatch(1_000).recall();
    expect(events.length).toBeLessThanOrEqual(2_001);
    expect(events.length).toBeGreaterThan(900);
    const [first, second] = events;
    expect(first).toEqual(shown(matchStart));
    expect(second).toMatchObject({ type: 'bot.observe', frame: { type: 'round_start' } });
    expect(events.at(-1)).toEqual(shown(roundResult));
    expect(known.map(({ type }) => type)).toEqual(['hello', 'match_start', 'round_start']);
  });

  it('needs nothing before a snapshot', () => {
    const memory = createMatchMemory();
    for (const frame of [matchStart, roundStart(4), roundResult]) memory.keep(shown(frame));
    const event = memory.keep(shown(roundStart(5)));
    memory.keep(shown(turnResult));
    memory.snapshot(event - 1, 'one hand');
    expect(memory.recall()).toEqual({
      known: [matchStart, roundStart(4)],
      snapshot: { state: 'one hand' },
      events: [shown(roundStart(5)), shown(turnResult)],
    });
  });

  it('takes no snapshot that is older than what it has forgotten', () => {
    const memory = longMatch(500);
    memory.snapshot(5, 'ancient');
    expect(memory.recall().snapshot).toBeNull();
  });

  it('can be recalled as nothing but the table of now', () => {
    const memory = createMatchMemory();
    for (const frame of [hello, matchStart, roundStart(1), roundResult, roundStart(2)])
      memory.keep(shown(frame));
    expect(memory.recallNothing()).toEqual({
      known: [hello, matchStart, roundStart(2)],
      snapshot: null,
      events: [{ type: 'bot.reconnected', restarted: true }],
    });
  });

  it('is bounded in bytes: of huge frames the oldest hands are forgotten, what is true of the table is not', () => {
    const memory = createMatchMemory();
    memory.keep(shown(matchStart));
    const huge = (hand: number) => ({
      type: 'round_start' as const,
      state: { dealer_seat: hand, note: 'x'.repeat(2 ** 20) },
    });
    for (let hand = 0; hand < 60; hand++) memory.keep(shown(huge(hand)));
    const { known, events } = memory.recall();
    expect(known).toEqual([matchStart, expect.objectContaining({ type: 'round_start' })]);
    expect(events[0]).toEqual(shown(matchStart));
    expect(events.length).toBeGreaterThan(2);
    expect(events.length).toBeLessThanOrEqual(9);
    expect(events.at(-1)).toEqual(shown(huge(59)));
  });

  it('keeps no frame that alone is larger than all it may keep', () => {
    const memory = createMatchMemory();
    const larger = { type: 'phase_change' as const, state: { note: 'x'.repeat(9 * 2 ** 20) } };
    expect([shown(larger), shown(phaseChange)].map((command) => memory.keep(command))).toEqual([1, 2]);
    expect(memory.recall().events).toEqual([shown(phaseChange)]);
    expect(JSON.stringify(memory.recallNothing())).not.toContain('xxx');
  });
});
