import { expect, it } from 'vitest';
import { createFactTable } from '../../src/dashboard/fact-table.js';
import { Action, type BotAnswer } from '../../src/holdem/action.js';
import type { TableFact } from '../../src/holdem/facts.js';
import { createTable } from '../../src/holdem/table.js';

/** A table for three with antes, and what the page shows of it. */
function deal() {
  const table = createTable({
    seats: 3,
    startingStack: 500,
    smallBlind: 5,
    bigBlind: 10,
    ante: 2,
    seed: 'page',
  });
  const shown = createFactTable(['anna', 'bert', 'carl']);
  const show = (facts: readonly TableFact[]): void => {
    for (const fact of facts) {
      if (fact.type === 'handStarted') shown.handStarted(fact);
      if (fact.type === 'acted') shown.acted(fact);
      if (fact.type === 'streetOpened') shown.streetOpened(fact);
    }
  };
  show(table.startHand());
  const seats = () => shown.view()?.seats.map(({ bet, stack, last }) => ({ bet, stack, last }));
  return { seats, shown, act: (answer: BotAnswer) => show(table.act(answer)) };
}

it('shows who has posted what, and antes as chips of the pot', () => {
  const { seats, shown } = deal();
  expect(shown.view()?.actions.map(({ seat, phase, text }) => `${seat} ${phase} ${text}`)).toEqual([
    '1 preflop small blind 5',
    '2 preflop big blind 10',
    '0 preflop ante 2',
    '1 preflop ante 2',
    '2 preflop ante 2',
  ]);
  expect(seats()).toEqual([
    { bet: 0, stack: 498, last: 'ante 2' },
    { bet: 5, stack: 493, last: 'ante 2' },
    { bet: 10, stack: 488, last: 'ante 2' },
  ]);
  expect(shown.view()?.pot).toBe(21);
});

it('shows the same bet of who raises and of who calls, whatever they had posted', () => {
  const { seats, act } = deal();
  act(Action.raiseTo(30));
  act(Action.call());
  expect(seats()).toEqual([
    { bet: 30, stack: 468, last: 'raise to 30' },
    { bet: 30, stack: 468, last: 'call 25' },
    { bet: 10, stack: 488, last: 'ante 2' },
  ]);
  act(Action.fold());
  expect(seats()?.map(({ bet }) => bet)).toEqual([0, 0, 0]);
});

it('calls the first bet of a street a bet', () => {
  const { shown, act } = deal();
  act(Action.fold());
  act(Action.call());
  act(Action.check());
  act(Action.raiseTo(20));
  act(Action.raiseTo(60));
  expect(
    shown
      .view()
      ?.actions.slice(-3)
      .map(({ phase, text }) => `${phase} ${text}`),
  ).toEqual(['preflop check', 'flop bet 20', 'flop raise to 60']);
});
