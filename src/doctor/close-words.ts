/** What close codes and HTTP statuses mean, in words, and what a session does about each. */
import { type Ending, type Verdict, verdictOf } from '../protocol/close-codes.js';
import type { ErrorCode } from '../protocol/errors.js';
import type { Leg } from '../protocol/frames.js';

/** Names of RFC 6455 7.4.1 and of the platform (docs/protocol.md 5). */
const names: Readonly<Record<number, string>> = {
  401: 'the token was refused at the door',
  403: 'not let in: by the server, or by something in its place',
  404: 'nothing is at this URL',
  429: 'too many requests',
  500: 'the server had an error of its own',
  502: 'the server is out of order behind its front',
  503: 'the server is closed for the moment',
  504: 'the server took too long behind its front',
  1000: 'a normal end',
  1001: 'the other side goes away',
  1002: 'a fault in the WebSocket protocol',
  1003: 'a kind of message that it does not take',
  1006: 'lost without a goodbye',
  1008: 'against the rules: too many connections from one address',
  1009: 'a message that is too large',
  1011: 'the server had an error of its own',
  1012: 'the server starts again',
  1013: 'the server wants you later',
  4000: 'replaced by a newer connection of the same bot, or a missed heartbeat',
  4001: "the token is wrong, or another bot's",
  4002: 'lobby: the token was revoked; match: unknown match, or a game that was not declared',
  4003: 'the match is full',
  4004: 'the match is under way',
  4005: 'the match is over',
  4006: 'the match has no such participant',
  4007: 'the handshake came too late',
  4008: 'a message that is too large',
  4009: 'too many frames',
  4010: 'the time to reconnect is over',
  4011: 'an error of the server, or no more reconnects',
  4012: 'closed for good',
  4013: 'no protocol version in common',
};

/** Every code and status that has words. */
const explainedEnds: readonly number[] = Object.keys(names).map(Number);

const firstCloseCode = 1_000;

/** `HTTP 403: not let in`, `close code 4001: the token is wrong`. */
export function nameEnd({ code, httpStatus }: Pick<Ending, 'code' | 'httpStatus'>): string {
  const number = httpStatus ?? code;
  const name = names[number];
  const what = httpStatus === undefined ? `close code ${number}` : `HTTP ${number}`;
  return name === undefined ? what : `${what}: ${name}`;
}

/** What a session does about it. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.action) {
    case 'retry':
      if (verdict.once === true) return 'A session dials again, once.';
      return verdict.slow === true ? 'A session dials again, slowly.' : 'A session dials again.';
    case 'evicted':
      return 'A session ends: the newer connection keeps the lobby.';
    case 'stop':
      return `A session ends. ${verdict.why}`;
    case 'abandon':
      return verdict.onlyAfterGrace === true
        ? `A session dials for the grace, then gives the match up. ${verdict.detail}`
        : `A session gives the match up. ${verdict.detail}`;
  }
}

/** The error with which `run` would end. */
export function codeOfVerdict(verdict: Verdict): ErrorCode {
  return verdict.action === 'stop' ? verdict.fault : 'lobby_unreachable';
}

/** Lines about one code of either leg, or about all of them. */
export function explainEnds(only?: number): string[] {
  const numbers = only === undefined ? explainedEnds : [only];
  return numbers.flatMap((number) => {
    const end = endOf(number);
    const [lobby, match] = (['lobby', 'match'] as const).map((leg) =>
      describeVerdict(verdictOf({ leg, ...end })),
    );
    const does = lobby === match ? [`  ${lobby}`] : [`  Lobby: ${lobby}`, `  Match: ${match}`];
    return [nameEnd(end), ...does];
  });
}

function endOf(number: number): Omit<Ending, 'leg'> & { leg?: Leg } {
  return number < firstCloseCode
    ? { code: 1_006, reason: '', httpStatus: number }
    : { code: number, reason: '' };
}
