/** A seat whose bot runs inside the sandbox. */
import { Bot, type BotHooks, type BotLike, type Turn } from '../poker/bot.js';
import { parseGameState } from '../poker/game-state.js';
import { legalPokerAnswer } from '../poker/legal.js';
import type { TurnRequest } from '../protocol/frames.js';
import { loopTurn } from './house/loop-turn.js';
import { createPatientQueue } from './patient-queue.js';
import type { Answer, GameFrame, Seat } from './seat.js';

export interface HouseSeatOptions {
  index: number;
  name: string;
  participantId: string;
  matchId: string;
  bot: BotLike;
  now: () => number;
  answer: Answer;
  /** There will be no answer to this turn. */
  giveUp: (requestId: string) => void;
  onFailed: (hook: string, error: unknown) => void;
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

interface OpenTurn {
  readonly request: TurnRequest;
  readonly dealerSeat: number | null;
  readonly over: AbortController;
  /** The bot was asked; before that the turn waits behind hooks. */
  hasBegun: boolean;
}

/**
 * Hooks and decisions run one after the other, as they do for a remote bot. Whatever the bot does, the match goes on: a
 * turn without an answer is closed by its clock, and hooks that still run then are waited for no longer.
 */
export function createHouseSeat(options: HouseSeatOptions): Seat {
  const { index, name, participantId, matchId, bot, now, answer, giveUp, onFailed } = options;
  const queue = createPatientQueue(onFailed);
  let dealerSeat: number | null = null;
  let open: OpenTurn | null = null;

  async function play(turn: OpenTurn): Promise<void> {
    // Bots of other matches, sockets and timers come first: a match between house bots would keep this thread to itself.
    await loopTurn();
    if (turn.over.signal.aborted) return;
    turn.hasBegun = true;
    const requestId = turn.request.request_id;
    const askedAt = now();
    try {
      // A decision that never comes must not hold up the next one.
      const chosen = await Promise.race([decide(turn, askedAt), aborted(turn.over.signal)]);
      if (turn.over.signal.aborted) return;
      const { action } = legalPokerAnswer(chosen, turn.request);
      const taken = answer({ kind: 'action', requestId, ...action });
      if (taken === 'rejected' || taken === 'tooMany') giveUp(requestId);
    } catch (error) {
      // What a bot throws that gives up because its turn is over is no failure.
      if (turn.over.signal.aborted) return;
      onFailed('decide', error);
      giveUp(requestId);
      return;
    }
    const latencyMs = now() - askedAt;
    if (hasOwn('onDecisionLatency')) queue.add('onDecisionLatency', () => bot.onDecisionLatency?.(latencyMs));
  }

  function decide({ request, dealerSeat: dealer, over }: OpenTurn, askedAt: number) {
    const turn: Turn = {
      matchId,
      requestId: request.request_id,
      deadline: request.deadline_ts ?? askedAt + (request.timeout_ms ?? 0),
      signal: over.signal,
      raw: structuredClone(request),
      // No agent stands between this bot and the clock.
      propose: () => undefined,
    };
    return bot.decide(parseGameState(request, { seat: index, dealerSeat: dealer }), turn);
  }

  /** Not one that a bot has from its base class, where it does nothing. */
  function hasOwn(hook: Exclude<keyof BotHooks, 'decideRaw'>): boolean {
    return bot[hook] !== undefined && bot[hook] !== Bot.prototype[hook];
  }

  return {
    index,
    name,
    participantId,
    botId: null,
    isPresent: true,
    isFirstAbsence: false,
    tell(frame) {
      if (frame.type === 'round_start') {
        const { dealer_seat: dealer } = frame.state;
        dealerSeat = typeof dealer === 'number' ? dealer : null;
      }
      const hook = hookOf[frame.type];
      if (hook === undefined || !hasOwn(hook)) return;
      // Each bot gets a frame of its own, so that none can change what another sees.
      const own = structuredClone(frame);
      queue.add(hook, () => (bot[hook] as (frame: GameFrame) => unknown).call(bot, own));
    },
    ask(request) {
      const turn: OpenTurn = { request, dealerSeat, over: new AbortController(), hasBegun: false };
      open = turn;
      queue.add('decide', () => play(turn));
    },
    resume: () => undefined,
    playedFor: () => undefined,
    warn: () => undefined,
    closeTurn(requestId) {
      if (open?.request.request_id !== requestId) return;
      open.over.abort();
      if (!open.hasBegun) queue.stopWaiting();
      open = null;
    },
    leave: () => undefined,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
