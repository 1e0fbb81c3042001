/**
 * The `bot` port in this process: Layer 2 around the user's bot. Hooks run one after the other in the order of the
 * frames, errors are facts, answers are made legal, and every decision has a clock of its own.
 */
import { fromCallback } from 'xstate';
import type { BotCommand, BotEvent, BotInput, BotLogic, ObservedFrame } from '../machines/ports.js';
import type { AnyBot, BotHooks, BotSource } from '../poker/bot.js';
import { type KnownSeats, parseGameState } from '../poker/game-state.js';
import { legalPokerAnswer, legalRawAnswer } from '../poker/legal.js';
import { BadBotError } from '../protocol/errors.js';
import type { JsonObject } from '../protocol/frames.js';
import { messageOf } from '../protocol/message-of.js';
import { type IoClock, systemClock, systemNow } from './clock.js';
import { createBot, isThenable } from './create-bot.js';
import { type OpenTurn, openTurn } from './open-turn.js';
import { createSerialQueue } from './serial-queue.js';

export interface BotHostOptions {
  /** Timers of the decision clock. Default: the process's own. */
  clock?: IoClock;
  /** Epoch milliseconds; the same source as the machine's `now`. */
  now?: () => number;
}

const defaults = {
  /** Timers count no further; a longer clock is waited for in parts. */
  maxTimerMs: 2 ** 31 - 1,
  /** How long the other hooks and turns wait for an async hook. */
  hookLimitMs: 10_000,
  /** How long they wait for a decision nobody waits for any more. */
  unwindMs: 1_000,
} as const;

const hookOf = {
  match_start: 'onMatchStart',
  round_start: 'onRoundStart',
  turn_result: 'onTurnResult',
  phase_change: 'onPhaseChange',
  round_result: 'onRoundResult',
} as const satisfies Record<Exclude<ObservedFrame['type'], 'hello'>, keyof BotHooks>;

