import { describe, expect, it } from 'vitest';
import { createLobbyHours } from '../../../src/sandbox/http/lobby-hours.js';

const hourMs = 3_600_000;
const offline = { type: 'lobby.offline', botId: 'a', code: 1000, reason: '' } as const;

function open(startHour: number) {
  let now = Date.UTC(2026, 0, 6, startHour);
  const hours = createLobbyHours(() => now);
  return {
    hours,
    wait(ms: number) {
      now += ms;
    },
  };
}

describe('hours in the lobby', () => {
  it('add up over the connections of a day', () => {
    const { hours, wait } = open(8);
    expect(hours.todayMs('a')).toBe(0);
    hours.note({ type: 'lobby.online', botId: 'a' });
    wait(2 * hourMs);
    expect(hours.todayMs('a')).toBe(2 * hourMs);
    hours.note(offline);
    wait(hourMs);
    hours.note({ type: 'lobby.online', botId: 'a' });
    wait(hourMs);
    expect([hours.todayMs('a'), hours.todayMs('b')]).toEqual([3 * hourMs, 0]);
  });

  it('begin anew at 00:00 UTC, also for a bot that stays', () => {
    const { hours, wait } = open(22);
    hours.note({ type: 'lobby.online', botId: 'a' });
    wait(3 * hourMs);
    expect(hours.todayMs('a')).toBe(hourMs);
    hours.note(offline);
    expect(hours.todayMs('a')).toBe(hourMs);
    wait(24 * hourMs);
    expect(hours.todayMs('a')).toBe(0);
  });

  it('do not count an end without a beginning', () => {
    const { hours } = open(8);
    hours.note(offline);
    expect(hours.todayMs('a')).toBe(0);
  });
});
