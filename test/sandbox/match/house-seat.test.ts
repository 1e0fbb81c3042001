import { describe, expect, it } from 'vitest';
import { Bot, type BotLike, type Turn } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import { parseCards } from '../../../src/holdem/card.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import type { TableTurn } from '../../../src/holdem/table-types.js';
import { viewOf } from '../../../src/holdem/view-of.js';
import type { TurnRequest } from '../../../src/protocol/frames.js';
import { createHouseSeat } from '../../../src/sandbox/match/house-seat.js';
import type { MoveOutcome } from '../../../src/sandbox/match/seat.js';
import type { GameFrame } from '../../../src/sandbox/wire/game-frame.js';

/** Some turns of the event loop, in which all that can go on has gone on. */
async function settled(): Promise<void> {
  for (let loop = 0; loop < 5; loop += 1) await new Promise((resolve) => setImmediate(resolve));
}

const request = (id: string, overrides: Partial<TurnRequest> = {}): TurnRequest => ({
  type: 'turn_request',
  request_id: id,
  timeout_ms: 2_000,
  deadline_ts: 12_000,
  valid_actions: ['fold', 'call', 'raise'],
  state: { min_raise: 20, max_raise: 100, your_hole_cards: ['Ah', 'Kd'] },
  ...overrides,
});
/** The same turn as the table knows it. */
const onTable: TableTurn = {
  seat: 1,
  validActions: ['fold', 'call', 'raise'],
  toCall: 10,
  minRaise: 20,
  fullRaise: 20,
  maxRaise: 100,
  hand: 3,
  dealerSeat: 1,
  street: 'preflop',
  board: [],
  holeCards: [parseCards('2c 2d'), parseCards('Ah Kd')],
  pot: 15,
  stacks: [90, 95],
  history: [],
};
const roundStart = (dealer: number): GameFrame => ({ type: 'round_start', state: { dealer_seat: dealer } });
const turnResult: GameFrame = { type: 'turn_result', seat: 1, details: { action: 'call' } };
const never = () => new Promise<never>(() => undefined);
const call = () => Action.call();

/** A seat beside a match that writes down what the bot brings about. */
function seat(bot: BotLike, taken: MoveOutcome = 'accepted') {
  const log: unknown[] = [];
  const house = createHouseSeat({
    index: 1,
    name: 'bot',
    participantId: 'p-1',
    matchId: 'm-1',
    bot,
    timers: { now: () => 10_000, onWallClock: (at) => at },
    observer: {
      onMove(_seat, move) {
        if (move.kind !== 'action') throw new Error('A house bot answers with actions.');
        const { kind: _kind, requestId, ...action } = move;
        log.push([requestId, action]);
        return taken;
      },
      onGivenUp: (requestId) => log.push(`no answer to ${requestId}`),
      onFailed: (_seat, hook, error) => log.push(`${hook}: ${(error as Error).message}`),
    },
  });
  return { house, log };
}

