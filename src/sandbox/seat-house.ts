/** A seat whose bot runs inside the sandbox. */
import type { BotHooks, BotLike, Turn } from '../poker/bot.js';
import { parseGameState } from '../poker/game-state.js';
import { legalPokerAnswer } from '../poker/legal.js';
import type { TurnRequest } from '../protocol/frames.js';
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

type Hook = Exclude<keyof BotHooks, 'decideRaw' | 'onDecisionLatency' | 'onReconnected'>;

const hookOf: Readonly<Partial<Record<GameFrame['type'], Hook>>> = {
  match_start: 'onMatchStart',
  round_start: 'onRoundStart',
  turn_result: 'onTurnResult',
  phase_change: 'onPhaseChange',
  round_result: 'onRoundResult',
  match_end: 'onMatchEnd',
};

export function createHouseSeat(options: HouseSeatOptions): Seat {
  const { index, name, participantId, matchId, bot, now, answer, giveUp, onFailed } = options;
  let dealerSeat: number | null = null;
  let open: { requestId: string; over: AbortController } | null = null;
  /** Hooks and decisions run one after the other, as they do for a remote bot. */
  let tail: Promise<unknown> = Promise.resolve();

  const enqueue = (hook: string, run: () => unknown): void => {
    tail = tail.then(run).catch((error: unknown) => onFailed(hook, error));
  };

  async function decide(request: TurnRequest, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const askedAt = now();
    const turn: Turn = {
      matchId,
      requestId: request.request_id,
      deadline: request.deadline_ts ?? askedAt,
      signal,
      raw: request,
    };
    const state = parseGameState(request, { seat: index, dealerSeat });
    // A decision that never comes must not hold up the next one.
    const chosen = await Promise.race([bot.decide(state, turn), aborted(signal)]);
    if (signal.aborted) return;
    const { action } = legalPokerAnswer(chosen, request);
    const taken = answer({ kind: 'action', requestId: request.request_id, ...action });
    if (taken === 'rejected' || taken === 'tooMany') giveUp(request.request_id);
    await bot.onDecisionLatency?.(now() - askedAt);
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
      if (hook === undefined || bot[hook] === undefined) return;
      // Each bot gets a frame of its own, so that none can change what another sees.
      const own = structuredClone(frame);
      enqueue(hook, () => (bot[hook] as (frame: GameFrame) => unknown).call(bot, own));
    },
    ask(request) {
      const over = new AbortController();
      open = { requestId: request.request_id, over };
      enqueue('decide', async () => {
        try {
          await decide(structuredClone(request), over.signal);
        } catch (error) {
          onFailed('decide', error);
          giveUp(request.request_id);
        }
      });
    },
    resume: () => undefined,
    playedFor: () => undefined,
    warn: () => undefined,
    closeTurn(requestId) {
      if (open?.requestId !== requestId) return;
      open.over.abort();
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
