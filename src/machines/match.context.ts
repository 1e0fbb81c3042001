/** What a match remembers, what moves it, and how its memory changes: the data half of the match machine. */
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import type { Fault } from '../protocol/errors.js';
import type { AnswerSource, Loss, MissedTurn } from '../protocol/events.js';
import type { MatchEnd, MatchStart, TurnRequest, TurnResult, WireAction } from '../protocol/frames.js';
import type { AbandonReason, MatchResult } from '../protocol/results.js';
import { safeAction } from '../protocol/safe-action.js';
import { addLatency, emptyHistogram, type LatencyHistogram } from './latency.js';
import { describeLoss, lossOf } from './loss.js';
import type { BotEvent, MatchSocketEvent, SocketClosed } from './ports.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy, reconnectDelay } from './retry.js';
import { type FrameTiming, turnClock } from './turn-clock.js';

/** Durations in milliseconds. */
export const matchDefaults = {
  /** From dialing to an open socket. The port gives up sooner; this is for a port that does not. */
  dialTimeoutMs: 15_000,
  /** From an open socket to the server's `hello`. */
  handshakeTimeoutMs: 10_000,
  /** How long `onMatchEnd` may take. */
  settleTimeoutMs: 2_000,
  /** Rejected answers of one turn that are answered again; the server's own limit is 5 a round. */
  maxCorrections: 3,
};

/** What a match and a session are started with alike. */
export interface CommonInput {
  /** Epoch milliseconds; should not jump. Machines have no clock of their own. */
  now: () => number;
  /** Uniform in [0, 1), for jitter. */
  random: () => number;
  /** Told to the gateway, at most 64 characters. Default: `chipzen-agent`. */
  clientName?: string;
  /** Told to the gateway, at most 32 characters. Default: `unknown`. */
  clientVersion?: string;
  /** All games the bot plays, as the platform names them; null, the default: poker only. */
  supportedGames?: readonly string[] | null;
  /** When false, the bot's first error ends the match, and the session with it. Default: true. */
  safeMode?: boolean;
  /** Default: `DEFAULT_RETRY_POLICY`. */
  retryPolicy?: RetryPolicy;
  /**
   * How long before the server's clock runs out the agent answers in the bot's place, in ms, at most half of the clock.
   * Default: null, what round trips say.
   */
  marginMs?: number | null;
}

export const commonInputDefaults = {
  clientName: 'chipzen-agent',
  clientVersion: 'unknown',
  supportedGames: null,
  safeMode: true,
  retryPolicy: DEFAULT_RETRY_POLICY,
  marginMs: null,
};

export interface MatchInput extends CommonInput {
  matchId: string;
  /** Already resolved against the lobby's origin. */
  gatewayUrl: string;
  /** Our seat's id on the platform, for the result. Default: empty. */
  participantId?: string;
  /** For the result. Default: false. */
  rated?: boolean;
  /** The match was under way before this process knew of it. Default: false. */
  resume?: boolean;
  /** The clock of a turn that the lobby announced, in ms. Default: null, what the gateway says. */
  decisionTimeoutMs?: number | null;
}

/** The decision that is open, or was last. */
interface PendingTurn {
  readonly frame: TurnRequest;
  readonly askedAt: number;
  /** When the agent answers in the bot's place. */
  readonly deadlineAt: number;
  /** When the server's clock runs out. */
  readonly expiresAt: number;
}

/** The last answer, kept so that a repeated turn gets the same one. */
interface Answer {
  readonly requestId: string;
  readonly action: WireAction;
  readonly source: AnswerSource;
  readonly latencyMs: number;
  /** False while it waits for the connection to come back and the turn to be repeated. */
  readonly sent: boolean;
  /** Times the server rejected an answer to this turn. */
  readonly rejections: number;
}

/** What a match is started with and never changes. */
interface Fixed extends Omit<Required<MatchInput>, 'matchId' | 'gatewayUrl'> {
  readonly startedAt: number;
}

/** The way to the table. */
interface Link {
  readonly gatewayUrl: string;
  readonly retryDelayMs: number;
  readonly loss: Loss | null;
  /** `code` of the last `error` frame on this connection. */
  readonly lastError: string | null;
  /** Closes with 4008: the second one ends the match. */
  readonly oversizeCloses: number;
}

/** What is counted for the result. */
interface Tally {
  readonly hands: number;
  readonly turns: number;
  readonly fallbacks: number;
  readonly corrections: number;
  readonly rejections: number;
  readonly timeouts: number;
  readonly ignoredFrames: number;
  /** Handshakes completed. */
  readonly connections: number;
  readonly latency: LatencyHistogram;
}

/**
 * Sixteen entries at most: each `assign` copies them one by one, and an object that is made in this way with more of
 * them becomes a dictionary to V8, which costs thirty times as much.
 */
export interface MatchContext {
  matchId: string;
  fixed: Readonly<Fixed>;
  link: Link;
  tally: Tally;
  seat: number | null;
  /** Reconnects since the match last made progress. */
  attempt: number;
  /** Highest `seq` known to be progress. */
  seq: number;
  turnTimeoutMs: number | null;
  turn: PendingTurn | null;
  answer: Answer | null;
  /** The request that was answered again on this connection. */
  repeatedRequestId: string | null;
  end: MatchEnd | null;
  abandonReason: AbandonReason | null;
  detail: string | null;
  fault: Fault | null;
}

