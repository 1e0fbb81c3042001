/**
 * What must hold whatever happens between an agent and a platform, judged by what went over the wire, what the bot was
 * asked, and what was told. One judge for one agent process and one for the platform.
 */
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import type { AbandonReason, MatchResult } from '../../src/protocol/results.js';
import { type Connection, newConnection } from './connection-log.js';
import type { WireEvent } from './tap.js';
import { isTurnRequest, type Json, parseFrame, type Request } from './wire-frame.js';

export const limits = {
  /** docs/protocol.md 2. */
  pongMs: 5_000,
  /** docs/protocol.md 5: the last frame of the client was too large. */
  tooLargeCode: 4008,
} as const;

/** A cut, and a bot that must not fail and does, end a match even when its end is on the way. */
const mayLoseTheEnd: ReadonlySet<AbandonReason | null> = new Set(['cut', 'bot_error'] as const);

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

/** The last answer to a turn, and whether the platform has refused it since. */
interface Answered {
  action: string;
  seating: number;
  mayChange: boolean;
}

export function createAgentJudge(): AgentJudge {
  const broken: string[] = [];
  const connections = new Map<number, Connection>();
  const answers = new Map<string, Answered>();
  /** The turn of each match that was asked last. */
  const newest = new Map<string, { requestId: string; seat: unknown; isClosed: boolean }>();
  /** Turns whose result has arrived: a rejection reopens them no more. */
  const closed = new Set<string>();
  const askedOnWire = new Set<string>();
  const askedOfBot = new Map<string, number>();
  const announced = new Map<string, number>();
  /** An abandoned match that is announced again is played by a new bot, which knows nothing of the one before. */
  const seatings = new Map<string, number>();
  const known = new Set<string>();
  const ended = new Map<string, number>();
  const endsOnWire = new Set<string>();
  /** Those that have certainly been read. */
  const endsAtRest = new Set<string>();

  const must = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };

  const seatingOf = (key: string): number => seatings.get(key) ?? 0;

  function opened({ connection, leg, matchId }: Extract<WireEvent, { type: 'wire.opened' }>): void {
    const key = leg === 'lobby' ? 'the lobby' : matchKey(matchId ?? '');
    for (const other of connections.values()) {
      must(
        other.key !== key || !other.isLive,
        `two live connections to ${key} (${other.number}, ${connection})`,
      );
    }
    connections.set(connection, newConnection(connection, leg, key));
  }

  function framed(event: Extract<WireEvent, { type: 'wire.frame' }>, at: number): void {
    const connection = connections.get(event.connection);
    if (connection === undefined) return;
    const { from, kind, text, code } = event;
    // Bytes that no longer make frames are the work of chaos.
    if (kind === 'other') return;
    const where = `${connection.key} (${connection.number})`;
    must(!connection.closedBy.has(from), `the ${from} sent a ${kind} frame after its close on ${where}`);
    if (kind === 'close') connection.closedBy.add(from);
    // What was too large must not go out again.
    if (from === 'platform' && code === limits.tooLargeCode) forgive(connection.lastAnswered);
    const frame = text === null ? null : parseFrame(text);
    if (from === 'platform') {
      if (frame !== null) heard(connection, frame, at);
      return;
    }
    must(kind !== 'binary', `the agent sent a binary frame on ${where}`);
    if (kind === 'text') said(connection, frame, text ?? '', at);
  }

  /** The agent was sent this. */
  function heard(connection: Connection, frame: Json, at: number): void {
    const { leg } = connection;
    if (frame['type'] === 'hello') connection.greeted = true;
    if (frame['type'] === 'ping') connection.pings.push(at);
    if (leg === 'lobby' && frame['type'] === 'matched' && typeof frame['match_id'] === 'string') {
      connection.matched.add(frame['match_id']);
    }
    if (leg === 'lobby' && frame['type'] === 'evict') connection.isOver = true;
    if (leg === 'lobby') return;
    const request = frame['type'] === 'reconnected' ? frame['pending_request'] : frame;
    if (isTurnRequest(request)) {
      supersede(connection.key, request);
      askedOnWire.add(request.request_id);
      ask(connection, request.request_id);
    }
    // Whoever says that it has played a turn and then asks for it all the same asks anew.
    if (frame['type'] === 'action_timeout') askedOfBot.delete(String(frame['request_id']));
    if (frame['type'] === 'turn_result') closing(connection, frame);
    if (frame['type'] === 'action_rejected') rejected(connection, frame);
    if (frame['type'] === 'match_end') {
      connection.isOver = true;
      endsOnWire.add(connection.key);
    }
  }

  /** A repeat gets the answer again, once on a connection. */
  function ask({ asked, repeated }: Connection, requestId: string): void {
    if (repeated.has(requestId)) return;
    if (asked.has(requestId)) repeated.add(requestId);
    asked.set(requestId, (asked.get(requestId) ?? 0) + 1);
  }

  /** Who opens a turn has closed the one before: should that be asked again after all, it is another one. */
  function supersede(key: string, request: Request): void {
    const { request_id: requestId, seat } = request;
    const before = newest.get(key)?.requestId;
    newest.set(key, { requestId, seat, isClosed: false });
    closed.delete(requestId);
    if (before === undefined || before === requestId) return;
    askedOfBot.delete(before);
    answers.delete(before);
  }

  /** The seat has acted; an answer may still be on its way. */
  function closing({ key }: Connection, { seat }: Json): void {
    const turn = newest.get(key);
    if (turn !== undefined && turn.seat === seat) turn.isClosed = true;
  }

  function rejected(connection: Connection, { request_id: id, reason }: Json): void {
    if (typeof id !== 'string' || closed.has(id) || /duplicate/i.test(String(reason))) return;
    forgive(id);
    connection.asked.set(id, (connection.asked.get(id) ?? 0) + 1);
  }

  /** Another answer may be given to this turn. */
  function forgive(requestId: string | null): void {
    const answer = answers.get(requestId ?? '');
    if (answer !== undefined) answer.mayChange = true;
  }

  /** The agent has sent this. */
  function said(connection: Connection, frame: Json | null, text: string, at: number): void {
    const { key, number } = connection;
    const where = `${key} (${number})`;
    const type = String(frame?.['type']);
    const isFirst = !connection.introduced;
    connection.introduced = true;
    must(
      isFirst === (type === 'authenticate'),
      `the agent sent ${type} ${isFirst ? 'first' : 'later'} on ${where}`,
    );
    if (isFirst) return;
    must(connection.greeted || type === 'pong', `the agent sent ${type} before the hello on ${where}`);
    if (type === 'pong') {
      const askedAt = connection.pings.shift();
      must(askedAt !== undefined, `the agent sent a pong that nobody had asked for on ${where}`);
      must(
        at - (askedAt ?? at) <= limits.pongMs,
        `a ping was answered after ${at - (askedAt ?? at)} ms on ${where}`,
      );
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
    if (type === 'turn_action') answered(connection, frame ?? {});
  }

  function answered(connection: Connection, { request_id: id, action, params }: Json): void {
    const requestId = String(id);
    const chosen = JSON.stringify({ action, params });
    const seating = seatingOf(connection.key);
    const before = answers.get(requestId);
    must(
      before?.seating !== seating || before.action === chosen || before.mayChange,
      `two answers to ${requestId}: ${before?.action} and ${chosen}`,
    );
    connection.lastAnswered = requestId;
    answers.set(requestId, { action: chosen, seating, mayChange: false });
    const left = (connection.asked.get(requestId) ?? 0) - 1;
    connection.asked.set(requestId, left);
    must(
      left >= 0,
      `${requestId} was answered more often than asked on ${connection.key} (${connection.number})`,
    );
  }

  function told(event: TimedAgentEvent): void {
    if (event.type === 'match.announced') {
      count(announced, event.matchId);
      count(seatings, matchKey(event.matchId));
    }
    if (['match.announced', 'match.repeated', 'match.skipped'].includes(event.type) && 'matchId' in event) {
      known.add(String(event.matchId));
    }
    if (event.type !== 'match.ended') return;
    const { matchId, outcome, abandonReason, end } = event.result;
    count(ended, matchId);
    const open = (announced.get(matchId) ?? 0) - (ended.get(matchId) ?? 0);
    must(
      open === 0,
      `match ${matchId} was announced ${announced.get(matchId) ?? 0} times and ended ${ended.get(matchId)} times`,
    );
    const wasTold = endsOnWire.has(matchKey(matchId));
    must(
      (outcome === 'completed') === (end !== null),
      `match ${matchId} is ${outcome} with an end of ${end?.reason}`,
    );
    must(end === null || wasTold, `match ${matchId} has an end that nobody sent`);
    must(
      end !== null || !wasTold || (mayLoseTheEnd.has(abandonReason) && !endsAtRest.has(matchKey(matchId))),
      `match ${matchId} lost its end: ${abandonReason}`,
    );
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
          return told(happening.event);
        case 'bot.asked':
          must(
            askedOfBot.get(happening.requestId) !== seatingOf(matchKey(happening.matchId)),
            `${happening.requestId} was asked of the bot twice`,
          );
          must(
            askedOnWire.has(happening.requestId),
            `${happening.requestId} was asked of the bot and of nobody else`,
          );
          askedOfBot.set(happening.requestId, seatingOf(matchKey(happening.matchId)));
      }
    },
    atRest(at) {
      for (const connection of connections.values()) {
        if (!connection.isLive || connection.isOver) continue;
        const where = `${connection.key} (${connection.number})`;
        const [since] = connection.pings;
        must(since === undefined, `a ping of ${at - (since ?? at)} ms ago is unanswered on ${where}`);
        connection.pings.length = 0;
        for (const matchId of connection.matched) {
          must(known.has(matchId), `match ${matchId} was announced to ${where} and nobody took notice`);
        }
        connection.matched.clear();
      }
      for (const key of endsOnWire) endsAtRest.add(key);
      for (const { requestId, isClosed } of newest.values()) if (isClosed) closed.add(requestId);
      for (const [number, connection] of connections) if (!connection.isLive) connections.delete(number);
    },
    over(results) {
      const times = new Map<string, number>();
      for (const { matchId } of results) count(times, matchId);
      for (const [matchId, starts] of announced) {
        must(
          ended.get(matchId) === starts,
          `match ${matchId} was announced ${starts} times and ended ${ended.get(matchId) ?? 0} times`,
        );
        must(times.get(matchId) === 1, `match ${matchId} has ${times.get(matchId) ?? 0} results`);
      }
      must(
        times.size === announced.size,
        `there are results of ${times.size} matches, ${announced.size} were announced`,
      );
      for (const { key, isLive } of connections.values())
        must(!isLive, `the connection to ${key} outlived its session`);
    },
  };
}

const matchKey = (matchId: string): string => `match ${matchId}`;

function count(times: Map<string, number>, key: string): void {
  times.set(key, (times.get(key) ?? 0) + 1);
}
