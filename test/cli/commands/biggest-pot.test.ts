import { describe, expect, it } from 'vitest';
import { createBiggestPot } from '../../../src/cli/commands/biggest-pot.js';
import { type HandPlan, type Step, startHand } from '../../holdem/table-play.js';

/** Facts of a hand that is played like this. */
function playedHand(plan: HandPlan, ...steps: Step[]) {
  const hand = startHand(plan);
  hand.play(...steps);
  return hand.facts;
}

function storyOf(hands: ReturnType<typeof playedHand>[], names: readonly string[], columns?: number) {
  const pot = createBiggestPot();
  for (const fact of hands.flat()) pot.onFact(fact);
  return pot.lines(names, columns);
}

const board = '2c 7d 9h Jc 3s';
const sets: HandPlan = { stacks: [1000, 1000], holes: ['Ah Ad', 'Kh Kd'], board };

describe('the biggest pot', () => {
  it('is told street by street, bets apart from raises', () => {
    const hand = playedHand(
      sets,
      [0, 'raise', 30],
      [1, 'call'],
      [1, 'raise', 40],
      [0, 'raise', 120],
      [1, 'call'],
      [1, 'check'],
      [0, 'raise', 850],
      [1, 'call'],
    );
    expect(storyOf([hand], ['you', 'kings'])).toEqual([
      'The biggest pot was in hand 1:',
      '  cards     you Ah Ad, kings Kh Kd',
      '  preflop   you raise to 30, kings calls 20',
      '  flop      2c 7d 9h: kings bets 40, you raise to 120, kings calls 80',
      '  turn      2c 7d 9h Jc: kings checks, you bet 850 all-in, kings calls 850',
      '            all-in',
      '  river     2c 7d 9h Jc 3s',
      '  showdown  kings Pair, you Pair',
      '  pot       you win 2000',
    ]);
  });

  it('counts and pays without the chips that nobody called', () => {
    const called = playedHand(
      sets,
      [0, 'call'],
      [1, 'raise', 50],
      [0, 'call'],
      [1, 'raise', 60],
      [0, 'fold'],
    );
    const shoved = playedHand(sets, [0, 'raise', 1000], [1, 'fold']);
    const lines = storyOf([called, shoved], ['you', 'kings']);
    expect(lines.slice(-2)).toEqual([
      '  flop      2c 7d 9h: kings bets 60, you fold',
      '  pot       kings wins 100',
    ]);
    expect(storyOf([shoved, called], ['you', 'kings'])).toEqual(lines);
  });

  it('names all that share it, and those of a side pot', () => {
    const hand = playedHand(
      { stacks: [100, 300, 300], holes: ['Ah Ad', 'Kh Ks', 'Kd Kc'], board },
      [0, 'raise', 100],
      [1, 'raise', 300],
      [2, 'call'],
    );
    expect(storyOf([hand], ['you', 'one', 'two']).at(-1)).toBe(
      '  pot       you win 300, one wins 200, two wins 200',
    );
  });

  it('is no wider than the terminal', () => {
    const hand = playedHand(sets, [0, 'raise', 1000], [1, 'call']);
    const lines = storyOf([hand], ['you', 'a-bot-with-a-long-name-of-35-letters'], 50);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(50);
    expect(lines.slice(1, 3)).toEqual([
      '  cards     you Ah Ad, a-bot-with-a-long-name-o',
      '            Kh Kd',
    ]);
  });

  it('is nothing before a hand has ended', () => {
    expect(storyOf([startHand(sets).facts], ['you', 'kings'])).toEqual([]);
  });
});
