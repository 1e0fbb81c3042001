/** How strong the house bots are against each other. */
import type { BotLike, Turn } from '../src/bot/bot.js';
import { createTable, viewOf } from '../src/holdem/index.js';
import { EquityBot } from '../src/house/equity-bot.js';
import { type HouseBotName, houseBotNames } from '../src/house/house-bot-names.js';
import { houseBots } from '../src/house/house-bots.js';
import { roundResult, turnRequest } from '../src/sandbox/match/wire-of-hand.js';

const defaults = {
  /** Each is played twice with the seats changed, so that the cards favour nobody. */
  deals: 12_500,
  /** New bots each time: what one has learned of another is worth so many hands at most. */
  dealsOfMatch: 50,
  bigBlind: 10,
  /** In big blinds: as deep as a match begins, and as short as it often ends. */
  stacks: [100, 10],
} as const;

export interface DuelOptions {
  bots: readonly [HouseBotName, HouseBotName];
  deals: number;
  /** What both begin each hand with, in big blinds. */
  stack: number;
  /** Deals that `equity` thinks through for a decision. Default: its own. */
  maxSamples?: number;
}

export interface Duel extends DuelOptions {
  /** What the first wins of the second, in big blinds a hundred hands. */
  rate: number;
  standardError: number;
}

/** Each against each, heads-up. */
export async function* measureStrength(): AsyncGenerator<Duel> {
  for (const stack of defaults.stacks) {
    for (const [index, first] of houseBotNames.entries()) {
      for (const second of houseBotNames.slice(index + 1)) {
        yield await duel({ bots: [first, second], deals: defaults.deals, stack });
      }
    }
  }
}

export async function duel({ bots, deals, stack, maxSamples }: DuelOptions): Promise<Duel> {
  const { bigBlind, dealsOfMatch } = defaults;
  const won: number[] = [];
  let home: BotLike[] = [];
  let away: BotLike[] = [];
  for (let deal = 0; deal < deals; deal += 1) {
    if (deal % dealsOfMatch === 0) {
      home = bots.map((name, seat) => make(name, `home-${seat}-${deal}`, maxSamples));
      away = bots.map((name, seat) => make(name, `away-${seat}-${deal}`, maxSamples)).toReversed();
      for (const bot of [...home, ...away]) await bot.onMatchStart?.({ type: 'match_start', seats: [] });
    }
    const [there = 0] = await playHand(home, deal, stack);
    const [, back = 0] = await playHand(away, deal, stack);
    won.push((there + back) / 2 / bigBlind);
  }
  const mean = won.reduce((sum, chips) => sum + chips, 0) / deals;
  const variance = won.reduce((sum, chips) => sum + (chips - mean) ** 2, 0) / (deals - 1);
  return { bots, deals, stack, rate: 100 * mean, standardError: 100 * Math.sqrt(variance / deals) };
}

/** Time stands still for the bot that thinks by the clock, so that its samples alone end its thinking. */
function make(name: HouseBotName, seed: string, maxSamples?: number): BotLike {
  if (name === 'equity') return new EquityBot({ seed, now: () => 0, ...(maxSamples && { maxSamples }) });
  const bot = houseBots[name]?.(seed);
  if (bot === undefined) throw new Error(`There is no house bot ${name}.`);
  return bot;
}

/** @returns net chips by seat. */
async function playHand(bots: readonly BotLike[], deal: number, stack: number): Promise<number[]> {
  const { bigBlind } = defaults;
  const table = createTable({
    seats: 2,
    startingStack: stack * bigBlind,
    smallBlind: bigBlind / 2,
    bigBlind,
    dealer: deal % 2,
    maxHands: 1,
    seed: `strength-${deal}`,
  });
  let facts = table.startHand();
  while (table.turn !== null) {
    const { turn } = table;
    facts = table.act(await bots[turn.seat]?.decide(viewOf(turn, turn.seat), shown(turn)), {
      legalize: true,
    });
  }
  for (const fact of facts) {
    if (fact.type !== 'handEnded') continue;
    for (const bot of bots) await bot.onRoundResult?.(roundResult(fact, ''));
  }
  return table.standings.standings.map(({ netChips }) => netChips);
}

const { signal } = new AbortController();
const ignore = (): void => undefined;

function shown(turn: Parameters<typeof turnRequest>[0]): Turn {
  const terms = { requestId: 'q', clockMs: 5_000, deadline: 5_000 };
  const raw = turnRequest(turn, terms);
  return {
    matchId: 'm',
    requestId: 'q',
    deadline: terms.deadline,
    signal,
    raw,
    propose: ignore,
    note: ignore,
  };
}
