import { expect, it } from 'vitest';
import { rankPhrase } from '../../../src/histories/formats/hand-words.js';
import { parseCards } from '../../../src/holdem/card.js';
import { rankHand } from '../../../src/holdem/hand-rank.js';

it.each([
  ['Ah Jd 9c 6s 3d', 'high card Ace'],
  ['6h 6d 9c Ks 3d', 'a pair of Sixes'],
  ['Kh Kd 7c 7s 3d', 'two pair, Kings and Sevens'],
  ['2h 2d 2c 7s 3d', 'three of a kind, Deuces'],
  ['5h 4d 3c 2s Ad', 'a straight, Ace to Five'],
  ['Kh Qd Jc Ts 9d', 'a straight, Nine to King'],
  ['Kh 9h 7h 4h 2h', 'a flush, King high'],
  ['Kh Kd Kc 7s 7d', 'a full house, Kings full of Sevens'],
  ['Th Td Tc Ts 9d', 'four of a kind, Tens'],
  ['Kh Qh Jh Th 9h', 'a straight flush, Nine to King'],
  ['Ah Kh Qh Jh Th', 'a Royal Flush'],
])('%s is %s', (cards, words) => {
  expect(rankPhrase(rankHand(parseCards(cards)))).toBe(words);
});
