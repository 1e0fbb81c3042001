/** Everything that connections meet when a platform is out: how the open ones end, and what those hear that come. */
import type { OutageAnswer, OutageCut } from '../../src/chaos/index.js';

export interface Cut {
  name: string;
  cut: OutageCut;
}

export interface Meeting {
  name: string;
  answer: OutageAnswer;
  /** A dial that meets it takes as long as its client waits. */
  hangs?: true;
}

const closes = (codes: readonly (readonly [number, string])[]): Cut[] =>
  codes.map(([code, reason]) => ({ name: `close ${code}`, cut: { kind: 'close', code, reason } }));

const commonCuts: readonly Cut[] = [
  { name: 'reset', cut: { kind: 'drop', how: 'reset' } },
  { name: 'end', cut: { kind: 'drop', how: 'fin' } },
  { name: 'silence', cut: { kind: 'halfOpen' } },
  ...closes([
    [1000, ''],
    [1001, 'going away'],
    [1011, 'unexpected condition'],
    [1012, 'service restart'],
    [1013, 'try again later'],
    [1014, 'bad gateway'],
    [4900, ''],
  ]),
];

export const matchCuts: readonly Cut[] = [
  ...commonCuts,
  ...closes([
    [4000, ''],
    [4002, 'match_not_found'],
    [4004, 'match_started'],
    [4007, 'handshake_timeout'],
    [4009, 'rate_limit_exceeded'],
    [4011, 'server_error'],
  ]),
];

export const lobbyCuts: readonly Cut[] = [...commonCuts, ...closes([[4000, 'heartbeat missed']])];

const statuses = (list: readonly number[]): Meeting[] =>
  list.map((status) => ({ name: `HTTP ${status}`, answer: { kind: 'status', status } }));

const patience = (list: readonly number[], retryAfterSeconds: number): Meeting[] =>
  list.map((status) => ({
    name: `HTTP ${status}, Retry-After ${retryAfterSeconds}`,
    answer: { kind: 'status', status, retryAfterSeconds },
  }));

const closed = (codes: readonly (readonly [number, string])[]): Meeting[] =>
  codes.map(([code, reason]) => ({
    name: `upgrade, close ${code}${reason === '' ? '' : ` ${reason}`}`,
    answer: { kind: 'close', code, reason },
  }));

/** Any but a redirect. 200: the page of a load balancer. 521 and 530: what stands before the server says that it is away. */
const refusals = [
  200, 400, 401, 403, 404, 405, 408, 409, 410, 418, 421, 425, 426, 429, 451, 500, 501, 502, 503, 504, 505,
  521, 530,
] as const;

const commonMeetings: readonly Meeting[] = [
  ...statuses(refusals),
  { name: 'reset', answer: { kind: 'reset' } },
  { name: 'no answer', answer: { kind: 'hang' }, hangs: true },
  { name: 'no HTTP', answer: { kind: 'garbage' } },
  { name: 'upgrade, silence', answer: { kind: 'silent' }, hangs: true },
  { name: 'upgrade, end', answer: { kind: 'close' } },
  ...closed([
    [1000, ''],
    [1001, ''],
    // No server may send this one.
    [1006, ''],
    [1008, ''],
    [1011, ''],
    [1012, ''],
    [1013, ''],
    // Nobody knows this one.
    [4900, ''],
  ]),
];

const duplicate = JSON.stringify({
  type: 'error',
  seq: 1,
  code: 'duplicate_participant',
  message: 'This seat is connected.',
});

/** 4001, 4003, 4005, 4006, 4010 and what says that the seat is gone are left out: they are to be believed. */
export const matchMeetings: readonly Meeting[] = [
  ...commonMeetings,
  ...patience([429, 503], 1),
  ...patience([408, 429, 500, 502, 503, 504], 60),
  ...closed([
    [4000, ''],
    [4002, 'match_not_found'],
    [4004, 'match_started'],
    [4007, 'handshake_timeout'],
    [4009, 'rate_limit_exceeded'],
    [4011, 'server_error'],
  ]),
  {
    name: 'upgrade, close 4011 duplicate_participant',
    answer: { kind: 'close', code: 4011, reason: 'duplicate_participant', frames: [duplicate] },
  },
];

/** A lobby that asks for more patience than this would only keep the campaign waiting. */
export const lobbyMeetings: readonly Meeting[] = [
  ...commonMeetings,
  ...patience([429, 503], 5),
  ...closed([[4000, 'heartbeat missed']]),
];

/** Of both at once: nobody listens. */
export const nobodyListens: Meeting = { name: 'TCP refused', answer: { kind: 'refused' } };
