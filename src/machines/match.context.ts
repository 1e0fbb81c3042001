/** What a match is started with, remembers and returns, and what moves it. */
import type { Fault } from '../protocol/errors.js';
import type { AnswerSource, Loss } from '../protocol/events.js';
import type { JsonObject, MatchEnd, TurnRequest, WireAction } from '../protocol/frames.js';
import type { AbandonReason, MatchResult } from '../protocol/results.js';
import { emptyHistogram, type LatencyHistogram } from '../time/latency.js';
import type { BotEvent, MatchSocketEvent } from './ports.js';
import { noRecentIds, type RecentIds } from './recent-ids.js';
import { DEFAULT_RETRY_POLICY, type RetryRules, rulesOf } from './retry.js';
import { type Defined, withDefaults } from './with-defaults.js';

/** Durations in milliseconds. */
export const matchDefaults = {
  /** How long the first dial waits for the bot to be made. */
  botTimeoutMs: 10_000,
  /** From dialing to an open socket while the seat is not ours yet; `holdDefaults.dialMs` is the limit afterwards. */
  dialTimeoutMs: 15_000,
  /** From an open socket to the server's `hello` while the seat is not ours yet. */
  handshakeTimeoutMs: 10_000,
  /** How long `onMatchEnd` may take. */
  settleTimeoutMs: 2_000,
  /** A turn is answered again after this many rejected answers; the server's own limit is 5 a round. */
  maxCorrections: 3,
  /** At least so many of the newest turns are recognized when they are repeated after later ones. */
  rememberedTurns: 128,
};

/** What a match and a session are started with alike. A field that is `undefined` means its default. */
export interface CommonInput {
  /** Epoch milliseconds; should not jump. Machines have no clock of their own. */
  now: () => number;
  /** Uniform in [0, 1), for jitter. */
  random: () => number;
  /** Told to the gateway, at most 64 characters. Default: `chipzen-agent`. */
  clientName?: string | undefined;
  /** Told to the gateway, at most 32 characters. Default: `unknown`. */
  clientVersion?: string | undefined;
  /** All games the bot plays, as the platform names them; null, the default: poker only. */
  supportedGames?: readonly string[] | null | undefined;
  /** When false, the bot's first error ends the match, and the session with it. Default: true. */
  safeMode?: boolean | undefined;
  /** A `RetryPolicy`; only the fields that were named count. Default: `DEFAULT_RETRY_POLICY`. */
  retryPolicy?: RetryRules | undefined;
  /**
   * The agent answers in the bot's place this long before the server's clock runs out, in ms; at most half of the clock.
   * Default: null, a margin made from round trips.
   */
  marginMs?: number | null | undefined;
}

export const commonInputDefaults = {
  clientName: 'chipzen-agent',
  clientVersion: 'unknown',
  supportedGames: null as readonly string[] | null,
  safeMode: true as boolean,
  marginMs: null as number | null,
  retryPolicy: DEFAULT_RETRY_POLICY as RetryRules,
};

/** What a match is started with. */
export interface MatchInput extends CommonInput {
  matchId: string;
  /** Already resolved against the lobby's origin. */
  gatewayUrl: string;
  /** Our seat's id on the platform, for the result. Default: empty. */
  participantId?: string | undefined;
  /** For the result. Default: false. */
  rated?: boolean | undefined;
  /** The match was under way before this process knew of it. Default: false. */
  resume?: boolean | undefined;
  /**
   * The platform said that the seat is ours, so it is dialed for as long as it may be held. False: nothing but the URL of
   * the match is known, and until the gateway has greeted us only the retry policy counts. Default: true.
   */
  announced?: boolean | undefined;
  /** The clock of a turn that the lobby announced, in ms. Default: null, what the gateway says. */
  decisionTimeoutMs?: number | null | undefined;
}

const matchInputDefaults = {
  ...commonInputDefaults,
  participantId: '',
  rated: false as boolean,
  resume: false as boolean,
  announced: true as boolean,
  decisionTimeoutMs: null as number | null,
};

