import type { AnyStateMachine, EventFromLogic } from 'xstate';
import { hasId } from '../machines/id-set.js';
import { type AnyLobby, type LobbyContext, type LobbyInput, lobbyMachine } from '../machines/lobby.js';
import { RetryPolicy } from '../machines/retry.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { lobbyCases, lobbyFacts } from './lobby-cases.js';
import { defineModel, type Model, type ModelCase, type ModelWorld } from './model.js';

const inputOf = ({ now, random }: ModelWorld): LobbyInput => ({
  lobbyUrl: lobbyFacts.lobbyUrl,
  retryPolicy: new RetryPolicy({ maxReconnectAttempts: 1, initialBackoffMs: 1_000, maxBackoffMs: 8_000 }),
  clientName: 'model',
  clientVersion: '1',
  now,
  random,
});

/** Inputs under which every transition can be taken. */
export const lobbyVariants = {
  usual: inputOf,
  'no reconnects': (world: ModelWorld): LobbyInput => ({
    ...inputOf(world),
    retryPolicy: new RetryPolicy({ maxReconnectAttempts: 0 }),
  }),
  'reconnects for ever': (world: ModelWorld): LobbyInput => ({
    ...inputOf(world),
    retryPolicy: new RetryPolicy({ initialBackoffMs: 1_000, maxBackoffMs: 8_000 }),
  }),
  'no patience': (world: ModelWorld): LobbyInput => ({ ...inputOf(world), lobbyRefusedMs: 0 }),
  'away at first': (world: ModelWorld): LobbyInput => ({ ...inputOf(world), awayWhy: 'not yet' }),
  'one match only': (world: ModelWorld): LobbyInput => ({ ...inputOf(world), maxMatches: 1 }),
  'one match at a time': (world: ModelWorld): LobbyInput => ({ ...inputOf(world), maxLiveMatches: 1 }),
};

/** Two states of a session are alike when these are equal. */
function facetsOf(context: LobbyContext): unknown {
  const {
    attempt,
    reached,
    live,
    completedIds,
    abandonedIds,
    elsewhere,
    maxMatches,
    completed,
    abandoned,
    endReason,
    unexpected,
  } = context;
  return [
    Math.min(attempt, 1),
    reached,
    Object.keys(live),
    hasId(completedIds, 'a'),
    hasId(abandonedIds, 'a'),
    Object.hasOwn(elsewhere, 'a') && (elsewhere.a === null ? 'known' : 'announced'),
    maxMatches !== null && completed + abandoned,
    endReason,
    // Counted only before anything else has happened: everywhere else it would double the states.
    reached && attempt + completed + abandoned + Object.keys(live).length === 0 && unexpected.length > 0,
  ];
}

/** Options of `lobbyModel`. */
export interface LobbyModelOptions<Machine extends AnyLobby = typeof lobbyMachine> {
  /**
   * A lobby machine with parts of its own, or with more states and events (`extendLobby`); its ports need not be
   * provided. Default: `lobbyMachine`.
   */
  machine?: Machine;
  /** Default: `lobbyCases`. */
  cases?: readonly ModelCase<EventFromLogic<Machine>>[];
}

/** The lobby statechart as a model, with every event and payload that it tells apart. */
export function lobbyModel<Machine extends AnyLobby = typeof lobbyMachine>(
  options: LobbyModelOptions<Machine> = {},
): Model<Machine> {
  refuseUnknown(options, { machine: true, cases: true }, 'lobbyModel');
  const { machine = lobbyMachine, cases = lobbyCases } = options;
  return defineModel<AnyStateMachine>({
    machine,
    variants: lobbyVariants,
    // From the lobby on it is the usual session.
    depths: { 'away at first': 2 },
    cases,
    facets: ({ context }) => facetsOf(context),
  }) as unknown as Model<Machine>;
}
