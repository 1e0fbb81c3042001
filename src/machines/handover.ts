/**
 * The handover statechart: a session that is asked for its lobby by a newer one of the same bot leaves it, and takes it back
 * when the newer one does not last. Beside the lobby's chart, and as pure: `session` does what it is commanded.
 */
import { type CallbackActorLogic, fromCallback, setup } from 'xstate';
import type { AgentEvent } from '../protocol/events.js';
import { assertEvent } from './assert-event.js';
import { missingPorts } from './ports.js';

export const handoverDefaults = {
  /** A newer session that lasted this long keeps the lobby. */
  trustMs: 60_000,
};

/** What the chart commands the session that it belongs to. */
export type HandoverCommand =
  /** Out of the lobby; live matches go on. */
  | { type: 'lobby.give'; pid: number }
  /** Into the lobby again. */
  | { type: 'lobby.takeBack' }
  /** End when no match is live any more. */
  | { type: 'session.finish' };

export type HandoverPort = CallbackActorLogic<HandoverCommand, undefined>;

export type HandoverEvent =
  /** A newer session wants the lobby. `caller` tells connections apart, `pid` is its process. */
  | { type: 'successor.asked'; caller: number; pid: number }
  /** Its connection is over: it has ended, however it did. `isEvicted`: a third session has the lobby. */
  | { type: 'successor.gone'; caller: number; isEvicted: boolean }
  /** This session ends for a reason of its own. */
  | { type: 'session.ending' };

export interface HandoverContext {
  /**
   * The newer sessions that run, the newest last: that one has the lobby, and each of them takes it back from the next. Empty while
   * this session has it.
   */
  readonly successors: readonly { readonly caller: number; readonly pid: number }[];
}

interface HandoverMoment {
  context: HandoverContext;
  event: HandoverEvent;
}

const base = setup({
  types: { context: {} as HandoverContext, events: {} as HandoverEvent },
  actors: {
    session: fromCallback<HandoverCommand, undefined>(() => {
      throw new Error('`session` actor must be provided: machine.provide({ actors: { session: ... } }).');
    }) as HandoverPort,
    reporter: missingPorts.reporter,
  },
});

const command = (made: (moment: HandoverMoment) => HandoverCommand) => base.sendTo('session', made);
const report = (event: (moment: HandoverMoment) => AgentEvent) => base.sendTo('reporter', event);

const pidOf = ({ successors }: HandoverContext): number => successors.at(-1)?.pid ?? 0;

const isFrom = ({ context, event }: HandoverMoment): boolean =>
  event.type === 'successor.gone' && context.successors.some(({ caller }) => caller === event.caller);

const handoverSetup = base.extend({
  delays: { trustTime: handoverDefaults.trustMs },
  guards: {
    isSuccessor: isFrom,
    isLastSuccessor: (moment: HandoverMoment) => isFrom(moment) && moment.context.successors.length === 1,
    isEvictedSuccessor: (moment: HandoverMoment) =>
      isFrom(moment) && moment.event.type === 'successor.gone' && moment.event.isEvicted,
  },
  actions: {
    recordSuccessor: base.assign(({ context, event }) => {
      assertEvent(event, 'successor.asked');
      const { caller, pid } = event;
      return { successors: [...context.successors, { caller, pid }] };
    }),
    forgetSuccessor: base.assign(({ context, event }) => {
      assertEvent(event, 'successor.gone');
      return { successors: context.successors.filter(({ caller }) => caller !== event.caller) };
    }),
    giveLobby: command(({ context }) => ({ type: 'lobby.give', pid: pidOf(context) })),
    takeLobbyBack: command(() => ({ type: 'lobby.takeBack' })),
    finishSession: command(() => ({ type: 'session.finish' })),
    reportGiven: report(({ context }) => ({ type: 'handover.given', pid: pidOf(context) })),
    reportReturned: report(({ context }) => ({ type: 'handover.returned', pid: pidOf(context) })),
    reportSettled: report(({ context }) => ({ type: 'handover.settled', pid: pidOf(context) })),
  },
});

/**
 * The handover chart; it has no input and no end: it is stopped with its session. Provide the actors `session` and `reporter`
 * before it is started.
 *
 * @throws {Error} naming the port, from the actor of one that was not provided.
 */
export const handoverMachine = handoverSetup.createMachine({
  id: 'handover',
  context: { successors: [] },
  invoke: [
    { src: 'session', id: 'session' },
    { src: 'reporter', id: 'reporter' },
  ],
  initial: 'serving',
  on: {
    'session.ending': '.finishing',
  },
  states: {
    serving: {
      description: 'This session has the lobby, or is on the way there.',
      on: { 'successor.asked': { target: 'trusting', actions: 'recordSuccessor' } },
    },

    trusting: {
      description: 'A newer session has the lobby; it is taken back if no newer one is left soon.',
      entry: ['giveLobby', 'reportGiven'],
      on: {
        // A still newer one, or the same bot started again: it is given the time anew.
        'successor.asked': { target: 'trusting', reenter: true, actions: 'recordSuccessor' },
        'successor.gone': [
          // A third session has the lobby: taking it back would evict that.
          { guard: 'isEvictedSuccessor', target: 'settled' },
          {
            guard: 'isLastSuccessor',
            target: 'serving',
            actions: ['takeLobbyBack', 'reportReturned', 'forgetSuccessor'],
          },
          // The one between takes it back: two that did would evict each other.
          { guard: 'isSuccessor', actions: 'forgetSuccessor' },
        ],
      },
      after: { trustTime: 'settled' },
    },

    settled: {
      description: 'The newer session keeps the lobby.',
      entry: ['finishSession', 'reportSettled'],
      always: 'finishing',
    },

    finishing: {
      description: 'What is live is played to its end; then the session is over.',
    },
  },
});
