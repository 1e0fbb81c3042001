import { expect, it } from 'vitest';
import type { PlayedBlock } from '../../src/arena/arena-record.js';
import type { ArenaTerms } from '../../src/arena/arena-terms.js';
import { areHandsOf } from '../../src/arena/fleet-hands.js';
import { type LegHands, packHands, unpackHands } from '../../src/arena/played-hands.js';
import { houseTerms, matchTerms, playWithHands } from './arena-kit.js';

const deals = houseTerms(['random', 'maniac', 'calling-station']);
const matches = houseTerms(['random', 'maniac'], { ...matchTerms, pairs: 1 });

it.each<[string, ArenaTerms]>([
  ['deals', deals],
  ['matches', matches],
])('hands of %s are those of their block', async (_, terms) => {
  expect(areHandsOf(await playWithHands(terms))).toBe(true);
});

it.each<[string, (legs: readonly LegHands[]) => readonly LegHands[]]>([
  ['a leg less', ([first]) => (first === undefined ? [] : [first])],
  ['the legs the other way round', (legs) => legs.toReversed()],
  ['a hand less', (legs) => legs.map((leg) => ({ ...leg, facts: leg.facts.slice(2) }))],
  ['half a hand less', (legs) => legs.map((leg) => ({ ...leg, facts: leg.facts.slice(0, -1) }))],
  [
    'a hand twice',
    (legs) => legs.map((leg) => ({ ...leg, facts: [...leg.facts, ...leg.facts.slice(0, 2)] })),
  ],
  ['what is no JSON', (legs) => legs.map((leg) => ({ ...leg, facts: leg.facts.with(0, '{') }))],
  [
    'other chips',
    (legs) =>
      legs.map((leg) => ({
        ...leg,
        facts: leg.facts.map((fact) => fact.replace('"stacks":[1', '"stacks":[2')),
      })),
  ],
  ['no answers', (legs) => legs.map((leg) => ({ ...leg, answers: [] }))],
])('hands with %s are not', async (_, change) => {
  const block = await playWithHands(deals);
  const legs = unpackHands(block.hands ?? '') ?? [];
  expect(areHandsOf({ ...block, hands: packHands(legs) })).toBe(true);
  expect(areHandsOf({ ...block, hands: packHands(change(legs)) })).toBe(false);
});

it.each<[string, unknown]>([
  ['none', undefined],
  ['a number', 5],
  ['text', 'hands'],
  ['a list', []],
])('%s in place of hands are not', async (_, hands) => {
  const block = await playWithHands(deals);
  expect(areHandsOf({ ...block, hands } as PlayedBlock)).toBe(false);
});
