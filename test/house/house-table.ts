/** A table without sockets for bots that are ordinary bots: hooks, states and turns as a seat gives them. */
import { expect } from 'vitest';
import type { BotLike, Turn } from '../../src/bot/bot.js';
import type { BotAnswer } from '../../src/holdem/action.js';
import type { TableFact } from '../../src/holdem/facts.js';
import { type GameState, parseGameState } from '../../src/holdem/game-state.js';
import { createTable } from '../../src/holdem/table.js';
import { viewOf } from '../../src/holdem/view-of.js';
import type { JsonObject, TurnRequest, WireAction } from '../../src/protocol/frames.js';
import { roundResult, roundStart, turnRequest } from '../../src/sandbox/match/wire-of-hand.js';

/** What the turns below leave a bot that lives at time 0. */
const turnMs = 5_000;

export function turnOf(raw: TurnRequest, signal = new AbortController().signal): Turn {
  const ignore = () => undefined;
  return {
    matchId: 'm',
    requestId: raw.request_id,
    deadline: turnMs,
    signal,
    raw,
    propose: ignore,
    note: ignore,
  };
}

/** A turn with this much of a state; the rest is empty. */
export function requestWith(validActions: readonly string[], state: JsonObject = {}, seat = 0): TurnRequest {
  return { type: 'turn_request', request_id: 'r', seat, valid_actions: [...validActions], state };
}

export interface Spot {
  hole: string;
  board?: string;
  yourSeat?: number;
  dealerSeat?: number;
  /** Chips behind, by seat. Default: 1000 each for two. */
  stacks?: number[];
  pot?: number;
  toCall?: number;
  minRaise?: number;
  maxRaise?: number;
  validActions?: string[];
  /** Such as `0 raise 30`, or `flop 1 check`; before the flop where nothing is said. */
  history?: string[];
}

const cardsIn = (text: string) => (text === '' ? [] : text.split(' '));

/** A state in a few words. Blinds are 5 and 10. */
export function stateAt(spot: Spot): GameState {
  const { board = '', yourSeat = 0, dealerSeat = 0, stacks = [1_000, 1_000], toCall = 0 } = spot;
  const phase = { 0: 'preflop', 3: 'flop', 4: 'turn', 5: 'river' }[cardsIn(board).length] ?? '';
  const yourStack = stacks[yourSeat] ?? 0;
  const validActions = spot.validActions ?? (toCall > 0 ? ['fold', 'call', 'raise'] : ['check', 'raise']);
  const raw = requestWith(
    validActions,
    {
      hand_number: 1,
      phase,
      board: cardsIn(board),
      your_hole_cards: cardsIn(spot.hole),
      pot: spot.pot ?? 15,
      your_stack: yourStack,
      opponent_stacks: stacks.filter((_, seat) => seat !== yourSeat),
      to_call: toCall,
      min_raise: spot.minRaise ?? 20,
      max_raise: spot.maxRaise ?? yourStack,
      action_history: (spot.history ?? []).map(entryOf),
    },
    yourSeat,
  );
  return parseGameState(raw, { seat: yourSeat, dealerSeat });
}

function entryOf(text: string): JsonObject {
  const words = text.split(' ');
  const phase = Number.isNaN(Number(words[0])) ? words.shift() : 'preflop';
  const [seat, action, amount = '0'] = words;
  return { seat: Number(seat), action, amount: Number(amount), phase, is_timeout: false };
}

/** Without the empty `params` of an action that has no amount: plain answers leave them out. */
function wireOf(answer: BotAnswer): WireAction {
  const { action, params = {} } = 'toWire' in answer ? answer.toWire() : answer;
  return Object.keys(params).length === 0 ? { action } : { action, params };
}

export async function answerOf(bot: BotLike, state: GameState): Promise<WireAction> {
  return wireOf(await bot.decide(state, turnOf(requestWith(state.validActions))));
}

/** Says in a word what is wrong with an answer; null for a legal one. */
export function faultOf({ action, params }: WireAction, state: GameState): string | null {
  if (!state.validActions.includes(action)) return `${action} is not offered`;
  if (action !== 'raise') return params === undefined ? null : 'it takes no amount';
  const amount = Number(params?.['amount']);
  const isInRange = Number.isInteger(amount) && amount >= state.minRaise && amount <= state.maxRaise;
  return isInRange ? null : `${amount} is not from ${state.minRaise} to ${state.maxRaise}`;
}

export interface PlayOptions {
  seed: string;
  startingStack?: number;
  maxHands?: number;
  ante?: number;
}

export interface Played {
  answers: (WireAction & { seat: number })[];
  netChips: number[];
  hands: number;
  /** Turns asked while a seat had left the match. */
  shortHanded: number;
}

/** Plays a whole match; a bot that answers illegally fails the test. */
export async function playMatch(bots: readonly BotLike[], options: PlayOptions): Promise<Played> {
  const { seed, startingStack = 200, maxHands = 60, ante = 0 } = options;
  const table = createTable({
    seats: bots.length,
    startingStack,
    smallBlind: 5,
    bigBlind: 10,
    ante,
    maxHands,
    seed,
  });
  const played: Played = { answers: [], netChips: [], hands: 0, shortHanded: 0 };
  let dealtIn = bots.length;
  const tell = async (fact: TableFact): Promise<void> => {
    if (fact.type === 'handStarted') {
      dealtIn = fact.stacks.filter((stack) => stack > 0).length;
      for (const [seat, bot] of bots.entries()) await bot.onRoundStart?.(roundStart(fact, seat, 'r'));
    }
    if (fact.type === 'handEnded') for (const bot of bots) await bot.onRoundResult?.(roundResult(fact, 'r'));
    if (fact.type === 'matchEnded') {
      played.netChips = fact.standings.map(({ netChips }) => netChips);
      played.hands = fact.hands;
    }
  };
  for (const bot of bots) await bot.onMatchStart?.({ type: 'match_start', seats: [] });
  while (!table.over) {
    if (table.turn === null) {
      for (const fact of table.startHand()) await tell(fact);
      continue;
    }
    const { seat } = table.turn;
    const view = viewOf(table.turn, seat);
    const raw = turnRequest(table.turn, { requestId: 'r', clockMs: turnMs, deadline: turnMs });
    const answer = await bots[seat]?.decide(view, turnOf(raw));
    if (answer === undefined) throw new Error(`Nobody sits at ${seat}.`);
    const action = wireOf(answer);
    expect(faultOf(action, view)).toBeNull();
    played.answers.push({ seat, ...action });
    if (dealtIn < bots.length) played.shortHanded += 1;
    for (const fact of table.act(action)) await tell(fact);
  }
  return played;
}
