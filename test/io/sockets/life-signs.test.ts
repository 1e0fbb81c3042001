import { describe, expect, it } from 'vitest';
import { type LifeSignsOptions, watchLifeSigns } from '../../../src/io/sockets/life-signs.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';

const startMs = 1_000_000;

function watched(options: Pick<LifeSignsOptions, 'ask' | 'answerMs'>) {
  const clock = createVirtualClock(startMs);
  /** Seconds from the start, and what happened then. */
  const told: string[] = [];
  const note = (what: string) => () => void told.push(`${(clock.now() - startMs) / 1000} ${what}`);
  const life = watchLifeSigns({
    clock,
    now: clock.now,
    intervalMs: 15_000,
    onAsk: note('ask'),
    onDead: note('dead'),
    ...options,
  });
  return { clock, told, life };
}

describe('asked after a silence', () => {
  const lobby = { ask: 'silence', answerMs: 5_000 } as const;

  it('the other side is dead when 15 s of silence and 5 s after one ping are over', () => {
    const { clock, told } = watched(lobby);
    clock.advance(60_000);
    expect(told).toEqual(['15 ask', '20 dead']);
    expect(clock.pending()).toBe(0);
  });

  it.each([1, 3_000, 14_999])('the silence begins with the last sign of life, %i ms in', (heardAt) => {
    const { clock, told, life } = watched(lobby);
    clock.advance(heardAt);
    life.received();
    clock.advance(60_000);
    expect(told).toEqual([`${(heardAt + 15_000) / 1000} ask`, `${(heardAt + 20_000) / 1000} dead`]);
  });

  it('who says something every 15 s is not asked', () => {
    const { clock, told, life } = watched(lobby);
    for (let word = 0; word < 20; word++) {
      clock.advance(14_999);
      life.received();
    }
    expect(told).toEqual([]);
  });

  it('an answer in the last millisecond is one, and the next silence is asked about again', () => {
    const { clock, told, life } = watched(lobby);
    clock.advance(19_999);
    life.received();
    clock.advance(60_000);
    expect(told).toEqual(['15 ask', '34.999 ask', '39.999 dead']);
  });
});

describe('asked in each interval', () => {
  const match = { ask: 'always', answerMs: 15_000 } as const;

  it('the other side is dead when nothing at all came for 15 s after a ping', () => {
    const { clock, told, life } = watched(match);
    clock.advance(17_000);
    life.received();
    clock.advance(60_000);
    expect(told).toEqual(['15 ask', '30 ask', '45 dead']);
  });

  it('asks on while it is answered', () => {
    const { clock, told, life } = watched(match);
    for (let second = 0; second < 61; second++) {
      clock.advance(1_000);
      life.received();
    }
    expect(told).toEqual(['15 ask', '30 ask', '45 ask', '60 ask']);
  });
});

describe('asked out of turn', () => {
  it.each(['silence', 'always'] as const)('(%s) it has the time that is given', (ask) => {
    const { clock, told, life } = watched({ ask, answerMs: 15_000 });
    clock.advance(3_000);
    life.askNow(5_000);
    clock.advance(60_000);
    expect(told).toEqual(['3 ask', '8 dead']);
  });

  it('what was read before the question is no answer, what comes after it is one', () => {
    const { clock, told, life } = watched({ ask: 'silence', answerMs: 5_000 });
    clock.advance(3_000);
    life.askNow(5_000);
    life.received();
    clock.advance(4_999);
    life.received();
    clock.advance(10_000);
    expect(told).toEqual(['3 ask']);
  });

  it('takes the place of a question that is open', () => {
    const { clock, told, life } = watched({ ask: 'silence', answerMs: 5_000 });
    clock.advance(18_000);
    life.askNow(5_000);
    clock.advance(60_000);
    expect(told).toEqual(['15 ask', '18 ask', '23 dead']);
  });
});

describe('a blocked process', () => {
  it('reads what has come before it takes its own absence for the peer’s', () => {
    const { clock, told, life } = watched({ ask: 'silence', answerMs: 5_000 });
    clock.advance(15_000);
    clock.block(60_000);
    // In the event loop a timer that is due comes first, and then the socket is read.
    clock.setTimeout(() => life.received(), 0);
    clock.advance(10_000);
    expect(told).toEqual(['15 ask']);
  });
});

it('nothing is told after it was stopped', () => {
  const { clock, told, life } = watched({ ask: 'always', answerMs: 5_000 });
  life.askNow(5_000);
  life.stop();
  clock.advance(60_000);
  expect(told).toEqual([]);
  expect(clock.pending()).toBe(0);
});