describe('a house seat', () => {
  it('asks its bot with what its seat may see, and hands the answer on', async () => {
    const asked: unknown[] = [];
    const { house, log } = seat({
      decide(state: GameState, { matchId, requestId, deadline, raw }: Turn) {
        asked.push({ state, matchId, requestId, deadline, raw });
        return Action.raiseTo(40);
      },
    });
    house.ask(request('q-1'), onTable);
    await settled();
    expect(asked).toEqual([
      {
        state: { ...viewOf(onTable, 1), requestId: 'q-1' },
        matchId: 'm-1',
        requestId: 'q-1',
        deadline: 12_000,
        raw: request('q-1'),
      },
    ]);
    expect(log).toEqual([['q-1', { action: 'raise', params: { amount: 40 } }]]);
  });

  it('runs hooks and decisions in the order of the frames, one after the other', async () => {
    const ran: string[] = [];
    const slowly = (name: string) => async () => {
      ran.push(`${name}...`);
      await settled();
      ran.push(name);
    };
    const { house } = seat({
      onRoundStart: slowly('round'),
      onTurnResult: slowly('result'),
      async decide() {
        await slowly('decide')();
        return call();
      },
      onDecisionLatency: (ms) => void ran.push(`latency ${ms}`),
      onMatchEnd: () => void ran.push('end'),
    });
    for (const frame of [roundStart(0), turnResult]) house.send(frame);
    house.ask(request('q-1'), onTable);
    await settled();
    for (let i = 0; i < 4; i += 1) await settled();
    house.send({ type: 'match_end' });
    house.leave();
    await settled();
    expect(ran.join(' ')).toBe('round... round result... result decide... decide latency 0 end');
  });

  it('makes an answer legal by the turn as the match knows it, whatever the bot did to its copy', async () => {
    const { house, log } = seat({
      decide(_state, { raw }) {
        raw.valid_actions = ['check'];
        raw.state['max_raise'] = 9_000;
        return Action.raiseTo(5_000);
      },
    });
    house.ask(request('q-1'), onTable);
    await settled();
    expect(log).toEqual([['q-1', { action: 'raise', params: { amount: 100 } }]]);
  });

  it.each([
    ['throws', () => raiseError()],
    ['rejects', async () => raiseError()],
  ])('gives the turn up when its bot %s, and asks it again the next time', async (_, fail) => {
    let turns = 0;
    const { house, log } = seat({ decide: () => ((turns += 1) === 1 ? fail() : call()) });
    house.ask(request('q-1'), onTable);
    await settled();
    house.closeTurn('q-1');
    house.ask(request('q-2'), onTable);
    await settled();
    expect(log).toEqual(['decide: no idea', 'no answer to q-1', ['q-2', { action: 'call' }]]);
  });

  it('gives the turn up when the table refuses the answer', async () => {
    const { house, log } = seat({ decide: call }, 'rejected');
    house.ask(request('q-1'), onTable);
    await settled();
    expect(log).toEqual([['q-1', { action: 'call' }], 'no answer to q-1']);
  });

  it('waits no longer for a decision whose turn is over, and says nothing of what becomes of it', async () => {
    const signals: AbortSignal[] = [];
    let late: ((action: Action) => void) | undefined;
    const decisions = [
      () => new Promise<Action>((resolve) => (late = resolve)),
      (signal: AbortSignal) =>
        new Promise<Action>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      never,
      call,
    ];
    const { house, log } = seat({
      decide(_state, { signal }) {
        signals.push(signal);
        return decisions[signals.length - 1]?.(signal) ?? call();
      },
    });
    for (const id of ['q-1', 'q-2', 'q-3']) {
      house.ask(request(id), onTable);
      await settled();
      house.closeTurn(id);
    }
    late?.(Action.fold());
    house.ask(request('q-4'), onTable);
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true, false]);
    expect(log).toEqual([['q-4', { action: 'call' }]]);
  });

  it('loses one turn to hooks that never end', async () => {
    const { house, log } = seat({ onRoundStart: never, onTurnResult: never, decide: call });
    for (const frame of [roundStart(0), turnResult, turnResult]) house.send(frame);
    house.ask(request('q-1'), onTable);
    await settled();
    expect(log).toEqual([]);
    house.closeTurn('q-1');
    house.ask(request('q-2'), onTable);
    await settled();
    expect(log).toEqual([['q-2', { action: 'call' }]]);
  });

  it('loses the turn behind a latency hook that never ends, and no more', async () => {
    const { house, log } = seat({ onDecisionLatency: never, decide: call });
    house.ask(request('q-1'), onTable);
    await settled();
    house.closeTurn('q-1');
    house.ask(request('q-2'), onTable);
    await settled();
    house.closeTurn('q-2');
    house.ask(request('q-3'), onTable);
    await settled();
    expect(log).toEqual([
      ['q-1', { action: 'call' }],
      ['q-3', { action: 'call' }],
    ]);
  });

  it('tells hooks that throw by their name, and goes on', async () => {
    const { house, log } = seat({
      onRoundStart: raiseError,
      onTurnResult: async () => raiseError(),
      onDecisionLatency: raiseError,
      decide: call,
    });
    for (const frame of [roundStart(0), turnResult]) house.send(frame);
    house.ask(request('q-1'), onTable);
    await settled();
    expect(log).toEqual([
      'onRoundStart: no idea',
      'onTurnResult: no idea',
      ['q-1', { action: 'call' }],
      'onDecisionLatency: no idea',
    ]);
  });

  it('gives each bot a frame of its own', async () => {
    const frames: unknown[] = [];
    const { house } = seat({ onTurnResult: (frame) => void frames.push(frame), decide: call });
    house.send(turnResult);
    await settled();
    expect(frames).toEqual([turnResult]);
    expect(frames[0]).not.toBe(turnResult);
  });

  it('lets the event loop go round between its turns, so that house bots alone do not keep the thread', async () => {
    const bot = new (class extends Bot {
      override decide = call;
    })();
    let turns = 0;
    const house = createHouseSeat({
      index: 0,
      name: 'bot',
      participantId: 'p',
      matchId: 'm',
      bot,
      timers: { now: () => 0, onWallClock: (at) => at },
      observer: {
        onMove(_seat, move) {
          turns += 1;
          if (move.kind === 'action') house.closeTurn(move.requestId);
          if (turns < 1_000) house.ask(request(`q-${turns}`), onTable);
          return 'accepted';
        },
        onGivenUp: () => undefined,
        onFailed: () => undefined,
      },
    });
    house.ask(request('q'), onTable);
    await settled();
    expect(turns).toBeGreaterThan(0);
    expect(turns).toBeLessThan(20);
  });
});

function raiseError(): never {
  throw new Error('no idea');
}