/** The turn that is open, or the last one that was. */
export interface PendingTurn {
  readonly frame: TurnRequest;
  readonly askedAt: number;
  /** When the agent answers in the bot's place. */
  readonly deadlineAt: number;
  /** When the server's clock runs out. */
  readonly expiresAt: number;
  /** The connection on which it was asked last, counted from 1. */
  readonly connection: number;
  /** How often the bot was asked for another answer, after the server had rejected one. */
  readonly askedAgain: number;
  /** There is nothing to answer it with: the server plays when its clock runs out. */
  readonly isLeft: boolean;
}

/** The last answer, kept so that a repeated turn gets the same one. */
export interface Answer {
  readonly requestId: string;
  readonly action: WireAction;
  readonly source: AnswerSource;
  readonly latencyMs: number;
  /** False while it waits for the connection to come back and the turn to be repeated. */
  readonly sent: boolean;
  /** How often the server rejected an answer to this turn. */
  readonly rejections: number;
  /** What the bot noted about it. */
  readonly note?: JsonObject;
}

/** What a match is started with and never changes. */
interface Fixed extends Omit<Defined<MatchInput>, 'matchId' | 'gatewayUrl'> {
  readonly startedAt: number;
}

/** The connection to the table. */
interface Link {
  readonly gatewayUrl: string;
  /** The gateway's `hello` names no other game. */
  readonly isPoker: boolean;
  readonly retryDelayMs: number;
  /** When the newest dial began. */
  readonly dialedAt: number;
  /** Since when the platform holds the seat without us, epoch ms; null while the gateway has greeted us. */
  readonly heldSince: number | null;
  /** Reconnects in a row that the gateway did not greet. */
  readonly reconnects: number;
  /** Connections in a row that were greeted and brought nothing new. */
  readonly barren: number;
  readonly loss: Loss | null;
  /** `code` of the last `error` frame on this connection. */
  readonly lastError: string | null;
  /** Closes because a frame was too large (4008): the second one ends the match. */
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
  /** Timeouts in the current hand. */
  readonly handTimeouts: number;
  /** The number of the current hand, as the newest turn said; null when no turn named one. */
  readonly hand: number | null;
  readonly ignoredFrames: number;
  /** Event types of the frames that no state has a use for, each once. */
  readonly unexpected: readonly string[];
  /** Handshakes completed. */
  readonly connections: number;
  readonly latency: LatencyHistogram;
}

/**
 * It has at most sixteen entries: each `assign` copies them one by one, and V8 makes a dictionary of an object that grows
 * larger in this way, which costs thirty times as much.
 */
export interface MatchContext {
  matchId: string;
  fixed: Readonly<Fixed>;
  link: Link;
  tally: Tally;
  seat: number | null;
  /** Reconnects since the match last made progress. */
  attempt: number;
  /** The highest `seq` so far that was progress. */
  seq: number;
  turnTimeoutMs: number | null;
  turn: PendingTurn | null;
  answer: Answer | null;
  /** Request ids of the newest turns. Only the last of them can still be open. */
  asked: RecentIds;
  /** The request that needs no more answer on this connection: it was answered again, or its result was seen. */
  repeatedRequestId: string | null;
  end: MatchEnd | null;
  abandonReason: AbandonReason | null;
  detail: string | null;
  fault: Fault | null;
}

/** What moves the match chart: its socket, its bot, and the lobby. */
export type MatchEvent =
  | MatchSocketEvent
  | BotEvent
  /** The lobby announced this match again, perhaps at another URL. */
  | { type: 'match.announced'; gatewayUrl: string }
  /** End now, with a result. */
  | { type: 'match.cut' };

/** What is known when a match is over. */
export interface MatchOutput {
  result: MatchResult;
  /** The bot's error that must end the whole session (`safeMode` off), or null. */
  fault: Fault | null;
}

