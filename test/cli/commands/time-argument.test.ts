import { describe, expect, it } from 'vitest';
import { momentArgument } from '../../../src/cli/commands/time-argument.js';

const now = Date.UTC(2026, 0, 6, 18, 0);

describe('a time to come', () => {
  it.each<[string, number]>([
    ['+90s', now + 90_000],
    ['+2m', now + 120_000],
    ['+1.5h', now + 5_400_000],
    ['+1d', now + 86_400_000],
    ['2026-01-06T18:40Z', now + 2_400_000],
    ['2026-01-06T18:40', now + 2_400_000],
    ['2026-01-06T19:40+01:00', now + 2_400_000],
    ['2026-01-07', Date.UTC(2026, 0, 7)],
  ])('%s is read', (text, at) => {
    expect(momentArgument(text, now)).toBe(at);
  });

  it.each<[string, string]>([
    ['+2', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['+2w', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['+-2m', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['18:40', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['tomorrow', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['2026-02-31T18:40Z', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['', 'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.'],
    ['2026-01-06T17:59Z', 'That time is past: 2026-01-06T17:59:00.000Z.'],
  ])('%s is refused', (text, message) => {
    expect(() => momentArgument(text, now)).toThrow(message);
  });
});
