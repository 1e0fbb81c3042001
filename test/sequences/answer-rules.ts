/** A turn is asked of the bot once and answered in one way, however often and wherever the platform repeats it. */
import type { Connection } from './connection-log.js';
import { isTurnRequest, type Json, type Request } from './wire-frame.js';

export interface AnswerRules {
  /** A frame of a match that the agent was sent. */
  heard(connection: Connection, frame: Json): void;
  /** A `turn_action` of the agent. */
  answered(connection: Connection, frame: Json): void;
  /** The platform closed since the last frame of this connection was too large: that must not go out again. */
  tooLarge(connection: Connection): void;
  askedOfBot(requestId: string, key: string): void;
  atRest(): void;
}

/** The last answer to a turn. */
interface Answered {
  action: string;
  seating: number;
  /** Rejections that were not answered yet. Two may be on their way before the first is. */
  rejections: number;
}

/** @param seatingOf how often the match of this key was taken up by a new bot. */
export function createAnswerRules(
  must: (holds: boolean, what: string) => void,
  seatingOf: (key: string) => number,
): AnswerRules {
  const answers = new Map<string, Answered>();
  /** The turn of each match that was asked last. */
  const newest = new Map<string, { requestId: string; seat: unknown; isClosed: boolean }>();
  /** Turns whose result has arrived: a rejection reopens them no more. */
  const closed = new Set<string>();
  const onWire = new Set<string>();
  const ofBot = new Map<string, number>();

  /** A repeat gets the answer again, once on a connection. */
  function ask({ asked, repeated }: Connection, requestId: string): void {
    if (repeated.has(requestId)) return;
    if (asked.has(requestId)) repeated.add(requestId);
    asked.set(requestId, (asked.get(requestId) ?? 0) + 1);
  }

  /** Who opens a turn has closed the one before: should that be asked again after all, it is another one. */
  function supersede(key: string, { request_id: requestId, seat }: Request): void {
    const before = newest.get(key)?.requestId;
    newest.set(key, { requestId, seat, isClosed: false });
    closed.delete(requestId);
    if (before === undefined || before === requestId) return;
    ofBot.delete(before);
    answers.delete(before);
  }

  function rejected(connection: Connection, { request_id: id, reason }: Json): void {
    if (typeof id !== 'string' || closed.has(id) || /duplicate/i.test(String(reason))) return;
    forgive(id);
    connection.asked.set(id, (connection.asked.get(id) ?? 0) + 1);
  }

  /** Another answer may be given to this turn. */
  function forgive(requestId: string | null): void {
    const answer = answers.get(requestId ?? '');
    if (answer !== undefined) answer.rejections += 1;
  }

  return {
    heard(connection, frame) {
      const { type, seat, request_id: id, pending_request: pending } = frame;
      const request = type === 'reconnected' ? pending : frame;
      if (isTurnRequest(request)) {
        supersede(connection.key, request);
        onWire.add(request.request_id);
        ask(connection, request.request_id);
      }
      // Whoever says that it has played a turn and then asks for it all the same asks anew.
      if (type === 'action_timeout') ofBot.delete(String(id));
      if (type === 'action_rejected') rejected(connection, frame);
      if (type !== 'turn_result') return;
      // An answer may still be on its way.
      const turn = newest.get(connection.key);
      if (turn !== undefined && turn.seat === seat) turn.isClosed = true;
    },
    answered(connection, { request_id: id, action, params }) {
      const requestId = String(id);
      const chosen = JSON.stringify({ action, params });
      const seating = seatingOf(connection.key);
      const before = answers.get(requestId);
      must(
        before?.seating !== seating || before.action === chosen || before.rejections > 0,
        `two answers to ${requestId}: ${before?.action} and ${chosen}`,
      );
      connection.lastAnswered = requestId;
      const rejections = Math.max(0, (before?.rejections ?? 0) - 1);
      answers.set(requestId, { action: chosen, seating, rejections });
      const left = (connection.asked.get(requestId) ?? 0) - 1;
      connection.asked.set(requestId, left);
      const where = `${connection.key} (${connection.number})`;
      must(left >= 0, `${requestId} was answered more often than asked on ${where}`);
    },
    tooLarge: ({ lastAnswered }) => forgive(lastAnswered),
    askedOfBot(requestId, key) {
      must(ofBot.get(requestId) !== seatingOf(key), `${requestId} was asked of the bot twice`);
      must(onWire.has(requestId), `${requestId} was asked of the bot and of nobody else`);
      ofBot.set(requestId, seatingOf(key));
    },
    atRest() {
      for (const { requestId, isClosed } of newest.values()) if (isClosed) closed.add(requestId);
    },
  };
}
