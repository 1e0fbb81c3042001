/**
 * What must hold of one agent process whatever happens between it and a platform, judged by what went over the wire,
 * what its bot was asked, and what it told.
 */
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import type { MatchResult } from '../../src/protocol/results.js';
import { createAnswerRules } from './answer-rules.js';
import { type Connection, newConnection } from './connection-log.js';
import { createResultRules } from './result-rules.js';
import type { WireEvent } from './tap.js';
import { type Json, parseFrame } from './wire-frame.js';

const limits = {
  /** docs/protocol.md 2. */
  pongMs: 5_000,
  /** docs/protocol.md 5: the last frame of the client was too large. */
  tooLargeCode: 4008,
} as const;

/** Everything that one agent process does and is told. */
export type Happening =
  | WireEvent
  | { type: 'agent.told'; event: TimedAgentEvent }
  | { type: 'bot.asked'; matchId: string; requestId: string };

export interface AgentJudge {
  see(happening: Happening, at: number): void;
  /** To be called whenever the sockets stand still. */
  atRest(at: number): void;
  /** The session is over. */
  over(results: readonly MatchResult[]): void;
  /** One sentence for each rule that was broken. */
  readonly broken: readonly string[];
}

export function createAgentJudge(): AgentJudge {
  const broken: string[] = [];
  const connections = new Map<number, Connection>();
  let isEvicted = false;
  let isDraining = false;
  const must = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };
  const results = createResultRules(must);
  const answers = createAnswerRules(must, (key) => results.seatingOf(matchIdOf(key)));

  function opened({ connection, leg, matchId }: Extract<WireEvent, { type: 'wire.opened' }>): void {
    const key = leg === 'lobby' ? 'the lobby' : keyOf(matchId ?? '');
    must(
      leg !== 'lobby' || !isEvicted,
      `the agent came back to the lobby after its eviction (${connection})`,
    );
    for (const other of connections.values()) {
      const isAnother = other.key !== key || !other.isLive;
      must(isAnother, `two live connections to ${key} (${other.number}, ${connection})`);
    }
    connections.set(connection, newConnection(connection, leg, key));
  }

  function framed(event: Extract<WireEvent, { type: 'wire.frame' }>, at: number): void {
    const connection = connections.get(event.connection);
    if (connection === undefined) return;
    const { from, kind, text, code } = event;
    // Bytes that no longer make frames are the work of chaos.
    if (kind === 'other') return;
    const where = whereOf(connection);
    must(!connection.closedBy.has(from), `the ${from} sent a ${kind} frame after its close on ${where}`);
    if (kind === 'close') connection.closedBy.add(from);
    const frame = text === null ? null : parseFrame(text);
    if (from === 'platform') {
      if (code === limits.tooLargeCode) answers.tooLarge(connection);
      if (frame !== null) heard(connection, frame, at);
      return;
    }
    must(kind !== 'binary', `the agent sent a binary frame on ${where}`);
    if (kind === 'text') said(connection, frame, text ?? '', at);
  }

  /** The agent was sent this. */
  function heard(connection: Connection, frame: Json, at: number): void {
    const { leg, key } = connection;
    const { type, match_id: matchId } = frame;
    if (type === 'hello') connection.greeted = true;
    if (type === 'ping') connection.pings.push(at);
    if (leg === 'lobby') {
      if (type === 'matched' && typeof matchId === 'string') connection.matched.add(matchId);
      if (type === 'evict') {
        connection.isOver = true;
        isEvicted ||= connection.isLive;
      }
      return;
    }
    answers.heard(connection, frame);
    if (type !== 'match_end') return;
    connection.isOver = true;
    results.heardEnd(matchIdOf(key));
  }

  /** The agent has sent this. */
  function said(connection: Connection, frame: Json | null, text: string, at: number): void {
    const where = whereOf(connection);
    const type = String(frame?.['type']);
    const isFirst = !connection.introduced;
    connection.introduced = true;
    const when = isFirst ? 'first' : 'later';
    must(isFirst === (type === 'authenticate'), `the agent sent ${type} ${when} on ${where}`);
    if (isFirst) return;
    must(connection.greeted || type === 'pong', `the agent sent ${type} before the hello on ${where}`);
    if (type === 'pong') {
      const askedAt = connection.pings.shift();
      const tookMs = at - (askedAt ?? at);
      must(askedAt !== undefined, `the agent sent a pong that nobody had asked for on ${where}`);
      must(tookMs <= limits.pongMs, `a ping was answered after ${tookMs} ms on ${where}`);
      return;
    }
    must(connection.leg === 'match', `the agent sent ${type} to the lobby`);
    if (type === 'hello') {
      must(!connection.saidHello, `the agent said hello twice on ${where}`);
      connection.saidHello = true;
      return;
    }
    must(type === 'turn_action', `the agent sent ${text.slice(0, 80)} on ${where}`);
    must(connection.saidHello, `the agent answered before its hello on ${where}`);
    if (frame !== null && type === 'turn_action') answers.answered(connection, frame);
  }

  function requireAttention(connection: Connection, at: number): void {
    const where = whereOf(connection);
    const [since] = connection.pings;
    must(since === undefined, `a ping of ${at - (since ?? at)} ms ago is unanswered on ${where}`);
    for (const matchId of connection.matched) {
      must(results.isKnown(matchId), `match ${matchId} was announced to ${where} and nobody took notice`);
    }
    connection.pings.length = 0;
    connection.matched.clear();
  }

  return {
    broken,
    see(happening, at) {
      switch (happening.type) {
        case 'wire.opened':
          return opened(happening);
        case 'wire.frame':
          return framed(happening, at);
        case 'wire.ended':
          connections.get(happening.connection)?.endedBy.add(happening.by);
          return;
        case 'agent.told':
          isDraining ||= happening.event.type === 'lobby.draining';
          return results.told(happening.event);
        case 'bot.asked':
          return answers.askedOfBot(happening.requestId, keyOf(happening.matchId));
      }
    },
    atRest(at) {
      for (const [number, connection] of connections) {
        if (!connection.isLive) {
          connections.delete(number);
          continue;
        }
        const mayStay = !isDraining || connection.leg === 'match';
        must(mayStay, `the agent takes its leave and stays in ${whereOf(connection)}`);
        if (!connection.isOver) requireAttention(connection, at);
      }
      answers.atRest();
      results.atRest();
    },
    over(all) {
      results.over(all);
      for (const { key, isLive } of connections.values()) {
        must(!isLive, `the connection to ${key} outlived its session`);
      }
    },
  };
}

const matchPrefix = 'match ';
const keyOf = (matchId: string): string => matchPrefix + matchId;
const matchIdOf = (key: string): string => key.slice(matchPrefix.length);
const whereOf = ({ key, number }: Connection): string => `${key} (${number})`;
