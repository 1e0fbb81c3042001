/**
 * A bot that is hosted as in a session, at a seat: its hooks and turns are the commands of the bot port. This side never waits for it:
 * it keeps the clock of each turn, answers for a bot that is late, and ends one that blocks its thread.
 */
import { legalAnswer } from '../holdem/legal-answer.js';
import type { TableTurn } from '../holdem/table-types.js';
import { createProbe } from '../io/hosting/pool/bot-probe.js';
import type { FromThread, ToThread } from '../io/hosting/threads/bot-messages.js';
import type { BotThread } from '../io/hosting/threads/bot-thread.js';
import type { BotCommand, BotEvent } from '../machines/ports.js';
import { turnMarginMs } from '../machines/turn-budget.js';
import { BadBotError } from '../protocol/errors.js';
import type { WireAction } from '../protocol/frames.js';
import { safeAction } from '../protocol/safe-action.js';
import { turnRequest } from '../sandbox/match/wire-of-hand.js';
import { systemClock, systemNow } from '../time/clock.js';
import { createOwnTimers } from '../time/own-timers.js';
import { type ArenaAnswer, type ArenaSeat, newSeatTally, type SeatLoss } from './arena-seat.js';
import { arenaSeed } from './arena-seeds.js';
import { countTime } from './decision-times.js';

const defaults = {
  /** What a busy machine may take to bring an answer that was given in time. */
  graceMs: 1_000,
  /** How long a match may take to be over for the bot. */
  endMs: 10_000,
  /** A bot that was lost so many times in a row gets no other thread in this match. */
  maxLossesInARow: 3,
} as const;

export interface HostedSeatTerms {
  /** Of the run. */
  seed: string;
  seatIndex: number;
  matchId: string;
  clockMs: number;
  /** A thread with a bot that has played nothing. */
  open: () => Promise<BotThread>;
  /** Called with what goes wrong with the bot, in a sentence. */
  onTrouble: (sentence: string) => void;
}

interface OpenTurn {
  requestId: string;
  turn: TableTurn;
  askedAt: number;
  /** The timer. */
  overdue: unknown;
  isOverdue: boolean;
  answer: (given: ArenaAnswer) => void;
}

const notMade = (why: string): string => `It could not be made: ${why}`;

