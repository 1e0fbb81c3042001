/** What the live table knows, folded from the agent's events. */

import { type AgentEvent, describeEnd, type EndReason, type TimedAgentEvent } from '../../protocol/events.js';
import { addLatency, emptyHistogram, type LatencyHistogram } from '../../time/latency.js';

export type LobbyPhase = 'starting' | 'connecting' | 'online' | 'offline' | 'ending' | 'over';

export type MatchPhase = 'dialing' | 'watching' | 'thinking' | 'offline' | 'ended';

export interface LiveMatch {
  readonly matchId: string;
  readonly phase: MatchPhase;
  /** When the clock of the turn or the wait for the next dial is over, in ms of the view's clock. Null: nothing runs. */
  readonly until: number | null;
  /** Length of the last turn's clock in ms. */
  readonly clockMs: number;
  readonly opponents: readonly string[];
  readonly hand: number | null;
  readonly chips: { own: number; total: number } | null;
  /** Won or lost so far; null before the first hand is over. */
  readonly net: number | null;
  /** Of the last decision. */
  readonly latencyMs: number | null;
  /** How an ended match ended, in one word. */
  readonly end: string | null;
}

export interface LiveState {
  readonly lobby: { readonly phase: LobbyPhase; readonly until: number | null };
  /** Null until it is ending. */
  readonly endReason: EndReason | null;
  /** A match that has ended keeps its place until a new one needs it. */
  readonly matches: readonly LiveMatch[];
  readonly completed: number;
  readonly abandoned: number;
  /** Chips of all matches that have ended. */
  readonly net: number;
  readonly latency: LatencyHistogram;
  /** The lobby was reached before. */
  readonly wasOnline: boolean;
  /** Connections of lobby and matches that came back. */
  readonly reconnects: number;
  readonly fallbacks: number;
  readonly rejections: number;
  readonly timeouts: number;
}

const givenUp = 'abandoned';

export const emptyLiveState: LiveState = {
  lobby: { phase: 'starting', until: null },
  endReason: null,
  matches: [],
  completed: 0,
  abandoned: 0,
  net: 0,
  latency: emptyHistogram,
  wasOnline: false,
  reconnects: 0,
  fallbacks: 0,
  rejections: 0,
  timeouts: 0,
};

type EventType = AgentEvent['type'];
type EventOfType = { [T in EventType]: Extract<TimedAgentEvent, { type: T }> };
type Fold<T extends EventType> = (state: LiveState, event: EventOfType[T]) => LiveState;

const folds: { [T in EventType]?: Fold<T> } = {
  'lobby.connecting': (state) => withLobby(state, 'connecting'),
  'lobby.listening': (state) => ({
    ...withLobby(state, 'online'),
    wasOnline: true,
    reconnects: state.reconnects + (state.wasOnline ? 1 : 0),
  }),
  'lobby.lost': (state) => withLobby(state, 'offline'),
  'lobby.retrying': (state, { at, delayMs }) => withLobby(state, 'offline', at + delayMs),
  'lobby.draining': (state, { reason }) => ({
    ...state,
    lobby: { phase: 'ending', until: null },
    endReason: reason,
  }),
  'lobby.ended': (state, { completed, abandoned }) => ({
    ...state,
    lobby: { phase: 'over', until: null },
    completed,
    abandoned,
  }),
  'match.announced': takeSeat,
  'match.connecting': (state, { matchId }) =>
    withMatch(state, matchId, () => ({ phase: 'dialing', until: null })),
  'match.connected': (state, { matchId, resumed }) => ({
    ...withMatch(state, matchId, () => ({ phase: 'watching', until: null })),
    reconnects: state.reconnects + (resumed ? 1 : 0),
  }),
  'match.started': (state, { matchId, opponents }) => withMatch(state, matchId, () => ({ opponents })),
  'match.lost': (state, { matchId }) => withMatch(state, matchId, () => ({ phase: 'offline', until: null })),
  'match.retrying': (state, { matchId, at, delayMs }) =>
    withMatch(state, matchId, () => ({ phase: 'offline', until: at + delayMs })),
  'match.ended': endMatch,
  'hand.started': (state, { matchId, hand }) => withMatch(state, matchId, () => ({ hand })),
  'hand.ended': (state, { matchId, seat, stacks }) => {
    const own = seat === null ? undefined : stacks[seat];
    if (own === undefined) return state;
    const total = stacks.reduce((sum, stack) => sum + stack, 0);
    // All seats begin with the same stack.
    return withMatch(state, matchId, () => ({
      chips: { own, total },
      net: Math.round(own - total / stacks.length),
    }));
  },
  'turn.requested': (state, { matchId, at, clockMs }) =>
    withMatch(state, matchId, () => ({ phase: 'thinking', until: at + clockMs, clockMs })),
  'turn.repeated': (state, { matchId, at, answered }) =>
    answered
      ? state
      : withMatch(state, matchId, ({ clockMs }) => ({ phase: 'thinking', until: at + clockMs })),
  'turn.answered': (state, { matchId, source, latencyMs }) => ({
    ...withMatch(state, matchId, () => ({ phase: 'watching', until: null, latencyMs })),
    latency: addLatency(state.latency, latencyMs),
    fallbacks: state.fallbacks + (source === 'bot' ? 0 : 1),
  }),
  'turn.rejected': (state) => ({ ...state, rejections: state.rejections + 1 }),
  'turn.timed_out': (state, { matchId }) => ({
    ...withMatch(state, matchId, () => ({ phase: 'watching', until: null })),
    timeouts: state.timeouts + 1,
  }),
};

