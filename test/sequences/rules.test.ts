import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import { createPlatformJudge } from './platform-rules.js';
import { createAgentJudge } from './rules.js';
import type { FrameKind, Side, WireEvent } from './tap.js';

const end = { type: 'match_end', match_id: 'm', seq: 9, reason: 'complete' } as const;

/** A wire with one lobby and one match on it, at one point in time after the other. */
function openScene() {
  const judge = createAgentJudge();
  let now = 0;
  const see = (event: WireEvent) => judge.see(event, now);
  const frame = (
    connection: number,
    from: Side,
    kind: FrameKind,
    text: string | null,
    code: number | null = null,
  ) => see({ type: 'wire.frame', connection, from, kind, text, code });
  const scene = {
    judge,
    open: (connection: number, leg: 'lobby' | 'match' = 'match') =>
      see({ type: 'wire.opened', connection, leg, matchId: leg === 'match' ? 'm' : null }),
    ended: (connection: number, by: Side) => see({ type: 'wire.ended', connection, by }),
    close: (connection: number, from: Side, code: number) => frame(connection, from, 'close', null, code),
    agent: (connection: number, type: string, more: object = {}) =>
      frame(connection, 'agent', 'text', JSON.stringify({ type, ...more })),
    platform: (connection: number, type: string, more: object = {}) =>
      frame(connection, 'platform', 'text', JSON.stringify({ type, ...more })),
    binary: (connection: number) => frame(connection, 'agent', 'binary', null),
    asked: (requestId: string) => judge.see({ type: 'bot.asked', matchId: 'm', requestId }, now),
    told: (event: AgentEvent) => judge.see({ type: 'agent.told', event: { ...event, at: now } }, now),
    pass(ms: number) {
      now += ms;
    },
    rest: () => judge.atRest(now),
    /** A match connection that is ready to play. */
    seat(connection: number) {
      scene.open(connection);
      scene.agent(connection, 'authenticate');
      scene.platform(connection, 'hello');
      scene.agent(connection, 'hello');
    },
    /** A lobby that listens. */
    listen(connection: number) {
      scene.open(connection, 'lobby');
      scene.agent(connection, 'authenticate');
      scene.platform(connection, 'hello');
    },
    turn: (connection: number, id: string) =>
      scene.platform(connection, 'turn_request', { request_id: id, seat: 0, valid_actions: ['fold'] }),
    answer: (connection: number, id: string, action: string) =>
      scene.agent(connection, 'turn_action', { request_id: id, action }),
    announce: () =>
      scene.told({ type: 'match.announced', matchId: 'm', participantId: 'p', rated: false, resume: false }),
    result: (more: Partial<MatchResult>) =>
      ({ matchId: 'm', outcome: 'abandoned', abandonReason: 'refused', end: null, ...more }) as MatchResult,
  };
  return scene;
}

type Scene = ReturnType<typeof openScene>;

