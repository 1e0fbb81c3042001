import { describe, expect, it } from 'vitest';
import { offsetOf } from '../../src/doctor/clock-check.js';

const server = Date.parse('2026-03-01T12:00:00Z');
const header = (ms: number) => new Date(Math.floor(ms / 1_000) * 1_000).toUTCString();

/** An answer of a server whose clock is `offset` behind this machine's. */
function answerAt(ms: number, offset = 0, age = 0) {
  const now = server + ms;
  return { date: header(now - offset - age * 1_000), age, sentAt: now - 20, receivedAt: now + 20 };
}

describe('how far a clock is off', () => {
  it('is known to a second from one answer, and closer from several', () => {
    expect(offsetOf([answerAt(500)])).toEqual({ from: -520, to: 520 });
    expect(offsetOf([answerAt(100), answerAt(900)])).toEqual({ from: -120, to: 120 });
  });

  it('is told in the direction of this machine', () => {
    expect(offsetOf([answerAt(500, 60_000)])).toEqual({ from: 59_480, to: 60_520 });
    expect(offsetOf([answerAt(500, -60_000)])).toEqual({ from: -60_520, to: -59_480 });
  });

  it('takes into account how long a cache has had the answer', () => {
    expect(offsetOf([answerAt(500, 0, 300)])).toEqual({ from: -1_520, to: 520 });
  });

  it('follows a clock that is set meanwhile', () => {
    expect(offsetOf([answerAt(500), answerAt(500, 60_000)])).toEqual({ from: 59_480, to: 60_520 });
  });

  it('is not known without a date', () => {
    expect(offsetOf([{ date: 'soon', age: 0, sentAt: 0, receivedAt: 1 }])).toBeNull();
    expect(offsetOf([])).toBeNull();
  });
});
