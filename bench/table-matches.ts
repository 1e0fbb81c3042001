/** Matches of house bots in one process: on a table with its facts, and on the engine. */
import type { BotLike, Turn } from '../src/bot/bot.js';
import type { HandAction } from '../src/holdem/facts.js';
import type { Contest } from './contest.js';

type Holdem = typeof import('../src/holdem/index.js');
type Sandbox = typeof import('../src/sandbox/index.js');

interface Sides {
  now: Holdem;
  before: Holdem;
  houseNow: Sandbox;
  houseBefore: Sandbox;
}

const defaults = { startingStack: 10_000, smallBlind: 50, bigBlind: 100, handsOfMatch: 100 } as const;

/** Hands of one round, on the table and on the engine. */
const sizes: Readonly<Record<string, readonly [number, number]>> = {
  'calling-station': [2_000, 40_000],
  random: [5_000, 50_000],
  'tight-aggressive': [1_000, 10_000],
  equity: [100, 1_000],
};

export function houseMatches({ now, before, houseNow, houseBefore }: Sides): Contest[] {
  return Object.entries(sizes).map(([name, [slow, fast]]) => ({
    name: `matches of ${name} (hands)`,
    players: [
      {
        name: 'table before',
        count: slow,
        play: (hands) => onTable(before, makerOf(houseBefore, name), hands),
      },
      { name: 'engine', count: fast, play: (hands) => onEngine(now, makerOf(houseNow, name), hands) },
    ],
  }));
}

/** Time stands still for the bot that thinks by the clock, so that its samples alone end its thinking. */
function makerOf({ houseBots, EquityBot }: Sandbox, name: string): (seed: string) => BotLike {
  if (name === 'equity') return (seed) => new EquityBot({ seed, now: () => 0 });
  const make = houseBots[name];
  if (make === undefined) throw new Error(`There is no house bot ${name}.`);
  return make;
}

const { signal } = new AbortController();
const ignore = (): void => undefined;
const turn = {
  matchId: 'm',
  requestId: 'q',
  deadline: 5_000,
  signal,
  raw: {},
  propose: ignore,
  note: ignore,
} as unknown as Turn;

const resultOf = (history: readonly HandAction[]) => ({
  type: 'round_result' as const,
  result: {
    action_history: history.map(({ seat, action, amount, street, isTimeout }) => ({
      seat,
      action,
      amount,
      phase: street,
      is_timeout: isTimeout,
    })),
  },
});

async function onTable(
  { createTable, viewOf }: Holdem,
  make: (seed: string) => BotLike,
  hands: number,
): Promise<void> {
  for (let played = 0, match = 0; played < hands; match += 1) {
    const bots = [make(`a${match}`), make(`b${match}`)];
    const { handsOfMatch: maxHands, ...terms } = defaults;
    const table = createTable({ ...terms, seats: 2, maxHands, seed: `match ${match}` });
    while (!table.over) {
      let facts = table.startHand();
      while (table.turn !== null) {
        const { seat } = table.turn;
        const answer = bots[seat]?.decide(viewOf(table.turn, seat), turn);
        facts = table.act(answer instanceof Promise ? await answer : answer, { legalize: true });
      }
      for (const fact of facts) {
        if (fact.type !== 'handEnded') continue;
        for (const bot of bots) await bot.onRoundResult?.(resultOf(fact.history));
      }
    }
    played += table.hand;
  }
}

async function onEngine(holdem: Holdem, make: (seed: string) => BotLike, hands: number): Promise<void> {
  const { HandEngine, FastRandom, stateOf, answerTurn, historyOf } = holdem;
  const engine = new HandEngine({ seats: 2 });
  const random = new FastRandom('matches');
  engine.setBlinds(defaults.smallBlind, defaults.bigBlind);
  for (let played = 0, match = 0; played < hands; match += 1) {
    const bots = [make(`a${match}`), make(`b${match}`)];
    random.seed(`match ${match}`);
    engine.stacks.fill(defaults.startingStack);
    engine.hand = 0;
    while (engine.hand < defaults.handsOfMatch && engine.stacks[0] !== 0 && engine.stacks[1] !== 0) {
      if (engine.hand === 0) engine.placeButton(0);
      else engine.moveButton();
      engine.deal(random);
      while (engine.turn !== -1) {
        const answer = bots[engine.turn]?.decide(stateOf(engine, engine.turn), turn);
        answerTurn(engine, answer instanceof Promise ? await answer : answer, { legalize: true });
      }
      for (const bot of bots) await bot.onRoundResult?.(resultOf(historyOf(engine)));
    }
    played += engine.hand;
  }
}