/** A bot that cannot be made is lost, as one that crashed: it was made once before the run began. */
export async function openHostedSeat(options: HostedSeatTerms): Promise<ArenaSeat> {
  const { seed, seatIndex, matchId, clockMs, open, onTrouble } = options;
  const thinkMs = clockMs - turnMarginMs(clockMs);
  const tally = newSeatTally();
  const timers = createOwnTimers(systemClock);
  let thread: BotThread | null = null;
  let outbox: ToThread[] = [];
  let turn: OpenTurn | null = null;
  let loss: SeatLoss | null = null;
  let losses = 0;
  let asked = 0;
  let onFinished: (() => void) | null = null;
  /** For a bot that joins later. */
  let start: BotCommand | null = null;

  const probe = createProbe(timers, () =>
    lose({ why: 'blocked', message: 'The bot still blocked its thread after its time was over.' }),
  );

  const flush = (): void => {
    if (outbox.length === 0) return;
    const messages = outbox;
    outbox = [];
    thread?.post({ type: 'batch', messages });
  };

  const put = (command: BotCommand): void => void outbox.push({ type: 'command', command, event: 0 });

  const close = (closing: OpenTurn): void => {
    turn = null;
    timers.cancel(closing.overdue);
    const waitMs = systemNow() - closing.askedAt;
    tally.waitMs += waitMs;
    tally.slowestWaitMs = Math.max(tally.slowestWaitMs, waitMs);
  };

  const safe = ({ turn: at }: OpenTurn, proposal?: WireAction): WireAction =>
    legalAnswer(proposal ?? { action: safeAction(at.validActions) }, at).action;

  /** The turn goes on without the bot. */
  const answerFor = (closing: OpenTurn, isLost: boolean, proposal?: WireAction): void => {
    close(closing);
    tally.answeredFor += 1;
    const action = safe(closing, proposal);
    if (!isLost) {
      const missed = {
        by: proposal === undefined ? 'agent' : 'proposal',
        answer: action,
        waitedMs: Math.round(systemNow() - closing.askedAt),
      } as const;
      put({ type: 'bot.abort', requestId: closing.requestId, missed });
      flush();
    }
    closing.answer({ action, isAnsweredFor: true });
  };

  const lose = (lost: SeatLoss, isTold = false): void => {
    const gone = thread;
    thread = null;
    outbox = [];
    loss = lost;
    losses += 1;
    probe.drop();
    void gone?.end();
    if (!isTold) onTrouble(lost.message);
    if (turn !== null) answerFor(turn, true, gone?.proposalFor(turn.requestId));
    onFinished?.();
  };

  const answered = ({
    requestId,
    answer,
    latencyMs,
    correction,
  }: Extract<BotEvent, { type: 'bot.decided' }>) => {
    const closing = turn;
    // One that was answered for meanwhile.
    if (closing?.requestId !== requestId) return;
    losses = 0;
    if (latencyMs > thinkMs) return answerFor(closing, false, thread?.proposalFor(requestId));
    close(closing);
    tally.thinkMs += latencyMs;
    tally.slowestMs = Math.max(tally.slowestMs, latencyMs);
    countTime(tally.counts, latencyMs);
    // What a thread posts may be anything, so that it is made legal here, too.
    const { action, correction: second } = legalAnswer(answer, closing.turn);
    if (correction !== undefined || second !== undefined) {
      tally.corrected += 1;
      onTrouble((correction ?? second)?.why ?? '');
    }
    closing.answer({ action, isAnsweredFor: false });
    return undefined;
  };

  const failed = ({
    hook,
    message,
    place = null,
    requestId,
  }: Extract<BotEvent, { type: 'bot.failed' }>): void => {
    onTrouble(`${hook} failed: ${message}${place === null ? '' : ` (${place})`}`);
    tally.failed += 1;
    // Without its bot a thread answers nothing in the whole match.
    if (hook === 'constructor') return lose({ why: 'unfit', message: notMade(message) }, true);
    if (turn?.requestId === requestId && turn !== null)
      answerFor(turn, false, thread?.proposalFor(turn.requestId));
  };

  const take = (message: FromThread): void => {
    if (message.type === 'clock') tally.readsClock = true;
    if (message.type === 'alive') {
      probe.answered(message.id);
      // It is only slow.
      if (turn?.isOverdue === true && probe.suspect === undefined)
        answerFor(turn, false, thread?.proposalFor(turn.requestId));
    }
    if (message.type !== 'fact') return;
    const { fact } = message;
    if (fact.type === 'bot.decided') answered(fact);
    else if (fact.type === 'bot.failed') failed(fact);
    else if (fact.type === 'bot.slow') onTrouble(`${fact.hook} takes longer than ${fact.waitedMs} ms.`);
    else if (fact.type === 'bot.finished') onFinished?.();
  };

  const takeSeat = async (): Promise<void> => {
    let opened: BotThread;
    try {
      opened = await open();
    } catch (error) {
      // It was made before the run began, so that only what is played now is lost.
      if (!(error instanceof BadBotError)) throw error;
      return lose({ why: 'unfit', message: notMade(error.message) });
    }
    thread = opened;
    opened.listen({
      onMessage: (message) => thread === opened && take(message),
      onEnd: ({ why, message }) => thread === opened && lose({ why, message }),
    });
  };

  await takeSeat();
  return {
    hears: true,
    tally,
    get loss() {
      return loss;
    },
    async beginPair(pair) {
      if (thread === null && losses < defaults.maxLossesInARow) {
        loss = null;
        // What was for the bot that is gone.
        outbox = [];
        await takeSeat();
        if (start !== null) put(start);
      }
      outbox.push({ type: 'chance', seed: arenaSeed(seed, 'seat', pair, seatIndex) });
    },
    beginHand: () => undefined,
    hear(frame) {
      const command: BotCommand = { type: 'bot.observe', frame };
      if (frame.type === 'match_start') start = command;
      put(command);
      // While the others go on, the bot makes use of what it saw.
      if (frame.type === 'round_result') flush();
    },
    ask(at) {
      tally.turns += 1;
      if (thread === null) {
        tally.answeredFor += 1;
        return { action: { action: safeAction(at.validActions) }, isAnsweredFor: true };
      }
      asked += 1;
      const requestId = `${matchId}-${asked}`;
      const askedAt = systemNow();
      const frame = turnRequest(at, { requestId, clockMs, deadline: Date.now() + clockMs });
      put({ type: 'bot.decide', frame, deadlineAt: askedAt + thinkMs, expiresAt: askedAt + clockMs });
      return new Promise((answer) => {
        const overdue = timers.later(thinkMs + defaults.graceMs, () => {
          if (turn === null || thread === null) return;
          // It is found out first whether the bot blocks its thread, so that it is lost in this pair, and not in another one.
          turn.isOverdue = true;
          probe.send(thread, requestId, thinkMs);
        });
        turn = { requestId, turn: at, askedAt, overdue, isOverdue: false, answer };
        flush();
      });
    },
    async end(frame) {
      if (thread === null) return;
      await new Promise<void>((resolve) => {
        // Kept, it would lose a pair of the next match that it has no part in.
        const patience = timers.later(defaults.endMs, () =>
          lose({
            why: 'blocked',
            message: `The end of a match took it more than ${defaults.endMs / 1_000} s.`,
          }),
        );
        onFinished = () => {
          onFinished = null;
          timers.cancel(patience);
          resolve();
        };
        put({ type: 'bot.finish', frame });
        flush();
      });
      timers.clear();
    },
  };
}
