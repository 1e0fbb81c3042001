/** A match that is played by hand. */
import { expect } from 'vitest';
import { createTable, type Table, type TableEvent, type TableOptions } from '../../src/holdem/table.js';

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

/** Plays these actions in turn and gives all events, hands not started by it excepted. */
export function play(
  table: Table,
  ...actions: [seat: number, action: string, amount?: number][]
): TableEvent[] {
  return actions.flatMap(([seat, action, amount]) => {
    expect(table.turn?.seat).toBe(seat);
    return table.act(act(action, amount));
  });
}

export const entry = (seat: number, action: string, amount: number, phase = 'preflop') => ({
  seat,
  action,
  amount,
  phase,
  is_timeout: false,
});
export const acted = (seat: number, action: string, amount: number, pot: number, stacks: number[]) => ({
  type: 'acted',
  seat,
  details: { action, amount, pot, stacks, is_timeout: false },
});
