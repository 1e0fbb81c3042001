import { describe, expect, it } from 'vitest';
import { readAcpc } from '../../../src/histories/formats/acpc-read.js';
import { acpcOf } from '../../../src/histories/formats/acpc-write.js';
import { plainNames } from '../../../src/histories/formats/plain-names.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { coveredCall, cutOff, foldedRound, splitBoard, takenOnFlop } from '../example-hands.js';
import { expectRoundTrips } from './round-trips.js';

/** Names by position, no timeouts, and who was in at the end showed. */
function asTold(hand: HandHistory): HandHistory {
  const { seats, dealerSeat } = hand;
  const dealt = [
    ...seats.filter(({ seat }) => seat > dealerSeat),
    ...seats.filter(({ seat }) => seat <= dealerSeat),
  ];
  const names = plainNames(dealt.map(({ name }) => name));
  return {
    ...hand,
    source: 'acpc',
    level: { ...hand.level, ante: 0 },
    seats: seats.map((seat) => ({ ...seat, name: names[dealt.indexOf(seat)] ?? '' })),
    history: hand.history.map((entry) => ({ ...entry, isTimeout: false })),
  };
}

const examples = [coveredCall, takenOnFlop, splitBoard, foldedRound, cutOff];

const game = `GAMEDEF
nolimit
numPlayers = 2
numRounds = 4
stack = 20000 20000
blind = 100 50
firstPlayer = 2 1 1 1
END GAMEDEF`;

describe('a hand that was written as an ACPC line', () => {
  it('is read as it was', () => {
    const { hands, refused } = readAcpc(examples.map(acpcOf).join(''));
    expect(refused).toEqual([]);
    expect(hands).toEqual(examples.map(asTold));
  });

  it('of the table is read as it was played, unless it has antes or a fold for nothing', () => {
    expectRoundTrips({
      write: acpcOf,
      read: readAcpc,
      asTold,
      mayRefuse: ['antes', 'free_fold'],
    });
  });
});

describe('the log of a competition', () => {
  const line = 'STATE:7:r300c/cr900f:7s6s|AdAh/Kc7d2s:-300|300:alpha|beta';

  it('has its stacks in the game definition', () => {
    const { hands, refused, blocks } = readAcpc(
      `# name/game/hands/seed x\n${line}\nSCORE:-300|300:alpha|beta\n`,
      game,
    );
    expect([refused, blocks]).toEqual([[], 1]);
    expect(hands[0]).toMatchObject({
      handNumber: 7,
      level: { smallBlind: 50, bigBlind: 100, ante: 0 },
      dealerSeat: 1,
      seats: [
        { name: 'alpha', stack: 20_000, stackAfter: 19_700, cards: ['7s', '6s'], hasShown: false },
        { name: 'beta', stack: 20_000, stackAfter: 20_300, cards: ['Ad', 'Ah'], hasShown: false },
      ],
    });
    expect(hands[0]?.history.map(({ seat, action, amount }) => `${seat} ${action} ${amount}`)).toEqual([
      '1 post_small_blind 50',
      '0 post_big_blind 100',
      '1 raise 300',
      '0 call 200',
      '0 check 0',
      '1 raise 600',
      '0 fold 0',
    ]);
  });

  it.each([
    ['what a player saw', 'MATCHSTATE:0:7:r300:7s6s|', 'unreadable', 'one player saw'],
    ['something else', 'hello', 'unreadable', 'no line STATE'],
    ['half a chip', line.replace('-300|300', '-0.5|0.5'), 'fractions', 'splits a chip'],
    ['a third player', line.replace('7s6s|', '7s6s||'), 'unreadable', 'not as many players'],
    ['a letter that is none', line.replace('c/', 'x/'), 'unreadable', '"x" is no action'],
    ['values that the actions do not give', line.replace('-300|300', '-200|200'), 'unsound', 'won'],
    ['an action of nobody', line.replace('900f', '900ff'), 'unsound', 'Seat 1 folded and won'],
  ])('is refused with %s', (_, text, code, why) => {
    expect(readAcpc(text, game).refused).toMatchObject([{ code, why: expect.stringContaining(why) }]);
  });

  it('is refused without stacks, and told where they are', () => {
    expect(readAcpc(line).refused).toMatchObject([
      { handNumber: 7, code: 'no_stacks', why: expect.stringContaining('--game') },
    ]);
    expect(readAcpc(line, 'limit').refused).toMatchObject([{ code: 'no_stacks' }]);
  });
});
