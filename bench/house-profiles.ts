/** What the house bots do, in the shares of profiles. */
import type { BotLike } from '../src/bot/bot.js';
import { historiesOfMatch } from '../src/histories/played-histories.js';
import type { HandStarted, TableFact } from '../src/holdem/facts.js';
import { createTable, viewOf } from '../src/holdem/index.js';
import { EquityBot } from '../src/house/equity-bot.js';
import { type HouseBotName, houseBotNames } from '../src/house/house-bot-names.js';
import { houseBots } from '../src/house/house-bots.js';
import { type BotProfile, createProfileBook } from '../src/profiles/index.js';
import { type PlayedHand, playedHand } from '../src/records/played-match.js';
import { roundResult, turnRequest } from '../src/sandbox/match/wire-of-hand.js';

const defaults = {
  seed: 'profiles',
  /** Of each pair of bots; every hand begins with 100 big blinds. */
  hands: 1_000,
  handsOfMatch: 100,
  bigBlind: 100,
  stackBb: 100,
  /** Of `equity`: enough to tell what it does. */
  maxSamples: 200,
} as const;

export interface ProfilesOptions {
  /** Default: all house bots. */
  names?: readonly HouseBotName[];
  /** Of each pair. Default: 1000. */
  hands?: number;
}

/** Each against each other, heads-up, as long as each other; nobody plays itself. */
export async function measureProfiles({
  names = houseBotNames,
  hands = defaults.hands,
}: ProfilesOptions = {}): Promise<BotProfile[]> {
  const book = createProfileBook();
  for (const [index, first] of names.entries()) {
    for (const second of names.slice(index + 1)) {
      for (let from = 0; from < hands; from += defaults.handsOfMatch) {
        const count = Math.min(defaults.handsOfMatch, hands - from);
        const matchId = `${first} ${second} ${from}`;
        const played = await playHands([first, second], matchId, count);
        for (const hand of played) book.count(hand);
      }
    }
  }
  return names.map((name) => book.profile(name));
}

async function playHands(names: readonly HouseBotName[], matchId: string, count: number) {
  const bots = names.map((name, seatIndex) => make(name, `${defaults.seed} ${matchId} ${seatIndex}`));
  for (const bot of bots) await bot.onMatchStart?.({ type: 'match_start', seats: [] });
  const hands: PlayedHand[] = [];
  for (let hand = 1; hand <= count; hand += 1) hands.push(await playHand(bots, matchId, hand));
  return historiesOfMatch({
    matchId,
    origin: 'house',
    rated: false,
    startedAt: null,
    outcome: 'completed',
    seats: names.map((name) => ({ name, botId: null, netChips: null, handsWon: null, place: null })),
    hands,
    isForgotten: false,
  });
}

function make(name: HouseBotName, seed: string): BotLike {
  if (name === 'equity') return new EquityBot({ seed, now: () => 0, maxSamples: defaults.maxSamples });
  const bot = houseBots[name]?.(seed);
  if (bot === undefined) throw new Error(`There is no house bot ${name}.`);
  return bot;
}

async function playHand(bots: readonly BotLike[], matchId: string, number: number): Promise<PlayedHand> {
  const { bigBlind, stackBb } = defaults;
  const table = createTable({
    seats: bots.length,
    startingStack: stackBb * bigBlind,
    smallBlind: bigBlind / 2,
    bigBlind,
    dealer: number % bots.length,
    maxHands: 1,
    seed: `${defaults.seed} ${matchId} ${number}`,
  });
  let started: HandStarted | null = null;
  let facts: readonly TableFact[] = table.startHand();
  for (;;) {
    for (const fact of facts) {
      if (fact.type === 'handStarted') started = fact;
      if (fact.type !== 'handEnded' || started === null) continue;
      for (const bot of bots) await bot.onRoundResult?.(roundResult(fact, ''));
      return { ...playedHand(started, fact, bigBlind), hand: number };
    }
    const { turn } = table;
    if (turn === null) throw new Error('A hand has no end.');
    const raw = turnRequest(turn, { requestId: '', clockMs: 5_000, deadline: 5_000 });
    const bot = bots[turn.seat];
    if (bot === undefined) throw new Error(`Nobody sits at ${turn.seat}.`);
    facts = table.act(await bot.decide(viewOf(turn, turn.seat), { ...shown, matchId, raw }));
  }
}

const shown = {
  requestId: '',
  deadline: 5_000,
  signal: new AbortController().signal,
  propose: () => undefined,
  note: () => undefined,
};