/** The state after an event; the same object for an event that the table does not show. */
export function foldEvent(state: LiveState, event: TimedAgentEvent): LiveState {
  return fold(state, event.type, event);
}

function fold<T extends EventType>(state: LiveState, type: T, event: EventOfType[T]): LiveState {
  return folds[type]?.(state, event) ?? state;
}

/** Whether there is a clock whose seconds run down. */
export function isCounting({ lobby, matches }: LiveState, now: number): boolean {
  return [lobby, ...matches].some(({ until }) => until !== null && until > now);
}

function withLobby(state: LiveState, phase: LobbyPhase, until: number | null = null): LiveState {
  // A session that is ending looks for no lobby any more, whatever becomes of its connection.
  if (state.lobby.phase === 'ending') return state;
  return { ...state, lobby: { phase, until } };
}

function withMatch(
  state: LiveState,
  matchId: string,
  change: (match: LiveMatch) => Partial<LiveMatch>,
): LiveState {
  const index = state.matches.findIndex((match) => match.matchId === matchId && match.phase !== 'ended');
  const match = state.matches[index];
  if (match === undefined) return state;
  return { ...state, matches: state.matches.with(index, { ...match, ...change(match) }) };
}

function takeSeat(state: LiveState, { matchId }: EventOfType['match.announced']): LiveState {
  const match: LiveMatch = {
    matchId,
    phase: 'dialing',
    until: null,
    clockMs: 0,
    opponents: [],
    hand: null,
    chips: null,
    net: null,
    latencyMs: null,
    end: null,
  };
  const { matches } = state;
  const same = matches.findIndex((one) => one.matchId === matchId);
  const place = same >= 0 ? same : matches.findIndex(({ phase }) => phase === 'ended');
  return {
    ...state,
    matches: place >= 0 ? matches.with(place, match) : [...matches, match],
    // An abandoned match that is played again gets one result, not two.
    abandoned: state.abandoned - (matches[same]?.end === givenUp ? 1 : 0),
  };
}

function endMatch(state: LiveState, { result }: EventOfType['match.ended']): LiveState {
  const { matchId, outcome, netChips } = result;
  const isCompleted = outcome === 'completed';
  const end = isCompleted ? describeEnd(result.end) : givenUp;
  return {
    ...withMatch(state, matchId, ({ net }) => ({ phase: 'ended', until: null, net: netChips ?? net, end })),
    completed: state.completed + (isCompleted ? 1 : 0),
    abandoned: state.abandoned + (isCompleted ? 0 : 1),
    net: state.net + (netChips ?? 0),
  };
}
