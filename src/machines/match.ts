/**
 * The match statechart: one seat at one table, from the first dial to a result, through every drop in between.
 *
 * It knows the frames of Layer 1 and no game: the bot port knows what an answer means, and `valid_actions` says which one
 * is legal. docs/protocol.md 3-5 are the rules. Guards, actions and delays are in `match.connection.ts`, `match.turns.ts`,
 * `match.answers.ts`, `match.refusals.ts`, `match.table.ts`, `match.bot.ts` and `match.ending.ts`, the data in
 * `match.context.ts`.
 */
import type { ActorRefFrom, AnyStateMachine, SnapshotFrom } from 'xstate';
import type { LeafState, Transition } from './chart-parts.js';
import { matchAnswers } from './match.answers.js';
import { matchBot } from './match.bot.js';
import { matchConnection } from './match.connection.js';
import { type MatchContext, type MatchInput, newMatch } from './match.context.js';
import { matchEnding } from './match.ending.js';
import { matchSummary } from './match.output.js';
import { matchRefusals } from './match.refusals.js';
import { matchBase } from './match.setup.js';
import { matchTable } from './match.table.js';
import { matchTurns } from './match.turns.js';

export type { MatchContext, MatchEvent, MatchInput, MatchOutput } from './match.context.js';
export { matchDefaults } from './match.context.js';

/** The types, guards, actions and delays of the match chart, without its states: for charts that `extendMatch` makes. */
export const matchSetup = matchBase.extend({
  delays: { ...matchConnection.delays, ...matchEnding.delays },
  guards: {
    ...matchConnection.guards,
    ...matchTurns.guards,
    ...matchAnswers.guards,
    ...matchRefusals.guards,
    ...matchTable.guards,
    ...matchEnding.guards,
  },
  actions: {
    ...matchConnection.actions,
    ...matchTurns.actions,
    ...matchAnswers.actions,
    ...matchRefusals.actions,
    ...matchBot.actions,
    ...matchTable.actions,
    ...matchEnding.actions,
  },
});

// A loss ends the match when the close table, the retry policy or the time says so.
const lostForGood: Transition<typeof matchSetup> = {
  guard: 'cannotReconnect',
  target: '#match.abandoned',
  actions: ['reportLoss', 'recordGivingUp'],
};
const lost: Transition<typeof matchSetup> = {
  target: '#match.resuming',
  actions: ['reportLoss', 'recordLoss'],
};

const tooSlowForGood: Transition<typeof matchSetup> = {
  guard: 'cannotReconnect',
  target: '#match.abandoned',
  actions: ['hangUp', 'reportLoss', 'recordGivingUp'],
};
const tooSlow: Transition<typeof matchSetup> = {
  target: '#match.resuming',
  actions: ['hangUp', 'reportLoss', 'recordLoss'],
};

const dialing: LeafState<typeof matchSetup> = {
  description: 'A socket to the gateway is being opened.',
  tags: 'dialing',
  entry: ['recordDial', 'reportConnecting', 'dial'],
  on: { 'socket.opened': 'handshaking', 'socket.closed': [lostForGood, lost] },
  after: { dialTimeout: [tooSlowForGood, tooSlow] },
};

const handshaking: LeafState<typeof matchSetup> = {
  description: 'The socket is open, and the gateway has not greeted us yet.',
  tags: 'connected',
  entry: 'authenticate',
  on: {
    'frame.hello': [
      { guard: 'sharesNoVersion', target: '#match.abandoned', actions: 'recordNoVersion' },
      {
        guard: 'isComingBack',
        target: '#match.playing',
        actions: ['recordConnection', 'sayHello', 'showBot', 'tellBotItIsBack', 'reportConnected'],
      },
      { target: '#match.playing', actions: ['recordConnection', 'sayHello', 'showBot', 'reportConnected'] },
    ],
    'socket.closed': [lostForGood, lost],
  },
  after: { handshakeTimeout: [tooSlowForGood, tooSlow] },
};

/**
 * The match chart. Its input is a `MatchInput`, its output a `MatchOutput`. Provide the actors `matchSocket`, `bot` and
 * `reporter` before it is started: `matchMachine.provide({ actors })`.
 *
 * @throws {Error} naming the port, from the actor of one that was not provided.
 */
