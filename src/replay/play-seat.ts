/**
 * Plays a match to a bot once: through the match machine and the bot port that play real matches, with all hooks. The hand
 * goes on as it was played, whatever the bot answers.
 */
import type { BotFinding } from '../check/check-report.js';
import { findingOf } from '../check/findings.js';
import { openScriptedMatch } from '../check/scripted-match.js';
import { offerOf } from '../holdem/game-state.js';
import type { BotLogic } from '../machines/ports.js';
import { namedClockMs } from '../machines/turn-budget.js';
import { onAbort } from '../network/on-abort.js';
import type { JsonObject, TurnRequest } from '../protocol/frames.js';
import type { WorldClock } from '../time/clock.js';
import type { AskStep, SeatAnswer, SeatMatch, SeatStep } from './replay-match.js';

const defaults = {
  /** What silence about a clock means (docs/protocol.md 4). */
  unsaidClockMs: 2_000,
} as const;

/** What was sent for a turn. */
export interface SentAnswer extends SeatAnswer {
  /** False: the bot was late or failed, and this was sent in its place. */
  readonly isOwn: boolean;
  readonly latencyMs: number;
}

/** Something that was found, and where. */
export interface SeatFinding extends BotFinding {
  /** Among the hands of the match, from 0; null: outside of them. */
  readonly handIndex: number | null;
}

/** One play of a match. */
export interface SeatRun {
  /** By the id of the turn. */
  readonly answers: ReadonlyMap<string, SentAnswer>;
  readonly findings: readonly SeatFinding[];
  /** Hands that were played to their end. */
  readonly handsPlayed: number;
}

export interface PlaySeatOptions {
  bot: BotLogic;
  clock: WorldClock;
  /** Epoch milliseconds, for the deadlines of turns. */
  wallNow: () => number;
  /** Ends the match, also in the middle of a decision. */
  signal: AbortSignal | undefined;
  /** Called after each hand. */
  onHand: () => void;
}

/** @throws {InternalError} for a defect of this package. */
export async function playSeat(
  match: SeatMatch,
  { bot, clock, wallNow, signal, onHand }: PlaySeatOptions,
): Promise<SeatRun> {
  const answers = new Map<string, SentAnswer>();
  const findings: SeatFinding[] = [];
  let handIndex: number | null = null;
  let handsPlayed = 0;
  let current: AskStep | null = null;
  const scripted = await openScriptedMatch({
    bot,
    matchId: match.matchId ?? 'replay',
    clock,
    resume: match.isUnderWay,
    announcedClockMs: null,
    onEvent(event) {
      const finding = findingOf(event, (id) =>
        current?.frame.request_id === id ? offerOf(current.frame) : undefined,
      );
      if (finding === null) return;
      const { stack: _, ...told } = finding;
      // What `decide` threw is of the turn that is asked.
      const requestId =
        told.requestId ?? (told.hook === 'decide' ? (current?.frame.request_id ?? null) : null);
      findings.push({ ...told, requestId, handIndex });
    },
  });

  const ask = async (step: AskStep): Promise<void> => {
    current = step;
    const { frame } = step;
    const clockMs = namedClockMs(frame as unknown as TurnRequest) ?? defaults.unsaidClockMs;
    // The clock runs now, not when the hand was played.
    const now = wallNow();
    const asked = { ...frame, deadline_ts: now + clockMs, server_ts: new Date(now).toISOString() };
    const { action, answered } = await scripted.ask(asked, clockMs);
    answers.set(frame.request_id, {
      action: action.action,
      amount: amountOf(action.params),
      isOwn: answered.source === 'bot',
      latencyMs: answered.latencyMs,
    });
  };

  const play = async (steps: readonly SeatStep[]): Promise<void> => {
    for (const step of steps) {
      if (step.type === 'frame') scripted.send(step.frame);
      else if (step.type === 'ask') await ask(step);
      else await scripted.reconnect();
    }
  };

  const playAll = async (): Promise<void> => {
    await play(match.opening);
    for (const [index, { steps }] of match.hands.entries()) {
      handIndex = index;
      await play(steps);
      handsPlayed += 1;
      onHand();
    }
    handIndex = null;
    await scripted.end(match.ending);
  };

  try {
    await untilAborted(playAll(), signal);
  } finally {
    scripted.stop();
  }
  return { answers, findings, handsPlayed };
}

/** What goes on when it is aborted is dropped. */
async function untilAborted(playing: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return playing;
  let resolve: (() => void) | undefined;
  const aborted = new Promise<void>((done) => {
    resolve = done;
  });
  const forget = onAbort(signal, () => resolve?.());
  if (signal.aborted) resolve?.();
  try {
    await Promise.race([playing, aborted]);
  } finally {
    forget();
    playing.catch(() => undefined);
  }
}

function amountOf(params: JsonObject | undefined): number | null {
  const amount = params?.['amount'];
  return typeof amount === 'number' ? amount : null;
}
