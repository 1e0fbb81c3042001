/** Outages: what happens to open connections, and how new ones are answered. */
import { OptionError } from '../protocol/errors.js';
import type { ConnectionLeg } from './leg.js';

const defaults = {
  maxMs: 24 * 60 * 60 * 1_000,
  maxRetryAfterSeconds: 24 * 60 * 60,
  maxCloseCode: 2 ** 16 - 1,
  maxReasonBytes: 123,
  maxFrames: 10,
} as const;

/** What happens to the open connections when an outage begins. */
export type OutageCut =
  /** A TCP reset, or an orderly end without a WebSocket close. */
  | { kind: 'drop'; how: 'reset' | 'fin' }
  /** They stay open, and what is sent gets lost, also after the outage. */
  | { kind: 'halfOpen' }
  /** The server seems to close them. */
  | { kind: 'close'; code: number; reason?: string };

/** How new connections are answered during an outage. */
export type OutageAnswer =
  /** An HTTP status from 200 to 599; the WebSocket is not opened. */
  | { kind: 'status'; status: number; retryAfterSeconds?: number }
  /**
   * TCP connections are refused, as if no server were running. Only for an outage of everything: both legs have the
   * same port.
   */
  | { kind: 'refused' }
  /** A TCP reset. */
  | { kind: 'reset' }
  /** The connection is accepted and never answered, not even after the outage. */
  | { kind: 'hang' }
  /** Bytes that are not HTTP, then the end. */
  | { kind: 'garbage' }
  /** The upgrade is accepted, and then nothing is sent. */
  | { kind: 'silent' }
  /**
   * The upgrade is accepted, these texts are sent, and the connection is closed; without a code it ends without a
   * close frame.
   */
  | { kind: 'close'; code?: number; reason?: string; frames?: readonly string[] };

/** A time in which no connection gets through. */
export interface Outage {
  /** `any` includes other WebSockets and plain HTTP requests. Default: `any`. */
  leg?: 'lobby' | 'match' | 'any';
  /** How long it lasts, in milliseconds. */
  ms: number;
  /** Default: a TCP reset. */
  cut?: OutageCut;
  /** Default: a TCP reset. */
  answer?: OutageAnswer;
}

/** An outage with all defaults filled in. */
export type FullOutage = Required<Outage>;

const cutKinds: readonly string[] = ['drop', 'halfOpen', 'close'] satisfies OutageCut['kind'][];
const answerKinds: readonly string[] = [
  'status',
  'refused',
  'reset',
  'hang',
  'garbage',
  'silent',
  'close',
] satisfies OutageAnswer['kind'][];

const isWhole = (value: unknown, from: number, to: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to;

/**
 * Checks an outage and fills in its defaults.
 *
 * @throws {OptionError} naming the field that is invalid.
 */
export function fullOutage(outage: Outage): FullOutage {
  const { leg = 'any', ms, cut = { kind: 'drop', how: 'reset' }, answer = { kind: 'reset' } } = outage;
  if (!['lobby', 'match', 'any'].includes(leg)) complain('outage.leg', 'lobby, match or any');
  if (!isWhole(ms, 0, defaults.maxMs))
    complain('outage.ms', `a whole number of milliseconds up to ${defaults.maxMs}`);
  if (!cutKinds.includes(cut.kind)) complain('outage.cut.kind', `one of ${cutKinds.join(', ')}`);
  if (!answerKinds.includes(answer.kind)) complain('outage.answer.kind', `one of ${answerKinds.join(', ')}`);
  if (cut.kind === 'drop' && cut.how !== 'reset' && cut.how !== 'fin')
    complain('outage.cut.how', 'reset or fin');
  if (cut.kind === 'close') checkClose('outage.cut', cut);
  if (answer.kind === 'close') {
    if (answer.code !== undefined) checkClose('outage.answer', { ...answer, code: answer.code });
    const { frames = [] } = answer;
    if (!Array.isArray(frames) || frames.length > defaults.maxFrames)
      complain('outage.answer.frames', `a list of at most ${defaults.maxFrames} texts`);
  }
  if (answer.kind === 'refused' && leg !== 'any')
    complain('outage.answer.kind', 'another one: both legs have one port, which TCP refuses or takes');
  if (answer.kind === 'status') {
    if (!isWhole(answer.status, 200, 599)) complain('outage.answer.status', 'a whole number from 200 to 599');
    const { retryAfterSeconds = 0 } = answer;
    if (!isWhole(retryAfterSeconds, 0, defaults.maxRetryAfterSeconds))
      complain('outage.answer.retryAfterSeconds', `a whole number up to ${defaults.maxRetryAfterSeconds}`);
  }
  return { leg, ms, cut, answer };
}

function complain(place: string, what: string): never {
  throw new OptionError(place, `The option ${place} must be ${what}.`);
}

function checkClose(place: string, { code, reason = '' }: { code: number; reason?: string }): void {
  if (!isWhole(code, 0, defaults.maxCloseCode))
    complain(`${place}.code`, `a whole number up to ${defaults.maxCloseCode}`);
  if (typeof reason !== 'string' || Buffer.byteLength(reason) > defaults.maxReasonBytes)
    complain(`${place}.reason`, `text of at most ${defaults.maxReasonBytes} bytes`);
}

export function concerns({ leg }: FullOutage, of: ConnectionLeg | null): boolean {
  return leg === 'any' || leg === of;
}

/** A short description. */
export function describeAnswer(answer: OutageAnswer): string {
  switch (answer.kind) {
    case 'status': {
      const { status, retryAfterSeconds } = answer;
      return `HTTP ${status}${retryAfterSeconds === undefined ? '' : `, retry after ${retryAfterSeconds} s`}`;
    }
    case 'close':
      return answer.code === undefined ? 'upgraded and ended' : `upgraded and closed with ${answer.code}`;
    case 'refused':
      return 'refused by TCP';
    case 'reset':
      return 'reset';
    case 'hang':
      return 'never answered';
    case 'garbage':
      return 'answered with no HTTP';
    case 'silent':
      return 'upgraded, then silence';
  }
}
