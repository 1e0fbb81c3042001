import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCard, parseCards } from '../../src/holdem/card.js';
import { createTable } from '../../src/holdem/table.js';
import { viewOf } from '../../src/holdem/view-of.js';
import { headsUp, play } from './table-match.js';

describe('what a seat may see', () => {
  it('is the table, its own cards, and what is offered to it', () => {
    const table = headsUp({ ante: 1 });
    table.startHand();
    play(table, [0, 'raise', 30], [1, 'call'], [1, 'check']);
    const history = [
      { seat: 0, action: 'post_small_blind', amount: 5 },
      { seat: 1, action: 'post_big_blind', amount: 10 },
      { seat: 0, action: 'post_ante', amount: 1 },
      { seat: 1, action: 'post_ante', amount: 1 },
      { seat: 0, action: 'raise', amount: 30 },
      { seat: 1, action: 'call', amount: 20 },
    ].map((entry) => ({ ...entry, phase: 'preflop', isTimeout: false }));
    const common = {
      actionHistory: [...history, { seat: 1, action: 'check', amount: 0, phase: 'flop', isTimeout: false }],
      dealerSeat: 0,
      handNumber: 1,
      phase: 'flop',
      board: parseCards('Jc Js Tc'),
      pot: 62,
      yourStack: 969,
      opponentStacks: [969],
      toCall: 0,
      roundId: '',
      requestId: '',
    };
    expect(viewOf(table.turn!, 0)).toStrictEqual({
      ...common,
      yourSeat: 0,
      holeCards: parseCards('Qs As'),
      minRaise: 10,
      maxRaise: 969,
      validActions: ['check', 'raise'],
    });
    expect(viewOf(table.turn!, 1)).toStrictEqual({
      ...common,
      yourSeat: 1,
      holeCards: parseCards('8c 3d'),
      minRaise: 0,
      maxRaise: 0,
      validActions: [],
    });
  });

  it('is the same each time, and what is done to it changes nothing', () => {
    const table = headsUp();
    table.startHand();
    const turn = table.turn!;
    const before = structuredClone(turn);
    const view = viewOf(turn, 0);
    const again = structuredClone(viewOf(turn, 0));
    expect(view).toStrictEqual(again);
    for (const list of [view.holeCards, view.board, view.opponentStacks, view.validActions]) list.length = 0;
    for (const entry of view.actionHistory) entry.amount = 7;
    expect([turn, viewOf(turn, 0)]).toStrictEqual([before, again]);
    expect(() => Object.assign(viewOf(turn, 0).holeCards[0]!, { rank: 'K' })).toThrow(TypeError);
  });

  it.each([-1, 2, 0.5, Number.NaN])('is nothing for seat %d, which the table does not have', (seat) => {
    const table = headsUp();
    table.startHand();
    expect(() => viewOf(table.turn!, seat)).toThrow(`There is no seat ${seat}.`);
  });

  it('never holds another seat’s cards, nor one that is still in the deck', () => {
    const options = fc.record({
      seats: fc.integer({ min: 2, max: 10 }),
      startingStack: fc.integer({ min: 1, max: 200 }),
      ante: fc.constantFrom(0, 2),
      seed: fc.string({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(options, fc.array(fc.nat({ max: 99 }), { minLength: 40 }), (match, choices) => {
        const table = createTable({ ...match, smallBlind: 2, bigBlind: 5, maxHands: 8 });
        for (const choice of choices) {
          if (table.over) return;
          const { turn } = table;
          if (turn === null) {
            table.startHand();
            continue;
          }
          for (const seat of turn.stacks.keys()) {
            const mayBeSeen = [...turn.holeCards[seat]!, ...turn.board].map(formatCard);
            const seen = JSON.stringify(viewOf(turn, seat)).matchAll(/\{"rank":"(.)","suit":"(.)"\}/g);
            expect([...seen].map(([, rank, suit]) => `${rank}${suit}`)).toEqual(mayBeSeen);
            expect(JSON.stringify(viewOf(turn, seat))).not.toMatch(/"[2-9TJQKA][cdhs]"/);
          }
          const action = turn.validActions[choice % turn.validActions.length] ?? 'fold';
          table.act({ action, params: { amount: turn.minRaise + choice } });
        }
      }),
      { numRuns: 60 },
    );
  });
});
