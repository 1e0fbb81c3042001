import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addQueueFlags, type DayFlags, dayOptionsOf } from '../../../src/cli/commands/day-flags.js';

function optionsOf(...words: string[]) {
  const command = addQueueFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(words, { from: 'user' });
  return dayOptionsOf(command.opts<DayFlags>());
}

it('gives the day other limits, or none', () => {
  expect(optionsOf('--queue', '--matches-per-day', 'none', '--lobby-hours', 'None')).toEqual({
    queue: {},
    matchesPerDay: null,
    lobbyHours: null,
  });
  expect(optionsOf('--accept', 'all', '--matches-per-day', '5', '--lobby-hours', '1.5')).toEqual({
    accept: 'all',
    matchesPerDay: 5,
    lobbyHours: 1.5,
  });
  expect(optionsOf()).toEqual({});
});

it.each([
  ['--matches-per-day', '0'],
  ['--matches-per-day', ''],
  ['--lobby-hours', '25'],
  ['--lobby-hours', ''],
])('refuses %s %j', (flag, value) => {
  expect(() => optionsOf('--queue', flag, value)).toThrow(/is invalid/);
});
