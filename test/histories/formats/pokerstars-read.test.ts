import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteNumbersOf } from '../../../src/histories/formats/hand-numbers.js';
import { plainNames } from '../../../src/histories/formats/plain-names.js';
import { readPokerStars } from '../../../src/histories/formats/pokerstars-read.js';
import { pokerStarsOf } from '../../../src/histories/formats/pokerstars-write.js';
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
import { randomHands } from '../random-hands.js';

const start = Date.UTC(2026, 10, 1, 6, 30);

/** What the text can say of a hand: no cards but those of the hero and of who was in to the end. */
function asTold(hand: HandHistory): HandHistory {
  const names = plainNames(hand.seats.map(({ name }) => name));
  const folded = new Set(hand.history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  const isShowdown = hand.isFinished && hand.seats.length - folded.size > 1;
  const hasAnte = hand.history.some(({ action }) => action === 'post_ante');
  return {
    ...hand,
    source: 'pokerstars',
    matchId: String(siteNumbersOf(hand).tournament),
    startedAt: hand.startedAt ?? start,
    level: hasAnte ? hand.level : { ...hand.level, ante: 0 },
    seats: hand.seats.map((seat, index) => ({
      ...seat,
      name: names[index] ?? '',
      cards: seat.seat === hand.hero || (isShowdown && !folded.has(seat.seat)) ? seat.cards : null,
    })),
  };
}

/** Without the ante of the level, which a text tells by what was posted. */
const withoutAnte = (hand: HandHistory) => ({ ...hand, level: { ...hand.level, ante: null } });

describe('a hand that was written in PokerStars text', () => {
  it.each([
    ['a covered call', coveredCall],
    ['a shared main pot', sharedMainPot],
    ['a raise that takes it', takenOnFlop],
    ['a split board', splitBoard],
    ['a round of folds', foldedRound],
    ['a short blind', shortBlind],
    ['a hand that was cut off', cutOff],
    [
      'rake',
      {
        ...foldedRound,
        rake: 1,
        seats: foldedRound.seats.map((seat) => (seat.seat === 1 ? { ...seat, stackAfter: 104 } : seat)),
      },
    ],
  ])('is read as it was: %s', (_, hand) => {
    expect(readPokerStars(pokerStarsOf(hand, start))).toEqual({
      blocks: 1,
      hands: [asTold(hand)],
      refused: [],
      remarks: new Map(),
    });
  });

  it('of the table, with antes, short stacks, side pots and odd chips, is read as it was played', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        const {
          refused,
          hands: read,
          remarks,
        } = readPokerStars(hands.map((hand) => pokerStarsOf(hand, start)).join('\n\n\n'));
        expect([refused, remarks]).toEqual([[], new Map()]);
        expect(read.map(withoutAnte)).toEqual(hands.map(asTold).map(withoutAnte));
      }),
      { numRuns: 100 },
    );
  });
});

/** A cash hand in the site's way, with these lines for the actions and the end. */
function cashHand(actions: string[], end: string[] = []): string {
  return [
    "PokerStars Hand #212345678901:  Hold'em No Limit ($0.10/$0.25 USD) - 2010/01/15 3:05:00 CET [2010/01/14 21:05:00 ET]",
    "Table 'Somewhere II' 6-max Seat #4 is the button",
    'Seat 1: Al: ($3) ($25.10 in chips)',
    'Seat 2: Al ($40 in chips)',
    'Seat 4: Hero ($25 in chips)',
    'Seat 5: Away ($9 in chips) is sitting out',
    'Al: ($3): posts small blind $0.10',
    'Al: posts big blind $0.25',
    '*** HOLE CARDS ***',
    'Dealt to Hero [Ah Kd]',
    ...actions,
    ...end,
  ].join('\n');
}

