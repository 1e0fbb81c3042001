import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addGameFlags,
  type GameFlags,
  gameOptionsOf,
  opponentsOf,
} from '../../../src/cli/commands/game-flags.js';
import { settingsOf } from '../../../src/sandbox/terms/sandbox-options.js';

function flagsOf(...args: string[]): GameFlags {
  const command = addGameFlags(new Command()).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: 'user' }).opts();
}

const all =
  '--format ranked --dialect documents --stack 700 --blinds 5/10,21:10/20 --hands 9 --clock 1.5'.split(' ');

describe('the flags of a game', () => {
  it('are a season of the players’ dialect where none is given', () => {
    expect(settingsOf(gameOptionsOf(flagsOf()))).toMatchObject({
      format: 'season',
      dialect: 'played',
      startingStack: 10_000,
      maxHands: 1_000,
      decisionTimeoutMs: 30_000,
    });
  });

  it('change single parts of the format', () => {
    expect(settingsOf(gameOptionsOf(flagsOf(...all)))).toMatchObject({
      format: 'ranked',
      dialect: 'documents',
      startingStack: 700,
      smallBlind: 5,
      bigBlind: 10,
      blindSchedule: [{ fromHand: 21, smallBlind: 10, bigBlind: 20 }],
      maxHands: 9,
      decisionTimeoutMs: 1_500,
    });
  });

  it.each([
    ['--format', 'turbo'],
    ['--dialect', 'modern'],
    ['--stack', '0'],
    ['--hands', '0'],
    ['--clock', '0'],
    ['--clock', '-1'],
    ['--clock', 'long'],
    ['--clock', '86401'],
  ])('refuse %s %s', (flag, value) => {
    expect(() => flagsOf(flag, value)).toThrow(flag);
  });
});

describe('opponents that are not named', () => {
  it('are the calling station, in every seat of the format that nobody has', () => {
    expect(opponentsOf([], undefined, 1)).toEqual(['calling-station']);
    expect(opponentsOf([], 'sit-and-go', 1)).toEqual(Array(5).fill('calling-station'));
    expect(opponentsOf(['equity', 'random'], 'sit-and-go', 1)).toEqual(['equity', 'random']);
  });
});