/** What the actor of a match is called in its actor system, where ids are those of slots. */
export const matchSystemId = (matchId: string): string => `match:${matchId}`;

/** What an `assign` changes. */
export type MatchUpdate = Partial<MatchContext>;

export function newMatch({ matchId, gatewayUrl, ...input }: MatchInput): MatchContext {
  const startedAt = input.now();
  const fixed = withDefaults(matchInputDefaults, input);
  return {
    matchId,
    fixed: { ...fixed, retryPolicy: rulesOf(fixed.retryPolicy), startedAt },
    link: {
      gatewayUrl,
      isPoker: true,
      retryDelayMs: 0,
      dialedAt: startedAt,
      heldSince: startedAt,
      reconnects: 0,
      barren: 0,
      loss: null,
      lastError: null,
      oversizeCloses: 0,
    },
    tally: {
      hands: 0,
      turns: 0,
      fallbacks: 0,
      corrections: 0,
      rejections: 0,
      timeouts: 0,
      handTimeouts: 0,
      hand: null,
      ignoredFrames: 0,
      unexpected: [],
      connections: 0,
      latency: emptyHistogram,
    },
    seat: null,
    attempt: 0,
    seq: 0,
    turnTimeoutMs: null,
    turn: null,
    answer: null,
    asked: noRecentIds,
    repeatedRequestId: null,
    end: null,
    abandonReason: null,
    detail: null,
    fault: null,
  };
}

/**
 * A copy, name by name for the same reason as that of the tally: see `CompileOptions` in `statechart`.
 */
export function copyOfMatchContext(context: MatchContext): MatchContext {
  return {
    matchId: context.matchId,
    fixed: context.fixed,
    link: context.link,
    tally: context.tally,
    seat: context.seat,
    attempt: context.attempt,
    seq: context.seq,
    turnTimeoutMs: context.turnTimeoutMs,
    turn: context.turn,
    answer: context.answer,
    asked: context.asked,
    repeatedRequestId: context.repeatedRequestId,
    end: context.end,
    abandonReason: context.abandonReason,
    detail: context.detail,
    fault: context.fault,
  };
}

/**
 * A copy in which counts may be set. It is made name by name, so that V8 has one hidden class for all tallies: a spread of
 * what was spread before gets a new one each time, and each property that is set behind it then costs a microsecond.
 */
export function copyOfTally(tally: Tally): { -readonly [Name in keyof Tally]: Tally[Name] } {
  return {
    hands: tally.hands,
    turns: tally.turns,
    fallbacks: tally.fallbacks,
    corrections: tally.corrections,
    rejections: tally.rejections,
    timeouts: tally.timeouts,
    handTimeouts: tally.handTimeouts,
    hand: tally.hand,
    ignoredFrames: tally.ignoredFrames,
    unexpected: tally.unexpected,
    connections: tally.connections,
    latency: tally.latency,
  };
}

/** Counts one more of these. */
export function counted(
  context: MatchContext,
  what: Exclude<keyof Tally, 'latency' | 'unexpected' | 'hand'>,
): MatchUpdate {
  const tally = copyOfTally(context.tally);
  tally[what] += 1;
  return { tally };
}

export function linked({ link }: MatchContext, change: Partial<Link>): MatchUpdate {
  return { link: { ...link, ...change } };
}

/** The server has played on, as this new `seq` shows, and there are attempts to count from the start again. */
export function isProgress({ link, seq: known }: MatchContext, seq: number | undefined): seq is number {
  // Each connection is barren at first, also the one after a failed attempt.
  return link.barren > 0 && (seq ?? 0) > known;
}

/** The match has gone on to this `seq`; attempts are counted from the start again. */
export function progressed(
  { link }: MatchContext,
  seq: number,
): Pick<MatchContext, 'attempt' | 'seq' | 'link'> {
  return { attempt: 0, seq, link: link.barren > 0 ? { ...link, barren: 0 } : link };
}
