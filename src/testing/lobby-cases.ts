/** What can happen to a lobby session, each event with the payloads that the chart tells apart. */
import type { LobbyContext, LobbyEvent } from '../machines/lobby.js';
import type { MatchOutput } from '../machines/match.js';
import type { Matched } from '../protocol/frames.js';
import type { MatchResult } from '../protocol/results.js';
import type { ModelCase } from './model.js';

/** Addresses of the cases. */
export const lobbyFacts = {
  lobbyUrl: 'ws://127.0.0.1:9/ws/external/bot/b1',
  /** The grace that a stopped session gives its matches, in milliseconds. */
  graceMs: 3_000,
} as const;

type Case = ModelCase<LobbyEvent>;
type MatchId = 'a' | 'b';

/** Where each match sits: `b` is announced only while `a` is played. */
const slots = { a: 'match.0', b: 'match.1' } as const;

const isLive = (context: LobbyContext, matchId: MatchId): boolean =>
  context.live[slots[matchId]]?.matchId === matchId;

const matched = (name: string, matchId: MatchId, more: Partial<Matched> = {}, when?: Case['when']): Case => ({
  name,
  event: {
    type: 'frame.matched',
    frame: {
      type: 'matched',
      match_id: matchId,
      participant_id: `p-${matchId}`,
      gateway_ws_url: `/ws/external/match/${matchId}/p-${matchId}`,
      rated: false,
      resume: false,
      ...more,
    },
  },
  ...(when && { when }),
});

const resultOf = (matchId: MatchId, more: Partial<MatchResult>): MatchResult => ({
  matchId,
  participantId: `p-${matchId}`,
  rated: false,
  outcome: 'completed',
  abandonReason: null,
  detail: null,
  end: { type: 'match_end', reason: 'complete' },
  seat: 0,
  netChips: 5,
  hands: 1,
  turns: 1,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
  latencyMs: { count: 0, p50: 0, p95: 0, p99: 0, max: 0 },
  startedAt: 0,
  endedAt: 0,
  ...more,
});

const ended = (name: string, matchId: MatchId, output: MatchOutput): Case => ({
  name,
  event: { type: `xstate.done.actor.${slots[matchId]}`, actorId: slots[matchId], output },
  when: ({ context }) => isLive(context, matchId),
});

const completed = (matchId: MatchId): Case =>
  ended(`${matchId} completed`, matchId, { result: resultOf(matchId, {}), fault: null });

const abandoned = (matchId: MatchId): Case =>
  ended(`${matchId} abandoned`, matchId, {
    result: resultOf(matchId, { outcome: 'abandoned', abandonReason: 'refused', detail: 'no', end: null }),
    fault: null,
  });

const botFailed = (matchId: MatchId): Case =>
  ended(`the bot failed in ${matchId}`, matchId, {
    result: resultOf(matchId, { outcome: 'abandoned', abandonReason: 'bot_error', detail: 'no', end: null }),
    fault: { code: 'bot_decision', message: 'The bot failed.', cause: new Error('failed') },
  });

const broke = (matchId: MatchId): Case => ({
  name: `${matchId} broke`,
  event: {
    type: `xstate.error.actor.${slots[matchId]}`,
    actorId: slots[matchId],
    error: new Error('a defect in a match'),
  },
  when: ({ context }) => isLive(context, matchId),
});

const lost = (name: string, code: number, reason = '', more: Partial<Case> = {}): Case => ({
  name,
  event: { type: 'socket.closed', code, reason },
  ...more,
});

const isDialing: NonNullable<Case['when']> = (snapshot) => snapshot.hasTag('dialing');

/** Every event of a session with its payloads: of the connection, the matches, the caller, and a broken port. */
export const lobbyCases: readonly ModelCase<LobbyEvent>[] = [
  { name: 'opened', event: { type: 'socket.opened' } },
  { name: 'hello', event: { type: 'frame.hello', frame: { type: 'hello', endpoint: 'lobby' } } },
  { name: 'ping', event: { type: 'frame.ping', frame: { type: 'ping' } } },
  { name: 'evict', event: { type: 'frame.evict', frame: { type: 'evict', reason: 'replaced' } } },
  lost('connection lost', 1006),
  lost('replaced', 4000, 'Replaced by new connection'),
  lost('token refused', 4001, '', { when: (snapshot) => !isDialing(snapshot) }),
  {
    name: 'refused',
    event: { type: 'socket.closed', code: 1006, reason: '', httpStatus: 403 },
    when: isDialing,
  },
  lost('token revoked', 4002),
  {
    name: 'error',
    event: { type: 'frame.error', frame: { type: 'error', code: 'oops', message: 'why' } },
  },
  { name: 'garbage', event: { type: 'frame.ignored', why: 'not_json', frameType: null } },
  { name: 'pong not sent', event: { type: 'socket.refused', why: 'not_open', frameType: 'pong' } },

  matched('a matched', 'a'),
  matched('b matched', 'b', {}, ({ context }) => isLive(context, 'a')),
  matched('a matched, under way', 'a', { resume: true }),
  matched('a matched elsewhere', 'a', { gateway_ws_url: 'wss://evil.example/x' }),
  completed('a'),
  completed('b'),
  abandoned('a'),
  botFailed('a'),
  botFailed('b'),
  broke('a'),
  broke('b'),

  { name: 'stop', event: { type: 'agent.stop', graceMs: lobbyFacts.graceMs } },
  { name: 'leave', event: { type: 'lobby.leave', message: 'nothing is due' } },
  {
    name: 'leave for another reason',
    event: { type: 'lobby.leave', message: 'the day is used up' },
    when: (snapshot) => snapshot.matches('away'),
  },
  { name: 'enter', event: { type: 'lobby.enter' }, when: (snapshot) => snapshot.matches('away') },
  {
    name: 'handed over',
    event: { type: 'agent.handedOver' },
    when: (snapshot) => snapshot.matches('away') || snapshot.matches('draining'),
  },
  {
    name: 'another session is done with c',
    event: { type: 'match.freed', matchId: 'c', how: 'played' },
  },
  {
    name: 'another session plays a',
    event: { type: 'matches.elsewhere', matchIds: ['a'] },
    when: (snapshot) =>
      snapshot.matches('connecting') && !snapshot.context.reached && snapshot.context.attempt === 0,
  },
  ...(['played', 'lost', 'open'] as const).map(
    (how): Case => ({
      name: `another session is done with a: ${how}`,
      event: { type: 'match.freed', matchId: 'a', how },
      when: ({ context }) => Object.hasOwn(context.elsewhere, 'a'),
    }),
  ),
  { name: 'cut', event: { type: 'agent.cut' } },
  { name: 'bot cannot be made', event: { type: 'agent.unfit', message: 'no bot', cause: null } },
  {
    name: 'socket port broke',
    event: {
      type: 'xstate.error.actor.socket',
      actorId: 'socket',
      error: new Error('a defect in a port'),
    } as never,
  },
];
