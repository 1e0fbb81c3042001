/** How many hands one process deals in a second when nothing is waited for: over sockets, without, and without bots. */
import { createTable } from './built.js';
import { playOut, startLoad } from './load.js';
import { measure, type Row, timed } from './measure.js';
import type { Lineup } from './platform-messages.js';

const defaults = { tableHands: 5_000, startingStack: 1_000_000, seed: 'bench', matchesPerBot: 2 } as const;

interface Scenario {
  name: string;
  matches: number;
  /** Of each match. */
  hands: number;
  /** Of a match by its place in the list; numbers are remote bots. */
  lineup: (place: number, bots: number) => Lineup;
}

const againstCaller: Scenario['lineup'] = (place, bots) => [place % bots, 'calling-station'];
const twoRemote: Scenario['lineup'] = (place, bots) => [place % bots, (place + 1) % bots];

const scenarios: readonly Scenario[] = [
  { name: 'sockets: 1 match', matches: 1, hands: 600, lineup: againstCaller },
  { name: 'sockets: 8 matches', matches: 8, hands: 250, lineup: againstCaller },
  { name: 'sockets: 50 matches', matches: 50, hands: 60, lineup: againstCaller },
  { name: 'sockets: 200 matches', matches: 200, hands: 15, lineup: againstCaller },
  { name: 'sockets at both seats: 50 matches', matches: 50, hands: 60, lineup: twoRemote },
  {
    name: 'no sockets: 50 matches, callers',
    matches: 50,
    hands: 100,
    lineup: () => ['calling-station', 'calling-station'],
  },
  {
    name: 'no sockets: 50 matches, tight-aggressive',
    matches: 50,
    hands: 40,
    lineup: () => ['tight-aggressive', 'tight-aggressive'],
  },
  { name: 'no sockets: 50 matches, equity', matches: 50, hands: 4, lineup: () => ['equity', 'equity'] },
];

export async function measureThroughput(): Promise<Row[]> {
  const rows = [await measure('no sockets, no bots: the table', dealAlone)];
  for (const scenario of scenarios) rows.push(await measureScenario(scenario));
  return rows;
}

async function measureScenario({ name, matches, hands, lineup }: Scenario): Promise<Row> {
  const { seed, startingStack } = defaults;
  const lineups = Array.from({ length: matches }, (_, place) => lineup(place, botsFor(matches)));
  const isRemote = lineups.flat().some((player) => typeof player === 'number');
  const load = await startLoad({
    options: { speed: 0, seed, startingStack, smallBlind: 5, bigBlind: 10, maxHands: hands },
    bots: isRemote ? botsFor(matches) : 0,
  });
  const row = await measure(name, () => playOut(load, lineups));
  await load.close();
  return row;
}

function botsFor(matches: number): number {
  return Math.max(1, matches / defaults.matchesPerBot);
}

/** Both seats check or call. */
function dealAlone() {
  const { seed, startingStack, tableHands: maxHands } = defaults;
  return timed(maxHands, () => {
    const table = createTable({ seats: 2, startingStack, smallBlind: 5, bigBlind: 10, maxHands, seed });
    while (!table.over) {
      table.startHand();
      while (table.turn !== null) {
        table.act({ action: table.turn.validActions.includes('check') ? 'check' : 'call' });
      }
    }
  });
}
