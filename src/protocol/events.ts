/**
 * What the agent reports: the union behind `onEvent`, `agent.on`, the log and every view of a running agent. Names
 * are facts. Events carry plain data and never a credential.
 */
import type { Fault } from './errors.js';
import type { JsonObject, Leg, MatchEnd, WireAction } from './frames.js';
import type { HandoverReport } from './handover-events.js';
import type { QueueEvent } from './queue-events.js';
import type { MatchResult } from './results.js';
import type { SeasonEvent } from './season-events.js';

/**
 * Why a lobby session is ending or has ended. `handed_over`: a newer session on this machine has the lobby. `failed` comes with a `fault`: of the token, the lobby, the bot, or a
 * defect.
 */
export type EndReason = 'max_matches' | 'stopped' | 'evicted' | 'handed_over' | 'failed';

/**
 * Who chose the action that was sent: the bot; its last `proposal`, because it was late or failed; or the agent with
 * a safe action, because the bot was late (`overdue`) or `failed`, or because its answer was `rejected` by the server
 * or could not be sent (`refused`).
 */
export type AnswerSource = 'bot' | 'proposal' | 'overdue' | 'failed' | 'rejected' | 'refused';

/** Why a frame was not understood. */
export type IgnoredWhy = 'binary' | 'not_json' | 'not_an_object' | 'unknown_type' | 'malformed';

/** How a connection was lost, and what the other side said about it. */
export interface Loss {
  /** WebSocket close code; 1006 when the connection ended without a close frame. */
  code: number;
  reason: string;
  /** HTTP status of a refused upgrade. */
  httpStatus?: number;
}

/**
 * One thing that happened. `...Ms` are milliseconds, `stacks` and `pot` chips, `hand` counts from 1; `attempt` is 0 for
 * the first dial and n for reconnect n.
 */
export type AgentEvent =
  | SeasonEvent
  | HandoverReport
  | { type: 'config.warning'; message: string }
  /**
   * All connections of the session go through this proxy, which this variable names. Its user and password are left
   * out.
   */
  | { type: 'config.proxy'; proxy: string; variable: string }
  /** The metrics of the session are served at this address (option `metrics`). */
  | { type: 'metrics.listening'; url: string }
  | { type: 'lobby.connecting'; url: string; attempt: number }
  | { type: 'lobby.listening'; url: string }
  | { type: 'lobby.lost'; loss: Loss }
  | { type: 'lobby.error'; code: string | null; message: string | null }
  | { type: 'lobby.retrying'; attempt: number; delayMs: number }
  /**
   * A lobby that was reached before has answered HTTP 401, 403 or 404 for `forMs` now. The session gives up after
   * `patienceMs`.
   */
  | { type: 'lobby.refusing'; httpStatus: number; forMs: number; patienceMs: number; message: string }
  /** The lobby was left on purpose, or not entered yet: `message` says why. `live` matches go on. */
  | { type: 'lobby.left'; message: string; live: number }
  /** The session is ending. `message` says why, in words. */
  | { type: 'lobby.draining'; reason: EndReason; message: string; live: number; fault: Fault | null }
  /** The session has ended, for the first reason that there was. */
  | {
      type: 'lobby.ended';
      reason: EndReason;
      message: string;
      completed: number;
      abandoned: number;
      fault: Fault | null;
    }
  | { type: 'match.announced'; matchId: string; participantId: string; rated: boolean; resume: boolean }
  | { type: 'match.repeated'; matchId: string }
  | {
      type: 'match.skipped';
      matchId: string;
      why: 'untrusted_gateway' | 'already_ended' | 'too_many';
      message: string;
    }
  | { type: 'match.connecting'; matchId: string; attempt: number }
  | { type: 'match.connected'; matchId: string; resumed: boolean }
  | { type: 'match.started'; matchId: string; seat: number | null; opponents: string[] }
  | { type: 'match.lost'; matchId: string; loss: Loss }
  | { type: 'match.retrying'; matchId: string; attempt: number; delayMs: number }
  | { type: 'match.error'; matchId: string; code: string | null; message: string | null }
  | { type: 'match.ended'; matchId: string; result: MatchResult }
  /** How a match ended that no session saw the end of, in the word of the platform's records (with `record`). */
  | { type: 'match.told'; matchId: string; netChips: number; status: string }
  /** What the platform says of the bot after a rated match (with `record`). */
  | { type: 'rating.told'; matchId: string; rating: number; deviation: number | null }
  | { type: 'hand.started'; matchId: string; hand: number | null }
  | {
      type: 'hand.ended';
      matchId: string;
      hand: number | null;
      seat: number | null;
      stacks: number[];
      winners: number[];
      pot: number | null;
      /** What the hand won or lost for `seat`; null where its frames do not tell. */
      netChips: number | null;
    }
  | { type: 'turn.requested'; matchId: string; requestId: string; clockMs: number }
  | {
      type: 'turn.answered';
      matchId: string;
      requestId: string;
      answer: WireAction;
      source: AnswerSource;
      latencyMs: number;
      /** What the bot noted about its decision (`turn.note`). */
      note?: JsonObject;
    }
  | { type: 'turn.repeated'; matchId: string; requestId: string; answered: boolean }
  | {
      type: 'turn.corrected';
      matchId: string;
      requestId: string;
      why: string;
      asked: unknown;
      sent: WireAction;
    }
  | {
      type: 'turn.overdue';
      matchId: string;
      requestId: string;
      /** Nothing is sent, because nothing is known to be legal at this table: the server plays. */
      left?: true;
    }
  | { type: 'turn.late'; matchId: string; requestId: string; latencyMs: number; note?: JsonObject }
  | {
      type: 'turn.rejected';
      matchId: string;
      requestId: string | null;
      reason: string | null;
      message: string | null;
      retried: boolean;
    }
  | { type: 'turn.timed_out'; matchId: string; action: string | null }
  /**
   * The bot threw in `hook`. `place` is the line of its author's own source, `FILE:LINE`, null where that is not known.
   * `times`: how often this failure came in the session so far, this time included; machines that run without an agent do
   * not count.
   */
  | {
      type: 'bot.failed';
      matchId: string;
      hook: string;
      message: string;
      place: string | null;
      error: unknown;
      times?: number;
      /** What it had noted about the turn that it failed in. */
      note?: JsonObject;
    }
  | { type: 'bot.slow'; matchId: string; hook: string; waitedMs: number }
  /**
   * A card in this field of a turn's `state` could not be read, and the bot was asked without it. `found` is what the
   * field contained, as JSON. Reported once for each field of a match.
   */
  | { type: 'card.unread'; matchId: string; field: string; found: string }
  /** The bot's process or thread has ended or was ended; with its error if there is one. */
  | { type: 'bot.terminated'; matchId: string; why: TerminatedWhy; message: string; error: unknown }
  /**
   * A new process or thread has taken over. `replayed` earlier events of the match were replayed to it: those after a
   * snapshot if `restored`, else all from the start.
   */
  | { type: 'bot.restarted'; matchId: string; replayed: number; restored: boolean }
  /**
   * A thread that does not end with the session but with the process. `matchId` is null when its bot was never
   * seated.
   */
  | { type: 'bot.left_behind'; matchId: string | null; message: string }
  /** Source files of the bot were saved, created or removed. */
  | ({ type: 'code.changed' } & CodeChange)
  | {
      type: 'frame.ignored';
      leg: Leg;
      matchId: string | null;
      why: IgnoredWhy;
      frameType: string | null;
      count: number;
    }
  /**
   * A valid frame that came when it was not expected, for instance a turn before `hello`. Reported once for each
   * type.
   */
  | { type: 'frame.unexpected'; leg: Leg; matchId: string | null; frameType: string }
  | { type: 'frame.refused'; leg: Leg; matchId: string | null; why: RefusedWhy; frameType: string }
  | QueueEvent;

