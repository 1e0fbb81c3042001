import { describe, expect, it } from 'vitest';
import { phhOf, phhsTable } from '../../../src/histories/formats/phh-write.js';
import { coveredCall, cutOff, sharedMainPot, splitBoard, takenOnFlop } from '../example-hands.js';
import { handOf } from '../hands.js';

/** The fields of the text that have these names. */
function fieldsOf(text: string, ...names: string[]) {
  return text.split('\n').filter((line) => names.includes(line.split(' = ')[0] ?? ''));
}

describe('a hand in PHH', () => {
  it('heads-up has the big blind first, and the blinds the other way round', () => {
    expect(phhOf(coveredCall)).toBe(`variant = 'NT'
ante_trimming_status = true
antes = [0, 0]
blinds_or_straddles = [5, 10]
min_bet = 10
starting_stacks = [500, 1500]
actions = ['d dh p1 QsQc', 'd dh p2 AhKd', 'p2 cbr 30', 'p1 cc', 'd db Kc7d2s', 'p1 cc', 'p2 cbr 60', 'p1 cc', 'd db 9h', 'p1 cc', 'p2 cbr 1410', 'p1 cc', 'p1 sm QsQc', 'p2 sm AhKd', 'd db 3c']
hand = 1
day = 27
month = 11
year = 2026
time = 22:01:00
seats = [2, 1]
seat_count = 2
players = ["Bob", "Ann"]
finishing_stacks = [0, 2000]
_match_id = "match-1"
_hero_seat = 1
`);
  });

  it('tells the antes of the level, and the end after an odd chip', () => {
    expect(
      fieldsOf(phhOf(sharedMainPot), 'ante_trimming_status', 'antes', 'seats', 'finishing_stacks'),
    ).toEqual([
      'ante_trimming_status = true',
      'antes = [1, 1, 1]',
      'seats = [1, 2, 3]',
      'finishing_stacks = [427, 426, 0]',
    ]);
    expect(phhOf(sharedMainPot)).toContain(
      "'p3 cbr 52', 'p1 cc', 'p2 cc', 'd db Ts7d2s', 'p1 cc', 'p2 cbr 25', 'p1 cc', 'd db 9h', 'p1 cc', 'p2 cc', 'd db 3c', 'p1 cc', 'p2 cc', 'p1 sm AhTd', 'p2 sm AsTc', 'p3 sm 8d8h']",
    );
  });

  it('has question marks for cards that are not known, and shows nothing when all others fold', () => {
    expect(fieldsOf(phhOf(takenOnFlop), 'actions', 'seats', 'finishing_stacks')).toEqual([
      "actions = ['d dh p1 ????', 'd dh p2 ????', 'd dh p3 9s9d', 'd dh p4 ????', 'd dh p5 ????', 'd dh p6 ????', 'p3 cbr 25', 'p4 f', 'p5 cc', 'p6 f', 'p1 f', 'p2 cc', 'd db 9h6c2s', 'p2 cc', 'p3 cbr 45', 'p5 cbr 130', 'p2 f', 'p3 f']",
      'seats = [5, 6, 1, 2, 3, 4]',
      'finishing_stacks = [995, 975, 930, 1000, 1100, 1000]',
    ]);
  });

  it('shows cards before the board that is dealt after an all-in', () => {
    expect(phhOf(splitBoard)).toContain(
      "'p2 cbr 1000', 'p1 cc', 'p1 sm 3h3d', 'p2 sm 2c2d', 'd db AcKdQh', 'd db Js', 'd db Ts']",
    );
  });

  it('heads-up turns an ante of the big blind round as well', () => {
    const hand = handOf(
      { stacks: [100, 100], after: [99, 101], level: { smallBlind: 1, bigBlind: 2, ante: 3 } },
      ['preflop: 0 sb 1, 1 bb 2, 1 ante 3, 0 fold'],
    );
    expect(fieldsOf(phhOf(hand), 'ante_trimming_status', 'antes', 'blinds_or_straddles', 'seats')).toEqual([
      'ante_trimming_status = false',
      'antes = [0, 3]',
      'blinds_or_straddles = [1, 2]',
      'seats = [2, 1]',
    ]);
  });

  it('that was cut off has all that happened, no end, and says so', () => {
    expect(fieldsOf(phhOf(cutOff), 'actions', 'finishing_stacks', '_is_unfinished')).toEqual([
      "actions = ['d dh p1 QsQc', 'd dh p2 AhKd', 'p2 cbr 60', 'p1 cc', 'd db Kc7d2s', 'p1 cbr 40', 'p2 cc']",
      '_is_unfinished = true',
    ]);
  });

  it('says of a stack that is not known that it is infinite, and leaves out a time that nobody wrote', () => {
    const text = phhOf({
      ...takenOnFlop,
      startedAt: null,
      seats: takenOnFlop.seats.map((seat) => ({ ...seat, stack: null, stackAfter: null })),
    });
    expect(fieldsOf(text, 'starting_stacks', 'finishing_stacks', 'year', 'time')).toEqual([
      'starting_stacks = [inf, inf, inf, inf, inf, inf]',
    ]);
  });

  it('is a numbered table in a file of several', () => {
    expect(phhsTable('hand = 7\n', 3)).toBe('[3]\nhand = 7\n\n');
  });

  it.each([
    ['a button at a seat that is out', { ...walkOfThree(), dealerSeat: 4 }],
    [
      'a small blind that nobody posted',
      {
        ...walkOfThree(),
        history: walkOfThree().history.filter(({ action }) => action !== 'post_small_blind'),
      },
    ],
  ])('is refused with %s, and the refusal names what can tell it', (_, hand) => {
    expect(() => phhOf(hand)).toThrow(
      expect.objectContaining({ code: 'posts', message: expect.stringContaining('PokerStars text') }),
    );
  });
});

function walkOfThree() {
  return handOf({ stacks: [100, 100, 100], after: [95, 105, 100], dealer: 2 }, [
    'preflop: 0 sb 5, 1 bb 10, 2 fold, 0 fold',
  ]);
}
