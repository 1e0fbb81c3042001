/**
 * Runs the user's bot, on whatever thread it is: hooks in the order of the frames, errors as facts, answers made legal.
 */

import { type AnyBot, type BotHooks, type BotSource, matchEndArguments } from '../../bot/bot.js';
import { hasHook } from '../../bot/bot-hooks.js';
import { type BotStore, giveStore, makingWith } from '../../bot/bot-store.js';
import { type KnownHand, parseGameState } from '../../holdem/game-state.js';
import type { BotCommand, BotEvent, ObservedFrame } from '../../machines/ports.js';
import { isWhole } from '../../protocol/checks.js';
import { BadBotError } from '../../protocol/errors.js';
import type { JsonObject, WireAction } from '../../protocol/frames.js';
import { type Clock, type Times, toWallTime } from '../../time/clock.js';
import { createOwnTimers } from '../../time/own-timers.js';
import { createBot, isThenable } from './create-bot.js';
import type { DecisionClock } from './decision-clock.js';
import { createHookRunner } from './hook-runner.js';
import { type AskedTurn, type OpenTurn, type OpenTurnOptions, openTurn } from './open-turn.js';
import { createUnreadReport } from './unread-cards.js';

const defaults = {
  /** How long hooks and turns wait for a decision that is no longer needed. */
  unwindMs: 1_000,
} as const;

const hooksOfFrames = {
  match_start: 'onMatchStart',
  round_start: 'onRoundStart',
  turn_result: 'onTurnResult',
  phase_change: 'onPhaseChange',
  round_result: 'onRoundResult',
} as const satisfies Record<Exclude<ObservedFrame['type'], 'hello'>, keyof BotHooks>;

/** Frames that `takeFacts` reads. */
const hasFacts = { hello: true, match_start: true, round_start: true } as const;

/** A map: to look for text from the network in an object, V8 has to find it in the table of all names first. */
const hookOf: ReadonlyMap<string, Hook> = new Map(Object.entries(hooksOfFrames));

type Hook = Exclude<keyof BotHooks, 'decideRaw'>;

/** For microtasks: `queueMicrotask` makes a resource for each, which takes longer than what is run here. */
const soon = Promise.resolve();

/** Whether a bot gave up because its signal was aborted, which is not a failure. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

export interface HostedBotOptions {
  matchId: string;
  clock: Clock;
  /** `now`: the same source as the machine's. */
  times: Times;
  report: (event: BotEvent) => void;
  /**
   * The clock that runs against each decision and reports `bot.overdue`. Left out where the agent keeps it: a bot in a thread
   * or process of its own learns from `bot.abort` that its time is over.
   */
  decisions?: DecisionClock<OpenTurn>;
  /** What the bot has as `store`. Default: a store of its own. */
  store?: BotStore | undefined;
  /** Called with each proposal of the bot, made legal. */
  onProposal?: (requestId: string, proposal: WireAction) => void;
}

export interface HostedBot {
  /** @param askedAt when the turn was asked, if the command was on its way for a while; epoch ms. */
  execute(command: BotCommand, askedAt?: number): void;
  /** Whether a frame of this kind changes anything: it has facts, or the bot has a hook for it, or is yet to be made. */
  hears(type: ObservedFrame['type']): boolean;
  /** Takes the facts about the table from a frame without calling a hook. */
  takeFacts(frame: ObservedFrame): void;
  /** Queues a call of the bot behind all earlier commands. Errors are handled like those of a hook. */
  call(hook: string, run: (bot: AnyBot) => unknown): void;
  /** Runs this when all earlier commands are done. It must not throw. */
  whenDone(run: () => void): void;
  /** Reports nothing any more. */
  stop(): void;
}

const notesOf = ({ notes }: OpenTurn): { note?: JsonObject } => (notes === null ? {} : { note: notes.data });

