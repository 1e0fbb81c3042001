/**
 * A match of which only the connection is scripted: the real match machine with the real bot port, and frames that come as
 * text and are decoded as those of a socket. What is checked is what plays.
 */
import { type Actor, createActor, fromCallback } from 'xstate';
import { matchMachine } from '../machines/match.js';
import type {
  BotLogic,
  MatchSocketCommand,
  MatchSocketEvent,
  MatchSocketInput,
  MatchSocketLogic,
  ReporterLogic,
} from '../machines/ports.js';
import { RetryPolicy } from '../machines/retry.js';
import { decodeMatchFrame } from '../protocol/decode.js';
import { InternalError } from '../protocol/errors.js';
import type { AgentEvent } from '../protocol/events.js';
import type { JsonObject, TurnAction } from '../protocol/frames.js';
import type { MatchResult } from '../protocol/results.js';
import { compileMachine } from '../statechart/compile-machine.js';
import type { WorldClock } from '../time/clock.js';
import { within } from '../time/time-limit.js';

const defaults = {
  /** What players measured to the platform: 280 to 370 ms. The agent keeps so much of a turn's clock for itself. */
  roundTripMs: 350,
  /** How long past the clock of a turn its answer is awaited. The machine answers by itself before. */
  answerGraceMs: 5_000,
  /** From `match_end` to the end of the match: the machine waits 2 s for the bot. */
  endGraceMs: 10_000,
  /** The time for the machine's own steps: a dial, or the answer to a rejection. */
  stepMs: 20_000,
} as const;

/** What the machine decided for one turn. */
export interface AnsweredTurn {
  action: TurnAction;
  answered: Extract<AgentEvent, { type: 'turn.answered' }>;
}

export interface ScriptedMatch {
  /** Sends a frame as the server would. */
  send(frame: JsonObject): void;
  /** Sends a turn and waits for its answer. @param clockMs how long the agent takes the server to wait. */
  ask(frame: JsonObject & { request_id: string }, clockMs: number): Promise<AnsweredTurn>;
  /** Sends a frame that has to be answered, such as a rejection. Resolves with the next action; null: none came. */
  provoke(frame: JsonObject, limitMs: number): Promise<TurnAction | null>;
  /** Loses the connection. Resolves when the machine is back at the table. */
  reconnect(): Promise<void>;
  /** Sends the last frame. Resolves when the bot has seen it. */
  end(frame: JsonObject): Promise<MatchResult>;
  /** Ends everything at once. */
  stop(): void;
  /** The actions sent so far. */
  readonly actions: readonly TurnAction[];
}

export interface ScriptedMatchOptions {
  bot: BotLogic;
  matchId: string;
  clock: WorldClock;
  /** The match is under way before the bot is there. */
  resume?: boolean;
  /** The clock that the lobby announced, in ms; null: none. */
  announcedClockMs: number | null;
  onEvent: (event: AgentEvent) => void;
}

/** Starts the match. Resolves when the machine is at the table: the bot is made, and both have greeted each other. */
export async function openScriptedMatch(options: ScriptedMatchOptions): Promise<ScriptedMatch> {
  const match = startScriptedMatch(options);
  await match.seated();
  return match;
}

