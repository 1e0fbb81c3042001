/**
 * The table and the engine beside others, on one core and in one process: the table of another checkout (`--beside`), and an
 * engine from npm, which is installed into a temporary folder.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Contest, type Contestant, type ContestRow, measureContest } from './contest.js';
import { houseMatches } from './table-matches.js';

type Holdem = typeof import('../src/holdem/index.js');
type Sandbox = typeof import('../src/sandbox/index.js');

const defaults = {
  pokerTs: '1.5.0',
  startingStack: 1_000_000,
  smallBlind: 5,
  bigBlind: 10,
} as const;

const entry = (checkout: string, path: string): string => pathToFileURL(resolve(checkout, 'dist', path)).href;

/** @param beside a built checkout. Default: the table of this one is the baseline. */
export async function* measureTable(beside?: string): AsyncGenerator<ContestRow> {
  const own = new URL('..', import.meta.url).pathname;
  const now = (await import(entry(own, 'holdem/index.js'))) as Holdem;
  const before = (await import(entry(beside ?? own, 'holdem/index.js'))) as Holdem;
  const houseNow = (await import(entry(own, 'sandbox/index.js'))) as Sandbox;
  const houseBefore = (await import(entry(beside ?? own, 'sandbox/index.js'))) as Sandbox;
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-bench-'));
  try {
    const pokerTs = install(folder);
    const contests: Contest[] = [
      ...[2, 6].map((seats) => callers(seats, { now, before, pokerTs })),
      withStates({ now, before }),
      ranking({ now, before }),
      ...houseMatches({ now, before, houseNow, houseBefore }),
    ];
    for (const contest of contests) yield* measureContest(contest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface PokerTsTable {
  sitDown(seat: number, chips: number): void;
  startHand(): void;
  isHandInProgress(): boolean;
  isBettingRoundInProgress(): boolean;
  legalActions(): { actions: string[] };
  actionTaken(action: string): void;
  endBettingRound(): void;
  areBettingRoundsCompleted(): boolean;
  showdown(): void;
  seats(): ({ totalChips: number } | null)[];
}

type PokerTs = { Table: new (blinds: { smallBlind: number; bigBlind: number }) => PokerTsTable };

function install(folder: string): PokerTs {
  const args = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
  execFileSync('npm', [...args, `poker-ts@${defaults.pokerTs}`], { stdio: 'ignore', timeout: 120_000 });
  return createRequire(join(folder, 'index.js'))('poker-ts') as PokerTs;
}

interface Tables {
  now: Holdem;
  before: Holdem;
}

/** Everybody checks or calls; nobody asks for a history. */
function callers(seats: number, { now, before, pokerTs }: Tables & { pokerTs: PokerTs }): Contest {
  return {
    name: `callers, ${seats} seats (hands)`,
    players: [
      { name: 'table before', count: 3_000, play: (hands) => playTable(before, seats, hands, false) },
      { name: 'table now', count: 3_000, play: (hands) => playTable(now, seats, hands, false) },
      {
        name: `poker-ts ${defaults.pokerTs}`,
        count: 3_000,
        play: (hands) => playPokerTs(pokerTs, seats, hands),
      },
      { name: 'engine', count: 300_000, play: (hands) => playEngine(now, seats, hands) },
    ],
  };
}

/** The same with the whole history and a `GameState` for each turn. */
function withStates({ now, before }: Tables): Contest {
  return {
    name: 'callers, 2 seats, a GameState for each turn (hands)',
    players: [
      { name: 'table before', count: 3_000, play: (hands) => playTable(before, 2, hands, true) },
      { name: 'table now', count: 3_000, play: (hands) => playTable(now, 2, hands, true) },
      { name: 'engine', count: 60_000, play: (hands) => playStates(now, hands) },
    ],
  };
}

const sevenCards = (holdem: Holdem) =>
  Array.from({ length: 2_000 }, (_, hand) => holdem.shuffledDeck(`rank ${hand}`).slice(0, 7));

function rankingPlayer(name: string, holdem: Holdem): Contestant {
  const sevens = sevenCards(holdem);
  return {
    name,
    count: 200_000,
    play: (count) => {
      for (let done = 0; done < count; done += sevens.length)
        for (const cards of sevens) holdem.rankHand(cards);
    },
  };
}

const ranking = ({ now, before }: Tables): Contest => ({
  name: 'rankHand (hands of seven)',
  players: [rankingPlayer('before', before), rankingPlayer('now', now)],
});

function playTable(
  { createTable, viewOf }: Holdem,
  seats: number,
  maxHands: number,
  isViewed: boolean,
): void {
  const table = createTable({
    ...defaultBlinds,
    seats,
    startingStack: defaults.startingStack,
    maxHands,
    seed: 'bench',
  });
  while (!table.over) {
    table.startHand();
    while (table.turn !== null) {
      const { turn } = table;
      const { toCall } = isViewed ? viewOf(turn, turn.seat) : turn;
      table.act({ action: toCall === 0 ? 'check' : 'call' });
    }
  }
}

const defaultBlinds = { smallBlind: defaults.smallBlind, bigBlind: defaults.bigBlind };

function playEngine({ HandEngine, FastRandom }: Holdem, seats: number, hands: number): void {
  const engine = new HandEngine({ seats });
  const random = new FastRandom('bench');
  engine.stacks.fill(defaults.startingStack);
  engine.setBlinds(defaults.smallBlind, defaults.bigBlind);
  for (let hand = 0; hand < hands; hand += 1) {
    engine.moveButton();
    engine.deal(random);
    while (engine.turn !== -1) {
      if (engine.toCall > 0) engine.call();
      else engine.check();
    }
  }
}

function playStates({ HandEngine, FastRandom, stateOf, answerTurn }: Holdem, hands: number): void {
  const engine = new HandEngine({ seats: 2 });
  const random = new FastRandom('bench');
  engine.stacks.fill(defaults.startingStack);
  engine.setBlinds(defaults.smallBlind, defaults.bigBlind);
  for (let hand = 0; hand < hands; hand += 1) {
    engine.moveButton();
    engine.deal(random);
    while (engine.turn !== -1) {
      const state = stateOf(engine, engine.turn);
      answerTurn(engine, { action: state.toCall === 0 ? 'check' : 'call' });
    }
  }
}

/** @throws Error where its chips do not add up: such hands say nothing about its pace. */
function playPokerTs({ Table }: PokerTs, seats: number, hands: number): void {
  const table = new Table(defaultBlinds);
  for (let seat = 0; seat < seats; seat += 1) table.sitDown(seat, defaults.startingStack);
  for (let hand = 0; hand < hands; hand += 1) {
    table.startHand();
    while (table.isHandInProgress()) {
      while (table.isBettingRoundInProgress()) {
        table.actionTaken(table.legalActions().actions.includes('check') ? 'check' : 'call');
      }
      table.endBettingRound();
      if (table.areBettingRoundsCompleted()) table.showdown();
    }
  }
  const chips = table.seats().reduce((sum, seat) => sum + (seat?.totalChips ?? 0), 0);
  if (chips !== seats * defaults.startingStack) throw new Error(`poker-ts has ${chips} chips in the end.`);
}
