/** The bot port under a parent that records what it tells, and frames to feed it. */
import { createActor, createMachine } from 'xstate';
import type { BotSource, Turn } from '../../src/bot/bot.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import { defineBot } from '../../src/io/hosting/local-bot.js';
import type { BotCommand, BotEvent, BotLogic, ObservedFrame } from '../../src/machines/ports.js';
import type { ActionRejected, MatchEnd, TurnRequest } from '../../src/protocol/frames.js';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';

/** From the request to the agent's answer in the bot's place, and to the end of the server's clock. */
export const deadlineMs = 1_800;
export const expiryMs = 2_000;

export const matchStart: ObservedFrame = { type: 'match_start', seats: [], your_seat: 1 };
export const roundStart = (dealer = 0): ObservedFrame => ({
  type: 'round_start',
  state: { dealer_seat: dealer },
});
export const turnResult: ObservedFrame = { type: 'turn_result', seat: 0, details: { action: 'call' } };
export const phaseChange: ObservedFrame = { type: 'phase_change', state: { phase: 'flop' } };
export const roundResult: ObservedFrame = { type: 'round_result', result: { pot: 40 } };
export const matchEnd: MatchEnd = {
  type: 'match_end',
  reason: 'complete',
  results: [{ seat: 0, net_chips: 5 }],
};

export const turnRequest = (id: string, overrides: Partial<TurnRequest> = {}): TurnRequest => ({
  type: 'turn_request',
  request_id: id,
  valid_actions: ['fold', 'call', 'raise'],
  state: { min_raise: 20, max_raise: 100 },
  ...overrides,
});

/** A bot port under a parent that records what it tells, and plays the machine's part only where a test says so. */
export function seatBot(
  source: unknown,
  clock: VirtualClock = createVirtualClock(),
  wallNow = clock.now,
  secret = '',
) {
  return seatLogic(defineBot(source as BotSource, { clock, now: clock.now, wallNow, secret }), clock);
}

/** The same for any logic of a bot port. */
export function seatLogic(logic: BotLogic, clock: VirtualClock) {
  const facts: BotEvent[] = [];
  let onFact = (_fact: BotEvent): void => undefined;
  let readies = 0;
  const parent = createMachine({
    types: { events: {} as BotEvent },
    invoke: { id: 'bot', src: logic, input: { matchId: 'm1' } },
    on: {
      '*': {
        actions: ({ event }) => {
          if (event.type === 'bot.ready') {
            readies += 1;
            return;
          }
          facts.push(event);
          onFact(event);
        },
      },
    },
  });
  const actor = createActor(parent).start();
  const send = (command: BotCommand): void => actor.getSnapshot().children.bot?.send(command);
  return {
    clock,
    /** All but `bot.ready`. */
    facts,
    /** How often that was told. */
    readies: () => readies,
    send,
    /** Called with each fact, in the turn of the event loop in which it is told. */
    whenTold(react: (fact: BotEvent) => void): void {
      onFact = react;
    },
    /** The facts since the last call. */
    take: () => facts.splice(0),
    show: (...frames: ObservedFrame[]) => {
      for (const frame of frames) send({ type: 'bot.observe', frame });
    },
    ask: (id: string, overrides: Partial<TurnRequest> = {}) =>
      send({
        type: 'bot.decide',
        frame: turnRequest(id, overrides),
        deadlineAt: clock.now() + deadlineMs,
        expiresAt: clock.now() + expiryMs,
      }),
    /** Asks for another answer to a turn of another game, in the time that is left. */
    askAgain: (rejection: ActionRejected, overrides: Partial<TurnRequest> = {}) =>
      send({
        type: 'bot.decide',
        frame: turnRequest(rejection.request_id ?? '', overrides),
        deadlineAt: clock.now() + deadlineMs,
        expiresAt: clock.now() + expiryMs,
        rejection,
      }),
    abort: (requestId: string) => send({ type: 'bot.abort', requestId }),
    finish: () => send({ type: 'bot.finish', frame: matchEnd }),
    stop: () => {
      actor.stop();
    },
  };
}

/** All promise reactions there are. */
export const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export function deferred<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

export const decided = (requestId: string, action = 'call', latencyMs = 0): BotEvent => ({
  type: 'bot.decided',
  requestId,
  answer: { action },
  latencyMs,
});
export const overdue = (requestId: string): BotEvent => ({ type: 'bot.overdue', requestId });
export const late = (requestId: string, latencyMs: number): BotEvent => ({
  type: 'bot.late',
  requestId,
  latencyMs,
});
export const finished: BotEvent = { type: 'bot.finished' };

/** A bot that thinks until the test answers for it, and keeps the turns it was given. */
export function thinker() {
  const turns: Turn[] = [];
  const thoughts: ReturnType<typeof deferred<unknown>>[] = [];
  const answerWith = (index: number) => thoughts[index] ?? deferred<unknown>();
  return {
    turns,
    bot: {
      decide(_state: GameState, turn: Turn) {
        const thought = deferred<unknown>();
        turns.push(turn);
        thoughts.push(thought);
        return thought.promise;
      },
    },
    async answer(value: unknown = Action.call(), index = thoughts.length - 1) {
      answerWith(index).resolve(value);
      await settled();
    },
    async fail(error: unknown, index = thoughts.length - 1) {
      answerWith(index).reject(error);
      await settled();
    },
  };
}

/** An object whose every use throws. */
export function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
