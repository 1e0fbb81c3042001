/** A match that is played by hand. */
import { expect } from 'vitest';
import type { TableFact } from '../../src/holdem/facts.js';
import { createTable } from '../../src/holdem/table.js';
import type { Table, TableOptions } from '../../src/holdem/table-types.js';

/** Heads-up, 1000 chips, 5/10. With `seed-2` seat 0 has Qs As against 8c 3d on Jc Js Tc Kd 2d. */
export function headsUp(options: Partial<TableOptions> = {}): Table {
  return createTable({
    seats: 2,
    startingStack: 1000,
    smallBlind: 5,
    bigBlind: 10,
    seed: 'seed-2',
    ...options,
  });
}

export const act = (action: string, amount?: number) =>
  amount === undefined ? { action } : { action, params: { amount } };

/** Plays these actions in turn and gives all facts, hands not started by it excepted. */
export function play(
  table: Table,
  ...actions: [seat: number, action: string, amount?: number][]
): TableFact[] {
  return actions.flatMap(([seat, action, amount]) => {
    expect(table.turn?.seat).toBe(seat);
    return table.act(act(action, amount));
  });
}

/** An entry of a history. */
export const entry = (seat: number, action: string, amount: number, street = 'preflop') => ({
  seat,
  action,
  amount,
  street,
  isTimeout: false,
});

/** The fact of an action, with the pot and the stacks it leads to. */
export const acted = (done: ReturnType<typeof entry>, pot: number, stacks: number[]) => ({
  type: 'acted',
  ...done,
  pot,
  stacks,
});
