/** What a match remembers, and what moves it. How its memory changes is in `match.link.ts` and `match.turns.ts`. */
import type { Fault } from '../protocol/errors.js';
import type { AnswerSource, Loss } from '../protocol/events.js';
import type { MatchEnd, TurnRequest, WireAction } from '../protocol/frames.js';
import type { AbandonReason, MatchResult } from '../protocol/results.js';
import { emptyHistogram, type LatencyHistogram } from './latency.js';
import type { BotEvent, MatchSocketEvent } from './ports.js';
import { DEFAULT_RETRY_POLICY, type RetryRules, rulesOf } from './retry.js';
import { type Defined, withDefaults } from './with-defaults.js';

/** Durations in milliseconds. */
export const matchDefaults = {
  /** How long the first dial waits for the bot to be made. */
  botTimeoutMs: 10_000,
  /** From dialing to an open socket, where the seat is not ours yet (`match.hold.ts` has the other limit). */
  dialTimeoutMs: 15_000,
  /** From an open socket to the server's `hello`, where the seat is not ours yet. */
  handshakeTimeoutMs: 10_000,
  /** How long `onMatchEnd` may take. */
  settleTimeoutMs: 2_000,
  /** Rejected answers of one turn that are answered again; the server's own limit is 5 a round. */
  maxCorrections: 3,
  /** Turns that are known again when they are repeated after later ones. */
  rememberedTurns: 128,
};

/** What a match and a session are started with alike. A field that is `undefined` has its default. */
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
  /** A `RetryPolicy`; of it counts what was named. Default: `DEFAULT_RETRY_POLICY`. */
  retryPolicy?: RetryRules | undefined;
  /**
   * How long before the server's clock runs out the agent answers in the bot's place, in ms, at most half of the clock.
   * Default: null, what round trips say.
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
   * The platform said that the seat is ours, so it is dialed for as long as it may be held. False: of the match is known
   * no more than its URL; until it has greeted us, the retry policy alone counts. Default: true.
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

/** The decision that is open, or was last. */
export interface PendingTurn {
  readonly frame: TurnRequest;
  readonly askedAt: number;
  /** When the agent answers in the bot's place. */
  readonly deadlineAt: number;
  /** When the server's clock runs out. */
  readonly expiresAt: number;
  /** The connection that asked last, counted from 1. */
  readonly connection: number;
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
interface Fixed extends Omit<Defined<MatchInput>, 'matchId' | 'gatewayUrl' | 'retryPolicy'> {
  readonly retry: RetryRules;
  readonly startedAt: number;
}

/** The way to the table. */
interface Link {
  readonly gatewayUrl: string;
  readonly retryDelayMs: number;
  /** When the newest dial began. */
  readonly dialedAt: number;
  /** Since when the platform holds the seat without us; null while a connection is greeted. */
  readonly heldSince: number | null;
  /** Reconnects in a row that were not greeted. */
  readonly reconnects: number;
  /** Connections in a row that were greeted and brought nothing new. */
  readonly barren: number;
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
  /** Those of the hand that is played. */
  readonly handTimeouts: number;
  /** Its number, as the newest turn said; null where none did. */
  readonly hand: number | null;
  readonly ignoredFrames: number;
  /** Kinds of frames that came where no state has a use for them. */
  readonly unexpected: readonly string[];
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
  /** Request ids of the newest turns, the newest last: only that one can still be open. */
  asked: readonly string[];
  /** The request that needs no further answer on this connection: it was answered again, or its result was seen. */
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
  const { retryPolicy, ...fixed } = withDefaults(matchInputDefaults, input);
  return {
    matchId,
    fixed: { ...fixed, retry: rulesOf(retryPolicy), startedAt },
    link: {
      gatewayUrl,
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
    asked: [],
    repeatedRequestId: null,
    end: null,
    abandonReason: null,
    detail: null,
    fault: null,
  };
}

/** One more of these. */
export function counted(
  { tally }: MatchContext,
  what: Exclude<keyof Tally, 'latency' | 'unexpected' | 'hand'>,
): MatchUpdate {
  return { tally: { ...tally, [what]: tally[what] + 1 } };
}

export function linked({ link }: MatchContext, change: Partial<Link>): MatchUpdate {
  return { link: { ...link, ...change } };
}

/** A frame that the server can only have sent by playing on: reconnects are worth it, and begin anew. */
export function isProgress(
  { attempt, link, seq: known }: MatchContext,
  seq: number | undefined,
): seq is number {
  return (attempt > 0 || link.barren > 0) && seq !== undefined && seq > known;
}

/** The match has gone on as far as this. */
export function progressed(context: MatchContext, seq: number): MatchUpdate {
  return { attempt: 0, seq, ...(context.link.barren > 0 && linked(context, { barren: 0 })) };
}
