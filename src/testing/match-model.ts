import type { AnyStateMachine, EventFromLogic } from 'xstate';
import { safeAnswer } from '../machines/match.answers.js';
import { type AnyMatch, type MatchContext, type MatchInput, matchMachine } from '../machines/match.js';
import { RetryPolicy } from '../machines/retry.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { matchCases, matchFacts } from './match-cases.js';
import { defineModel, type Model, type ModelCase, type ModelWorld } from './model.js';

/** Two reconnects: enough to lose the connection while coming back, and to give up. */
const retryPolicy = new RetryPolicy({
  maxReconnectAttempts: 2,
  initialBackoffMs: 1_000,
  maxBackoffMs: 8_000,
});

const inputOf = ({ now, random }: ModelWorld): MatchInput => ({
  matchId: matchFacts.matchId,
  participantId: matchFacts.participantId,
  gatewayUrl: matchFacts.gatewayUrl,
  rated: false,
  clientName: 'model',
  clientVersion: '1',
  retryPolicy,
  now,
  random,
});

/** Inputs under which every transition can be taken. */
export const matchVariants = {
  usual: inputOf,
  'no reconnects': (world: ModelWorld): MatchInput => ({
    ...inputOf(world),
    retryPolicy: new RetryPolicy({ maxReconnectAttempts: 0 }),
  }),
  'no safe mode': (world: ModelWorld): MatchInput => ({ ...inputOf(world), safeMode: false }),
  'under way already': (world: ModelWorld): MatchInput => ({ ...inputOf(world), resume: true }),
  'other games': (world: ModelWorld): MatchInput => ({ ...inputOf(world), supportedGames: ['auction'] }),
};

/** Two states of a match are alike when these are equal. */
function facetsOf(context: MatchContext): unknown {
  // What follows an end changes nothing any more.
  if (context.end !== null || context.abandonReason !== null) return null;
  const { attempt, link, tally, turn, answer, repeatedRequestId } = context;
  return [
    link.reconnects,
    attempt > 0 || link.barren > 0,
    Math.min(tally.connections, 2),
    tally.handTimeouts > 0,
    tally.connections === 0 && tally.unexpected.length > 0,
    turn && [
      turn.frame.request_id === answer?.requestId,
      turn.connection < tally.connections,
      turn.isLeft,
      turn.askedAgain > 0,
      safeAnswer(context, 'overdue') !== null,
    ],
    link.isPoker,
    answer && [answer.sent, answer.source === 'bot', answer.rejections > 0],
    repeatedRequestId !== null,
  ];
}

/** Options of `matchModel`. */
export interface MatchModelOptions<Machine extends AnyMatch = typeof matchMachine> {
  /**
   * A match machine with parts of its own, or with more states and events (`extendMatch`); its ports need not be
   * provided. Default: `matchMachine`.
   */
  machine?: Machine;
  /** Default: `matchCases`. */
  cases?: readonly ModelCase<EventFromLogic<Machine>>[];
}

/** The match statechart as a model, with every event and payload that it tells apart. */
export function matchModel<Machine extends AnyMatch = typeof matchMachine>(
  options: MatchModelOptions<Machine> = {},
): Model<Machine> {
  refuseUnknown(options, { machine: true, cases: true }, 'matchModel');
  const { machine = matchMachine, cases = matchCases } = options;
  return defineModel<AnyStateMachine>({
    machine,
    variants: matchVariants,
    depths: { 'no safe mode': 5, 'under way already': 5, 'other games': 10 },
    cases,
    facets: ({ context }) => facetsOf(context),
  }) as unknown as Model<Machine>;
}
