import { describe, expect, it } from 'vitest';
import { type PlayedTurn, packHand, unpackHand } from '../../src/playback/packed-hand.js';
import * as examples from '../histories/example-hands.js';

const turns: PlayedTurn[] = [
  { position: 2, latencyMs: 12.5, source: 'bot', note: { equity: 0.6 } },
  { position: 5, latencyMs: null, source: 'overdue', note: null },
];

describe('a hand packed for a page', () => {
  it.each(Object.entries(examples))('%s is the same hand when it is read again', (_, hand) => {
    const names: string[] = [];
    const nameIndex = (name: string): number =>
      names.includes(name) ? names.indexOf(name) : names.push(name) - 1;
    const played = { hand, ranks: new Map([[1, 'Full House']]), turns };
    const packed = JSON.parse(JSON.stringify(packHand(played, nameIndex)));
    const { source, matchId } = hand;
    expect(unpackHand(packed, { source, matchId, names })).toEqual(played);
  });

  it('keeps clocks that ran out, a rake, and streets without an action', () => {
    const hand = {
      ...examples.coveredCall,
      rake: 5,
      startedAt: null,
      history: examples.coveredCall.history
        .filter(({ street }) => street !== 'flop')
        .map((entry, index) => ({ ...entry, isTimeout: index === 3 })),
    };
    const played = { hand, ranks: new Map<number, string>(), turns: [] };
    const packed = packHand(played, () => 0);
    const { source, matchId } = hand;
    expect(unpackHand(packed, { source, matchId, names: ['Ann'] }).hand.history).toEqual(hand.history);
    expect(packed.h).toBe('0s5 1b10 0r30 1c20!//1x 0r1410 1c410');
    expect(packed.rake).toBe(5);
  });
});
