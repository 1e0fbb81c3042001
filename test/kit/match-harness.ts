import { createActor, type InspectionEvent } from 'xstate';
import { type MatchInput, type MatchSnapshot, matchMachine } from '../../src/machines/match.js';
import type {
  BotCommand,
  BotEvent,
  BotInput,
  MatchSocketCommand,
  MatchSocketEvent,
  MatchSocketInput,
} from '../../src/machines/ports.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { ActionRejected, MatchEnd, MatchServerFrame, TurnRequest } from '../../src/protocol/frames.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';

export function matchPorts(botIsSlow = false) {
  return {
    socket: scriptedPort<MatchSocketCommand, MatchSocketEvent, MatchSocketInput>(),
    bot: scriptedPort<BotCommand, BotEvent, BotInput>(botIsSlow ? {} : { atStart: { type: 'bot.ready' } }),
    reporter: scriptedPort<AgentEvent, never, undefined>(),
  };
}

function matchInput(clock: VirtualClock, overrides: Partial<MatchInput> = {}): MatchInput {
  return {
    matchId: 'm1',
    participantId: 'p1',
    gatewayUrl: 'ws://127.0.0.1/gateway',
    rated: true,
    resume: false,
    decisionTimeoutMs: null,
    clientName: 'test',
    clientVersion: '1',
    supportedGames: null,
    safeMode: true,
    retryPolicy: new RetryPolicy({ maxReconnectAttempts: 3, initialBackoffMs: 1_000, maxBackoffMs: 8_000 }),
    now: clock.now,
    random: () => 1 - Number.EPSILON,
    ...overrides,
  };
}

export const frames = {
  hello: (overrides: Partial<Extract<MatchServerFrame, { type: 'hello' }>> = {}) => ({
    type: 'frame.hello' as const,
    frame: { type: 'hello' as const, selected_version: '1.0', supported_versions: ['1.0'], ...overrides },
  }),
  matchStart: () => ({
    type: 'frame.match_start' as const,
    frame: {
      type: 'match_start' as const,
      seq: 1,
      seats: [
        { seat: 0, is_self: true, display_name: 'me' },
        { seat: 1, display_name: 'them' },
      ],
      your_seat: 0,
      turn_timeout_ms: 5_000,
    },
  }),
  roundStart: (seq?: number) => ({
    type: 'frame.round_start' as const,
    frame: { type: 'round_start' as const, round_number: 1, state: {}, ...(seq !== undefined && { seq }) },
  }),
  phaseChange: (seq?: number) => ({
    type: 'frame.phase_change' as const,
    frame: { type: 'phase_change' as const, state: { phase: 'flop' }, ...(seq !== undefined && { seq }) },
  }),
  turnResult: (seat: number, details: Record<string, unknown> = {}, seq?: number) => ({
    type: 'frame.turn_result' as const,
    frame: { type: 'turn_result' as const, seat, details, ...(seq !== undefined && { seq }) },
  }),
  roundResult: (seq?: number) => ({
    type: 'frame.round_result' as const,
    frame: {
      type: 'round_result' as const,
      round_number: 1,
      result: { stacks: [10, 30], winner_seats: [1], pot: 20 },
      ...(seq !== undefined && { seq }),
    },
  }),
  turn: (id: string, overrides: Partial<TurnRequest> = {}) => ({
    type: 'frame.turn_request' as const,
    frame: {
      type: 'turn_request' as const,
      seat: 0,
      request_id: id,
      timeout_ms: 2_000,
      valid_actions: ['fold', 'call', 'raise'],
      state: {},
      ...overrides,
    },
  }),
  rejected: (id: string | undefined, overrides: Partial<ActionRejected> = {}) => ({
    type: 'frame.action_rejected' as const,
    frame: {
      type: 'action_rejected' as const,
      reason: 'illegal',
      valid_actions: ['fold', 'call'],
      ...(id !== undefined && { request_id: id }),
      ...overrides,
    },
  }),
  matchEnd: (overrides: Partial<MatchEnd> = {}) => ({
    type: 'frame.match_end' as const,
    frame: { type: 'match_end' as const, reason: 'complete', ...overrides },
  }),
  error: (code: string) => ({
    type: 'frame.error' as const,
    frame: { type: 'error' as const, code, message: 'why' },
  }),
  ping: { type: 'frame.ping' as const, frame: { type: 'ping' as const } },
  ignored: { type: 'frame.ignored' as const, why: 'not_json' as const, frameType: null },
  closed: (code = 1006, reason = '') => ({ type: 'socket.closed' as const, code, reason }),
  decided: (requestId: string, action = 'call') => ({
    type: 'bot.decided' as const,
    requestId,
    answer: { action },
    latencyMs: 5,
  }),
  failed: (requestId?: string) => ({
    type: 'bot.failed' as const,
    hook: requestId === undefined ? 'onRoundStart' : 'decide',
    message: 'broken',
    error: new Error('broken'),
    ...(requestId !== undefined && { requestId }),
  }),
};

/** A match machine on scripted ports and a clock of its own. */
export function startMatch(
  overrides: Partial<MatchInput> = {},
  inspect: (event: InspectionEvent) => void = () => undefined,
  botIsSlow = false,
) {
  const clock = createVirtualClock();
  const ports = matchPorts(botIsSlow);
  const machine = matchMachine.provide({
    actors: { matchSocket: ports.socket.logic, bot: ports.bot.logic, reporter: ports.reporter.logic },
  });
  const actor = createActor(machine, { input: matchInput(clock, overrides), clock, inspect });
  actor.start();
  const { socket, bot, reporter } = ports;
  return {
    actor,
    clock,
    socket,
    bot,
    reporter,
    state: (): MatchSnapshot['value'] => actor.getSnapshot().value,
    output: () => actor.getSnapshot().output,
    /** Types of the reports so far. */
    reports: () => reporter.commands.map(({ type }) => type),
    /** Actions sent so far, as `request: action`. */
    answers: () =>
      socket.commands.flatMap((command) =>
        command.type === 'socket.send' && command.frame.type === 'turn_action'
          ? [`${command.frame.request_id}: ${command.frame.action}`]
          : [],
      ),
    connect() {
      socket.tell({ type: 'socket.opened' });
      socket.tell(frames.hello());
    },
    /** Connected, seated, and asked to decide `id`. */
    playTo(id: string) {
      this.connect();
      socket.tell(frames.matchStart());
      socket.tell(frames.turn(id));
    },
  };
}

export type MatchHarness = ReturnType<typeof startMatch>;
