import { describe, expect, it } from 'vitest';
import { pokerStarsOf } from '../../../src/histories/formats/pokerstars-write.js';
import {
  coveredCall,
  cutOff,
  foldedRound,
  sharedMainPot,
  shortBlind,
  splitBoard,
  takenOnFlop,
} from '../example-hands.js';
import { handOf } from '../hands.js';
import { incompleteHands } from '../incomplete-hands.js';

/** The lines from one to another, without the numbers of hand and tournament. */
function linesOf(hand: Parameters<typeof pokerStarsOf>[0], from: string, to: string): string[] {
  const lines = pokerStarsOf(hand, null).split('\n');
  const begin = lines.findIndex((line) => line.startsWith(from));
  const end = lines.findIndex((line, index) => index > begin && line.startsWith(to));
  return lines.slice(begin, end === -1 ? undefined : end);
}

describe('a hand in PokerStars text', () => {
  it('is told from the first line to the last', () => {
    expect(
      pokerStarsOf(coveredCall, null),
    ).toBe(`PokerStars Hand #6711612085300001: Tournament #67116120853, $0.00+$0.00 USD Hold'em No Limit - Level I (5/10) - 2026/11/27 22:01:00 UTC [2026/11/27 17:01:00 ET]
Table '67116120853 1' 2-max Seat #1 is the button
Seat 1: Ann (1500 in chips)
Seat 2: Bob (500 in chips)
Ann: posts small blind 5
Bob: posts big blind 10
*** HOLE CARDS ***
Dealt to Ann [Ah Kd]
Ann: raises 20 to 30
Bob: calls 20
*** FLOP *** [Kc 7d 2s]
Bob: checks
Ann: bets 60
Bob: calls 60
*** TURN *** [Kc 7d 2s] [9h]
Bob: checks
Ann: bets 1410 and is all-in
Bob: calls 410 and is all-in
Uncalled bet (1000) returned to Ann
*** RIVER *** [Kc 7d 2s 9h] [3c]
*** SHOW DOWN ***
Bob: shows [Qs Qc] (a pair of Queens)
Ann: shows [Ah Kd] (a pair of Kings)
Ann collected 1000 from pot
*** SUMMARY ***
Total pot 1000 | Rake 0
Board [Kc 7d 2s 9h 3c]
Seat 1: Ann (button) (small blind) showed [Ah Kd] and won (1000) with a pair of Kings
Seat 2: Bob (big blind) showed [Qs Qc] and lost with a pair of Queens
`);
  });

  it('has antes before blinds, and side pots before the main pot', () => {
    expect(linesOf(sharedMainPot, 'Seat 3', '*** HOLE')).toEqual([
      'Seat 3: Cid (53 in chips)',
      'Ann: posts the ante 1',
      'Bob: posts the ante 1',
      'Cid: posts the ante 1',
      'Ann: posts small blind 5',
      'Bob: posts big blind 10',
    ]);
    expect(linesOf(sharedMainPot, '*** SHOW', '')).toEqual(['*** SHOW DOWN ***']);
    expect(linesOf(sharedMainPot, 'Cid: shows', 'Board')).toEqual([
      'Cid: shows [8d 8h] (a pair of Eights)',
      'Ann collected 25 from side pot',
      'Bob collected 25 from side pot',
      'Ann collected 80 from main pot',
      'Bob collected 79 from main pot',
      '*** SUMMARY ***',
      'Total pot 209 Main pot 159. Side pot 50. | Rake 0',
    ]);
  });

  it('tells who folded where, and what a raise adds to the bet', () => {
    expect(linesOf(takenOnFlop, '*** FLOP', 'none')).toEqual([
      '*** FLOP *** [9h 6c 2s]',
      'Fay: checks',
      'Ann: bets 45',
      'Cid: raises 85 to 130',
      'Fay: folds',
      'Ann: folds',
      'Uncalled bet (85) returned to Cid',
      'Cid collected 170 from pot',
      "Cid: doesn't show hand",
      '*** SUMMARY ***',
      'Total pot 170 | Rake 0',
      'Board [9h 6c 2s]',
      'Seat 1: Ann folded on the Flop',
      "Seat 2: Bob folded before Flop (didn't bet)",
      'Seat 3: Cid collected (170)',
      "Seat 4: Dot (button) folded before Flop (didn't bet)",
      'Seat 5: Eve (small blind) folded before Flop',
      'Seat 6: Fay (big blind) folded on the Flop',
      '',
    ]);
  });

  it('gives back the part of the big blind that nobody called', () => {
    expect(linesOf(foldedRound, 'Ann: folds', 'Seat 1')).toEqual([
      'Ann: folds',
      'Uncalled bet (5) returned to Bob',
      'Bob collected 10 from pot',
      "Bob: doesn't show hand",
      '*** SUMMARY ***',
      'Total pot 10 | Rake 0',
    ]);
    expect(linesOf(shortBlind, 'Ann: posts', '*** TURN')).toEqual([
      'Ann: posts small blind 3 and is all-in',
      'Bob: posts big blind 10',
      '*** HOLE CARDS ***',
      'Uncalled bet (7) returned to Bob',
      '*** FLOP *** [Kc 7d 2s]',
    ]);
  });

  it('shares a split pot in halves', () => {
    expect(linesOf(splitBoard, 'Ann: shows', 'Board')).toEqual([
      'Ann: shows [2c 2d] (a straight, Ten to Ace)',
      'Ann collected 400 from pot',
      'Bob collected 400 from pot',
      '*** SUMMARY ***',
      'Total pot 800 | Rake 0',
    ]);
  });

  it('prints the ante of a short stack first, and the rest as its blind', () => {
    const hand = handOf(
      {
        stacks: [100, 8, 1],
        after: [90, 12, 7],
        dealer: 0,
        level: { smallBlind: 5, bigBlind: 10, ante: 3 },
        board: 'Kc7d2s9h3c',
        cards: ['AhKd', 'QsQc', 'KhKs'],
        shown: [1, 2],
      },
      ['preflop: 1 sb 5, 2 bb 1, 0 ante 3, 1 ante 3, 0 fold'],
    );
    expect(
      linesOf(
        { ...hand, seats: hand.seats.map((seat) => ({ ...seat, stackAfter: [97, 9, 3][seat.seat] ?? 0 })) },
        'Ann: posts',
        '*** FLOP',
      ),
    ).toEqual([
      'Ann: posts the ante 3',
      'Bob: posts the ante 3',
      'Cid: posts the ante 1 and is all-in',
      'Bob: posts small blind 5 and is all-in',
      '*** HOLE CARDS ***',
      'Ann: folds',
      'Uncalled bet (5) returned to Bob',
    ]);
  });

  it('gives two bots of one name two names, and takes out what separates parts of a line', () => {
    const names = ['Ann', 'Ann', 'C: [x] collected 5'];
    const hand = {
      ...foldedRound,
      seats: foldedRound.seats.map((seat) => ({ ...seat, name: names[seat.seat] ?? '' })),
    };
    expect(linesOf(hand, 'Seat 1', 'Ann: posts')).toEqual([
      'Seat 1: Ann (100 in chips)',
      'Seat 2: Ann_2 (100 in chips)',
      'Seat 3: C_ _x__collected 5 (100 in chips)',
    ]);
  });

  it('that was cut off is cancelled, and pays nobody', () => {
    expect(linesOf(cutOff, 'Bob: bets', 'Seat 1')).toEqual([
      'Bob: bets 40',
      'Ann: calls 40',
      'Hand cancelled',
      '*** SUMMARY ***',
      'Total pot 200 | Rake 0',
      'Board [Kc 7d 2s]',
    ]);
  });

  it('names UTC beside an hour that clocks show twice', () => {
    const heads = [5.5, 6.5].map((hour) => {
      const startedAt = Date.UTC(2026, 10, 1) + hour * 3_600_000;
      return pokerStarsOf({ ...foldedRound, startedAt }, null)
        .split('\n')[0]
        ?.split(' - ')
        .at(-1);
    });
    expect(heads).toEqual([
      '2026/11/01 5:30:00 UTC [2026/11/01 1:30:00 ET]',
      '2026/11/01 6:30:00 UTC [2026/11/01 1:30:00 ET]',
    ]);
  });

  it.each(incompleteHands)('is refused with %s', (code, hand, why) => {
    expect(() => pokerStarsOf(hand, null)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(why) }),
    );
  });
});
