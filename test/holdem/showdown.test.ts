/** Who shows first, and which hands win, as rule books tell it. */
import { describe, expect, it } from 'vitest';
import { type HandPlan, type Step, startHand } from './table-play.js';

function resultOf(plan: HandPlan, ...steps: Step[]) {
  const hand = startHand(plan);
  hand.play(...steps);
  return hand.result;
}

const around = (...seats: number[]): Step[] => seats.map((seat) => [seat, 'check']);

describe('the order of a show-down', () => {
  const four = { stacks: [500, 500, 500, 500] };
  const called: Step[] = [
    [3, 'call'],
    [0, 'call'],
    [1, 'call'],
    [2, 'check'],
  ];
  const shown = (plan: HandPlan, ...steps: Step[]) => resultOf(plan, ...steps).shown.map(({ seat }) => seat);

  it('begins left of the button when nobody bet in the last round, whoever raised before', () => {
    const steps: Step[] = [
      [3, 'raise', 30],
      [0, 'call'],
      [1, 'call'],
      [2, 'call'],
    ];
    const checks = [1, 2, 3].flatMap(() => around(1, 2, 3, 0));
    expect(shown(four, ...steps, ...checks)).toEqual([1, 2, 3, 0]);
  });

  it('begins with the last one who bet in the last round and goes on clockwise', () => {
    const river: Step[] = [
      [1, 'check'],
      [2, 'raise', 20],
      [3, 'raise', 40],
      [0, 'call'],
      [1, 'call'],
      [2, 'call'],
    ];
    expect(shown(four, ...called, ...around(1, 2, 3, 0, 1, 2, 3, 0), ...river)).toEqual([3, 0, 1, 2]);
  });

  it('leaves out who folded', () => {
    const river: Step[] = [
      [1, 'check'],
      [2, 'raise', 20],
      [3, 'fold'],
      [0, 'call'],
      [1, 'fold'],
    ];
    expect(shown(four, ...called, ...around(1, 2, 3, 0, 1, 2, 3, 0), ...river)).toEqual([2, 0]);
  });

  it('begins left of the button when everybody was all-in before the river, whoever raised', () => {
    const steps: Step[] = [
      [3, 'raise', 100],
      [0, 'raise', 500],
      [1, 'call'],
      [2, 'fold'],
      [3, 'call'],
    ];
    expect(shown(four, ...steps)).toEqual([1, 3, 0]);
    const headsUp = { stacks: [100, 100] };
    expect(shown(headsUp, [0, 'raise', 100], [1, 'call'])).toEqual([1, 0]);
    const onTheTurn: Step[] = [
      [0, 'call'],
      [1, 'check'],
      [1, 'check'],
      [0, 'check'],
      [1, 'check'],
      [0, 'raise', 90],
      [1, 'call'],
    ];
    expect(shown(headsUp, ...onTheTurn)).toEqual([1, 0]);
  });

  it('begins with the one whose bet on the river put everybody all-in', () => {
    const steps: Step[] = [
      [0, 'call'],
      [1, 'check'],
      ...around(1, 0, 1, 0),
      [1, 'check'],
      [0, 'raise', 90],
      [1, 'call'],
    ];
    expect(shown({ stacks: [100, 100] }, ...steps)).toEqual([0, 1]);
  });

  it('begins left of the button when the blinds put everybody all-in', () => {
    expect(shown({ stacks: [5, 5] })).toEqual([1, 0]);
  });
});