export const matchMachine = matchSetup.createMachine({
  id: 'match',
  context: ({ input }) => newMatch(input),
  invoke: [
    { src: 'reporter', id: 'reporter' },
    {
      src: 'bot',
      id: 'bot',
      input: ({ context }) => ({ matchId: context.matchId }),
      onError: { target: '.abandoned', actions: 'recordBrokenPort' },
    },
    {
      src: 'matchSocket',
      id: 'socket',
      input: ({ context }) => ({ matchId: context.matchId }),
      onError: { target: '.abandoned', actions: 'recordBrokenPort' },
    },
  ],
  initial: 'connecting',
  output: ({ context }) => matchSummary(context),
  on: {
    'match.cut': { target: '.abandoned', actions: 'recordCut' },
    'match.announced': { actions: 'recordNewUrl' },
    'frame.match_end': {
      target: '.playing.settling',
      actions: ['stopBotThinking', 'recordEnd', 'finishBot'],
    },
    'frame.error': { actions: ['recordError', 'reportError'] },
    'frame.ping': { actions: 'answerPing' },
    'frame.ignored': { actions: ['countIgnored', 'reportIgnored'] },
    'frame.*': { guard: 'isNewKind', actions: ['recordUnexpected', 'reportUnexpected'] },
    'socket.refused': { actions: 'reportRefusal' },
    // A bot goes on thinking while the socket is down; its answer waits for the turn to be repeated.
    'bot.decided': [
      { guard: 'isCorrectedAnswer', actions: ['recordDecision', 'holdAnswerBack', 'reportCorrection'] },
      { guard: 'isOpenTurn', actions: ['recordDecision', 'holdAnswerBack'] },
      { actions: 'reportLate' },
    ],
    'bot.overdue': [
      {
        guard: 'hasSubstitute',
        actions: ['recordOverdue', 'holdAnswerBack', 'stopBotThinking', 'reportOverdue'],
      },
      { guard: 'isOpenTurn', actions: ['leaveTurn', 'stopBotThinking', 'reportOverdue'] },
    ],
    'bot.late': { actions: 'reportLate' },
    'bot.slow': { actions: 'reportSlowHook' },
    'bot.unread': { actions: 'reportUnreadCard' },
    'bot.restarted': { actions: 'reportRestart' },
    'bot.failed': [
      { guard: 'endsTheSession', target: '.abandoned', actions: ['reportBotFailure', 'recordBotFault'] },
      { guard: 'hasSubstitute', actions: ['reportBotFailure', 'recordSubstitute', 'holdAnswerBack'] },
      { guard: 'isOpenTurn', actions: ['reportBotFailure', 'leaveTurn'] },
      { actions: 'reportBotFailure' },
    ],
  },
  states: {
    connecting: {
      description: 'The table is dialed for the first time.',
      initial: 'preparing',
      states: {
        preparing: {
          description: 'The bot is being made: the clock of its first turn must not run meanwhile.',
          on: { 'bot.ready': 'dialing' },
          after: { botTimeout: 'dialing' },
        },
        dialing,
        handshaking,
      },
    },

    playing: {
      description: 'We are at the table: the gateway has greeted us, and the match goes on.',
      tags: 'connected',
      initial: 'watching',
      on: {
        'socket.closed': [lostForGood, lost],
        'frame.match_start': { actions: ['recordMatchStart', 'showBot', 'reportStarted'] },
        'frame.round_start': [
          {
            guard: 'provesOurTurnOver',
            target: '.watching',
            actions: [
              'freeBot',
              'recordTimeout',
              'reportTimeout',
              'recordHandStart',
              'showBot',
              'reportHandStart',
            ],
          },
          { guard: 'isProgress', actions: ['recordHandStart', 'showBot', 'reportHandStart'] },
          { actions: ['showBot', 'reportHandStart'] },
        ],
        'frame.phase_change': [
          {
            guard: 'provesOurTurnOver',
            target: '.watching',
            actions: ['freeBot', 'recordTimeout', 'reportTimeout', 'recordProgress', 'showBot'],
          },
          { guard: 'isProgress', actions: ['recordProgress', 'showBot'] },
          { actions: 'showBot' },
        ],
        // Once the server has closed a turn, whatever we send would be read as the answer to another one.
        'frame.turn_result': [
          { guard: 'closesAnsweredTurn', actions: ['closeTurn', 'showBot'] },
          {
            guard: 'serverPlayedForUs',
            target: '.watching',
            actions: ['freeBot', 'closeTurn', 'recordTimeout', 'showBot', 'reportTimeout'],
          },
          { guard: 'closesOurTurn', target: '.watching', actions: ['freeBot', 'closeTurn', 'showBot'] },
          {
            guard: 'provesOurTurnOver',
            target: '.watching',
            actions: ['freeBot', 'recordTimeout', 'reportTimeout', 'recordProgress', 'showBot'],
          },
          { guard: 'isProgress', actions: ['recordProgress', 'showBot'] },
          { actions: 'showBot' },
        ],
        // The result of the turn follows, and is counted then.
        'frame.action_timeout': [
          { guard: 'timesOutAnotherTurn', actions: 'reportTimeout' },
          { target: '.watching', actions: ['freeBot', 'forgetTurn', 'reportTimeout'] },
        ],
        'frame.reconnected': [
          {
            guard: 'provesOurTurnOver',
            target: '.watching',
            actions: ['freeBot', 'recordTimeout', 'reportTimeout'],
          },
          {},
        ],
        'frame.round_result': [
          {
            guard: 'provesOurTurnOver',
            target: '.watching',
            actions: [
              'freeBot',
              'recordTimeout',
              'reportTimeout',
              'reportUnseenTimeouts',
              'recordHandEnd',
              'showBot',
              'reportHandEnd',
            ],
          },
          {
            guard: 'tellsOfTimeouts',
            actions: ['reportUnseenTimeouts', 'recordHandEnd', 'showBot', 'reportHandEnd'],
          },
          { actions: ['recordHandEnd', 'showBot', 'reportHandEnd'] },
        ],
        'frame.turn_request': [
          { guard: 'isPastTurn', actions: 'reportRepeat' },
          { guard: 'isLeftTurn', actions: 'reportRepeat' },
          { guard: 'needsNoMoreAnswer', actions: 'reportRepeat' },
          {
            guard: 'hasHeldBackAnswer',
            actions: ['recordRepeat', 'sendAnswer', 'reportRepeat', 'reportAnswer'],
          },
          { guard: 'isAnsweredTurn', actions: ['recordRepeat', 'sendAnswer', 'reportRepeat'] },
          { guard: 'isOpenTurn', target: '.deciding', actions: ['reportRepeat', 'recordTurn', 'askBot'] },
          {
            guard: 'provesOurTurnOver',
            target: '.deciding',
            actions: ['freeBot', 'recordTimeout', 'reportTimeout', 'recordTurn', 'reportTurn', 'askBot'],
          },
          { target: '.deciding', actions: ['recordTurn', 'reportTurn', 'askBot'] },
        ],
        'frame.action_rejected': [
          // The first of two equal answers counts (docs/protocol.md 4): nothing was refused.
          { guard: 'isDuplicate', actions: { type: 'reportRejection', params: { retried: false } } },
          // At other games only the bot knows what would be legal.
          {
            guard: 'canAskAgain',
            target: '.deciding',
            actions: [
              'recordRejection',
              { type: 'reportRejection', params: { retried: true } },
              'reopenTurn',
              'askBotAgain',
            ],
          },
          {
            guard: 'canAnswerAgain',
            actions: [
              'recordRejection',
              { type: 'reportRejection', params: { retried: true } },
              'replaceRejected',
              'sendAnswer',
              'reportAnswer',
            ],
          },
          { actions: ['recordRejection', { type: 'reportRejection', params: { retried: false } }] },
        ],
        'socket.refused': [
          {
            guard: 'refusesOurAnswer',
            actions: ['reportRefusal', 'replaceRefused', 'sendAnswer', 'reportAnswer'],
          },
          { guard: 'refusesOurOnlyAnswer', actions: ['reportRefusal', 'leaveTurn'] },
          { actions: 'reportRefusal' },
        ],
      },
      states: {
        watching: {
          description: 'Nothing is asked of the bot, or it has answered, or the turn is left to the server.',
        },
        deciding: {
          description: 'The bot thinks, and the clock of its turn runs.',
          on: {
            'bot.decided': [
              // A bot that blocks this thread also blocks its own clock.
              {
                guard: 'cameTooLateAndHasSubstitute',
                target: 'watching',
                actions: [
                  'recordOverdue',
                  'sendAnswer',
                  'stopBotThinking',
                  'reportLate',
                  'reportOverdue',
                  'reportAnswer',
                ],
              },
              {
                guard: 'cameTooLate',
                target: 'watching',
                actions: ['leaveTurn', 'stopBotThinking', 'reportLate', 'reportOverdue'],
              },
              {
                guard: 'isCorrectedAnswer',
                target: 'watching',
                actions: ['recordDecision', 'sendAnswer', 'reportCorrection', 'reportAnswer'],
              },
              {
                guard: 'isOpenTurn',
                target: 'watching',
                actions: ['recordDecision', 'sendAnswer', 'reportAnswer'],
              },
              { actions: 'reportLate' },
            ],
            'bot.overdue': [
              {
                guard: 'hasSubstitute',
                target: 'watching',
                actions: ['recordOverdue', 'sendAnswer', 'stopBotThinking', 'reportOverdue', 'reportAnswer'],
              },
              // At other games nothing may be legal without the bot: the server plays when its clock runs out.
              {
                guard: 'isOpenTurn',
                target: 'watching',
                actions: ['leaveTurn', 'stopBotThinking', 'reportOverdue'],
              },
            ],
            'bot.failed': [
              {
                guard: 'endsTheSession',
                target: '#match.abandoned',
                actions: ['reportBotFailure', 'recordBotFault'],
              },
              {
                guard: 'hasSubstitute',
                target: 'watching',
                actions: ['recordSubstitute', 'sendAnswer', 'reportBotFailure', 'reportAnswer'],
              },
              { guard: 'isOpenTurn', target: 'watching', actions: ['leaveTurn', 'reportBotFailure'] },
              { actions: 'reportBotFailure' },
            ],
          },
        },
        settling: {
          description: 'The match is over; the bot is shown its result.',
          on: {
            'bot.finished': '#match.done',
            'bot.failed': [
              {
                guard: 'endsTheSession',
                target: '#match.done',
                actions: ['reportBotFailure', 'recordBotFault'],
              },
              { actions: 'reportBotFailure' },
            ],
            // Nothing changes the result any more: no cut, no close, no frame, no decision.
            'match.*': {},
            'socket.*': {},
            'frame.*': {},
            'bot.*': {},
            'xstate.error.actor.bot': { target: '#match.done', actions: 'reportBrokenPort' },
            'xstate.error.actor.socket': { actions: 'reportBrokenPort' },
          },
          after: { settleTimeout: { target: '#match.done', actions: 'reportSlowEnd' } },
        },
      },
    },

    resuming: {
      description: 'The connection was lost: the seat is dialed for as long as it may be held.',
      initial: 'waiting',
      states: {
        waiting: {
          description: 'The next dial is due in a moment.',
          entry: 'reportRetry',
          on: { 'match.announced': { target: 'dialing', actions: 'recordNewUrl' } },
          after: { reconnectDelay: 'dialing' },
        },
        dialing,
        handshaking,
      },
    },

    done: { type: 'final', description: 'The match has its result.' },
    abandoned: { type: 'final', description: 'The match was given up, and the result says why.' },
  },
});

/** A match that is started, or can be: a child of the lobby, or one of its own. */
export type MatchActor = ActorRefFrom<typeof matchMachine>;
/** What `MatchActor.getSnapshot()` returns. */
export type MatchSnapshot = SnapshotFrom<typeof matchMachine>;

/** `matchMachine`, or a machine that was made of it: with parts of its own, or with more states and events. */
export type AnyMatch = AnyStateMachine & {
  getInitialSnapshot: (scope: never, input: MatchInput) => { context: MatchContext };
};
