/** What can happen to a match, each event with the payloads that the chart tells apart. */
import type { MatchContext, MatchEvent } from '../machines/match.js';
import type { ActionRejected, MatchServerFrame, TurnRequest, TurnResult } from '../protocol/frames.js';
import type { ModelCase } from './model.js';

/** Ids and numbers of the cases. */
export const matchFacts = {
  matchId: 'm1',
  participantId: 'p1',
  gatewayUrl: 'ws://127.0.0.1:9/ws/external/match/m1/p1',
  otherGatewayUrl: 'ws://127.0.0.1:9/ws/external/match/m1/again',
  seat: 0,
  /** The clock of a turn, in milliseconds. */
  turnMs: 2_000,
  /** A `seq` that no frame before it had. */
  newSeq: 50,
} as const;

const { seat, turnMs, newSeq } = matchFacts;

type Case = ModelCase<MatchEvent>;

const frame = (name: string, content: MatchServerFrame): Case => ({
  name,
  event: {
    type: `frame.${content.type}`,
    frame: { match_id: matchFacts.matchId, ...content },
  } as MatchEvent,
});

const turn = (name: string, requestId: string, more: Partial<TurnRequest> = {}): Case =>
  frame(name, {
    type: 'turn_request',
    seat,
    request_id: requestId,
    timeout_ms: turnMs,
    valid_actions: ['fold', 'call', 'raise'],
    state: { to_call: 10, min_raise: 20, max_raise: 100 },
    ...more,
  });

const result = (name: string, more: Partial<TurnResult>): Case =>
  frame(name, { type: 'turn_result', seat: 1, details: { action: 'call' }, ...more });

const rejected = (name: string, more: Partial<ActionRejected>): Case =>
  frame(name, {
    type: 'action_rejected',
    request_id: 'r1',
    reason: 'illegal',
    valid_actions: ['fold', 'call'],
    ...more,
  });

const failure = new Error('the bot failed');

/** What comes only at a table of another game, which the bot has to play. */
const elsewhere = (one: Case): Case => ({
  ...one,
  when: ({ context }) => !(context as MatchContext).link.isPoker,
});

const playsOtherGames: Case['when'] = ({ context }) =>
  (context as MatchContext).fixed.supportedGames !== null;

/** A game in which nobody can check or fold: nothing is safe there. */
const otherGameCases: Case[] = [
  {
    ...frame('hello of another game', {
      type: 'hello',
      selected_version: '1.0',
      supported_versions: ['1.0'],
      game: { game_type: 'auction', variant: 'model' },
    }),
    when: playsOtherGames,
  },
  elsewhere(turn('turn r1 of another game', 'r1', { seq: 10, valid_actions: ['bid', 'call'], state: {} })),
  elsewhere(rejected('r1 rejected at another game', { valid_actions: ['bid', 'call'] })),
];

/** The connection and what ends it. */
const connectionCases: Case[] = [
  { name: 'opened', event: { type: 'socket.opened' } },
  frame('hello', { type: 'hello', selected_version: '1.0', supported_versions: ['1.0'] }),
  frame('hello of another version', { type: 'hello', selected_version: '2.0', supported_versions: ['2.0'] }),
  { name: 'connection lost', event: { type: 'socket.closed', code: 1006, reason: '' } },
  {
    name: 'seat refused',
    event: { type: 'socket.closed', code: 4001, reason: 'refused' },
    // Before there is a connection, only HTTP can say no.
    when: (snapshot) => !snapshot.hasTag('dialing'),
  },
  { name: 'frame too large', event: { type: 'socket.closed', code: 4008, reason: 'message_too_large' } },
  {
    name: 'announced again',
    event: { type: 'match.announced', gatewayUrl: matchFacts.otherGatewayUrl },
  },
  { name: 'cut', event: { type: 'match.cut' } },
  frame('ping', { type: 'ping' }),
  frame('error', { type: 'error', code: 'rate_limited', message: 'slow down' }),
  { name: 'garbage', event: { type: 'frame.ignored', why: 'not_json', frameType: null } },
  { name: 'pong not sent', event: { type: 'socket.refused', why: 'not_open', frameType: 'pong' } },
  {
    name: 'answer too large',
    event: { type: 'socket.refused', why: 'too_large', frameType: 'turn_action', requestId: 'r1' },
  },
];