export function hostBot(source: BotSource, options: HostedBotOptions): HostedBot {
  const { matchId, clock, times, decisions, store, onProposal } = options;
  const { now } = times;
  let bot: AnyBot | null = null;
  /** What the table's `hello` says about a game that is not poker. */
  let game: JsonObject | null = null;
  /** What `match_start` and the newest `round_start` say. */
  let known: KnownHand = { seat: null, dealerSeat: null };
  let open: OpenTurn | null = null;
  let latest: OpenTurn | null = null;
  let stopped = false;
  let hasBadNote = false;

  const report = (event: BotEvent): void => {
    if (!stopped) options.report(event);
  };
  const timers = createOwnTimers(clock);
  const hooks = createHookRunner(timers, report);
  const { queue } = hooks;
  const unread = createUnreadReport((field, found) => report({ type: 'bot.unread', field, found }));

  const take = (made: AnyBot): void => {
    bot = made;
    if (store !== undefined) giveStore(made, store);
  };

  const create = (): void | Promise<void> =>
    hooks.runUnlimited('constructor', () => {
      const made = makingWith(store, () => createBot(source));
      if (!isThenable(made)) return take(made);
      return made.then(take);
    });

  /** Most bots have few hooks. What is thrown by one that cannot be read is told when it is called. */
  const canCall = (hook: Hook): boolean => {
    try {
      return typeof bot?.[hook] === 'function';
    } catch {
      return true;
    }
  };

  const callHook = (hook: Hook, ...given: readonly unknown[]): void | Promise<void> =>
    hooks.run(hook, () => {
      const method = bot?.[hook] as ((...given: readonly unknown[]) => unknown) | undefined;
      return typeof method === 'function' ? method.call(bot, ...given) : undefined;
    });

  // --- decisions ---

  const closeTurn = (turn: OpenTurn): void => {
    decisions?.stop(turn);
    turn.close();
    if (open === turn) open = null;
  };

  const ask = (turn: OpenTurn, knownThen: KnownHand): unknown => {
    if (bot === null) throw new BadBotError('There is no bot: its constructor or factory failed.');
    if (game === null) {
      if (bot.decide !== undefined) return bot.decide(parseGameState(turn.raw, knownThen, unread), turn.view);
      throw new BadBotError('This table is poker and the bot has no decide(state).');
    }
    if (typeof bot.decideRaw === 'function') return bot.decideRaw(turn.view);
    throw new BadBotError('This table is not poker and the bot has no decideRaw(turn).');
  };

  const reportBadNote = (error: unknown): void => {
    // A bot that notes in each turn makes the same mistake in each.
    if (!hasBadNote) hooks.failed('note', error);
    hasBadNote = true;
  };

  const answered = (turn: OpenTurn, answer: unknown): void => {
    const latencyMs = now() - turn.askedAt;
    const { requestId, notes } = turn;
    const { action, correction } = turn.legal(answer);
    if (action === null) return unanswered(turn, new TypeError(correction.why));
    const decided = { type: 'bot.decided', requestId, answer: action, latencyMs } as const;
    const outcome = notes === null ? decided : { ...decided, note: notes.data };
    turn.outcome = outcome;
    if (turn.closed) {
      report({ type: 'bot.late', requestId, latencyMs, ...notesOf(turn) });
      return;
    }
    closeTurn(turn);
    report(correction === undefined ? outcome : { ...outcome, correction });
    if (!canCall('onDecisionLatency')) return;
    // After the action was sent: the machine sends it in this same turn of the event loop.
    void soon.then(() => {
      if (!stopped && !turn.missed) queue.add(() => callHook('onDecisionLatency', latencyMs));
    });
  };

  const unanswered = (turn: OpenTurn, error: unknown): void => {
    const { requestId, proposal } = turn;
    const best = { requestId, ...(proposal && { proposal }) };
    const note = notesOf(turn);
    turn.outcome = { type: 'bot.overdue', ...best };
    if (!turn.closed) {
      closeTurn(turn);
      hooks.failed('decide', error, { ...best, ...note });
    } else if (!isAbort(error)) {
      hooks.failed('decide', error, note);
    }
  };

  /** If the bot blocked this thread past the end of the turn, its answer waits until the socket was read. */
  const settle = (turn: OpenTurn, finish: () => void): void => {
    if (!turn.closed && now() >= turn.expiresAt) timers.afterSocket(finish);
    else finish();
  };

  /** The next hooks wait for a decision. If it is no longer needed they wait only a moment for it to end. */
  const untilAbandoned = (turn: OpenTurn, pending: Promise<void>): Promise<void> =>
    new Promise((resolve) => {
      let patience: unknown;
      turn.onAbandoned = () => {
        patience = timers.later(defaults.unwindMs, resolve);
      };
      void pending.then(() => {
        turn.onAbandoned = undefined;
        timers.cancel(patience);
        resolve();
      });
    });

  const abandonTurn = (turn: OpenTurn): void => {
    closeTurn(turn);
    turn.onAbandoned?.();
  };

  const decide = (turn: OpenTurn, knownThen: KnownHand): void | Promise<void> => {
    if (turn.closed) return undefined;
    turn.wasAsked = true;
    try {
      const answer = ask(turn, knownThen);
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

  const takeFacts = (frame: ObservedFrame): void => {
    if (frame.type === 'hello') game = frame.game ?? null;
    if (frame.type === 'match_start') known = { ...known, seat: frame.your_seat ?? null };
    if (frame.type === 'round_start') {
      const { dealer_seat: dealerSeat, hand_number: handNumber } = frame.state;
      known = {
        seat: known.seat,
        dealerSeat: isWhole(dealerSeat) ? dealerSeat : null,
        roundId: frame.round_id ?? null,
        handNumber: isWhole(handNumber) ? handNumber : null,
      };
    }
  };

  const ofAllTurns: OpenTurnOptions = {
    matchId,
    onWallClock: (at) => toWallTime(at, times),
    onBadNote: reportBadNote,
    onProposal,
  };

  /** A repeated turn is one decision: its outcome is reported again, and a bot that still thinks about it goes on. */
  const repeat = (turn: OpenTurn, command: AskedTurn): void => {
    if (turn.outcome !== null) return report(turn.outcome);
    decisions?.stop(turn);
    turn.renew(command);
    open = turn;
    return decisions?.start(turn);
  };

  const openNext = (command: AskedTurn, askedAt: number): void => {
    // A rejected answer is no outcome: the bot is asked again.
    const isRepeat = latest?.requestId === command.frame.request_id && command.rejection === undefined;
    if (latest !== null && isRepeat && (latest.wasAsked || !latest.closed)) return repeat(latest, command);
    if (open !== null) abandonTurn(open);
    const turn = openTurn(command, askedAt, game, ofAllTurns);
    open = turn;
    latest = turn;
    // The values of now: it may be another hand when slow hooks delay the bot.
    const knownNow = known;
    queue.add(() => decide(turn, knownNow));
    // Only now: no timer could fire before a synchronous answer.
    if (!turn.closed) decisions?.start(turn);
  };

  const abort = ({ requestId, missed }: Extract<BotCommand, { type: 'bot.abort' }>): void => {
    if (open?.requestId === requestId) abandonTurn(open);
    if (missed === undefined) return;
    if (latest?.requestId === requestId) latest.missed = true;
    queue.add(() => callHook('onDecisionTimeout', { matchId, requestId, ...missed }));
  };

  queue.add(create);
  queue.add(() => report({ type: 'bot.ready' }));

  return {
    execute(command, askedAt = now()) {
      switch (command.type) {
        case 'bot.observe': {
          const { frame } = command;
          takeFacts(frame);
          const hook = hookOf.get(frame.type);
          // Only now is it certain that there will be none when it is the turn of this frame.
          const isUnheard = hook === undefined || (bot !== null && queue.isIdle && !canCall(hook));
          if (!isUnheard) queue.add(() => callHook(hook, frame));
          return;
        }
        case 'bot.reconnected':
          return queue.add(() => callHook('onReconnected', { matchId, restarted: command.restarted }));
        case 'bot.decide':
          return openNext(command, askedAt);
        case 'bot.abort':
          return abort(command);
        case 'bot.finish':
          queue.add(() => callHook('onMatchEnd', ...matchEndArguments(command.frame)));
          return queue.add(() => report({ type: 'bot.finished' }));
      }
    },
    hears(type) {
      if (bot === null || type in hasFacts) return true;
      const hook = hookOf.get(type);
      return hook !== undefined && hasHook(bot, hook);
    },
    takeFacts,
    call: (hook, run) => queue.add(() => hooks.run(hook, () => (bot === null ? undefined : run(bot)))),
    whenDone: (run) => queue.add(run),
    stop() {
      stopped = true;
      queue.clear();
      timers.clear();
      if (open !== null) closeTurn(open);
    },
  };
}
