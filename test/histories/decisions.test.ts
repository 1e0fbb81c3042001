import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decisionsOf } from '../../src/histories/decisions.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { historiesOfMatch } from '../../src/histories/played-histories.js';
import type { TableTurn } from '../../src/holdem/table-types.js';
import { coveredCall, sharedMainPot, shortBlind, splitBoard, takenOnFlop } from './example-hands.js';
import { handOf } from './hands.js';
import { playedMatch, randomTables } from './random-hands.js';

const each = <T>(hand: HandHistory, of: (decision: Decision) => T): T[] => decisionsOf(hand).map(of);

describe('the decisions of a hand', () => {
  it('are what seats did in turn, each with its place in the history', () => {
    expect(
      each(takenOnFlop, ({ index, seat, street, action, position, added, raisedTo }) => [
        `${index} ${street} ${position} ${seat}`,
        action,
        added,
        raisedTo,
      ]),
    ).toEqual([
      ['2 preflop UTG 0', 'raise', 25, 25],
      ['3 preflop HJ 1', 'fold', 0, 0],
      ['4 preflop CO 2', 'call', 25, 0],
      ['5 preflop BTN 3', 'fold', 0, 0],
      ['6 preflop SB 4', 'fold', 0, 0],
      ['7 preflop BB 5', 'call', 15, 0],
      ['8 flop BB 5', 'check', 0, 0],
      ['9 flop UTG 0', 'raise', 45, 45],
      ['10 flop CO 2', 'raise', 130, 130],
      ['11 flop BB 5', 'fold', 0, 0],
      ['12 flop UTG 0', 'fold', 0, 0],
    ]);
  });

  it('have the pot before, what a call costs and its price', () => {
    expect(
      each(takenOnFlop, ({ potBefore, toCall, potInReach, potOdds }) => [
        potBefore,
        toCall,
        potInReach,
        potOdds,
      ]),
    ).toEqual([
      [15, 10, 15, 10 / 25],
      [40, 25, 40, 25 / 65],
      [40, 25, 40, 25 / 65],
      [65, 25, 65, 25 / 90],
      [65, 20, 65, 20 / 85],
      [65, 15, 65, 15 / 80],
      [80, 0, 80, null],
      [80, 0, 80, null],
      [125, 45, 125, 45 / 170],
      [255, 130, 255, 130 / 385],
      [255, 85, 255, 85 / 340],
    ]);
  });

  it('know seats still in, stacks, and what can still be lost', () => {
    expect(
      each(coveredCall, ({ stack, effectiveStack, seatsIn, isAllIn }) => [
        stack,
        effectiveStack,
        seatsIn,
        isAllIn,
      ]),
    ).toEqual([
      [1495, 495, 2, false],
      [490, 490, 2, false],
      [470, 470, 2, false],
      [1470, 470, 2, false],
      [470, 470, 2, false],
      [410, 410, 2, false],
      [1410, 410, 2, true],
      [410, 410, 2, true],
    ]);
  });

  it('count raises on the street, and name who raised on it and on the one before', () => {
    const hand = handOf({ stacks: [1000, 1000, 1000], dealer: 2, board: 'Kc7d2s9h3c' }, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 30, 0 raise 90, 1 fold, 2 call 60',
      'flop: 0 raise 60, 2 call 60',
      'turn: 0 check, 2 check',
      'river: 0 check, 2 raise 100, 0 fold',
    ]);
    expect(
      each(hand, ({ street, seat, raisesBefore, raiser, raiserBefore }) => [
        `${street} ${seat}`,
        raisesBefore,
        raiser,
        raiserBefore,
      ]),
    ).toEqual([
      ['preflop 2', 0, null, null],
      ['preflop 0', 1, 2, null],
      ['preflop 1', 2, 0, null],
      ['preflop 2', 2, 0, null],
      ['flop 0', 0, null, 0],
      ['flop 2', 1, 0, 0],
      ['turn 0', 0, null, 0],
      ['turn 2', 0, null, 0],
      ['river 0', 0, null, null],
      ['river 2', 0, null, null],
      ['river 0', 1, 2, null],
    ]);
  });

  it('tell the action directly before apart from a bet that is still to be answered', () => {
    const hand = handOf({ stacks: [1000, 1000, 1000], dealer: 2, board: 'Kc7d2s' }, [
      'preflop: 0 sb 5, 1 bb 10, 2 raise 30, 0 call 25, 1 call 20',
      'flop: 0 check, 1 raise 50, 2 call 50, 0 fold',
    ]);
    expect(
      each(hand, ({ street, seat, previous, isFacingBet }) => [
        `${street} ${seat}`,
        previous?.action ?? null,
        previous?.seat ?? null,
        isFacingBet,
      ]),
    ).toEqual([
      // A blind is no bet.
      ['preflop 2', null, null, false],
      ['preflop 0', 'raise', 2, true],
      ['preflop 1', 'call', 0, true],
      ['flop 0', null, null, false],
      ['flop 1', 'check', 0, false],
      ['flop 2', 'raise', 1, true],
      ['flop 0', 'call', 2, true],
    ]);
  });

  it('have the board then known, one list a street', () => {
    const decisions = decisionsOf(sharedMainPot);
    expect(decisions.map(({ board }) => board.join(''))).toEqual([
      '',
      '',
      '',
      'Ts7d2s',
      'Ts7d2s',
      'Ts7d2s',
      'Ts7d2s9h',
      'Ts7d2s9h',
      'Ts7d2s9h3c',
      'Ts7d2s9h3c',
    ]);
    expect(decisions[3]?.board).toBe(decisions[5]?.board);
  });

  it('of a pre-flop all-in and call are two, one of them faces a bet, and none comes after the flop', () => {
    const decisions = decisionsOf(splitBoard);
    expect(decisions.map(({ seat, isFacingBet, street }) => [seat, isFacingBet, street])).toEqual([
      [0, false, 'preflop'],
      [1, true, 'preflop'],
    ]);
    expect(decisions.filter(({ street, raisesBefore }) => street === 'flop' && raisesBefore === 0)).toEqual(
      [],
    );
    // 1,000 are bet, and a call for the last 380 plays for 400 of them and for its own 20.
    expect(decisions[1]).toMatchObject({ potBefore: 1020, toCall: 380, potInReach: 420, potOdds: 380 / 800 });
  });

  it('of a hand that the posts decide are none', () => {
    expect(decisionsOf(shortBlind)).toEqual([]);
  });

  it('of a seat that was answered for say so', () => {
    const { history, ...hand } = handOf({ stacks: [100, 100] }, ['preflop: 0 sb 5, 1 bb 10, 0 fold']);
    const late = {
      ...hand,
      history: history.map((entry) => ({ ...entry, isTimeout: entry.action === 'fold' })),
    };
    expect(each(late, ({ isTimeout }) => isTimeout)).toEqual([true]);
  });

  it('face the whole big blind where it was posted short, but never more than can be matched', () => {
    const hand = handOf({ stacks: [100, 3, 100], dealer: 2 }, [
      'preflop: 0 sb 5, 1 bb 3, 2 call 10, 0 call 5',
      'flop: 0 check, 2 check',
    ]);
    expect(each(hand, ({ toCall }) => toCall)).toEqual([10, 5, 0, 0]);
    const alone = handOf({ stacks: [100, 8] }, ['preflop: 0 sb 5, 1 bb 8, 0 call 3']);
    expect(each(alone, ({ toCall, effectiveStack }) => [toCall, effectiveStack])).toEqual([[3, 3]]);
  });

  it('leave an ante of the big blind whole for whoever calls', () => {
    const level = { smallBlind: 5, bigBlind: 10, ante: 10 };
    const hand = handOf({ stacks: [12, 100, 100], dealer: 2, level }, [
      'preflop: 0 sb 5, 1 bb 10, 1 ante 10, 2 raise 40, 0 call 7',
    ]);
    // Of the raise 12, of the blind 10, its own 5 and the ante.
    expect(decisionsOf(hand)[1]).toMatchObject({ potBefore: 65, toCall: 7, potInReach: 37 });
  });

  it('have no stacks where the source tells none', () => {
    const known = handOf({ stacks: [100, 100] }, ['preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 check']);
    const hand = { ...known, seats: known.seats.map((seat) => ({ ...seat, stack: null })) };
    expect(each(hand, ({ stack, effectiveStack, toCall }) => [stack, effectiveStack, toCall])).toEqual([
      [null, null, 5],
      [null, null, 0],
    ]);
    const half = {
      ...known,
      seats: known.seats.map((seat) => ({ ...seat, stack: seat.seat === 0 ? 100 : null })),
    };
    expect(each(half, ({ stack, effectiveStack }) => [stack, effectiveStack])).toEqual([
      [95, null],
      [null, null],
    ]);
  });

  it('of the local platform face what its table offered', () => {
    fc.assert(
      fc.property(randomTables, (table) => {
        const turns: TableTurn[] = [];
        const hands = historiesOfMatch(playedMatch(table, (turn) => turns.push(turn)));
        const decisions = hands.flatMap((hand) => decisionsOf(hand));
        expect(
          decisions.map(({ seat, street, toCall, potBefore, stack, board }) => [
            seat,
            street,
            toCall,
            potBefore,
            stack,
            board.length,
          ]),
        ).toEqual(
          turns.map(({ seat, street, toCall, pot, stacks, board }) => [
            seat,
            street,
            toCall,
            pot,
            stacks[seat],
            board.length,
          ]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('of the local platform never lose more than the effective stack, and a call pays the price', () => {
    fc.assert(
      fc.property(randomTables, (table) => {
        for (const hand of historiesOfMatch(playedMatch(table))) {
          for (const [at, decision] of decisionsOf(hand).entries()) {
            const { effectiveStack, toCall, potInReach, potBefore, action, added, isFacingBet } = decision;
            expect(effectiveStack).toBeGreaterThanOrEqual(toCall);
            expect(potInReach).toBeLessThanOrEqual(potBefore);
            if (action === 'call') expect(added).toBe(toCall);
            if (isFacingBet)
              expect([decision.raisesBefore > 0, decision.raiser === decision.seat]).toEqual([true, false]);
            const { seats, history } = hand;
            const before = history
              .slice(0, decision.index)
              .filter((entry) => entry.street === decision.street);
            const turnsBefore = before.filter((entry) => !entry.action.startsWith('post_'));
            expect(decision.previous).toEqual(turnsBefore.at(-1) ?? null);
            expect(decision.raisesBefore).toBe(before.filter((entry) => entry.action === 'raise').length);
            if (seats.length === 2) expect(isFacingBet).toBe(decision.previous?.action === 'raise');
            if (at === 0) expect(isFacingBet).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
