import { describe, expect, it } from 'vitest';
import { readOhh } from '../../../src/histories/formats/ohh-read.js';
import { ohhOf } from '../../../src/histories/formats/ohh-write.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import {
  coveredCall,
  cutOff,
  foldedRound,
  sharedMainPot,
  shortBlind,
  splitBoard,
  takenOnFlop,
} from '../example-hands.js';
import { expectRoundTrips } from './round-trips.js';

const start = Date.UTC(2026, 10, 1);
const examples = [coveredCall, sharedMainPot, takenOnFlop, splitBoard, foldedRound, shortBlind, cutOff];

/** It has no word for a clock that ran out. */
const asTold = (hand: HandHistory): HandHistory => ({
  ...hand,
  source: 'ohh',
  startedAt: hand.startedAt ?? start,
  history: hand.history.map((entry) => ({ ...entry, isTimeout: false })),
});

const text = ohhOf(foldedRound, null);

describe('a hand that was written in Open Hand History', () => {
  it('is read as it was', () => {
    const { hands, refused } = readOhh(examples.map((hand) => ohhOf(hand, null)).join(''));
    expect(refused).toEqual([]);
    expect(hands).toEqual(examples.map(asTold));
  });

  it('of the table is read as it was played', () => {
    expectRoundTrips({ write: (hand) => ohhOf(hand, start), read: readOhh, asTold });
  });
});

describe('an Open Hand History of others', () => {
  it.each([
    ['one object a line', text.trim().concat('\n', text.trim(), '\n'), 2],
    ['indented', JSON.stringify(JSON.parse(text), null, 1), 1],
    ['other ends of lines and a byte order mark', `\uFEFF${text}${text}`.replaceAll('\n', '\r\n'), 2],
  ])('may be %s', (_, file, count) => {
    expect(readOhh(file)).toEqual({
      blocks: count,
      hands: Array.from({ length: count }, () => asTold(foldedRound)),
      refused: [],
      remarks: new Map(),
    });
  });

  it('may be of money, with a rake, a number that is text, and no zone', () => {
    const ohh = JSON.parse(text).ohh;
    delete ohh.table_handle;
    const file = JSON.stringify({
      ohh: { ...ohh, game_number: 'x-7', start_date_utc: '2026-11-27T22:01:00' },
    })
      .replace('"amount":10,"rake":0', '"amount":10,"rake":0.5')
      .replace('"win_amount":10', '"win_amount":9.5');
    const { hands, refused, remarks } = readOhh(file);
    expect([refused, remarks]).toEqual([[], new Map([['Amounts are counted in hundredths.', 1]])]);
    expect(hands).toMatchObject([
      {
        matchId: null,
        handNumber: null,
        startedAt: foldedRound.startedAt,
        rake: 50,
        level: { bigBlind: 1000 },
      },
    ]);
    expect(hands[0]?.seats.map(({ stackAfter }) => stackAfter)).toEqual([9500, 10450, 10000]);
  });

  it.each([
    ['no JSON', '{"ohh": {', 'unreadable', 'no JSON object'],
    ['another object', '{"hand": {}}', 'unreadable', 'no JSON object'],
    ['another game', text.replace('Holdem', 'Omaha'), 'other_game', 'Omaha'],
    ['a dead post', text.replace('"Post SB"', '"Post Dead"'), 'posts', 'Post Dead'],
    ['no list of players', text.replace('"players"', '"player"'), 'unreadable', 'players'],
    ['an action of nobody', text.replace('"player_id":2', '"player_id":7'), 'unreadable', 'no player'],
    [
      'a stack that is text',
      text.replace('"starting_stack":100', '"starting_stack":"100"'),
      'unreadable',
      'missing',
    ],
    [
      'the blinds as the pot',
      text.replace('"amount":10,"rake"', '"amount":15,"rake"'),
      'unsound',
      'pots have 15 chips',
    ],
    ['a win from nowhere', text.replace('"win_amount":10', '"win_amount":11'), 'unsound', '11 were won'],
  ])('is refused with %s, and costs no other hand', (_, block, code, why) => {
    expect(readOhh(`${block.trim()}\n\n${text}`)).toMatchObject({
      blocks: 2,
      hands: [asTold(foldedRound)],
      refused: [{ position: 1, code, why: expect.stringContaining(why) }],
    });
  });
});