function startScriptedMatch({
  bot,
  matchId,
  clock,
  resume = false,
  announcedClockMs,
  onEvent,
}: ScriptedMatchOptions): ScriptedMatch & { seated(): Promise<void> } {
  const actions: TurnAction[] = [];
  const turns = new Map<string, AnsweredTurn['answered']>();
  let tell: ((event: MatchSocketEvent) => void) | null = null;
  let seq = 0;
  let connections = 0;
  /** Called after everything that may be waited for. */
  let look: () => void = idle;

  const until = <T>(limitMs: number, what: string, find: () => T | undefined): Promise<T> => {
    const found = new Promise<T>((resolve) => {
      look = () => {
        const value = find();
        if (value !== undefined) resolve(value);
      };
      look();
    });
    return within(limitMs, clock, found, () => new InternalError(`The match machine did not ${what}.`));
  };

  const hear = (frame: JsonObject): void => {
    const decoded = decodeMatchFrame(
      JSON.stringify({ match_id: matchId, seq: ++seq, server_ts: new Date().toISOString(), ...frame }),
    );
    if (!decoded.ok) throw new InternalError(`A scripted frame cannot be read: ${decoded.why}.`);
    const type = `frame.${decoded.frame.type}`;
    const timing = { lateMs: 0, roundTripMs: defaults.roundTripMs, isFresh: true };
    tell?.({
      type,
      frame: decoded.frame,
      ...(type === 'frame.turn_request' && { timing }),
    } as MatchSocketEvent);
  };

  const socket = fromCallback<MatchSocketCommand, MatchSocketInput>(({ sendBack, receive }) => {
    tell = sendBack;
    receive((command) => {
      if (command.type === 'socket.connect') sendBack({ type: 'socket.opened' });
      if (command.type === 'socket.authenticate') hear(serverHello);
      if (command.type !== 'socket.send') return;
      const { frame } = command;
      if (frame.type === 'hello') connections += 1;
      if (frame.type === 'turn_action') actions.push(frame);
      look();
    });
    return () => {
      tell = null;
    };
  }) as MatchSocketLogic;

  const reporter = fromCallback<AgentEvent, undefined>(({ receive }) => {
    receive((event) => {
      if (event.type === 'turn.answered') turns.set(event.requestId, event);
      onEvent(event);
      look();
    });
  }) as ReporterLogic;

  const machine = compileMachine(matchMachine.provide({ actors: { matchSocket: socket, bot, reporter } }));
  const actor: Actor<typeof machine> = createActor(machine, {
    clock,
    input: {
      matchId,
      participantId: 'check',
      gatewayUrl: `ws://127.0.0.1/ws/match/${matchId}/check`,
      resume,
      decisionTimeoutMs: announcedClockMs,
      retryPolicy: new RetryPolicy({ initialBackoffMs: 1, maxBackoffMs: 1 }),
      now: () => clock.now(),
      random: () => 0,
    },
  });
  let output: MatchResult | null = null;
  let defect: unknown;
  actor.subscribe({
    complete: () => {
      output = actor.getSnapshot().output?.result ?? null;
      look();
    },
    error: (error) => {
      defect = error;
      look();
    },
  });
  const whole = <T>(value: T | undefined): T | undefined => {
    if (defect !== undefined) throw new InternalError('The match machine failed.', { cause: defect });
    return value;
  };
  const seated = (wanted: number): Promise<void> =>
    until(defaults.stepMs, 'take its seat', () => whole(connections >= wanted ? true : undefined)).then(
      () => undefined,
    );
  actor.start();

  return {
    actions,
    seated: () => seated(1),
    send: hear,
    async ask(frame, clockMs) {
      hear({ type: 'turn_request', ...frame });
      return until(clockMs + defaults.answerGraceMs, 'answer a turn', () => {
        const answered = whole(turns.get(frame.request_id));
        const action = actions.findLast(({ request_id: id }) => id === frame.request_id);
        return answered && action ? { answered, action } : undefined;
      });
    },
    async provoke(frame, limitMs) {
      const before = actions.length;
      hear(frame);
      return until(limitMs, 'answer', () => whole(actions[before])).catch((error: unknown) => {
        if (defect !== undefined) throw error;
        return null;
      });
    },
    async reconnect() {
      const before = connections;
      tell?.({ type: 'socket.closed', code: 1006, reason: '' });
      await seated(before + 1);
    },
    async end(frame) {
      hear(frame);
      return until(defaults.endGraceMs, 'end', () => whole(output ?? undefined));
    },
    stop: () => actor.stop(),
  };
}

const idle = (): void => undefined;

const serverHello: JsonObject = {
  type: 'hello',
  supported_versions: ['1.0'],
  selected_version: '1.0',
  game_type: 'nlhe_6max',
  capabilities: [],
};