/** What a bot throws that gives up because its signal fired: no failure. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** The bot port that runs the user's bot on this thread. */
export function defineBot(source: BotSource, options: BotHostOptions = {}): BotLogic {
  const { clock = systemClock, now = systemNow } = options;

  return fromCallback<BotCommand, BotInput>(({ input, sendBack, receive }) => {
    const { matchId } = input;
    const queue = createSerialQueue();
    let bot: AnyBot | null = null;
    /** What the table's `hello` says of a game that is not poker. */
    let game: JsonObject | null = null;
    let seat: number | null = null;
    let dealerSeat: number | null = null;
    let dealerHand: number | null = null;
    let open: OpenTurn | null = null;
    let stopped = false;
    const timers = new Set<unknown>();

    const tell = (event: BotEvent): void => {
      if (!stopped) sendBack(event);
    };

    const failed = (hook: string, error: unknown, requestId?: string): void => {
      tell({
        type: 'bot.failed',
        hook,
        message: messageOf(error),
        error,
        ...(requestId !== undefined && { requestId }),
      });
    };

    const later = (ms: number, run: () => void): unknown => {
      const id = clock.setTimeout(() => {
        timers.delete(id);
        run();
      }, ms);
      timers.add(id);
      return id;
    };

    const cancel = (id: unknown): void => {
      timers.delete(id);
      clock.clearTimeout(id);
    };

    /** Runs user code; resolves or returns when it is over, whatever it did. */
    const contain = (hook: string, run: () => unknown): void | Promise<void> => {
      try {
        const pending = run();
        if (isThenable(pending)) {
          return Promise.resolve(pending).then(
            () => undefined,
            (error: unknown) => failed(hook, error),
          );
        }
      } catch (error) {
        failed(hook, error);
      }
      return undefined;
    };

    const callHook = (hook: Exclude<keyof BotHooks, 'decideRaw'>, argument: unknown): void | Promise<void> =>
      untilTooLong(
        hook,
        contain(hook, () => {
          const method = bot?.[hook] as ((argument: unknown) => unknown) | undefined;
          return typeof method === 'function' ? method.call(bot, argument) : undefined;
        }),
      );

    /** A hook that never ends must not keep the bot from every turn that follows. */
    const untilTooLong = (hook: string, pending: void | Promise<void>): void | Promise<void> => {
      if (pending === undefined) return undefined;
      return new Promise((resolve) => {
        const limit = later(defaults.hookLimitMs, () => {
          tell({ type: 'bot.slow', hook, waitedMs: defaults.hookLimitMs });
          resolve();
        });
        void pending.then(() => {
          cancel(limit);
          resolve();
        });
      });
    };

    const create = (): void | Promise<void> =>
      contain('constructor', () => {
        const made = createBot(source);
        if (!isThenable(made)) {
          bot = made;
          return undefined;
        }
        return made.then((ready) => {
          bot = ready;
        });
      });

    // --- the decision clock ---

    /** What the server did while this thread was blocked waits in the socket, and is read first. */
    const afterSocket = (run: () => void): void => {
      // A timer may come before the socket's turn in the event loop; one that it sets comes after it.
      later(0, () => later(0, run));
    };

    const startClock = (turn: OpenTurn): void => {
      // Whole milliseconds, as timers count: a rest too small to move a clock would be waited for again and again.
      const leftMs = Math.min(defaults.maxTimerMs, Math.max(0, Math.ceil(turn.deadline - now())));
      turn.timer = clock.setTimeout(() => runOut(turn), leftMs);
    };

    const runOut = (turn: OpenTurn): void => {
      const { timer } = turn;
      const overdue = (): void => {
        // Not when it was renewed meanwhile: another timer runs then.
        if (!turn.closed && turn.timer === timer) tell({ type: 'bot.overdue', requestId: turn.requestId });
      };
      // Timers may fire a little early.
      if (now() < turn.deadline) startClock(turn);
      else if (now() >= turn.expiresAt) afterSocket(overdue);
      else overdue();
    };

    const closeTurn = (turn: OpenTurn): void => {
      clock.clearTimeout(turn.timer);
      turn.close();
      if (open === turn) open = null;
    };

    // --- decisions ---

    const ask = (turn: OpenTurn, known: KnownSeats): unknown => {
      if (bot === null) throw new BadBotError('There is no bot: its constructor or factory failed.');
      if (game === null) {
        if (bot.decide !== undefined) return bot.decide(parseGameState(turn.raw, known), turn.view);
        throw new BadBotError('This table is poker and the bot has no decide(state).');
      }
      if (typeof bot.decideRaw === 'function') return bot.decideRaw(turn.view);
      throw new BadBotError('This table is not poker and the bot has no decideRaw(turn).');
    };

    const answered = (turn: OpenTurn, answer: unknown): void => {
      const latencyMs = now() - turn.askedAt;
      const { requestId } = turn;
      if (turn.closed) {
        tell({ type: 'bot.late', requestId, latencyMs });
        return;
      }
      closeTurn(turn);
      const legal = game === null ? legalPokerAnswer(answer, turn.raw) : legalRawAnswer(answer, turn.raw);
      const { action, correction } = legal;
      tell({ type: 'bot.decided', requestId, answer: action, latencyMs, ...(correction && { correction }) });
      // After the action has left: the machine sends it in this same turn of the event loop.
      queueMicrotask(() => !stopped && queue.add(() => callHook('onDecisionLatency', latencyMs)));
    };

    const unanswered = (turn: OpenTurn, error: unknown): void => {
      const { requestId } = turn;
      if (!turn.closed) {
        closeTurn(turn);
        failed('decide', error, requestId);
      } else if (!isAbort(error)) {
        failed('decide', error);
      }
    };

    /** An answer of a bot that blocked this thread past the turn's end waits until the socket was read. */
    const settle = (turn: OpenTurn, finish: () => void): void => {
      if (!turn.closed && now() >= turn.expiresAt) afterSocket(finish);
      else finish();
    };

    /** The next hooks wait for a decision; of one nobody waits for any more they give it a moment to unwind. */
    const untilAbandoned = (turn: OpenTurn, pending: Promise<void>): Promise<void> =>
      new Promise((resolve) => {
        let patience: unknown;
        turn.onAbandoned = () => {
          patience = later(defaults.unwindMs, resolve);
        };
        void pending.then(() => {
          turn.onAbandoned = undefined;
          cancel(patience);
          resolve();
        });
      });

    const abandonTurn = (turn: OpenTurn): void => {
      closeTurn(turn);
      turn.onAbandoned?.();
    };

    const decide = (turn: OpenTurn, known: KnownSeats): void | Promise<void> => {
      if (turn.closed) return undefined;
      try {
        const answer = ask(turn, known);
        if (isThenable(answer)) {
          const pending = Promise.resolve(answer).then(
            (value) => settle(turn, () => answered(turn, value)),
            (error: unknown) => settle(turn, () => unanswered(turn, error)),
          );
          return untilAbandoned(turn, pending);
        }
        settle(turn, () => answered(turn, answer));
      } catch (error) {
        settle(turn, () => unanswered(turn, error));
      }
      return undefined;
    };

    // --- commands ---

    const observe = (frame: ObservedFrame): void => {
      if (frame.type === 'hello') {
        game = frame.game ?? null;
        return;
      }
      if (frame.type === 'match_start') seat = frame.your_seat ?? null;
      if (frame.type === 'round_start') {
        const { dealer_seat: dealer, hand_number: hand } = frame.state;
        dealerSeat = typeof dealer === 'number' ? dealer : null;
        dealerHand = typeof hand === 'number' ? hand : null;
      }
      queue.add(() => callHook(hookOf[frame.type], frame));
    };

    const execute = (command: BotCommand): void => {
      switch (command.type) {
        case 'bot.observe':
          return observe(command.frame);
        case 'bot.reconnected':
          return queue.add(() => callHook('onReconnected', { matchId, restarted: command.restarted }));
        case 'bot.decide': {
          if (open?.requestId === command.frame.request_id) {
            clock.clearTimeout(open.timer);
            open.deadline = command.deadlineAt;
            open.expiresAt = command.expiresAt;
            return startClock(open);
          }
          if (open !== null) abandonTurn(open);
          const turn = openTurn(matchId, game, command, now());
          open = turn;
          startClock(turn);
          // As they are now: it may be another hand when slow hooks let the bot get to it.
          const known = { seat, dealerSeat, dealerHand };
          return queue.add(() => decide(turn, known));
        }
        case 'bot.abort':
          if (open?.requestId === command.requestId) abandonTurn(open);
          return undefined;
        case 'bot.finish':
          queue.add(() => callHook('onMatchEnd', command.frame));
          return queue.add(() => tell({ type: 'bot.finished' }));
      }
    };

    receive(execute);
    queue.add(create);

    return () => {
      stopped = true;
      queue.clear();
      for (const id of timers) clock.clearTimeout(id);
      if (open !== null) closeTurn(open);
    };
  });
}
