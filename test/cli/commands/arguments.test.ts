import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  factorUpTo,
  houseBotHelp,
  integer,
  listArgument,
  parseBlinds,
  secondsUpTo,
} from '../../../src/cli/commands/arguments.js';
import { houseBotDescriptions } from '../../../src/house/house-bot-names.js';

describe('the help about house bots', () => {
  it.each([40, 80, 120])('keeps its columns in %i columns', (columns) => {
    const [, title, ...lines] = houseBotHelp(columns).split('\n');
    expect(title).toBe('House bots:');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
    const rest = lines.filter((line) => !/^ {2}[a-z]/.test(line));
    expect(rest.map((line) => line.search(/\S/))).toEqual(rest.map(() => (columns === 40 ? 4 : 20)));
    expect(lines.map((line) => line.trim().replace(/ {2,}/, ' ')).join(' ')).toBe(
      Object.entries(houseBotDescriptions).flat().join(' '),
    );
  });
});

describe('integer', () => {
  it('reads whole numbers within its bounds, the bounds included', () => {
    expect(['1', '42', '65535'].map(integer(1, 65_535))).toEqual([1, 42, 65_535]);
  });

  it.each(['0', '65536', '-1', '1.5', '1e3', '0x10', ' 1', '', 'x'])('refuses %j', (text) => {
    expect(() => integer(1, 65_535)(text)).toThrow(
      new InvalidArgumentError('Give a whole number from 1 to 65535.'),
    );
    expect(() => integer(1)('x')).toThrow(new InvalidArgumentError('Give a whole number from 1 on.'));
  });
});

describe('secondsUpTo', () => {
  it('reads whole seconds and parts of them', () => {
    expect(['0', '5', '0.25', '60'].map(secondsUpTo(60))).toEqual([0, 5, 0.25, 60]);
  });

  it.each(['61', '-1', '5s', '', '.5', 'Infinity'])('refuses %j', (text) => {
    expect(() => secondsUpTo(60)(text)).toThrow(
      new InvalidArgumentError('Give a number of seconds from 0 to 60.'),
    );
  });
});

describe('parseBlinds', () => {
  it('reads small and big', () => {
    expect([parseBlinds('5/10'), parseBlinds('1/1')]).toEqual([
      { small: 5, big: 10, schedule: [], text: '5/10' },
      { small: 1, big: 1, schedule: [], text: '1/1' },
    ]);
  });

  it('reads the blinds of later hands', () => {
    expect(parseBlinds('5/10,21:10/20,41:25/50').schedule).toEqual([
      { fromHand: 21, smallBlind: 10, bigBlind: 20 },
      { fromHand: 41, smallBlind: 25, bigBlind: 50 },
    ]);
  });

  it.each([
    '',
    '10',
    '10/5',
    '0/10',
    '5/10/15',
    '-5/10',
    '5/',
    '1/99999999999999999999',
    '2:5/10',
    '5/10,10/20',
    '5/10,1:10/20',
    '5/10,9:1/2,9:2/4',
    '5/10,9:4/2',
    '5/10,',
  ])('refuses %j', (text) => {
    expect(() => parseBlinds(text)).toThrow(InvalidArgumentError);
  });
});

describe('factorUpTo', () => {
  it('reads numbers from 0 to its bound', () => {
    expect(['0', '0.1', '1', '2'].map(factorUpTo(2))).toEqual([0, 0.1, 1, 2]);
  });

  it.each(['2.1', '-1', '', 'x', '1e0'])('refuses %j', (text) => {
    expect(() => factorUpTo(2)(text)).toThrow(new InvalidArgumentError('Give a number from 0 to 2.'));
  });
});

describe('listOf', () => {
  it('collects what is given several times', () => {
    expect(listArgument('b', listArgument('a', []))).toEqual(['a', 'b']);
  });
});
