/**
 * The ports of both machines: what each is commanded and what it tells. A port is one long-lived actor, invoked
 * at the root of its machine; tests, recorders and worker threads put their own logic behind the same contract.
 *
 * Rules that every port keeps: a command does no harm in whatever state the port is; after `socket.connect` or
 * `socket.close` an earlier connection tells nothing more; a disposer tells nothing.
 */
import { type CallbackActorLogic, fromCallback } from 'xstate';
import type {
  AgentEvent,
  IgnoredWhy,
  Loss,
  MissedTurn,
  RefusedWhy,
  TerminatedWhy,
} from '../protocol/events.js';
import type {
  ActionRejected,
  ClientHello,
  JsonObject,
  LobbyServerFrame,
  MatchEnd,
  MatchServerFrame,
  Pong,
  ServerHello,
  TurnAction,
  TurnRequest,
  WireAction,
} from '../protocol/frames.js';
import type { PlannedFixture } from '../protocol/season-events.js';
import type { FrameTiming } from './turn-budget.js';

/** What both socket ports can be commanded. */
export type SocketCommand<Frame> =
  | { type: 'socket.connect'; url: string }
  /** Send the `authenticate` frame: only the port knows the credential. */
  | { type: 'socket.authenticate' }
  | { type: 'socket.send'; frame: Frame }
  | { type: 'socket.close' };

/** What the lobby commands its socket. */
export type LobbySocketCommand = SocketCommand<Pong>;
/** What a match commands its socket. */
export type MatchSocketCommand = SocketCommand<ClientHello | TurnAction | Pong>;

/** A connection or an attempt at one is over. */
export interface SocketClosed extends Loss {
  type: 'socket.closed';
  /** From a `Retry-After` header, in milliseconds. */
  retryAfterMs?: number;
}

/** A frame of ours that was not sent; `requestId` names the turn it answered. */
export interface SocketRefused {
  type: 'socket.refused';
  why: RefusedWhy;
  frameType: string;
  requestId?: string;
}

/** A frame of the server that could not be used. */
export interface FrameIgnored {
  type: 'frame.ignored';
  why: IgnoredWhy;
  /** The `type` the frame claimed, shortened; null when it had none. */
  frameType: string | null;
}

/** Each known frame is an event type of its own: `frame.matched`, `frame.turn_request`, ... */
export type FrameEvent<F> = F extends { type: infer T extends string }
  ? T extends 'turn_request'
    ? { type: `frame.${T}`; frame: F; timing?: FrameTiming }
    : { type: `frame.${T}`; frame: F }
  : never;

type SocketEvent = { type: 'socket.opened' } | SocketClosed | SocketRefused | FrameIgnored;

/** What the socket of the lobby tells it. */
export type LobbySocketEvent = SocketEvent | FrameEvent<LobbyServerFrame>;
/** What the socket of a match tells it. */
export type MatchSocketEvent = SocketEvent | FrameEvent<MatchServerFrame>;

/** Frames the bot is shown through its hooks; `hello` tells it which game is played. */
export type ObservedFrame =
  | ServerHello
  | Extract<
      MatchServerFrame,
      { type: 'match_start' | 'round_start' | 'turn_result' | 'phase_change' | 'round_result' }
    >;

/** What a match commands its bot. */
export type BotCommand =
  | { type: 'bot.observe'; frame: ObservedFrame }
  | { type: 'bot.reconnected'; restarted: boolean }
  /**
   * Decide this turn. A second command with the same `request_id` renews the clock; the bot is not asked again.
   * `deadlineAt`: when the agent must answer in the bot's place. `expiresAt`: when the server's own clock runs out;
   * an answer after it is worthless. Both epoch milliseconds on the machine's clock. `rejection`: the server has
   * rejected the bot's answer, and the bot is asked for another one, at tables of other games than poker.
   */
  | {
      type: 'bot.decide';
      frame: TurnRequest;
      deadlineAt: number;
      expiresAt: number;
      rejection?: ActionRejected;
    }
  /** The turn is over or answered: fire its signal, drop its answer, and tell the bot when it missed the turn. */
  | { type: 'bot.abort'; requestId: string; missed?: MissedTurn }
  | { type: 'bot.finish'; frame: MatchEnd };

/** How an answer was made legal. */
export interface Correction {
  /** One sentence: what was wrong with the answer. */
  why: string;
  /** What the bot asked for. */
  asked: unknown;
}