export type MatchEvent =
  | MatchSocketEvent
  | BotEvent
  /** The lobby announced this match again, perhaps at another URL. */
  | { type: 'match.announced'; gatewayUrl: string }
  /** End now, with a result. */
  | { type: 'match.cut' };

export interface MatchOutput {
  result: MatchResult;
  /** The bot's error that must end the whole session (`safeMode` off), or null. */
  fault: Fault | null;
}

type Update = Partial<MatchContext>;

export function newMatch({ matchId, gatewayUrl, ...input }: MatchInput): MatchContext {
  return {
    matchId,
    fixed: {
      participantId: '',
      rated: false,
      resume: false,
      decisionTimeoutMs: null,
      ...commonInputDefaults,
      ...input,
      startedAt: input.now(),
    },
    link: { gatewayUrl, retryDelayMs: 0, loss: null, lastError: null, oversizeCloses: 0 },
    tally: {
      hands: 0,
      turns: 0,
      fallbacks: 0,
      corrections: 0,
      rejections: 0,
      timeouts: 0,
      ignoredFrames: 0,
      connections: 0,
      latency: emptyHistogram,
    },
    seat: null,
    attempt: 0,
    seq: 0,
    turnTimeoutMs: null,
    turn: null,
    answer: null,
    repeatedRequestId: null,
    end: null,
    abandonReason: null,
    detail: null,
    fault: null,
  };
}

/** One more of these. */
export function counted({ tally }: MatchContext, what: Exclude<keyof Tally, 'latency'>): Update {
  return { tally: { ...tally, [what]: tally[what] + 1 } };
}

export function linked({ link }: MatchContext, change: Partial<Link>): Update {
  return { link: { ...link, ...change } };
}

// --- losing and regaining the connection ---

/** What the close table says of a loss; a phase that took too long counts as a broken connection. */
function verdictOn(context: MatchContext, closed: SocketClosed): Verdict {
  return verdictOf({
    leg: 'match',
    code: closed.code,
    reason: closed.reason,
    ...(closed.httpStatus !== undefined && { httpStatus: closed.httpStatus }),
    ...(context.link.lastError !== null && { lastError: context.link.lastError }),
  });
}

/** Why this loss ends the match, or null when it is worth another attempt. */
export function givingUp(
  context: MatchContext,
  closed: SocketClosed,
): { why: AbandonReason; detail: string } | null {
  const verdict = verdictOn(context, closed);
  if (verdict.action === 'abandon') return { why: verdict.why, detail: verdict.detail };
  if (verdict.action === 'retry' && verdict.once && context.link.oversizeCloses > 0) {
    return {
      why: 'frame_too_large',
      detail: 'The gateway closed twice because a frame of ours was too large.',
    };
  }
  const limit = context.fixed.retryPolicy.maxReconnectAttempts;
  if (context.attempt >= limit) {
    return {
      why: 'reconnects_exhausted',
      detail: `The connection was lost (${describeLoss(closed)}) and ${limit} reconnects brought nothing new.`,
    };
  }
  return null;
}

export function afterLoss(context: MatchContext, closed: SocketClosed): Update {
  const verdict = verdictOn(context, closed);
  const oversize = verdict.action === 'retry' && verdict.once === true;
  const attempt = context.attempt + 1;
  return {
    ...linked(context, {
      loss: lossOf(closed),
      retryDelayMs: reconnectDelay(context.fixed.retryPolicy, attempt, context.fixed.random, {
        slow: verdict.action === 'retry' && verdict.slow === true,
        ...(closed.retryAfterMs !== undefined && { retryAfterMs: closed.retryAfterMs }),
      }),
      lastError: null,
      oversizeCloses: context.link.oversizeCloses + (oversize ? 1 : 0),
    }),
    attempt,
    repeatedRequestId: null,
    // The frame that was too large must not go out again.
    ...(oversize && context.answer && { answer: { ...context.answer, ...safeAnswer(context, 'refused') } }),
  };
}

/** A frame that the server can only have sent by playing on, so the reconnect budget is full again. */
export function isProgress(context: MatchContext, seq: number | undefined): seq is number {
  return context.attempt > 0 && seq !== undefined && seq > context.seq;
}

// --- turns ---

export function afterMatchStart(frame: MatchStart): Update {
  return {
    ...(frame.your_seat !== undefined && { seat: frame.your_seat }),
    ...(frame.turn_timeout_ms !== undefined && { turnTimeoutMs: frame.turn_timeout_ms }),
  };
}

