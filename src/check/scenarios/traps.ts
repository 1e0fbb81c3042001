/** What players of the platform met and their bots did not expect (docs/protocol.md 6 has the rules). */
import type { TurnScenario } from './scenario.js';

const checkedDown = ['call', 'check', 'check', 'check', 'check', 'check', 'check', 'check'];
const toTheRiver = checkedDown.slice(0, -1);

const threeStreets =
  'call,fold,call,fold,call,check,check,check,raise 300,fold,call,fold,check,raise 600,fold'.split(',');

export const trapScenarios: readonly TurnScenario[] = [
  {
    id: 'inverted-range',
    title: 'a short stack: the least raise is more than the most',
    invertedRaises: true,
    hands: [
      { stacks: [250, 19_750], dealer: 1, holeCards: ['Kh Kd', '9c 8s'], line: ['raise 200', 'fold'] },
      { dealer: 0, holeCards: ['Ah Ad', '9c 9s'], line: ['fold'] },
    ],
  },
  {
    id: 'short-big-blind',
    title: 'a big blind posted all-in for less than the level',
    hands: [
      {
        stacks: [9_000, 40, 10_960],
        dealer: 2,
        holeCards: ['Jh Jd', '9c 9s', 'Ac Kc'],
        line: ['raise 250', 'fold'],
      },
    ],
  },
  {
    id: 'short-small-blind',
    title: 'a small blind posted all-in for less than the level',
    hands: [
      { stacks: [9_000, 30, 10_970], dealer: 0, holeCards: ['Qh Qd', '9c 9s', 'Ac Kc'], line: ['fold'] },
    ],
  },
  {
    id: 'covering-bet',
    title: 'a bet that covers the stack: fold or call, with the nuts',
    neverFold: 'the bot has the best hand that there can be',
    hands: [
      {
        stacks: [3_000, 17_000],
        dealer: 1,
        holeCards: ['Jh Th', 'Ad Ac'],
        board: 'Qh Kh Ah 2c 2d',
        line: [...toTheRiver, 'raise 16900', 'fold'],
      },
    ],
  },
  {
    id: 'sliver-all-in',
    title: 'an all-in for a thirtieth of the pot, with the nuts',
    neverFold: 'the bot has the best hand that there can be, and the call is a thirtieth of the pot',
    blinds: [500, 1_000],
    hands: [
      {
        stacks: [18_940, 1_060],
        dealer: 1,
        holeCards: ['8h 7h', 'Ad Ac'],
        board: '6h 5h 4h Ks 2d',
        line: [...toTheRiver, 'raise 60', 'fold'],
      },
    ],
  },
  {
    id: 'one-shown',
    title: 'hands that end by a fold and show one hand, then a showdown',
    hands: [
      { stacks: [10_000, 10_000], dealer: 1, holeCards: ['Ah 7c', 'Kd 3s'], line: ['fold'] },
      { dealer: 0, holeCards: ['9h 4c', 'Kd Ks'], line: ['fold'] },
      { dealer: 1, holeCards: ['Th 8c', 'Kd 6s'], line: checkedDown },
      { dealer: 0, holeCards: ['8h 7c', 'Kd Ts'], line: ['fold'] },
    ],
  },
  {
    id: 'comes-late',
    title: 'a match under way: no match_start, first of all a turn',
    comesLate: true,
    hands: [
      {
        stacks: [8_200, 11_800],
        dealer: 1,
        holeCards: ['As 9d', 'Kd Qs'],
        board: '9h 5c 2s',
        line: ['call', 'check', 'check', 'raise 120', 'fold'],
      },
      { dealer: 0, holeCards: ['Ts 9s', '4d 4s'], line: ['fold'] },
    ],
  },
  {
    id: 'reconnect',
    title: 'a connection that is lost between two hands',
    reconnects: true,
    hands: [
      { stacks: [10_000, 10_000], dealer: 0, holeCards: ['Qs Jd', 'Kd 7s'], line: ['fold'] },
      { dealer: 1, holeCards: ['Ad 5d', '8d 7s'], line: ['raise 300', 'fold'] },
    ],
  },
  {
    id: 'unknown-post',
    title: 'a post of a name that no document has',
    unknownPost: { action: 'post_dead_blind', amount: 100 },
    hands: [
      { stacks: [10_000, 10_000], dealer: 0, holeCards: ['Kc Td', '9c 9s'], line: ['fold'] },
      { dealer: 1, holeCards: ['As Jd', '9c 8s'], line: ['raise 250', 'fold'] },
    ],
  },
  {
    id: 'six-seats',
    title: 'a table of six',
    seatIndex: 3,
    hands: [
      {
        stacks: [10_000, 10_000, 10_000, 10_000, 10_000, 10_000],
        dealer: 0,
        holeCards: ['4c 2s', '9c 8d', 'Qs 6d', 'Ah Qh', '7c 2d', 'Jc 3h'],
        line: ['fold', 'fold', 'fold', 'fold', 'fold'],
      },
      {
        dealer: 3,
        holeCards: ['4c 2s', '9c 9d', 'Qs 6d', 'Kh Qh', '7c 2d', 'Jc 3h'],
        line: ['fold', 'raise 300', 'fold', 'fold', 'fold', 'fold'],
      },
      {
        dealer: 1,
        holeCards: ['Ts 9s', '4c 2s', '8c 8d', 'Qh 7h', 'Ac 6c', '5c 3h'],
        board: 'Qd 6d 2c Ks',
        line: threeStreets,
      },
    ],
  },
  {
    id: 'seat-out',
    title: 'a table of six with a seat that is out',
    seatIndex: 3,
    hands: [
      {
        stacks: [11_000, 0, 18_000, 9_000, 12_000, 10_000],
        dealer: 5,
        holeCards: ['4c 2s', '', 'Qs 6d', 'Ah Jh', '7c 2d', 'Jc 3h'],
        line: ['fold', 'fold', 'fold', 'fold'],
      },
    ],
  },
  {
    id: 'no-clock',
    title: 'no frame names a clock, which means 2 s',
    clockMs: null,
    hands: [
      { stacks: [10_000, 10_000], dealer: 0, holeCards: ['Ks Qd', '9c 9s'], line: ['fold'] },
      { dealer: 1, holeCards: ['Js 9d', '9c 8s'], line: ['raise 250', 'fold'] },
    ],
  },
];