/** What the bot of a match tells it. */
export type BotEvent =
  /** The bot is made, or cannot be made: the match may begin. Told once. */
  | { type: 'bot.ready' }
  | {
      type: 'bot.decided';
      requestId: string;
      answer: WireAction;
      latencyMs: number;
      correction?: Correction;
      /** What the bot noted about the decision. */
      note?: JsonObject;
    }
  /** The clock of the turn ran out; `proposal` is the bot's best answer so far, if it made one. */
  | { type: 'bot.overdue'; requestId: string; proposal?: WireAction }
  /** An answer came after the turn was answered for the bot, and was dropped. */
  | { type: 'bot.late'; requestId: string; latencyMs: number; note?: JsonObject }
  /** User code threw. `requestId`: the turn that has no answer for that reason; `proposal`: the bot's best answer to it so far. */
  | {
      type: 'bot.failed';
      requestId?: string;
      proposal?: WireAction;
      hook: string;
      message: string;
      /** The line of the author's own source, `FILE:LINE`, where that is known. */
      place?: string | null;
      error: unknown;
      /** What the bot noted about the turn that has no answer. */
      note?: JsonObject;
      /** No error was thrown: the bot's thread has ended, or had to be ended. */
      terminated?: TerminatedWhy;
    }
  /** Another thread has taken over; `replayed` is how many earlier events of the match it was shown. */
  | { type: 'bot.restarted'; replayed: number; restored: boolean }
  /** An async hook takes so long that the hooks after it no longer wait for it. */
  | { type: 'bot.slow'; hook: string; waitedMs: number }
  /** A card in this field of a turn's `state` could not be read: the bot was asked without it. Told once for each field. */
  | { type: 'bot.unread'; field: string; found: string }
  | { type: 'bot.finished' };

/** Input of the `matchSocket` port. */
export interface MatchSocketInput {
  matchId: string;
}

/** Input of the `bot` port. */
export interface BotInput {
  matchId: string;
}

/** The actor behind `lobbySocket`; it has no input. */
export type LobbySocketLogic = CallbackActorLogic<LobbySocketCommand, undefined>;
/** The actor behind `matchSocket`. */
export type MatchSocketLogic = CallbackActorLogic<MatchSocketCommand, MatchSocketInput>;
/** The actor behind `bot`. */
export type BotLogic = CallbackActorLogic<BotCommand, BotInput>;
/** The actor behind `reporter`: every event is reported to it, and it tells the machine nothing. */
export type ReporterLogic = CallbackActorLogic<AgentEvent, undefined>;

/** What the season keeper asks the list of fixtures for. Each reading has one answer. */
export interface FixtureListCommand {
  type: 'list.read';
  /** Those that are known: one that was moved keeps its id. */
  known: readonly PlannedFixture[];
}

/** What the list of fixtures tells. */
export type FixtureListEvent =
  | {
      type: 'list.told';
      fixtures: readonly PlannedFixture[];
      /** Everything in it could be read: a fixture that is missing is not there. */
      isWhole: boolean;
      /** What could not be read, as a sentence; null: nothing. */
      message: string | null;
    }
  | { type: 'list.failed'; message: string; retryAfterMs: number | null };

/** The actor behind `fixtureList`. */
export type FixtureListLogic = CallbackActorLogic<FixtureListCommand, undefined>;

function notProvided(port: string): never {
  throw new Error(
    `\`${port}\` actor must be provided: machine.provide({ actors: { ${port}: ... } }). The package's own are in chipzen-agent/io.`,
  );
}

/** Stand-ins that fail loudly when a machine is started without its ports. */
export const missingPorts = {
  lobbySocket: fromCallback<LobbySocketCommand, undefined>(() =>
    notProvided('lobbySocket'),
  ) as LobbySocketLogic,
  matchSocket: fromCallback<MatchSocketCommand, MatchSocketInput>(() =>
    notProvided('matchSocket'),
  ) as MatchSocketLogic,
  bot: fromCallback<BotCommand, BotInput>(() => notProvided('bot')) as BotLogic,
  fixtureList: fromCallback<FixtureListCommand, undefined>(() =>
    notProvided('fixtureList'),
  ) as FixtureListLogic,
  reporter: fromCallback<AgentEvent, undefined>(() => notProvided('reporter')) as ReporterLogic,
};