const broken: readonly { rule: string; play: (scene: Scene) => void; says: string[] }[] = [
  {
    rule: 'one connection to the lobby',
    play(scene) {
      scene.listen(1);
      scene.open(2, 'lobby');
    },
    says: ['two live connections to the lobby (1, 2)'],
  },
  {
    rule: 'no way back after an eviction',
    play(scene) {
      scene.listen(1);
      scene.platform(1, 'evict');
      scene.close(1, 'platform', 4000);
      scene.open(2, 'lobby');
    },
    says: ['the agent came back to the lobby after its eviction (2)'],
  },
  {
    rule: 'no lobby for a session that lets its matches end',
    play(scene) {
      scene.listen(1);
      scene.told({
        type: 'lobby.draining',
        reason: 'stopped',
        message: 'told to stop',
        live: 1,
        fault: null,
      });
      scene.rest();
    },
    says: ['the agent takes its leave and stays in the lobby (1)'],
  },
  {
    rule: 'one connection to a seat',
    play(scene) {
      scene.seat(1);
      scene.open(2);
    },
    says: ['two live connections to match m (1, 2)'],
  },
  {
    rule: 'one answer to a turn',
    play(scene) {
      scene.seat(1);
      scene.turn(1, 'r');
      scene.answer(1, 'r', 'call');
      scene.ended(1, 'platform');
      scene.seat(2);
      scene.turn(2, 'r');
      scene.answer(2, 'r', 'fold');
    },
    says: ['two answers to r: {"action":"call"} and {"action":"fold"}'],
  },
  {
    rule: 'no answer that nobody asked for',
    play(scene) {
      scene.seat(1);
      scene.answer(1, 'r', 'fold');
    },
    says: ['r was answered more often than asked on match m (1)'],
  },
  {
    rule: 'no second answer without a second request',
    play(scene) {
      scene.seat(1);
      scene.turn(1, 'r');
      scene.answer(1, 'r', 'fold');
      scene.answer(1, 'r', 'fold');
    },
    says: ['r was answered more often than asked on match m (1)'],
  },
  {
    rule: 'no third answer on a connection, however often the turn is repeated',
    play(scene) {
      scene.seat(1);
      for (let times = 0; times < 3; times += 1) {
        scene.turn(1, 'r');
        scene.answer(1, 'r', 'fold');
      }
    },
    says: ['r was answered more often than asked on match m (1)'],
  },
  {
    rule: 'no answer after the rejection of a turn that is over',
    play(scene) {
      scene.seat(1);
      scene.turn(1, 'r');
      scene.answer(1, 'r', 'call');
      scene.platform(1, 'turn_result', { seat: 0 });
      scene.rest();
      scene.platform(1, 'action_rejected', { request_id: 'r', reason: 'Illegal' });
      scene.answer(1, 'r', 'fold');
    },
    says: [
      'two answers to r: {"action":"call"} and {"action":"fold"}',
      'r was answered more often than asked on match m (1)',
    ],
  },
  {
    rule: 'no answer after a rejection of a duplicate',
    play(scene) {
      scene.seat(1);
      scene.turn(1, 'r');
      scene.answer(1, 'r', 'call');
      scene.platform(1, 'action_rejected', { request_id: 'r', reason: 'Duplicate action' });
      scene.answer(1, 'r', 'call');
    },
    says: ['r was answered more often than asked on match m (1)'],
  },
  {
    rule: 'no frame of the agent after its close',
    play(scene) {
      scene.seat(1);
      scene.turn(1, 'r');
      scene.close(1, 'agent', 1000);
      scene.answer(1, 'r', 'fold');
    },
    says: ['the agent sent a text frame after its close on match m (1)'],
  },
  {
    rule: 'no frame of the platform after its close',
    play(scene) {
      scene.listen(1);
      scene.close(1, 'platform', 4000);
      scene.platform(1, 'ping');
    },
    says: ['the platform sent a text frame after its close on the lobby (1)'],
  },
  {
    rule: 'no decision asked twice',
    play(scene) {
      scene.seat(1);
      scene.turn(1, 'r');
      scene.asked('r');
      scene.asked('r');
    },
    says: ['r was asked of the bot twice'],
  },
  {
    rule: 'no decision that the platform did not ask for',
    play: (scene) => scene.asked('r'),
    says: ['r was asked of the bot and of nobody else'],
  },
  {
    rule: 'notice is taken of every announcement',
    play(scene) {
      scene.listen(1);
      scene.platform(1, 'matched', { match_id: 'm' });
      scene.rest();
    },
    says: ['match m was announced to the lobby (1) and nobody took notice'],
  },
  {
    rule: 'a result for every match',
    play(scene) {
      scene.announce();
      scene.judge.over([]);
    },
    says: [
      'match m was announced 1 times and ended 0 times',
      'match m has 0 results',
      'there are results of 0 matches, 1 were announced',
    ],
  },
  {
    rule: 'one result for a match',
    play(scene) {
      scene.announce();
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({}) });
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({}) });
    },
    says: ['match m was announced 1 times and ended 2 times'],
  },
  {
    rule: 'one result for a match in the list of them',
    play(scene) {
      scene.announce();
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({}) });
      scene.judge.over([scene.result({}), scene.result({})]);
    },
    says: ['match m has 2 results'],
  },
  {
    rule: 'a match that has ended is not played again',
    play(scene) {
      scene.announce();
      scene.seat(1);
      scene.platform(1, 'match_end');
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({ outcome: 'completed', end }) });
      scene.announce();
    },
    says: ['match m was taken up again after its end'],
  },
  {
    rule: 'no end that nobody sent',
    play(scene) {
      scene.announce();
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({ outcome: 'completed', end }) });
    },
    says: ['match m has an end that nobody sent'],
  },
  {
    rule: 'no end that gets lost',
    play(scene) {
      scene.announce();
      scene.seat(1);
      scene.platform(1, 'match_end');
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({}) });
    },
    says: ['match m lost its end: refused'],
  },
  {
    rule: 'no end that is cut off after it was read',
    play(scene) {
      scene.announce();
      scene.seat(1);
      scene.platform(1, 'match_end');
      scene.rest();
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({ abandonReason: 'cut' }) });
    },
    says: ['match m lost its end: cut'],
  },
  {
    rule: 'an outcome that fits its end',
    play(scene) {
      scene.announce();
      scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({ outcome: 'completed' }) });
    },
    says: ['match m is completed with an end of undefined'],
  },
  {
    rule: 'a ping is answered as soon as it is read',
    play(scene) {
      scene.listen(1);
      scene.platform(1, 'ping');
      scene.rest();
    },
    says: ['a ping of 0 ms ago is unanswered on the lobby (1)'],
  },
  {
    rule: 'a ping is answered within its limit',
    play(scene) {
      scene.listen(1);
      scene.platform(1, 'ping');
      scene.pass(5_001);
      scene.agent(1, 'pong');
    },
    says: ['a ping was answered after 5001 ms on the lobby (1)'],
  },
  {
    rule: 'no pong without a ping',
    play(scene) {
      scene.listen(1);
      scene.agent(1, 'pong');
    },
    says: ['the agent sent a pong that nobody had asked for on the lobby (1)'],
  },
  {
    rule: 'authenticate comes first',
    play(scene) {
      scene.open(1);
      scene.agent(1, 'hello');
    },
    says: ['the agent sent hello first on match m (1)'],
  },
  {
    rule: 'nothing is said before the hello of the platform',
    play(scene) {
      scene.open(1);
      scene.agent(1, 'authenticate');
      scene.agent(1, 'hello');
    },
    says: ['the agent sent hello before the hello on match m (1)'],
  },
  {
    rule: 'one hello',
    play(scene) {
      scene.seat(1);
      scene.agent(1, 'hello');
    },
    says: ['the agent said hello twice on match m (1)'],
  },
  {
    rule: 'no chatter',
    play(scene) {
      scene.seat(1);
      scene.agent(1, 'chat');
      scene.binary(1);
    },
    says: ['the agent sent {"type":"chat"} on match m (1)', 'the agent sent a binary frame on match m (1)'],
  },
  {
    rule: 'no connection outlives its session',
    play(scene) {
      scene.listen(1);
      scene.judge.over([]);
    },
    says: ['the connection to the lobby outlived its session'],
  },
];