describe('hands', () => {
  /** Who wins heads-up, and with what. */
  const duel = (holes: [string, string], board: string) => {
    const { winners, shown } = resultOf({ stacks: [100, 100], holes, board }, [0, 'raise', 100], [1, 'call']);
    const hand = (seat: number) => {
      const entry = shown.find((one) => one.seat === seat)!;
      return `${entry.rank}: ${entry.best.join(' ')}`;
    };
    return { winners, hands: [hand(0), hand(1)] };
  };

  it.each<[string, [string, string], string, number[], [string, string]]>([
    [
      'a pair that two higher pairs leave behind',
      ['5c 4c', 'Jh Js'],
      '5h 4d Ts 2c Td',
      [1],
      ['Two Pair: Ts Td 5c 5h 4c', 'Two Pair: Jh Js Ts Td 5h'],
    ],
    [
      'a second pair that the board counterfeits: the kicker decides',
      ['8h 7h', 'Ad 3c'],
      '8d 7c Ks Kd As',
      [1],
      ['Two Pair: Ks Kd 8h 8d As', 'Two Pair: Ad As Ks Kd 8d'],
    ],
    [
      'kickers that do not play',
      ['Ah 3c', 'Ac 2d'],
      'As Ad Kc Kh Qd',
      [0, 1],
      ['Full House: Ah As Ad Kc Kh', 'Full House: Ac As Ad Kc Kh'],
    ],
    [
      'a kicker that plays',
      ['Ah Qc', 'Ac Jd'],
      'As 9d 7c 4h 2d',
      [0],
      ['Pair: Ah As Qc 9d 7c', 'Pair: Ac As Jd 9d 7c'],
    ],
    [
      'the fifth card decides',
      ['Ah 8c', 'Ac 6d'],
      'As Kd Qc 7h 2d',
      [0],
      ['Pair: Ah As Kd Qc 8c', 'Pair: Ac As Kd Qc 7h'],
    ],
    [
      'a wheel under a six-high straight',
      ['Ah 2c', '6h Jc'],
      '3c 4d 5h 2s Kd',
      [1],
      ['Straight: 5h 4d 3c 2c Ah', 'Straight: 6h 5h 4d 3c 2s'],
    ],
    [
      'a wheel over three of a kind',
      ['Ah 4c', '5c 5s'],
      '2c 3d 5h Kd Qs',
      [0],
      ['Straight: 5h 4c 3d 2c Ah', 'Three of a Kind: 5c 5s 5h Kd Qs'],
    ],
    [
      'no straight around the ace',
      ['Qh Kd', '4c 4d'],
      'As 2c 3d 9h 8s',
      [1],
      ['High Card: As Kd Qh 9h 8s', 'Pair: 4c 4d As 9h 8s'],
    ],
    [
      'a flush on the board, the highest sixth card of the suit plays',
      ['Ks 3c', 'Js As'],
      '2s 5s 7s 9s Ts',
      [1],
      ['Flush: Ks Ts 9s 7s 5s', 'Flush: As Js Ts 9s 7s'],
    ],
    [
      'a flush on the board that nobody improves',
      ['3s Ad', '2s Kd'],
      '5s 7s 9s Ts Qs',
      [0, 1],
      ['Flush: Qs Ts 9s 7s 5s', 'Flush: Qs Ts 9s 7s 5s'],
    ],
    [
      'suits do not rank',
      ['Ah Kh', 'As Ks'],
      'Ac Kd 7h 4s 2d',
      [0, 1],
      ['Two Pair: Ah Ac Kh Kd 7h', 'Two Pair: As Ac Ks Kd 7h'],
    ],
    [
      'two sets of three make a full house',
      ['9h 9d', '7h 7d'],
      '9s 7s 4c 4d 4h',
      [0],
      ['Full House: 9h 9d 9s 4c 4d', 'Full House: 7h 7d 7s 4c 4d'],
    ],
    [
      'three pairs are two',
      ['9h 9d', 'Ac 5h'],
      'Ks Kd 4c 4d Ah',
      [1],
      ['Two Pair: Ks Kd 9h 9d Ah', 'Two Pair: Ac Ah Ks Kd 5h'],
    ],
    [
      'four of a kind on the board, the kicker decides',
      ['Ah 2c', 'Kh Kd'],
      '8c 8d 8h 8s 3d',
      [0],
      ['Four of a Kind: 8c 8d 8h 8s Ah', 'Four of a Kind: 8c 8d 8h 8s Kh'],
    ],
    [
      'four of a kind on the board with the highest kicker',
      ['Kh 2c', 'Qh Qd'],
      '8c 8d 8h 8s Ad',
      [0, 1],
      ['Four of a Kind: 8c 8d 8h 8s Ad', 'Four of a Kind: 8c 8d 8h 8s Ad'],
    ],
    [
      'a steel wheel over four of a kind',
      ['Ah 4h', '5c 5s'],
      '2h 3h 5h 5d Kd',
      [0],
      ['Straight Flush: 5h 4h 3h 2h Ah', 'Four of a Kind: 5c 5s 5h 5d Kd'],
    ],
    [
      'a royal flush is a straight flush',
      ['Ah Kh', '9h 8h'],
      'Qh Jh Th 2c 3d',
      [0],
      ['Straight Flush: Ah Kh Qh Jh Th', 'Straight Flush: Qh Jh Th 9h 8h'],
    ],
  ])('%s', (_, holes, board, winners, hands) => {
    expect(duel(holes, board)).toEqual({ winners, hands });
  });
});