/** A decision that was not asked before, or one that is repeated: its clock starts again, and nothing is counted. */
export function afterTurnRequest(context: MatchContext, frame: TurnRequest, timing?: FrameTiming): Update {
  const { turnTimeoutMs, fixed } = context;
  const { decisionTimeoutMs, marginMs } = fixed;
  const { leftMs, thinkMs } = turnClock(frame, {
    known: [decisionTimeoutMs, turnTimeoutMs],
    timing,
    marginMs,
  });
  const now = fixed.now();
  const repeated = context.turn?.frame.request_id === frame.request_id ? context.turn : null;
  const turn: PendingTurn = {
    frame,
    askedAt: repeated?.askedAt ?? now,
    deadlineAt: now + thinkMs,
    expiresAt: now + leftMs,
  };
  if (repeated !== null || isAnswered(context, frame.request_id)) return { turn };
  return {
    turn,
    ...counted(context, 'turns'),
    attempt: 0,
    seq: Math.max(context.seq, frame.seq ?? 0),
    ...(frame.seat !== undefined && { seat: frame.seat }),
  };
}

/** An answered turn is asked again: the answer goes out once more. */
export function afterRepeat(context: MatchContext, frame: TurnRequest, timing?: FrameTiming): Update {
  return {
    ...afterTurnRequest(context, frame, timing),
    repeatedRequestId: frame.request_id,
    answer: context.answer && { ...context.answer, sent: true },
  };
}

/** The result of our own last turn; one that was sent before that turn was asked belongs to an earlier one. */
export function isOurResult({ seat, turn }: MatchContext, frame: TurnResult): boolean {
  const isStale = frame.seq !== undefined && turn?.frame.seq !== undefined && frame.seq <= turn.frame.seq;
  return seat !== null && frame.seat === seat && !isStale;
}

/** The server has closed our turn. */
export function afterTurnResult(context: MatchContext, frame: TurnResult): Update {
  return { turn: null, ...(isProgress(context, frame.seq) && { attempt: 0, seq: frame.seq }) };
}

/** This turn was asked and has no answer yet. */
export function isOpen({ turn, answer }: MatchContext, requestId: string | undefined): boolean {
  return turn !== null && turn.frame.request_id === requestId && answer?.requestId !== requestId;
}

export function isAnswered({ answer }: MatchContext, requestId: string | undefined): boolean {
  return answer !== null && answer.requestId === requestId;
}

export function hasOpenTurn(context: MatchContext): boolean {
  return context.turn !== null && isOpen(context, context.turn.frame.request_id);
}

/** The answer of the bot itself. */
export function afterDecided(
  { tally }: MatchContext,
  event: Extract<BotEvent, { type: 'bot.decided' }>,
): Update {
  const { requestId, answer, latencyMs, correction } = event;
  return {
    answer: { requestId, action: answer, source: 'bot', latencyMs, sent: true, rejections: 0 },
    tally: {
      ...tally,
      latency: addLatency(tally.latency, latencyMs),
      corrections: tally.corrections + (correction ? 1 : 0),
    },
  };
}

/** The answer of the agent for a bot that is late or failed: its own proposal if there is one. */
export function afterSubstitution(
  context: MatchContext,
  source: AnswerSource,
  proposal?: WireAction,
): Update {
  const { tally } = context;
  if (context.turn === null) return {};
  const latencyMs = context.fixed.now() - context.turn.askedAt;
  const substitute = proposal
    ? { action: proposal, source: 'proposal' as const }
    : safeAnswer(context, source);
  return {
    answer: { requestId: context.turn.frame.request_id, latencyMs, sent: true, rejections: 0, ...substitute },
    tally: {
      ...tally,
      latency: addLatency(tally.latency, latencyMs),
      fallbacks: tally.fallbacks + 1,
    },
  };
}

/** What the bot is to know of a turn that it was too slow for; nothing of one that it was not. */
export function missedTurn(context: MatchContext, event: MatchEvent): { missed?: MissedTurn } {
  const { turn, answer } = context;
  if (turn === null) return {};
  if (event.type === 'bot.overdue' || event.type === 'bot.decided') {
    if (answer === null) return {};
    const by = answer.source === 'proposal' ? 'proposal' : 'agent';
    return { missed: { by, answer: answer.action, waitedMs: answer.latencyMs } };
  }
  const byServer = (action: unknown): { missed: MissedTurn } => ({
    missed: {
      by: 'server',
      answer: typeof action === 'string' ? { action } : null,
      waitedMs: context.fixed.now() - turn.askedAt,
    },
  });
  if (event.type === 'frame.action_timeout') return byServer(null);
  const isTimeout = event.type === 'frame.turn_result' && event.frame.details.is_timeout === true;
  return isTimeout ? byServer(event.frame.details.action) : {};
}

function safeAnswer(
  { turn }: MatchContext,
  source: AnswerSource,
): { action: WireAction; source: AnswerSource } {
  return { action: { action: safeAction(turn?.frame.valid_actions ?? []) }, source };
}

/** The answer that could not be sent or was rejected makes way for one that is safe. */
export function afterRefusal(
  context: MatchContext,
  source: 'rejected' | 'refused',
  validActions: readonly string[],
): Update {
  const { answer } = context;
  if (answer === null) return {};
  return {
    ...(answer.source === 'bot' && counted(context, 'fallbacks')),
    answer: {
      ...answer,
      action: { action: safeAction(validActions, answer.action.action) },
      source,
      rejections: answer.rejections + 1,
    },
  };
}