const playCases: Case[] = [
  frame('match_start', {
    type: 'match_start',
    seats: [
      { seat, display_name: 'me', is_self: true },
      { seat: 1, display_name: 'them' },
    ],
    your_seat: seat,
    turn_timeout_ms: 5_000,
  }),
  frame('round_start', { type: 'round_start', round_number: 1, state: {} }),
  frame('round_start, new', { type: 'round_start', round_number: 2, state: {}, seq: newSeq }),
  frame('phase_change', { type: 'phase_change', state: { phase: 'flop' } }),
  frame('phase_change, new', { type: 'phase_change', state: { phase: 'turn' }, seq: newSeq }),
  frame('round_result', { type: 'round_result', round_number: 1, result: { pot: 20 } }),
  frame('round_result, new', { type: 'round_result', round_number: 2, result: {}, seq: newSeq }),
  frame('round_result with a turn that was played for us', {
    type: 'round_result',
    round_number: 2,
    result: { action_history: [{ seat, action: 'fold', is_timeout: true }] },
  }),
  frame('match_end', {
    type: 'match_end',
    reason: 'complete',
    results: [{ seat, net_chips: 5 }],
  }),
];

const turnCases: Case[] = [
  turn('turn r1', 'r1', { seq: 10 }),
  turn('turn r2', 'r2', { seq: 11, valid_actions: ['check', 'call'] }),
  result('their result', {}),
  result('their result, new', { seq: newSeq }),
  result('our result', { seat }),
  result('our result, new', { seat, seq: newSeq }),
  result('the server played for us', { seat, details: { action: 'fold', is_timeout: true } }),
  frame('action_timeout', { type: 'action_timeout' }),
  frame('action_timeout of r0', { type: 'action_timeout', request_id: 'r0' }),
  frame('reconnected without a turn', { type: 'reconnected', pending_request: null }),
  rejected('r1 rejected', {}),
  rejected('r1 rejected, no time left', { remaining_ms: 0 }),
  rejected('r1 rejected as a duplicate', { reason: 'duplicate_action' }),
  rejected('r0 rejected', { request_id: 'r0' }),
];

const decided = (name: string, requestId: string, more: Partial<Case> = {}): Case => ({
  name,
  event: { type: 'bot.decided', requestId, answer: { action: 'call' }, latencyMs: 0 },
  ...more,
});

const botCases: Case[] = [
  decided('r1 decided', 'r1'),
  decided('r2 decided', 'r2'),
  {
    name: 'r1 decided, corrected',
    event: {
      type: 'bot.decided',
      requestId: 'r1',
      answer: { action: 'fold' },
      latencyMs: 0,
      correction: { why: 'not offered', asked: { action: 'check' } },
    },
  },
  decided('r0 decided', 'r0'),
  { name: 'r1 overdue', event: { type: 'bot.overdue', requestId: 'r1' } },
  {
    name: 'r1 overdue, with a proposal',
    event: { type: 'bot.overdue', requestId: 'r1', proposal: { action: 'call' } },
  },
  { name: 'r0 overdue', event: { type: 'bot.overdue', requestId: 'r0' } },
  decided('r1 decided after its clock', 'r1', { waitMs: turnMs }),
  { name: 'r1 late', event: { type: 'bot.late', requestId: 'r1', latencyMs: 2_100 } },
  { name: 'bot restarted', event: { type: 'bot.restarted', replayed: 3, restored: false } },
  { name: 'hook slow', event: { type: 'bot.slow', hook: 'onRoundStart', waitedMs: 10_000 } },
  { name: 'card unread', event: { type: 'bot.unread', field: 'board', found: '"Xx"' } },
  {
    name: 'hook failed',
    event: { type: 'bot.failed', hook: 'onRoundStart', message: failure.message, error: failure },
  },
  {
    name: 'r1 failed',
    event: {
      type: 'bot.failed',
      requestId: 'r1',
      hook: 'decide',
      message: failure.message,
      error: failure,
    },
  },
  { name: 'bot ready', event: { type: 'bot.ready' } },
  { name: 'bot finished', event: { type: 'bot.finished' } },
];

const portError = new Error('a defect in a port');
const broken = (port: string): Case => ({
  name: `${port} port broke`,
  event: { type: `xstate.error.actor.${port}`, error: portError, actorId: port } as never,
});

/** Every event of a match with its payloads: of the connection, the table, the turns, the bot, and broken ports. */
export const matchCases: readonly ModelCase<MatchEvent>[] = [
  ...connectionCases,
  ...playCases,
  ...turnCases,
  ...otherGameCases,
  ...botCases,
  broken('socket'),
  broken('bot'),
];