describe('the judge of an agent', () => {
  it.each(broken)('demands: $rule', ({ play, says }) => {
    const scene = openScene();
    play(scene);
    expect(scene.judge.broken).toEqual(says);
  });

  it('lets each of two rejections on their way be answered in another way, and no third one', () => {
    const scene = openScene();
    scene.seat(1);
    scene.turn(1, 'r');
    scene.answer(1, 'r', 'call');
    for (let times = 0; times < 2; times += 1) {
      scene.platform(1, 'action_rejected', { request_id: 'r', reason: 'Illegal' });
    }
    scene.answer(1, 'r', 'fold');
    scene.answer(1, 'r', 'check');
    expect(scene.judge.broken).toEqual([]);
    scene.turn(1, 'r');
    scene.answer(1, 'r', 'call');
    expect(scene.judge.broken).toEqual(['two answers to r: {"action":"check"} and {"action":"call"}']);
  });

  it('finds nothing wrong with a match that is resumed, corrected, played again and ended', () => {
    const scene = openScene();
    scene.listen(1);
    scene.platform(1, 'matched', { match_id: 'm' });
    scene.announce();
    scene.platform(1, 'ping');
    scene.agent(1, 'pong');
    scene.seat(2);
    scene.rest();
    scene.turn(2, 'r');
    scene.asked('r');
    scene.answer(2, 'r', 'raise');
    scene.platform(2, 'action_rejected', { request_id: 'r', reason: 'Illegal' });
    scene.answer(2, 'r', 'fold');
    scene.ended(2, 'platform');
    scene.seat(3);
    scene.turn(3, 'r');
    scene.answer(3, 'r', 'fold');
    scene.close(3, 'platform', 4008);
    scene.seat(4);
    scene.platform(4, 'reconnected', {
      pending_request: { type: 'turn_request', request_id: 'r', valid_actions: ['check'] },
    });
    scene.answer(4, 'r', 'check');
    scene.ended(4, 'agent');
    scene.told({ type: 'match.ended', matchId: 'm', result: scene.result({}) });
    scene.announce();
    scene.seat(5);
    scene.turn(5, 'r');
    scene.asked('r');
    scene.answer(5, 'r', 'call');
    scene.platform(5, 'match_end');
    const result = scene.result({ outcome: 'completed', end });
    scene.told({ type: 'match.ended', matchId: 'm', result });
    scene.close(5, 'agent', 1000);
    scene.close(1, 'agent', 1000);
    scene.judge.over([result]);
    scene.rest();
    expect(scene.judge.broken).toEqual([]);
  });
});