/** What is played after source files of the bot have changed. */
export interface CodeChange {
  /** Absolute paths of the files that differ from what was loaded; none when a new file was the reason. */
  files: string[];
  /**
   * `started`: what was loaded at the start, until the end of the session; `message` says why `watch` is not possible,
   * where it is not. With `watch`: the `new` code, from the next
   * match on; or the one `before`, because the new one cannot be loaded, and `message` says why.
   */
  plays: 'started' | 'new' | 'before';
  message: string | null;
}

/** How a turn was played when the bot had not decided in time. */
export interface MissedTurn {
  /** Who answered for the bot: the agent with the bot's proposal or with a safe action, or the server. */
  readonly by: 'proposal' | 'agent' | 'server';
  /** What was played; null when that is not known, or not yet. */
  readonly answer: WireAction | null;
  /** Milliseconds from the request to that action. */
  readonly waitedMs: number;
}

/**
 * Why a bot lost its process or thread. `lost`: its worker on another machine, or the connection to it, is gone.
 * `given_up`: it lost so many in a row that it gets no other one in this match.
 */
export type TerminatedWhy = 'blocked' | 'exited' | 'crashed' | 'out_of_memory' | 'lost' | 'given_up';

/** Why the agent did not send a frame. */
export type RefusedWhy = 'too_large' | 'not_open' | 'not_encodable';

/** An event with the time of its report, in epoch milliseconds of the wall clock. */
export type TimedAgentEvent = AgentEvent & { at: number };

const endReasons: Readonly<Record<EndReason, string>> = {
  max_matches: 'no more matches were asked for',
  stopped: 'told to stop',
  evicted: 'the same bot has connected elsewhere',
  handed_over: 'a newer session has the lobby',
  failed: 'it cannot go on',
};

/** Why a session ends, in words: those of the fault if there is one. */
export function describeEndReason(reason: EndReason, fault: Fault | null = null): string {
  return fault?.message ?? endReasons[reason];
}

/**
 * How a finished match ended, in one word for a table or a log line. The frame is unchecked: any field may have any
 * type.
 */
export function describeEnd(end: MatchEnd | null): string {
  if (end === null) return 'abandoned';
  const said: unknown[] = [end.reason, end.terminal_status];
  return said.find((word): word is string => typeof word === 'string' && word.trim() !== '') ?? 'ended';
}
