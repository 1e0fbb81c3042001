import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhh } from '../../../src/histories/formats/phh-read.js';
import { phhOf, phhsTable } from '../../../src/histories/formats/phh-write.js';
import { chipsOf } from '../../../src/histories/hand-chips.js';
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

const examples = [coveredCall, sharedMainPot, takenOnFlop, splitBoard, foldedRound, shortBlind, cutOff];
const stacksAfter = (text: string) => readPhh(text).hands[0]?.seats.map(({ stackAfter }) => stackAfter);

/** The least that a file has, with these fields in place of its own. */
function phhFile(fields: Record<string, string> = {}): string {
  const all = {
    variant: '"NT"',
    antes: '[0, 0]',
    blinds_or_straddles: '[1, 2]',
    min_bet: '2',
    starting_stacks: '[110, 220]',
    actions: '["d dh p1 KsQs", "d dh p2 AhAd", "p2 cbr 6", "p1 f"]',
    ...fields,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

describe('a hand that was written in PHH', () => {
  it.each(examples.map((hand) => [phhOf(hand).length, hand] as const))(
    'of %d letters is read as it was',
    (_, hand) => {
      expect(readPhh(phhOf(hand))).toEqual({
        blocks: 1,
        hands: [{ ...hand, source: 'phh' }],
        refused: [],
        remarks: new Map(),
      });
    },
  );

  it('of the table, with antes, short stacks, side pots and odd chips, is read as it was played', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        const text = hands.map((hand, index) => phhsTable(phhOf(hand), index + 1)).join('');
        expect(readPhh(text)).toEqual({
          blocks: hands.length,
          hands: hands.map((hand) => ({ ...hand, source: 'phh' })),
          refused: [],
          remarks: new Map(),
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('a PHH file of others', () => {
  it('has its own way of writing: comments, floats, a dash, several lines', () => {
    const text = `# A hand with everything.
variant = "NT"
antes = [0.5, 0.5, 0.5]
blinds_or_straddles = [1, 2, 0.0]
min_bet = 2
starting_stacks = [211.5, 300, 150]
actions = [
  # Pre-flop
  "d dh p1 Ac2d",  # First
  "d dh p2 ????",
  " d  dh  p3 7h6h ",
  "p3 cbr 7",
  "p1 cbr 23 # thinks",
  "p2 f",
  "p3 cc",
  "# Burn card is exposed",
  "",
  "d db Jc3d5c",
  "p1 cbr 188",
  "p3 cc",
  "p1 sm -",
  "p3 sm 7h6h",
  "d db 4h",
  "d db Jh",
]
author = "Somebody"
_sponsors = ["", "x", ""]
`;
    const { hands, refused, remarks } = readPhh(text);
    expect([refused, remarks]).toEqual([[], new Map([['Amounts are counted in hundredths.', 1]])]);
    const [hand] = hands;
    expect(hand?.level).toEqual({ smallBlind: 100, bigBlind: 200, ante: 50 });
    expect(hand?.history.map(({ seat, action, amount }) => `${seat} ${action} ${amount}`)).toEqual([
      '0 post_small_blind 100',
      '1 post_big_blind 200',
      '0 post_ante 50',
      '1 post_ante 50',
      '2 post_ante 50',
      '2 raise 700',
      '0 raise 2300',
      '1 fold 0',
      '2 call 1600',
      '0 raise 18800',
      '2 call 12650',
    ]);
    // A wheel and a seven-high straight: the second one has all but what nobody called.
    expect(hand?.seats.map(({ name, stackAfter, hasShown }) => [name, stackAfter, hasShown])).toEqual([
      ['p1', 6150, true],
      ['p2', 29750, false],
      ['p3', 30250, true],
    ]);
    expect([hand?.dealerSeat, hand?.matchId, hand?.handNumber, hand?.startedAt]).toEqual([
      2,
      null,
      null,
      null,
    ]);
  });

  it('heads-up with an ante of the big blind: the first player is the big blind and pays it', () => {
    const [hand] = readPhh(phhFile({ antes: '[0, 3]' })).hands;
    expect(hand?.history.map(({ seat, action, amount }) => `${seat} ${action} ${amount}`)).toEqual([
      '1 post_small_blind 1',
      '0 post_big_blind 2',
      '0 post_ante 3',
      '1 raise 6',
      '0 fold 0',
    ]);
    expect(hand?.dealerSeat).toBe(1);
    expect(stacksAfter(phhFile({ antes: '[0, 3]' }))).toEqual([105, 225]);
  });

  it.each([
    ['the rules of the game', {}, [108, 222]],
    ['its finishing stacks', { finishing_stacks: '[108, 222]' }, [108, 222]],
    ['its winnings', { winnings: '[0, 4]' }, [108, 222]],
  ])('ends by %s', (_, fields, stacks) => {
    expect(stacksAfter(phhFile(fields))).toEqual(stacks);
  });

  it('has what is missing at its end as rake, up to a tenth of the pot', () => {
    const actions =
      '["d dh p1 KsQs", "d dh p2 AhAd", "p2 cbr 60", "p1 cc", "d db 2c3c4d", "p1 cc", "p2 cbr 10", "p1 f"]';
    const [hand] = readPhh(phhFile({ actions, finishing_stacks: '[50, 274]' })).hands;
    expect([hand?.rake, hand === undefined ? null : chipsOf(hand).pot]).toEqual([6, 120]);
    expect(readPhh(phhFile({ actions, finishing_stacks: '[50, 200]' })).refused).toMatchObject([
      { code: 'unsound', why: expect.stringContaining('The pot has 120 chips, and 40 were won') },
    ]);
  });

  it('has the time of its zone', () => {
    const time = { day: '27', month: '11', year: '2026', time: '17:01:00', time_zone: '"America/New_York"' };
    expect(readPhh(phhFile(time)).hands[0]?.startedAt).toBe(Date.UTC(2026, 10, 27, 22, 1));
  });

  it.each([
    ['another game', { variant: '"PO"' }, 'other_game', 'PO'],
    ['no variant', { variant: '""', _variant: '"NT"' }, 'other_game', 'not No-Limit'],
    [
      'a straddle',
      { starting_stacks: '[9, 9, 9]', antes: '[0, 0, 0]', blinds_or_straddles: '[1, 2, 4]' },
      'posts',
      'straddles',
    ],
    ['lists of other lengths', { antes: '[0]' }, 'unreadable', 'as long as'],
    ['no TOML', { min_bet: '= 2' }, 'unreadable', 'TOML'],
    ['an action that is none', { actions: '["p1 xx"]' }, 'unreadable', 'p1 xx'],
    ['a player who is not there', { actions: '["p3 f"]' }, 'unreadable', 'p3 f'],
    ['a thousandth', { starting_stacks: '[110.001, 220]' }, 'fractions', 'starting_stacks'],
    ['a card that comes twice', { actions: '["d dh p1 KsKs", "p2 f"]' }, 'unsound', 'Ks was dealt twice'],
    ['chips from nowhere', { finishing_stacks: '[109, 222]' }, 'unsound', 'The pot has 4 chips'],
  ])('is refused with %s, and costs no other hand of the file', (_, fields, code, why) => {
    const text = `[1]\n${phhFile()}\n[2]\n${phhFile(fields)}\n[9]\n${phhFile({ hand: '9' })}`;
    const { hands, refused } = readPhh(text);
    expect(hands.map(({ handNumber }) => handNumber)).toEqual([null, 9]);
    expect(refused).toMatchObject([{ position: 2, code, why: expect.stringContaining(why) }]);
  });
});