const created: SandboxEvent = { type: 'match.created', matchId: 'm', players: [] };
const ended: SandboxEvent = { type: 'match.ended', matchId: 'm', end };
const seated: SandboxEvent = { type: 'seat.connected', matchId: 'm', botId: 'b', resumed: false };
const turn: SandboxEvent = { type: 'turn.opened', matchId: 'm', seat: 0, requestId: 'r', clockMs: 5_000 };

const platformBroken: readonly { rule: string; events: SandboxEvent[]; says: string[] }[] = [
  {
    rule: 'a bot is online once',
    events: [
      { type: 'lobby.online', botId: 'b' },
      { type: 'lobby.online', botId: 'b' },
    ],
    says: ['a bot came online twice'],
  },
  {
    rule: 'a bot that goes was there',
    events: [{ type: 'lobby.offline', botId: 'b', code: 1000, reason: '' }],
    says: ['a bot went offline that was not online'],
  },
  { rule: 'a match is made once', events: [created, created], says: ['a match was made twice'] },
  {
    rule: 'a seat has one connection',
    events: [created, seated, seated],
    says: ['a seat has two connections'],
  },
  { rule: 'a turn is opened once', events: [created, turn, turn], says: ['a turn was opened twice'] },
  {
    rule: 'a match ends once',
    events: [created, ended, ended],
    says: ['match.ended of a match that is not in play'],
  },
  {
    rule: 'nothing happens in a match that has ended',
    events: [created, ended, turn],
    says: ['turn.opened of a match that is not in play'],
  },
  {
    rule: 'chips stay',
    events: [
      created,
      { type: 'hand.ended', matchId: 'm', hand: 1, stacks: [10, 30] },
      { type: 'hand.ended', matchId: 'm', hand: 2, stacks: [10, 31] },
    ],
    says: ['chips came or went: 10, 31'],
  },
  {
    rule: 'house bots do not fail',
    events: [created, { type: 'bot.failed', matchId: 'm', name: 'random', hook: 'decide', error: 'no' }],
    says: ['the house bot random failed in decide: no'],
  },
  {
    rule: 'the platform has no defect',
    events: [{ type: 'platform.fault', where: 'timer', error: 'no' }],
    says: ['platform fault in timer: no'],
  },
  {
    rule: 'chaos has no defect',
    events: [{ type: 'chaos', event: { type: 'proxy.fault', where: 'timer', error: 'no' } }],
    says: ['proxy fault in timer: no'],
  },
];

describe('the judge of a platform', () => {
  it.each(platformBroken)('demands: $rule', ({ events, says }) => {
    const judge = createPlatformJudge();
    for (const event of events) judge.see(event);
    expect(judge.broken).toEqual(says);
  });
});