describe('a PokerStars text of others', () => {
  const raised = ['Hero: raises $0.60 to $0.85', 'Al: ($3): folds', 'Al: said, "calls $5"', 'Al: folds'];

  it('may be of money, have odd names, and somebody who sits out', () => {
    const { hands, refused, remarks } = readPokerStars(
      cashHand(raised, [
        'Uncalled bet ($0.60) returned to Hero',
        'Hero collected $0.57 from pot',
        '*** SUMMARY ***',
        'Total pot $0.60 | Rake $0.03',
      ]),
    );
    expect([refused, remarks]).toEqual([[], new Map([['Amounts are counted in hundredths.', 1]])]);
    expect(hands).toMatchObject([
      {
        matchId: null,
        handNumber: 212_345_678_901,
        startedAt: Date.UTC(2010, 0, 15, 2, 5),
        level: { smallBlind: 10, bigBlind: 25, ante: 0 },
        dealerSeat: 3,
        seats: [
          { seat: 0, name: 'Al: ($3)', stack: 2510, stackAfter: 2500 },
          { seat: 1, name: 'Al', stack: 4000, stackAfter: 3975 },
          { seat: 3, name: 'Hero', stack: 2500, stackAfter: 2532 },
        ],
        hero: 3,
        rake: 3,
      },
    ]);
  });

  it('has a dialect where raises say the chips added; its total is believed, and the dialect named', () => {
    const text = cashHand([
      'Hero: raises $0.85 to $0.85',
      'Al: ($3): folds',
      'Al: raises $2.40 to $2.65',
      'Hero: folds',
      'Uncalled bet ($1.80) returned to Al',
      'Al collected $1.80 from pot',
    ]);
    const { hands, remarks } = readPokerStars(text);
    expect(hands[0]?.history.filter(({ action }) => action === 'raise').map(({ amount }) => amount)).toEqual([
      85, 265,
    ]);
    expect(remarks).toEqual(
      new Map([
        ['Amounts are counted in hundredths.', 1],
        ['Raises say the chips added, not the increase.', 1],
      ]),
    );
  });

  it('of a winner who shows unasked has no show-down, and keeps the cards', () => {
    const text = pokerStarsOf(foldedRound, null).replace(
      "Bob: doesn't show hand",
      'Bob: shows [Ah Ad] (a pair of Aces)',
    );
    expect(readPokerStars(text).hands[0]?.seats[1]).toMatchObject({ cards: ['Ah', 'Ad'], hasShown: false });
  });

  it('of a seat that folded and is told to show has two at the show-down, and keeps the cards', () => {
    const text = pokerStarsOf(sharedMainPot, null)
      .replace('Cid: raises 42 to 52 and is all-in', 'Cid: folds')
      .replace('Ann: calls 47', 'Ann: calls 5')
      .replace('Bob: calls 42', 'Bob: checks')
      .replace(
        /Ann collected 25[^]*(?=\*\*\* SUMMARY)/,
        'Ann collected 37 from pot\nBob collected 36 from pot\n',
      )
      .replace(/Total pot .*/, 'Total pot 73 | Rake 0');
    const { hands, refused } = readPokerStars(text);
    expect(refused).toEqual([]);
    expect(hands[0]?.seats.map(({ cards, hasShown }) => [cards?.join(''), hasShown])).toEqual([
      ['AhTd', true],
      ['AsTc', true],
      ['8d8h', false],
    ]);
  });

  it('shows cards before the river where nobody can bet any more', () => {
    const shows = 'Bob: shows [Qs Qc] (a pair of Queens)\nAnn: shows [Ah Kd] (a pair of Kings)\n';
    const text = pokerStarsOf(coveredCall, null).replace(shows, '').replace('*** RIVER', `${shows}*** RIVER`);
    expect(readPokerStars(text).hands).toEqual([asTold(coveredCall)]);
  });

  it('begins with a byte order mark and a line of its own, and has other ends of lines', () => {
    const text = `\uFEFFHand #7:\r\n${pokerStarsOf(foldedRound, null).replaceAll('\n', '\r\n')}`;
    const { blocks, hands, refused } = readPokerStars(text);
    expect([blocks, hands.length, refused]).toEqual([1, 1, []]);
  });

  it.each([
    ['no hand at all', 'Something else\nof two lines', 'unreadable', 'PokerStars Hand #'],
    ['one line', 'Something else', 'unreadable', 'PokerStars Hand #'],
    [
      'another game',
      cashHand(raised).replace("Hold'em No Limit", 'Omaha Pot Limit'),
      'other_game',
      'another game',
    ],
    [
      'a board that was run twice',
      cashHand([...raised, '*** FIRST FLOP *** [2c 3c 4c]']),
      'other_game',
      'twice',
    ],
    ['a blind that is dead', cashHand(['Hero: posts small & big blinds $0.35']), 'posts', 'small & big'],
    [
      'the blinds as the pot',
      cashHand([...raised, 'Hero collected $1.20 from pot']),
      'unsound',
      '60 chips, and 120 were won',
    ],
    [
      'an uncalled bet that is none',
      cashHand([...raised, 'Uncalled bet ($0.50) returned to Hero']),
      'unsound',
      'returns an uncalled bet of 50, and by its actions 60',
    ],
    [
      'another pot',
      cashHand([...raised, '*** SUMMARY ***', 'Total pot $0.85 | Rake $0']),
      'unsound',
      'a pot of 85',
    ],
    [
      'a call of another size',
      cashHand(['Hero: calls $0.10']),
      'unsound',
      'calls 10 on the preflop, where 25',
    ],
  ])('is refused with %s', (_, text, code, why) => {
    expect(readPokerStars(text)).toMatchObject({
      blocks: 1,
      hands: [],
      refused: [{ position: 1, code, why: expect.stringContaining(why) }],
    });
  });
});
