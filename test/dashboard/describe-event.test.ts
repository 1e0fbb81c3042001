import { describe, expect, it } from 'vitest';
import { tellingOf } from '../../src/dashboard/describe-event.js';
import type { AgentEvent } from '../../src/protocol/events.js';

const textOf = (event: AgentEvent) => tellingOf({ ...event, at: 0 }).text();

describe('what the feed of the page says of an event without a line in a terminal', () => {
  it('is what is used of the day, as everywhere on the page', () => {
    const figures = {
      day: '2026-01-06',
      matches: 3,
      claims: 1,
      matchesLimit: 20,
      lobbyMs: 29_000,
      lobbySince: -30_000,
      lobbyLimitMs: 28_800_000,
      reservedMs: 3_120_000,
      dials: 4,
    };
    expect(textOf({ type: 'budget.changed', figures })).toBe(
      'today: 3 of 20 matches, 1 asked for; 59 s of 8 h in the lobby, 52 min kept for fixtures',
    );
  });

  it('is where the metrics are, in words', () => {
    expect(textOf({ type: 'metrics.listening', url: 'http://127.0.0.1:9464/metrics' })).toBe(
      'the metrics are at http://127.0.0.1:9464/metrics',
    );
  });
});
