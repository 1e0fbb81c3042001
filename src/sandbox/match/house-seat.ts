/** A seat whose bot runs inside the sandbox. */
import { Bot, type BotHooks, type BotLike, matchEndArguments } from '../../bot/bot.js';
import { legalAnswer } from '../../holdem/legal-answer.js';
import type { TableTurn } from '../../holdem/table-types.js';
import { viewOf } from '../../holdem/view-of.js';
import { loopTurn } from '../../house/loop-turn.js';
import type { Timers } from '../../time/timers.js';
import type { GameFrame } from '../wire/game-frame.js';
import { type HouseTurn, openHouseTurn } from './house-turn.js';
import { createPatientQueue } from './patient-queue.js';
import type { Seat, SeatObserver } from './seat.js';

export interface HouseSeatOptions {
  index: number;
  name: string;
  participantId: string;
  matchId: string;
  bot: BotLike;
  timers: Pick<Timers, 'now' | 'onWallClock'>;
  observer: Pick<SeatObserver, 'onMove' | 'onGivenUp' | 'onFailed'>;
}

type FrameHook = Exclude<keyof BotHooks, 'decideRaw' | 'onDecisionLatency' | 'onReconnected'>;

const hookOf: Readonly<Partial<Record<GameFrame['type'], FrameHook>>> = {
  match_start: 'onMatchStart',
  round_start: 'onRoundStart',
  turn_result: 'onTurnResult',
  phase_change: 'onPhaseChange',
  round_result: 'onRoundResult',
  match_end: 'onMatchEnd',
};

/**
 * Hooks and decisions run one after the other, as for a remote bot. Whatever the bot does, the match goes on: a turn
 * without an answer is closed by its clock, which also ends the wait for hooks that are still running.
 */
export function createHouseSeat(options: HouseSeatOptions): Seat {
  const { index, name, participantId, matchId, timers, observer } = options;
  /** Null after the end: the match is remembered for long, and a bot may be large. */
  let bot: BotLike | null = options.bot;
  const queue = createPatientQueue((hook, error) => observer.onFailed(seat, hook, error));
  let open: HouseTurn | null = null;

  async function play(turn: HouseTurn, onTable: TableTurn): Promise<void> {
    // Lets bots of other matches, sockets and timers go first: otherwise a match between house bots would occupy this
    // thread.
    await loopTurn();
    if (turn.isOver) return;
    turn.hasBegun = true;
    const requestId = turn.request.request_id;
    const askedAt = timers.now();
    try {
      // A decision that never comes must not block the next one.
      const chosen = await Promise.race([decide(turn, onTable, askedAt), turn.over]);
      if (turn.isOver) return;
      const { action } = legalAnswer(chosen, onTable);
      const taken = observer.onMove(seat, { kind: 'action', requestId, ...action });
      if (taken === 'rejected' || taken === 'tooMany') observer.onGivenUp(requestId);
    } catch (error) {
      // An error of a bot that gives up because its turn is over is not a failure.
      if (turn.isOver) return;
      observer.onFailed(seat, 'decide', error);
      observer.onGivenUp(requestId);
      return;
    }
    const latencyMs = timers.now() - askedAt;
    if (hasOwn('onDecisionLatency'))
      queue.add('onDecisionLatency', () => bot?.onDecisionLatency?.(latencyMs));
  }

  function decide(turn: HouseTurn, onTable: TableTurn, askedAt: number) {
    const state = viewOf(onTable, index);
    state.requestId = turn.request.request_id;
    return bot?.decide(
      state,
      turn.view(matchId, askedAt, (at) => timers.onWallClock(at)),
    );
  }

  /** Whether the bot has a hook of its own, and not the empty one of the base class. */
  function hasOwn(hook: Exclude<keyof BotHooks, 'decideRaw'>): boolean {
    try {
      return bot?.[hook] !== undefined && bot[hook] !== Bot.prototype[hook];
    } catch (error) {
      // The bot's hook is a getter that throws.
      observer.onFailed(seat, hook, error);
      return false;
    }
  }

  const seat: Seat = {
    index,
    name,
    participantId,
    botId: null,
    isPresent: true,
    isFirstAbsence: false,
    send(frame) {
      const hook = hookOf[frame.type];
      if (hook === undefined || !hasOwn(hook)) return;
      // Each bot gets a copy of the frame, so that none can change what another one gets.
      const own = structuredClone(frame);
      const given = own.type === 'match_end' ? matchEndArguments(own) : [own];
      queue.add(hook, () =>
        (bot?.[hook] as ((...given: unknown[]) => unknown) | undefined)?.call(bot, ...given),
      );
    },
    ask(request, onTable) {
      const turn = openHouseTurn(request);
      open = turn;
      queue.add('decide', () => play(turn, onTable));
    },
    resume: () => undefined,
    playedFor: () => undefined,
    warn: () => undefined,
    closeTurn(requestId) {
      if (open?.request.request_id !== requestId) return;
      open.close();
      if (!open.hasBegun) queue.stopWaiting();
      open = null;
    },
    leave() {
      queue.add('leave', () => {
        bot = null;
      });
    },
  };
  return seat;
}
