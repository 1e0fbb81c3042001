import { expect, it } from 'vitest';
import { createHouseArenaSeat } from '../../src/arena/house-arena-seat.js';
import { createTable } from '../../src/holdem/table.js';
import type { TableTurn } from '../../src/holdem/table-types.js';

/** What a bot of chance does at the same turn of a hundred pairs. */
async function movesAt(seatIndex: number, seed = 'run'): Promise<string> {
  const table = createTable({ seats: 2, startingStack: 1_000, smallBlind: 5, bigBlind: 10, seed: 'turn' });
  table.startHand();
  const turn = { ...(table.turn as TableTurn), seat: seatIndex };
  const seat = createHouseArenaSeat({ house: 'random', seed, seatIndex, matchId: 'm', clockMs: 1_000 });
  const moves: string[] = [];
  for (let pair = 0; pair < 100; pair += 1) {
    await seat.beginPair(pair);
    seat.beginHand(1);
    moves.push(JSON.stringify((await seat.ask(turn)).action));
  }
  return moves.join();
}

it('draws from run, pair and seat: the same again, and another at another seat', async () => {
  expect(await movesAt(0)).toBe(await movesAt(0));
  expect(await movesAt(1)).not.toBe(await movesAt(0));
  expect(await movesAt(0, 'other')).not.toBe(await movesAt(0));
});
